"""The inbox of a school: what it must do, most urgent first."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from activities.register.calendar import read_calendar
from activities.register.conflicts import unknown_school
from activities.register.on_duty import OnDuty, PersonOnDuty, read_assigned, read_on_duty
from activities.register.pool import Pool, Row
from activities.register.statements import sql
from activities.register.urgency import Urgency, urgency_of
from domain.acts import ActKind
from domain.awaited import awaited
from domain.legal_time import local_time
from domain.staff import Role
from domain.stages import Stage, Step
from domain.standard import Channel
from domain.term import working_days_late
from domain.working_calendar import WorkingCalendar


def _local(value: datetime | None) -> datetime | None:
    return local_time(value) if value else None


class InboxItem(BaseModel):
    """A case that waits for the school; of applicant and child it tells nothing."""

    model_config = ConfigDict(frozen=True)

    number: str
    registration_number: str | None
    stage: Stage
    channel: Channel
    due_at: Annotated[AwareDatetime, AfterValidator(local_time)]
    strict_due_day: date
    """The inner target: the due day if the effective day were day 1."""
    answered_at: Annotated[AwareDatetime | None, AfterValidator(_local)]
    """When the answer was given; such a case waits only for its result to be handed over."""
    overdue: bool
    """Whether the due moment is over and there is no answer."""
    late_working_days: int
    """By how many working days the answer came after the term, or is late by now; 0 in time."""
    urgency: Urgency
    role: Role
    """Who must act next."""
    by: tuple[PersonOnDuty, ...]
    """Those who hold that role now, by name; of specialists those to whom the head handed the case."""
    act: ActKind
    decisions: tuple[Step, ...]
    """What the head may decide; empty for other acts."""
    waiting_acts: int
    """Acts that were accepted and have no verdict yet."""


async def read_inbox(pool: Pool, school_bin: str, now: datetime) -> list[InboxItem]:
    """What waits for the school, most urgent first; `InputRefused` for an unknown school.

    Results of the office that only have to be handed over come last.
    """
    async with pool.acquire() as connection:
        school = await connection.fetchrow(sql("read_school"), school_bin)
        if school is None:
            raise unknown_school("--school")
        rows = await connection.fetch(sql("list_inbox"), school_bin)
        calendar = await read_calendar(connection, school["week"])
        on_duty = await read_on_duty(connection, school_bin, now)
        assigned = await read_assigned(connection, [row["case_id"] for row in rows])
    return sorted(
        (_item(row, now, calendar, on_duty, assigned.get(row["case_id"], ())) for row in rows), key=_order
    )


def _order(item: InboxItem) -> tuple[bool, bool, date, datetime, str]:
    return item.answered_at is not None, not item.overdue, item.strict_due_day, item.due_at, item.number


def _item(
    row: Row, now: datetime, calendar: WorkingCalendar, on_duty: OnDuty, specialists: Collection[str]
) -> InboxItem:
    answered = row["answered_at"] is not None
    overdue = not answered and (row["overdue"] or now > row["due_at"])
    next_act = awaited(
        Stage(row["stage"]), Channel(row["channel"]), answered=answered, delivered=row["delivered"]
    )
    assert next_act is not None, "the inbox lists what waits for the school"
    return InboxItem(
        **{**row, "overdue": overdue},
        urgency=urgency_of(None if answered else row["strict_due_day"], now, calendar, overdue=overdue),
        late_working_days=working_days_late(row["due_at"], row["answered_at"] or now, calendar),
        role=next_act.role,
        by=on_duty.of(next_act.role, specialists),
        act=next_act.act,
        decisions=next_act.decisions,
    )
