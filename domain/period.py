"""The period of teaching at home that an order sets: people are reminded of its end (P10), and nothing is decided."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.legal_time import moment_at
from domain.months import months_after
from domain.periods import END_OF_PERIOD_NOTICE, in_force


class PeriodMilestone(StrEnum):
    """What the watch of a period reaches, in this order."""

    ENDS_SOON = "ENDS_SOON"
    ENDED = "ENDED"


class Period(BaseModel):
    """What the watch knows of its order; carries no personal data."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    number: str
    """The number of the case."""
    ends: date
    """The last day of teaching at home."""
    opens: time
    """When the school's office opens, local time."""
    reminded: bool = False
    ended: bool = False

    @property
    def remind_at(self) -> datetime:
        """The opening hour of the day that is whole months before the last day."""
        return moment_at(months_after(self.ends, -_months(self.ends)), self.opens)

    @property
    def over_at(self) -> datetime:
        """The first moment after the last day."""
        return moment_at(self.ends + timedelta(days=1), time(0))

    def next_milestone(self, now: datetime) -> PeriodMilestone | None:
        """What is to be reached next; None when the watch is over. Nobody is reminded of an end that is past."""
        if self.ended:
            return None
        return PeriodMilestone.ENDED if self.reminded or now >= self.over_at else PeriodMilestone.ENDS_SOON

    def moment_of(self, milestone: PeriodMilestone) -> datetime:
        """When the watch acts on the milestone."""
        return self.remind_at if milestone is PeriodMilestone.ENDS_SOON else self.over_at


def reminded_by(day: date) -> date:
    """Of periods that end before the day answered, people have been reminded by `day`."""
    return months_after(day, _months(day))


def _months(day: date) -> int:
    return in_force(END_OF_PERIOD_NOTICE, day).value
