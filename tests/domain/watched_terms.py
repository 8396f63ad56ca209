"""A term as the machine of any order keeps it: counted, watched, extended and counted anew by the rules themselves."""

from datetime import datetime
from typing import Protocol

from domain.complaint import ComplaintTermKind
from domain.complaint_progress import RunningTerm
from domain.complaint_term import extended
from domain.legal_time import legal_date
from domain.periods import OFFICE_HOURS
from domain.progress import CLOCK_TOLERANCE, Milestone
from domain.recounting import Found, StoredTerm, recount
from domain.term import Milestones, Term, count_term, milestones
from domain.working_calendar import WorkingCalendar

HOURS = OFFICE_HOURS[0].value


class Shown(Protocol):
    """A term as the watch sees it: that of an application, or one of a complaint."""

    def moment_of(self, milestone: Milestone) -> datetime:
        """When the watch acts on the milestone."""

    def next_milestone(self, now: datetime) -> Milestone | None:
        """The milestone to wait for."""


class WatchedTerm:
    """A term that runs from `starts_at`, with the marks that its watch has left."""

    def __init__(self, starts_at: datetime, working_days: int, calendar: WorkingCalendar) -> None:
        self.starts_at = starts_at
        self.working_days = working_days
        self.extended_by = 0
        self.marks: list[tuple[datetime, Milestone, datetime]] = []
        """For which end, what, and when it was marked."""
        self._hold(count_term(starts_at, working_days, HOURS, calendar), calendar)

    def _hold(self, term: Term, calendar: WorkingCalendar) -> None:
        self.term: Term = term
        self.watch: Milestones = milestones(term.due_day, HOURS, calendar)

    @property
    def due_at(self) -> datetime:
        return self.term.due_at

    @property
    def reached(self) -> tuple[Milestone, ...]:
        """The milestones reached for the end in force; those of an end that was moved are of no account."""
        return tuple(milestone for due_at, milestone, _ in self.marks if due_at == self.due_at)

    @property
    def overdue(self) -> bool:
        return Milestone.BREACH in self.reached

    def of_complaint(self, kind: ComplaintTermKind) -> RunningTerm:
        """As the procedure of a complaint sees it."""
        return RunningTerm(
            kind=kind,
            due_at=self.due_at,
            reminder_at=self.watch.reminder_at,
            last_day_at=self.watch.last_day_at,
            reached=self.reached,
        )

    def mark(self, shown: Shown, now: datetime) -> bool:
        """Marks the milestone that the watch waits for if its moment has come; says whether it has."""
        milestone = shown.next_milestone(now)
        if milestone is None or shown.moment_of(milestone) > now:
            return False
        self.marks.append((self.due_at, milestone, now))
        return True

    def extend(self, by: int, calendar: WorkingCalendar) -> None:
        """D4: from the old due day."""
        old = self.due_at
        self._hold(extended(legal_date(old), by, HOURS, calendar), calendar)
        self.extended_by = by
        assert self.due_at > old, "a term that is extended ends later"

    def count_anew(self, calendar: WorkingCalendar, now: datetime) -> Found:
        """As the register's own act does after a change of the calendar."""
        old, was_overdue = self.due_at, self.overdue
        found, counted = recount(self._stored(), calendar, calendar.version, now)
        if found.is_in_force:
            self._hold(counted, calendar)
        if self.due_at < old:
            assert self.due_at > now, "an earlier end applies only if it is still to come"
        if old <= now:
            assert self.due_at >= old, "what was done in time never becomes late"
        assert self.overdue == (was_overdue and self.due_at == old), "a later end withdraws the mark"
        return found

    def _stored(self) -> StoredTerm:
        return StoredTerm(
            starts_at=self.starts_at,
            working_days=self.working_days + self.extended_by,
            due_at=self.due_at,
            last_day_at=self.watch.last_day_at,
            calendar_version=self.term.calendar_version,
        )

    def check_marks(self) -> None:
        """Each milestone is marked once for an end, in order, and not before its moment."""
        for due_at in {due_at for due_at, _, _ in self.marks}:
            order = [list(Milestone).index(milestone) for due, milestone, _ in self.marks if due == due_at]
            assert order == sorted(set(order)), "each milestone once, in their order"
        for due_at, milestone, marked_at in self.marks:
            if milestone is Milestone.BREACH:
                assert marked_at >= due_at + CLOCK_TOLERANCE, "nobody is late before the end of the term"
