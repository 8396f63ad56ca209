"""The inbox of a school: what it must do, most urgent first."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from activities.register.conflicts import unknown_school
from activities.register.pool import Pool, Row
from activities.register.statements import sql
from domain.acts import ActKind
from domain.awaited import awaited
from domain.legal_time import legal_date, local_time
from domain.staff import Role
from domain.stages import Stage, Step
from domain.standard import Channel


class Urgency(StrEnum):
    """How near the due moment is, by legal date; the week ends on Sunday."""

    OVERDUE = "OVERDUE"
    TODAY = "TODAY"
    TOMORROW = "TOMORROW"
    THIS_WEEK = "THIS_WEEK"
    LATER = "LATER"


class InboxItem(BaseModel):
    """A case that waits for the school; of persons it tells nothing."""

    model_config = ConfigDict(frozen=True)

    number: str
    registration_number: str | None
    stage: Stage
    channel: Channel
    due_at: Annotated[AwareDatetime, AfterValidator(local_time)]
    overdue: bool
    """Whether the due moment is over."""
    urgency: Urgency
    role: Role
    """Who must act next."""
    act: ActKind
    decisions: tuple[Step, ...]
    """What the head may decide; empty for other acts."""
    waiting_acts: int
    """Acts that were accepted and have no verdict yet."""


async def read_inbox(pool: Pool, school_bin: str, now: datetime) -> list[InboxItem]:
    """The school's cases without an answer, most urgent first; `InputRefused` for an unknown school."""
    async with pool.acquire() as connection:
        if await connection.fetchrow(sql("read_school"), school_bin) is None:
            raise unknown_school("--school")
        rows = await connection.fetch(sql("list_inbox"), school_bin)
    return [_item(row, now) for row in rows]


def _item(row: Row, now: datetime) -> InboxItem:
    overdue = row["overdue"] or now > row["due_at"]
    urgency = Urgency.OVERDUE if overdue else _urgency(row["due_at"], now)
    next_act = awaited(Stage(row["stage"]), Channel(row["channel"]), answered=False)
    assert next_act is not None, "the inbox lists what waits for the school"
    return InboxItem(
        **{**row, "overdue": overdue, "urgency": urgency},
        role=next_act.role,
        act=next_act.act,
        decisions=next_act.decisions,
    )


def _urgency(due_at: datetime, now: datetime) -> Urgency:
    due, today = legal_date(due_at), legal_date(now)
    if due <= today + timedelta(days=1):
        return Urgency.TODAY if due == today else Urgency.TOMORROW
    return Urgency.THIS_WEEK if due.isocalendar()[:2] == today.isocalendar()[:2] else Urgency.LATER
