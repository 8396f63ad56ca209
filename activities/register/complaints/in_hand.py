"""The complaints that wait for a school or for an authorised body: what is to be done, and how urgent that is."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.register.authorised_body import check_authorised_body, read_officers
from activities.register.calendar import read_calendar
from activities.register.complaints.reading import awaited_acts
from activities.register.conflicts import unknown_school
from activities.register.on_duty import PersonOnDuty, read_on_duty
from activities.register.pool import Connection, Pool, Row
from activities.register.shown import LocalTime, NextAct
from activities.register.statements import sql
from activities.register.urgency import Urgency, urgency_of
from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee, Form, Subject
from domain.complaint_awaited import TERM_OF
from domain.complaint_stages import ComplaintStage
from domain.staff import Role
from domain.term import working_days_late
from domain.working_calendar import WorkingCalendar

_WITHOUT_A_TERM = {
    "term": None,
    "due_at": None,
    "overdue": False,
    "late_working_days": 0,
    "urgency": Urgency.LATER,
}
_Terms = Mapping[tuple[UUID, str], Row]
_People = Callable[[Role], tuple[PersonOnDuty, ...]]


class ComplaintInHand(BaseModel):
    """One thing that is to be done about a complaint; of the complainant and the child it tells nothing.

    A complaint may be there more than once: to be decided, and to tell the complainant of the extension, for example.
    """

    model_config = ConfigDict(frozen=True)

    number: str
    case_number: str
    school: str
    """The BIN of the school complained of."""
    name_kk: str
    name_ru: str
    addressee: Addressee
    form: Form
    object: Subject
    stage: ComplaintStage
    registered_at: LocalTime
    body_number: str | None
    """The incoming number at the authorised body."""
    late: bool
    """D2: filed after the three months; taken all the same, and judged by a person."""
    conflict: bool
    """D5: the head is to decide on an act of the head's own."""
    term: ComplaintTermKind | None
    """The term within which it has to be done; None where none runs, as for a reply that has to be handed over."""
    due_at: LocalTime | None
    overdue: bool
    """Whether the due moment is over and it is not done."""
    late_working_days: int
    """By how many working days of whoever has to keep the term it is late by now; 0 in time."""
    urgency: Urgency
    next: NextAct
    """As `uide status` has it in `awaits` of the complaint."""
    waiting_acts: int
    """Acts about the complaint that were accepted and have no verdict yet."""


async def read_complaints_of_school(pool: Pool, school_bin: str, now: datetime) -> list[ComplaintInHand]:
    """What the school has to do about complaints, most urgent first; `InputRefused` for an unknown school."""
    async with pool.acquire() as connection:
        if await connection.fetchrow(sql("read_school"), school_bin) is None:
            raise unknown_school("--school")
        on_duty = await read_on_duty(connection, school_bin, now)
        items = await _items(connection, school_bin, None, on_duty.of, now)
    return [item for item in items if item.next.role is not Role.OFFICER]


async def read_complaints_of_body(pool: Pool, body: str, now: datetime) -> list[ComplaintInHand]:
    """What the officers of an authorised body have to do about the complaints that it considers, most urgent first.

    `InputRefused` for a BIN under which no school stands.
    """
    async with pool.acquire() as connection:
        await check_authorised_body(connection, body)
        officers = await read_officers(connection, body, now)
        items = await _items(connection, None, body, lambda _: officers, now)
    return [item for item in items if item.next.role is Role.OFFICER]


async def _items(
    connection: Connection, school_bin: str | None, body: str | None, people: _People, now: datetime
) -> list[ComplaintInHand]:
    rows = await connection.fetch(sql("list_complaints_in_hand"), school_bin, body)
    running = await connection.fetch(
        sql("list_running_complaint_terms"), [str(row["complaint_id"]) for row in rows]
    )
    terms = {(term["complaint_id"], term["kind"]): term for term in running}
    calendars = {week: await read_calendar(connection, week) for week in (5, 6)}
    items = (
        _item(row, next_act.model_copy(update={"by": people(next_act.role)}), terms, calendars, now)
        for row in rows
        for next_act in awaited_acts(row, _over(row, terms, now))
    )
    return sorted(items, key=_order)


def _over(row: Row, terms: _Terms, now: datetime) -> set[ComplaintTermKind]:
    own = {kind: terms.get((row["complaint_id"], kind)) for kind in ComplaintTermKind}
    return {kind for kind, term in own.items() if term and now > term["due_at"]}


def _item(
    row: Row, next_act: NextAct, terms: _Terms, calendars: Mapping[int, WorkingCalendar], now: datetime
) -> ComplaintInHand:
    term = terms.get((row["complaint_id"], TERM_OF[next_act.act]))
    within = _within(term, calendars[term["week"]], now) if term else _WITHOUT_A_TERM
    return ComplaintInHand(**dict(row), **within, school=row["school_bin"], next=next_act)


def _within(term: Row, calendar: WorkingCalendar, now: datetime) -> dict[str, Any]:
    overdue = term["overdue"] or now > term["due_at"]
    return {
        "term": term["kind"],
        "due_at": term["due_at"],
        "overdue": overdue,
        "late_working_days": working_days_late(term["due_at"], now, calendar),
        "urgency": urgency_of(term["due_day"], now, calendar, overdue=overdue),
    }


def _order(item: ComplaintInHand) -> tuple[bool, bool, date, str]:
    due_day = item.due_at.date() if item.due_at else date.max
    return item.due_at is None, not item.overdue, due_day, item.number
