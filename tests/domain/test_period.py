"""The end of teaching at home (P10): when people are reminded of it, and when it is over."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.months import months_after
from domain.period import Period, PeriodMilestone, reminded_by
from tests.builders import local

DAYS = st.dates(min_value=date(2021, 1, 1), max_value=date(2040, 12, 31))


def a_period(ends: date = date(2027, 5, 25), **changes: Any) -> Period:
    return Period(case_id=UUID(int=1), number="AT001-2026-00001", ends=ends, opens=time(9), **changes)


@pytest.mark.parametrize(
    ("ends", "remind_at"),
    [
        pytest.param(date(2027, 5, 25), "2027-04-25 09:00", id="an ordinary day"),
        pytest.param(date(2027, 3, 31), "2027-02-28 09:00", id="no 31 February"),
        pytest.param(date(2028, 3, 30), "2028-02-29 09:00", id="no 30 February in a leap year"),
        pytest.param(date(2027, 1, 15), "2026-12-15 09:00", id="over the new year"),
    ],
)
def test_p10_people_are_reminded_a_month_before_the_last_day(ends: date, remind_at: str) -> None:
    assert a_period(ends).remind_at == local(remind_at)


def test_p10_the_last_day_is_still_of_the_period() -> None:
    assert a_period().over_at == local("2027-05-26 00:00")


@pytest.mark.parametrize(
    ("changes", "now", "milestone"),
    [
        ({}, "2026-12-01 09:00", PeriodMilestone.ENDS_SOON),
        ({}, "2027-05-25 23:59", PeriodMilestone.ENDS_SOON),
        ({}, "2027-05-26 00:00", PeriodMilestone.ENDED),
        ({"reminded": True}, "2026-12-01 09:00", PeriodMilestone.ENDED),
        ({"reminded": True, "ended": True}, "2026-12-01 09:00", None),
        ({"ended": True}, "2026-12-01 09:00", None),
    ],
    ids=["at first", "late", "nobody is reminded of an end that is past", "reminded", "over", "over at once"],
)
def test_p10_the_watch_waits_for_the_next_milestone(
    changes: dict[str, Any], now: str, milestone: PeriodMilestone | None
) -> None:
    assert a_period(**changes).next_milestone(local(now)) is milestone


@given(DAYS)
def test_the_reminder_comes_before_the_end(ends: date) -> None:
    period = a_period(ends)
    assert period.remind_at < period.over_at
    assert 28 <= (ends - period.remind_at.date()).days <= 31


@given(DAYS, DAYS)
def test_a_period_whose_reminder_is_not_due_is_never_called_forgotten(ends: date, today: date) -> None:
    # Months are of different lengths: what is said of all periods by one day is true but for three days.
    if (reminded_by(today) - ends).days > 3:
        assert a_period(ends).remind_at < datetime.combine(today, time(9), a_period(ends).remind_at.tzinfo)


@given(DAYS, st.integers(min_value=-24, max_value=24))
def test_a_month_has_the_same_day_or_its_last_one(day: date, months: int) -> None:
    there = months_after(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or (there.day < day.day and (there.replace(day=28) <= there))
