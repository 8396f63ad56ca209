"""The inbox of a school: what it must do, most urgent first."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from activities.register.pool import Pool, Row
from activities.register.statements import sql
from domain.acts import ActKind
from domain.legal_time import legal_date, local_time
from domain.refusal import InputRefused
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


class Awaited(NamedTuple):
    """Who must act next and by which act; for a decision of the head, which decisions there are."""

    role: Role
    act: ActKind
    decisions: tuple[Step, ...] = ()


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
            raise _unknown_school()
        rows = await connection.fetch(sql("list_inbox"), school_bin)
    return [_item(row, now) for row in rows]


def _unknown_school() -> InputRefused:
    return InputRefused.of(
        "unknown_school",
        "school",
        "the school is not in the register",
        "Paragraph 3: only schools of the directory provide the service",
        "Take the BIN from the directory of schools",
    )


def _item(row: Row, now: datetime) -> InboxItem:
    overdue = row["overdue"] or now > row["due_at"]
    urgency = Urgency.OVERDUE if overdue else _urgency(row["due_at"], now)
    next_act = awaited(Stage(row["stage"]), Channel(row["channel"]))
    return InboxItem(**{**row, **next_act._asdict(), "overdue": overdue, "urgency": urgency})


def _urgency(due_at: datetime, now: datetime) -> Urgency:
    due, today = legal_date(due_at), legal_date(now)
    if due <= today + timedelta(days=1):
        return Urgency.TODAY if due == today else Urgency.TOMORROW
    return Urgency.THIS_WEEK if due.isocalendar()[:2] == today.isocalendar()[:2] else Urgency.LATER


def awaited(stage: Stage, channel: Channel) -> Awaited:
    """The next act of the school; LookupError where the school has nothing to do."""
    if stage is Stage.REGISTERED and channel is Channel.PORTAL:
        # Paragraph 5: after the notice of acceptance there is no refusal any more.
        return _decision(Step.ADMIT)
    return _AWAITED[stage]


def _decision(*decisions: Step) -> Awaited:
    return Awaited(Role.HEAD, ActKind.DIRECTOR_DECISION, decisions)


_AWAITED = {
    Stage.RECEIVED: Awaited(Role.CLERK, ActKind.CHECK_PACKAGE),
    Stage.REGISTERED: _decision(Step.ADMIT, Step.REFUSE),
    Stage.REFUSAL_PROPOSED: _decision(Step.REFUSE, Step.ADMIT),
    Stage.WITH_SPECIALISTS: Awaited(Role.SPECIALIST, ActKind.SUBMIT_PLAN),
    Stage.PLAN_READY: _decision(Step.SIGN_ORDER, Step.RETURN_PLAN),
    Stage.REFUSED: Awaited(Role.CLERK, ActKind.RECORD_DELIVERY),
}
