"""Complaints as people and programs see them: without personal data, with every term and how it was counted."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.register.pool import Connection, Pool, Row
from activities.register.shown import LocalTime, NextAct, shown, with_people_of_complaint
from activities.register.statements import sql
from domain.complaint import ComplaintTermKind, Via
from domain.complaint_acts import Addressee, Form, Ruling, Subject
from domain.complaint_awaited import all_awaited
from domain.complaint_stages import ComplaintStage
from domain.stages import Stage


class _Reading(BaseModel):
    model_config = ConfigDict(frozen=True)


class ComplaintTermStatus(_Reading):
    """A version of a term of the complaint; the last of a kind is in force."""

    kind: ComplaintTermKind
    version: int
    starts_at: LocalTime
    working_days: int
    extended_by: int
    """Working days added to the old due day (D4)."""
    due_day: date
    due_at: LocalTime
    provisional: bool
    kept_at: LocalTime | None
    """When its purpose was reached; of all versions the same."""
    lapsed_at: LocalTime | None = None
    """When nobody had to keep it any more without that: the complaint was taken back, or answered before."""
    overdue: bool
    """Whether a breach was declared for this due moment."""
    cause: str
    """The act that started, extended or moved it."""
    act: str | None = None
    """Of a term counted anew, who changed the working calendar, and by which act."""


class ComplaintStatus(_Reading):
    """A complaint with its terms; its JSON is an entry of `complaints` in `uide status --json`."""

    number: str
    complaint_id: UUID
    case_number: str
    addressee: Addressee
    via: Via
    form: Form
    object: Subject
    attacked_act: str | None
    attacked_outcome: Stage | None
    round: int
    """The round of the case in which it was filed."""
    stage: ComplaintStage
    ruling: Ruling | None
    registered_at: LocalTime
    body_number: str | None
    """The incoming number at the authorised body."""
    body_registered_at: LocalTime | None
    due_at: LocalTime | None
    """When the answer is due; None while nobody's term to answer runs."""
    decided_at: LocalTime | None
    """When it was decided or settled."""
    overdue: bool
    """Whether the term to answer passed without an answer; stays true when the answer came late."""
    late: bool
    """D2: filed after the three months; taken all the same, and judged by a person."""
    conflict: bool
    """D5: the head is to decide on an act of the head's own."""
    measure: str | None
    measure_on: date | None
    next: NextAct | None
    """The first of what it waits for; None where nobody has anything to do."""
    awaits: tuple[NextAct, ...]
    """All that it waits for: what decides it, and the last paper of a complaint on paper that is to be handed over."""
    terms: tuple[ComplaintTermStatus, ...]


async def read_complaints(
    connection: Connection, case_id: UUID, now: datetime | None = None
) -> tuple[ComplaintStatus, ...]:
    """The complaints of the case in the order of their registration.

    Whose turn it is, is told for `now`, the present moment unless another is given.
    """
    rows = await connection.fetch(sql("list_complaints"), case_id)
    return tuple([await _status(connection, row, now or datetime.now(UTC)) for row in rows])


async def find_complaint(pool: Pool, number: str) -> ComplaintStatus | None:
    """The complaint with that number as it stands at one moment; None when no complaint has it."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        case_id = await connection.fetchval(sql("find_case_of_complaint"), number)
        complaints = await read_complaints(connection, case_id) if case_id else ()
    return next((complaint for complaint in complaints if complaint.number == number), None)


async def _status(connection: Connection, row: Row, now: datetime) -> ComplaintStatus:
    terms = await connection.fetch(sql("list_versions_of_complaint_terms"), row["complaint_id"])
    to_answer = [term for term in terms if term["kind"] == ComplaintTermKind.CONSIDERATION]
    due_at = to_answer[-1]["due_at"] if to_answer else None
    last = {term["kind"]: term["due_at"] for term in terms}
    over = {ComplaintTermKind(kind) for kind, due in last.items() if now > due}
    people = (row["school_bin"], row["considered_by"], now)
    awaits = [await with_people_of_complaint(connection, act, *people) for act in awaited_acts(row, over)]
    decision: dict[str, Any] = row["decision"] or {}
    return ComplaintStatus(
        **dict(row),
        ruling=decision.get("ruling"),
        measure=decision.get("measure"),
        measure_on=decision.get("measure_on"),
        due_at=due_at,
        overdue=bool(to_answer and to_answer[-1]["overdue"]),
        next=awaits[0] if awaits else None,
        awaits=tuple(awaits),
        terms=tuple(ComplaintTermStatus.model_validate(dict(term)) for term in terms),
    )


def awaited_acts(row: Row, over: Collection[ComplaintTermKind]) -> tuple[NextAct, ...]:
    """What `domain.complaint_awaited` says of the complaint of that row, as it is shown; `over` are past terms."""
    awaited = all_awaited(
        ComplaintStage(row["stage"]),
        Addressee(row["addressee"]),
        over=over,
        forwarded=row["forwarded"],
        to_hand_over=row["form"] == Form.PAPER and not row["delivered"],
    )
    return tuple(shown(one) for one in awaited)
