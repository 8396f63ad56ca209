"""The second count of terms against the first: they share no rule and no list of days."""

import inspect
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.register.checks.second_count import FIRST_YEAR, LAST_YEAR, SecondCount
from domain.office_hours import OfficeHours
from domain.term import count_term, milestones
from domain.working_calendar import CalendarOverride, OverrideKind, Week, WorkingCalendar

ALMATY = timezone(timedelta(hours=5))
OPENS, CLOSES = time(9), time(18, 30)
HOURS = OfficeHours(opens=OPENS, closes=CLOSES)


@pytest.mark.parametrize("week", Week)
def test_section_6_every_day_of_seventeen_years_is_the_same_in_both_counts(week: Week) -> None:
    first, second = WorkingCalendar(week=week), SecondCount(week, {})
    days = (date(LAST_YEAR, 12, 31) - date(FIRST_YEAR, 1, 1)).days + 1
    every = [date(FIRST_YEAR, 1, 1) + timedelta(days=offset) for offset in range(days)]
    assert [day for day in every if first.is_working(day) != second.works(day)] == []


MOMENTS = st.datetimes(datetime(2024, 3, 1), datetime(2039, 12, 31), timezones=st.just(ALMATY))  # noqa: DTZ001


@given(MOMENTS, st.sampled_from([1, 2, 3, 5, 10, 15]), st.sampled_from(Week), st.dictionaries(
    st.integers(-3, 40), st.booleans(), max_size=6))  # fmt: skip
def test_section_6_every_term_is_the_same_in_both_counts(
    moment: datetime, number: int, week: Week, changed: dict[int, bool]
) -> None:
    days = {moment.date() + timedelta(days=offset): works for offset, works in changed.items()}
    overrides = tuple(
        CalendarOverride(day=day, kind=OverrideKind.WORK if works else OverrideKind.OFF, act="act")
        for day, works in days.items()
    )
    calendar = WorkingCalendar(week=week, overrides=overrides)
    term = count_term(moment, number, HOURS, calendar)
    watch = milestones(term.due_day, HOURS, calendar)
    second = SecondCount(week, days).term(moment, number, OPENS, CLOSES)
    assert second.effective_day == term.effective_day
    assert list(second.days) == [day.date for day in term.days if day.counted]
    assert (second.due_at, second.strict_due_day) == (term.due_at, term.strict_due_day)
    assert (second.reminder_at, second.last_day_at) == (watch.reminder_at, watch.last_day_at)


def test_a_year_that_is_not_written_down_is_no_working_day_and_no_day_off() -> None:
    with pytest.raises(ValueError, match="2041"):
        SecondCount(5, {}).works(date(2041, 1, 1))


def test_the_second_count_uses_nothing_of_the_first() -> None:
    source = Path(inspect.getfile(SecondCount)).read_text(encoding="utf-8")
    assert [word for word in ("from domain", "import domain", "holidays.") if word in source] == []
