"""Every term of three years against a second count that shares nothing with the first.

The days off are typed from requirements.md, section 6, and from its transfer rule where the table ends.
"""

from datetime import date, datetime, timedelta, timezone

import pytest

from domain.periods import OFFICE_HOURS
from domain.term import count_term
from domain.working_calendar import Week, WorkingCalendar

ALMATY = timezone(timedelta(hours=5))

WEEKDAYS_OFF = {
    2025: "0101 0102 0103 0107 0310 0321 0324 0325 0501 0507 0509 0606 0707 0901 1027 1216",
    2026: "0101 0102 0107 0309 0323 0324 0325 0501 0507 0511 0527 0706 1026 1216",
    2027: "0101 0104 0107 0308 0315 0322 0323 0324 0503 0507 0510 0706 1025 1216",
    # 1 and 2 January 2028 are a weekend; terms from December 2027 reach no further than January.
    2028: "0103 0104 0107",
}
OFF_ON_SIX_DAYS_ONLY = {2025: "0308 0322 0830 1025", 2026: "0321 0509", 2027: "0102 0501", 2028: "0101"}
WORKED_ON_SIX_DAYS_ONLY = {
    2025: "0310 0325 0901 1027",
    2026: "0325 0511",
    2027: "0104 0503",
    2028: "0104",
}
# The order gave Friday, 3 January for it in both weeks, as the Ministry's announcement says.
SUNDAY_WORKED = "20250105"


def _listed(table: dict[int, str]) -> set[str]:
    return {f"{year}{day}" for year, days in table.items() for day in days.split()}


OFF = {
    5: _listed(WEEKDAYS_OFF),
    6: (_listed(WEEKDAYS_OFF) - _listed(WORKED_ON_SIX_DAYS_ONLY)) | _listed(OFF_ON_SIX_DAYS_ONLY),
}


def works(day: date, week: int) -> bool:
    name = day.strftime("%Y%m%d")
    if name == SUNDAY_WORKED:
        return True
    return day.isoweekday() <= week and name not in OFF[week]


def naive(moment: datetime, number: int, week: int) -> tuple[date, list[date]]:
    """The effective day and the counted days."""
    day = moment.date()
    if moment.hour * 100 + moment.minute >= 1830:
        day += timedelta(days=1)
    while not works(day, week):
        day += timedelta(days=1)
    effective = day
    counted: list[date] = []
    while len(counted) < number:
        day += timedelta(days=1)
        if works(day, week):
            counted.append(day)
    return effective, counted


MOMENTS = [
    datetime(2025, 1, 1, tzinfo=ALMATY) + timedelta(days=offset, hours=hour, minutes=minute, seconds=second)
    for offset in range(3 * 365)
    for hour, minute, second in ((0, 0, 0), (9, 0, 0), (18, 29, 59), (18, 30, 0), (23, 59, 59))
]
AT_CLOSING_TIME = [moment for moment in MOMENTS if moment.hour == 18]
"""The last moment that counts for its day and the first that does not, of every day."""
MOMENTS_OF = {
    1: AT_CLOSING_TIME,  # R9.4: registration by the body
    2: MOMENTS,  # R5.4: the application
    3: AT_CLOSING_TIME,  # D3: forwarding by the school; D4: the notice of an extension
    5: MOMENTS,  # R9.5: a complaint to the head
    10: AT_CLOSING_TIME,  # D4: the longest extension
    15: MOMENTS,  # R9.6: a complaint to the body
}


@pytest.mark.parametrize("week", Week)
@pytest.mark.parametrize("number", MOMENTS_OF)
def test_section_6_every_term_of_2025_to_2027_is_what_a_naive_count_finds(number: int, week: Week) -> None:
    hours, calendar = OFFICE_HOURS[0].value, WorkingCalendar(week=week)
    for moment in MOMENTS_OF[number]:
        effective, counted = naive(moment, number, week)
        term = count_term(moment, number, hours, calendar)
        assert term.effective_day == effective, moment
        assert [day.date for day in term.days if day.counted] == counted, moment
        assert term.due_at == datetime(*counted[-1].timetuple()[:3], 18, 30, tzinfo=ALMATY), moment
        assert term.strict_due_day == [effective, *counted][number - 1], moment


def test_section_6_the_moments_cover_every_day_of_three_years() -> None:
    assert (MOMENTS[0].date(), MOMENTS[-1].date()) == (date(2025, 1, 1), date(2027, 12, 31))
    assert len(AT_CLOSING_TIME) == 2 * 3 * 365


def test_section_6_a_five_day_term_is_never_earlier_than_a_six_day_one() -> None:
    hours = OFFICE_HOURS[0].value
    five, six = (WorkingCalendar(week=week) for week in Week)
    for moment in MOMENTS[1::5]:
        assert count_term(moment, 2, hours, five).due_at >= count_term(moment, 2, hours, six).due_at, moment
