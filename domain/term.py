"""How a term is counted: whole working days on dates, from the day after the effective day to closing time.

A term follows from the moment of receipt, the school's hours and its calendar, never from the present moment.
"""

from datetime import date, datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.legal_time import legal_date, local_time, moment_at
from domain.office_hours import OfficeHours
from domain.wording import Wording
from domain.working_calendar import Week, WorkingCalendar

__all__ = [
    "Milestones",
    "OfficeHours",
    "Term",
    "TermDay",
    "count_term",
    "milestones",
    "working_days_late",
]

_COUNTING_RULE = "a term starts on the day after the event (general rule of counting terms)"
_HOURS_RULE = "Appendix 1, item 7: what comes after office hours is taken on the next working day"

_RECEIVED = Wording(
    kk="қабылданған күн, есептелмейді: мерзім келесі жұмыс күнінен басталады",
    ru="день поступления, не считается: срок начинается со следующего рабочего дня",
    en="day of receipt, not counted: the term starts on the next working day",
)
_TAKEN = Wording(
    kk="осы күні қабылданған болып саналады, есептелмейді: мерзім келесі жұмыс күнінен басталады",
    ru="считается днем поступления, сам не считается: срок начинается со следующего рабочего дня",
    en="counts as the day of receipt, itself not counted: the term starts on the next working day",
)
_AFTER_HOURS = Wording(
    kk="жұмыс уақыты ({hour}) аяқталғаннан кейін түсті: келесі жұмыс күні қабылданған болып саналады",
    ru="поступило после окончания рабочего времени ({hour}): день поступления – следующий рабочий день",
    en="arrived after the end of working hours ({hour}): counts as received on the next working day",
)


class TermDay(BaseModel):
    """One day of a term: counted under a number, or passed over, and why."""

    model_config = ConfigDict(frozen=True)

    date: date
    counted: bool
    number: int | None
    reason: Wording
    source: str


class Term(BaseModel):
    """A term explained: `days` has every day from the local day of receipt to the due day.

    An act at `due_at` is in time. `strict_due_day` is the due day if the effective day were day 1.
    `provisional` says that a day was looked at whose year is not confirmed, so the due day can still move.
    """

    model_config = ConfigDict(frozen=True)

    received_at: AwareDatetime
    effective_day: date
    due_day: date
    due_at: AwareDatetime
    strict_due_day: date
    provisional: bool
    working_days: int
    week: Week
    calendar_version: str
    days: tuple[TermDay, ...]


class Milestones(BaseModel):
    """When the watch of a term speaks before it is over: opening hours of the office."""

    model_config = ConfigDict(frozen=True)

    reminder_at: AwareDatetime
    last_day_at: AwareDatetime


def count_term(
    received_at: datetime, working_days: int, office_hours: OfficeHours, calendar: WorkingCalendar
) -> Term:
    """The term of `working_days` for what arrived at `received_at`.

    ValueError for a moment without offset, less than one day, and days outside the calendar's years.
    """
    received = local_time(received_at)
    effective = _effective_day(received, office_hours, calendar)
    counted = _counted_days(effective, working_days, calendar)
    days = _explained(received.date(), effective, counted, office_hours, calendar)
    return Term(
        received_at=received,
        effective_day=effective,
        due_day=counted[-1],
        due_at=moment_at(counted[-1], office_hours.closes),
        strict_due_day=(effective, *counted)[-2],
        provisional=not all(calendar.confirms(day.date) for day in days),
        working_days=working_days,
        week=calendar.week,
        calendar_version=calendar.calendar_version,
        days=days,
    )


def milestones(due_day: date, office_hours: OfficeHours, calendar: WorkingCalendar) -> Milestones:
    """The opening hours of the working day before the due day and of the due day itself."""
    return Milestones(
        reminder_at=moment_at(calendar.working_day_before(due_day), office_hours.opens),
        last_day_at=moment_at(due_day, office_hours.opens),
    )


def working_days_late(due_at: datetime, answered_at: datetime, calendar: WorkingCalendar) -> int:
    """0 if the answer came at the due moment or before; else the working days begun since, at least 1."""
    if answered_at <= due_at:
        return 0
    due, answered = legal_date(due_at), legal_date(answered_at)
    after = (due + timedelta(days=offset) for offset in range(1, (answered - due).days + 1))
    return max(1, sum(calendar.is_working(day) for day in after))


def _effective_day(received: datetime, office_hours: OfficeHours, calendar: WorkingCalendar) -> date:
    if calendar.is_working(received.date()) and received.time() < office_hours.closes:
        return received.date()
    return calendar.working_day_after(received.date())


def _counted_days(effective: date, number: int, calendar: WorkingCalendar) -> tuple[date, ...]:
    if number < 1:
        raise ValueError("a term has at least one working day")
    counted: list[date] = []
    for _ in range(number):
        counted.append(calendar.working_day_after(counted[-1] if counted else effective))
    return tuple(counted)


def _explained(
    receipt: date,
    effective: date,
    counted: tuple[date, ...],
    office_hours: OfficeHours,
    calendar: WorkingCalendar,
) -> tuple[TermDay, ...]:
    every = (receipt + timedelta(days=offset) for offset in range((counted[-1] - receipt).days + 1))
    after_hours = _AFTER_HOURS.filled(hour=f"{office_hours.closes:%H:%M}")
    taken = _RECEIVED if receipt == effective else _TAKEN
    numbers = {day: number for number, day in enumerate(counted, start=1)}
    return tuple(
        _passed_over(day, taken, _COUNTING_RULE)
        if day == effective
        else _passed_over(day, after_hours, _HOURS_RULE)
        if day == receipt and calendar.is_working(day)
        else _from_calendar(day, numbers.get(day), calendar)
        for day in every
    )


def _passed_over(day: date, reason: Wording, source: str) -> TermDay:
    return TermDay(date=day, counted=False, number=None, reason=reason, source=source)


def _from_calendar(day: date, number: int | None, calendar: WorkingCalendar) -> TermDay:
    said = calendar.day(day)
    return TermDay(
        date=day, counted=number is not None, number=number, reason=said.reason, source=said.source
    )
