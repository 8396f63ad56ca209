"""What a change of the working calendar does to a term that runs: it is counted anew, and never makes the past late.

An earlier end holds only if it is still to come, a later one always (design, "Terms"; requirements, section 6).
"""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.legal_time import local_time
from domain.office_hours import OfficeHours
from domain.plain_text import Line
from domain.term import Term, count_term
from domain.working_calendar import WorkingCalendar, change_of


class Found(StrEnum):
    """What came out when a term was counted anew."""

    LATER = "LATER"
    EARLIER = "EARLIER"
    SAME = "SAME"
    EARLIER_IS_PAST = "EARLIER_IS_PAST"
    """It would end earlier, at a moment that is over: the term on file stays."""
    COUNTED_BEFORE = "COUNTED_BEFORE"
    """The term on file was counted with this change already, or with a later one."""
    TERM_IS_OVER = "TERM_IS_OVER"
    """There is no term that runs: what it was set for has been done."""

    @property
    def is_in_force(self) -> bool:
        """Whether the term that was counted takes the place of the one on file."""
        return self in {Found.LATER, Found.EARLIER, Found.SAME}

    @property
    def moves_the_end(self) -> bool:
        """Whether those concerned have to be told of another end."""
        return self in {Found.LATER, Found.EARLIER}


class StoredTerm(BaseModel):
    """A term on file as far as counting it again needs it."""

    model_config = ConfigDict(frozen=True)

    starts_at: AwareDatetime
    working_days: int
    """With those by which it was extended."""
    due_at: AwareDatetime
    last_day_at: AwareDatetime
    calendar_version: str

    @property
    def office_hours(self) -> OfficeHours:
        """The hours it was counted with: those of its school or body may have changed since, its term has not."""
        return OfficeHours(opens=local_time(self.last_day_at).time(), closes=local_time(self.due_at).time())


class Recount(BaseModel):
    """What a change of the calendar did to a term, as the verdict on `calendar_changed` keeps it."""

    model_config = ConfigDict(frozen=True)

    term: str = "ANSWER"
    """Which term: ANSWER is that of the application; of a complaint one of `domain.complaint.ComplaintTermKind`."""
    found: Found
    act: Line
    """What ordered the change."""
    old_due_at: AwareDatetime | None = None
    due_at: AwareDatetime | None = None
    """The end in force from now on."""
    counted_due_at: AwareDatetime | None = None
    """The end that was counted, where it is another one."""

    def __str__(self) -> str:
        return _WORDS[self.found].format(
            old=_moment(self.old_due_at), due=_moment(self.due_at), counted=_moment(self.counted_due_at)
        )


def _moment(value: datetime | None) -> str:
    return f"{local_time(value):%d.%m.%Y %H:%M}" if value else ""


_WORDS = {
    Found.LATER: "the term ends later: {due}, not {old}",
    Found.EARLIER: "the term ends earlier: {due}, not {old}",
    Found.SAME: "the term still ends {due}",
    Found.EARLIER_IS_PAST: "the term still ends {due}: the earlier end, {counted}, was over by then",
    Found.COUNTED_BEFORE: "the term ends {due}: it was counted with this change before",
    Found.TERM_IS_OVER: "no term ran any more",
}


def recount(
    stored: StoredTerm, calendar: WorkingCalendar, version: int, moment: datetime
) -> tuple[Found, Term]:
    """The term as the calendar of that version counts it, and whether it holds.

    `moment` is the latest of which something may have been done by the term on file: nothing done until then
    becomes late. `calendar` is of the week of the term and may know later versions, which do not matter.
    """
    counted = count_term(stored.starts_at, stored.working_days, stored.office_hours, calendar.as_of(version))
    if change_of(stored.calendar_version) >= version:
        return Found.COUNTED_BEFORE, counted
    if counted.due_at == stored.due_at:
        return Found.SAME, counted
    if counted.due_at > stored.due_at:
        return Found.LATER, counted
    return (Found.EARLIER if counted.due_at > moment else Found.EARLIER_IS_PAST), counted
