"""How urgent something is that has to be done by a day."""

from datetime import date, datetime
from enum import StrEnum

from domain.legal_time import legal_date
from domain.working_calendar import WorkingCalendar


class Urgency(StrEnum):
    """How near the day is; the week ends on Sunday. OVERDUE is only what has no answer after its due moment.

    Of an application it is the day of the strict reading of the term, the inner target; what is answered and only has
    to be handed over is LATER. TOMORROW is the next working day.
    """

    OVERDUE = "OVERDUE"
    TODAY = "TODAY"
    TOMORROW = "TOMORROW"
    THIS_WEEK = "THIS_WEEK"
    LATER = "LATER"


def urgency_of(due: date | None, now: datetime, calendar: WorkingCalendar, *, overdue: bool) -> Urgency:
    """How urgent it is at `now`; LATER where no day is set."""
    if overdue:
        return Urgency.OVERDUE
    today = legal_date(now)
    if due is None:
        return Urgency.LATER
    if due <= today:
        return Urgency.TODAY
    if due <= calendar.working_day_after(today):
        return Urgency.TOMORROW
    return Urgency.THIS_WEEK if due.isocalendar()[:2] == today.isocalendar()[:2] else Urgency.LATER
