"""What the procedure knows of its case: read from the register, never computed by the workflow."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.stages import Stage
from domain.standard import Channel

CLOCK_TOLERANCE = timedelta(seconds=2)
"""A breach is declared this long after the due moment: clocks of acceptors and server may differ by as much."""


class Milestone(StrEnum):
    """What the term watch reaches, in this order: a reminder, the last day, the breach (D1, Q22)."""

    REMINDER = "REMINDER"
    LAST_DAY = "LAST_DAY"
    BREACH = "BREACH"


class Progress(BaseModel):
    """Where a case stands; carries no personal data."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    revision: int
    """Grows with everything that happens to the case: of two readings the higher one is the later."""
    number: str
    school: str
    channel: Channel
    stage: Stage
    round: int
    due_at: datetime
    reminder_at: datetime
    last_day_at: datetime
    reached: tuple[Milestone, ...] = ()
    """The milestones reached for `due_at`."""
    answered_at: datetime | None = None
    window_until: datetime | None = None
    """Until when the procedure stays open for a complaint after the outcome."""
    ended: bool = False
    papers_to_render: int = 0
    """Papers that have their number and facts, and no bytes yet."""
    open_complaints: tuple[UUID, ...] = ()
    """Complaints of the case whose procedure has not ended; while there is one, that of the case does not end."""

    @property
    def overdue(self) -> bool:
        """Whether the term passed without an answer; stays true when the answer came late."""
        return Milestone.BREACH in self.reached

    def moment_of(self, milestone: Milestone) -> datetime:
        """When the watch acts on the milestone."""
        return {
            Milestone.REMINDER: self.reminder_at,
            Milestone.LAST_DAY: self.last_day_at,
            Milestone.BREACH: self.due_at + CLOCK_TOLERANCE,
        }[milestone]

    def next_milestone(self, now: datetime) -> Milestone | None:
        """The milestone to wait for, or None when the watch is over; one that the next has overtaken is passed over."""
        if self.answered_at or self.overdue:
            return None
        return next_of(self.reached, self.moment_of, now)


def next_of(
    reached: tuple[Milestone, ...], moment_of: Callable[[Milestone], datetime], now: datetime
) -> Milestone:
    """The milestone of a term to wait for next; of those that are due already only the last."""
    order = list(Milestone)
    ahead = order[max((order.index(milestone) + 1 for milestone in reached), default=0) :]
    later = [milestone for milestone in ahead if moment_of(milestone) > now]
    due = [milestone for milestone in ahead if milestone not in later]
    return (due[-1:] or later)[0]
