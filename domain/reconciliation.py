"""Whether the monitoring system has what it was told, neither less nor more (R8.2)."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.monitoring import SENT_WITHIN, ReceivedEvent, StageEvent


class ToldEvent(StageEvent):
    """An event as the register has it."""

    sent_at: AwareDatetime | None
    """By the clock of the register's server; None while there is no receipt."""
    receipt: str | None

    @property
    def is_late(self) -> bool:
        """Whether it was sent later than it should have been."""
        return self.sent_at is not None and self.sent_at - self.at > SENT_WITHIN


class Discrepancy(StrEnum):
    """What can be wrong between the two sides; each is the name of a check."""

    MISSING_THERE = "monitoring_has_every_event"
    EXTRA_THERE = "monitoring_has_no_other_event"
    DIFFERENT_THERE = "monitoring_has_events_as_they_are"
    NOT_SENT = "monitoring_is_told_in_time"


class Difference(BaseModel):
    """A discrepancy, in words."""

    model_config = ConfigDict(frozen=True)

    check: Discrepancy
    subject: str
    """The key of the event."""
    what: str
    instead: str


def compare(here: ToldEvent | None, there: ReceivedEvent | None, now: datetime) -> Iterator[Difference]:
    """What is wrong with one event; at least one side has it.

    An event that arrived and whose receipt is not on file yet is no discrepancy: it is sent again and answered with
    the same receipt.
    """
    if here is None:
        assert there is not None, "one side has it"
        yield _told(
            Discrepancy.EXTRA_THERE, there, "the register has no such event", "an event of the register"
        )
    elif there is None:
        if here.receipt is not None:
            what = f"sent, receipt {here.receipt}, and the monitoring system does not have it"
            yield _told(Discrepancy.MISSING_THERE, here, what, "kept there: send it again with --resend")
        elif now - here.at > SENT_WITHIN:
            what = f"not sent since {here.at:%d.%m.%Y %H:%M}"
            yield _told(
                Discrepancy.NOT_SENT,
                here,
                what,
                f"sent within {SENT_WITHIN.total_seconds() / 60:.0f} minutes",
            )
    else:
        yield from _different(here, there)


def _different(here: ToldEvent, there: ReceivedEvent) -> Iterator[Difference]:
    fields = set(StageEvent.model_fields)
    mine, theirs = here.model_dump(include=fields), there.model_dump(include=fields)
    for field in StageEvent.model_fields:
        if mine[field] != theirs[field]:
            what = f"{field} is {theirs[field]} there"
            yield _told(Discrepancy.DIFFERENT_THERE, here, what, f"{mine[field]}")
    if here.receipt not in (None, there.receipt):
        yield _told(
            Discrepancy.DIFFERENT_THERE, here, f"the receipt is {there.receipt} there", f"{here.receipt}"
        )


def _told(check: Discrepancy, event: StageEvent, what: str, instead: str) -> Difference:
    return Difference(check=check, subject=event.key, what=what, instead=instead)
