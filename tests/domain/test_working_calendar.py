"""The working calendar: requirements.md, section 6."""

from datetime import date, timedelta

import pytest
from holidays.countries.kazakhstan import Kazakhstan
from holidays.observed_holiday_base import SUN_TO_NEXT_WORKDAY

from domain.base_calendar import FIRST_YEAR, LAST_YEAR
from domain.confirmed_years import CONFIRMED_YEARS, ConfirmedYear
from domain.working_calendar import CalendarDay, CalendarOverride, OverrideKind, Week, WorkingCalendar

FIVE = WorkingCalendar()
SIX = WorkingCalendar(week=Week.SIX_DAYS)
EVERY_DAY = [
    date(FIRST_YEAR, 1, 1) + timedelta(days=offset)
    for offset in range((date(LAST_YEAR, 12, 31) - date(FIRST_YEAR, 1, 1)).days + 1)
]


def weekdays_off(calendar: WorkingCalendar, year: int, weekday_limit: int) -> list[str]:
    days = [day for day in EVERY_DAY if day.year == year and day.weekday() < weekday_limit]
    return [f"{day.day}.{day.month}" for day in days if not calendar.is_working(day)]


@pytest.mark.parametrize(
    ("year", "off", "working_days"),
    [
        (2025, "1.1 2.1 3.1 7.1 10.3 21.3 24.3 25.3 1.5 7.5 9.5 6.6 7.7 1.9 27.10 16.12", 246),
        (2026, "1.1 2.1 7.1 9.3 23.3 24.3 25.3 1.5 7.5 11.5 27.5 6.7 26.10 16.12", 247),
        (2027, "1.1 4.1 7.1 8.3 15.3 22.3 23.3 24.3 3.5 7.5 10.5 6.7 25.10 16.12", 247),
    ],
)
def test_section_6_weekdays_off_in_the_five_day_week(year: int, off: str, working_days: int) -> None:
    assert weekdays_off(FIVE, year, 5) == off.split()
    assert sum(FIVE.is_working(day) for day in EVERY_DAY if day.year == year) == working_days


@pytest.mark.parametrize(
    ("year", "off"),
    [
        (2025, "1.1 2.1 3.1 7.1 8.3 21.3 22.3 24.3 1.5 7.5 9.5 6.6 7.7 30.8 25.10 16.12"),
        (2026, "1.1 2.1 7.1 9.3 21.3 23.3 24.3 1.5 7.5 9.5 27.5 6.7 26.10 16.12"),
        (2027, "1.1 2.1 7.1 8.3 15.3 22.3 23.3 24.3 1.5 7.5 10.5 6.7 25.10 16.12"),
    ],
)
def test_section_6_in_the_six_day_week_only_a_holiday_on_sunday_moves(year: int, off: str) -> None:
    assert weekdays_off(SIX, year, 6) == off.split()


@pytest.mark.parametrize(
    ("day", "five", "six"),
    [
        pytest.param(date(2024, 5, 4), True, True, id="Saturday made working, as it is in a six-day week"),
        pytest.param(date(2024, 5, 8), False, True, id="Wednesday given for it"),
        pytest.param(date(2025, 1, 5), True, True, id="Sunday made working for both weeks"),
        pytest.param(date(2025, 1, 3), False, False, id="Friday given for it"),
        pytest.param(date(2026, 8, 31), True, True, id="no Constitution Day in 2026"),
        pytest.param(date(2026, 1, 10), False, True, id="ordinary Saturday"),
        pytest.param(date(2026, 1, 11), False, False, id="ordinary Sunday"),
    ],
)
def test_section_6_transfers_by_order_concern_those_whose_day_of_rest_they_move(
    day: date, five: bool, six: bool
) -> None:
    assert (FIVE.is_working(day), SIX.is_working(day)) == (five, six)


def test_section_6_the_five_day_week_is_the_librarys_for_every_year() -> None:
    library = Kazakhstan(years=range(FIRST_YEAR, LAST_YEAR + 1), language="kk")
    assert [d for d in EVERY_DAY if FIVE.is_working(d) != library.is_working_day(d)] == []


def test_section_6_the_six_day_week_moves_sundays_as_the_librarys_own_rule_does() -> None:
    library = Kazakhstan(
        years=range(FIRST_YEAR, LAST_YEAR + 1),
        observed_rule=SUN_TO_NEXT_WORKDAY,
        language="kk",
    )
    off = {day for day in EVERY_DAY if not SIX.is_working(day) and day.weekday() != 6}
    assert off == {day for day in library if day.weekday() != 6} - {date(2024, 5, 8)}


@pytest.mark.parametrize(
    ("day", "kk", "ru"),
    [
        (date(2026, 1, 2), "Жаңа жыл", "Новый год"),
        (date(2026, 1, 7), "Православиелік Рождество", "Православное Рождество"),
        (date(2025, 3, 8), "Халықаралық әйелдер күні", "Международный женский день"),
        (
            date(2027, 3, 15),
            "Қазақстан Республикасының Конституциясы күні",
            "День Конституции Республики Казахстан",
        ),
        (
            date(2025, 8, 30),
            "Қазақстан Республикасының Конституциясы күні",
            "День Конституции Республики Казахстан",
        ),
        (date(2026, 3, 21), "Наурыз мейрамы", "Наурыз мейрамы"),
        (date(2026, 5, 1), "Қазақстан халқының бірлігі мерекесі", "Праздник единства народа Казахстана"),
        (date(2026, 5, 7), "Отан қорғаушы күні", "День защитника Отечества"),
        (date(2026, 5, 9), "Жеңіс күні", "День Победы"),
        (date(2026, 5, 27), "Құрбан айттың бірінші күні", "первый день Курбан айта"),
        (date(2026, 7, 6), "Астана күні", "День Столицы"),
        (date(2025, 10, 25), "Республика күні", "День Республики"),
        (date(2026, 10, 25), "Республика күні", "День Республики"),
        (date(2026, 12, 16), "Тәуелсіздік күні", "День Независимости"),
    ],
)
def test_section_6_every_holiday_has_its_names(day: date, kk: str, ru: str) -> None:
    for calendar in (FIVE, SIX):
        said = calendar.day(day)
        assert (said.working, said.reason.kk, said.reason.ru) == (False, kk, ru)


@pytest.mark.parametrize(
    ("day", "ru"),
    [
        (date(2026, 3, 25), "перенесенный выходной день (Наурыз мейрамы)"),
        (date(2025, 1, 3), "выходной день, перенесенный с 05.01.2025"),
        (date(2025, 1, 5), "рабочий день: выходной перенесен на другой день"),
        (date(2026, 1, 10), "выходной день"),
        (date(2026, 1, 9), "рабочий день"),
        (date(2027, 5, 16), "первый день Курбан айта (дата расчетная, еще не объявлена)"),
    ],
)
def test_section_6_every_other_day_says_why_it_is_what_it_is(day: date, ru: str) -> None:
    assert FIVE.day(day).reason.ru == ru


def test_section_6_every_day_of_both_weeks_has_words_and_a_source() -> None:
    said = [calendar.day(day) for calendar in (FIVE, SIX) for day in EVERY_DAY]
    assert all(day.reason.kk and day.reason.ru and day.reason.en and day.source for day in said)


def overridden(kind: OverrideKind, day: date, week: Week | None = None) -> CalendarOverride:
    return CalendarOverride(day=day, kind=kind, act="Order No 1", week=week)


def day_of(week: Week, day: date, *overrides: CalendarOverride) -> CalendarDay:
    return WorkingCalendar(week=week, overrides=overrides, version=len(overrides)).day(day)


@pytest.mark.parametrize("week", Week)
def test_q19_an_override_wins_over_the_base_and_names_its_act(week: Week) -> None:
    monday = date(2027, 5, 17)
    said = day_of(week, monday, overridden(OverrideKind.OFF, monday))
    assert (said.working, said.source) == (False, "Order No 1")


@pytest.mark.parametrize(("week", "working"), [(Week.FIVE_DAYS, True), (Week.SIX_DAYS, False)])
def test_q19_an_override_for_one_week_leaves_the_other_alone(week: Week, working: bool) -> None:
    sunday = date(2027, 5, 23)
    assert day_of(week, sunday, overridden(OverrideKind.WORK, sunday, Week.FIVE_DAYS)).working is working


def test_q19_a_later_version_of_an_override_wins() -> None:
    monday = date(2027, 5, 17)
    back = CalendarOverride(day=monday, kind=OverrideKind.WORK, act="Order No 2", version=2)
    for rows in ((back, overridden(OverrideKind.OFF, monday)), (overridden(OverrideKind.OFF, monday), back)):
        assert day_of(Week.FIVE_DAYS, monday, *rows).source == "Order No 2"


def test_q19_the_calendar_version_names_the_library_and_the_overrides() -> None:
    assert FIVE.calendar_version == "holidays-0.109/0"
    assert WorkingCalendar(version=7).calendar_version == "holidays-0.109/7"


def test_section_6_confirmed_years_are_2025_and_2026() -> None:
    assert [row.year for row in CONFIRMED_YEARS] == [2025, 2026]
    assert all(row.source for row in CONFIRMED_YEARS)


def test_section_6_a_confirmed_year_has_no_calculated_holiday() -> None:
    row = ConfirmedYear(year=2027, source="announced", checked_on=date(2026, 12, 1))
    calendar = WorkingCalendar(confirmed_years=(*CONFIRMED_YEARS, row))
    assert calendar.day(date(2027, 5, 16)).reason.ru == "первый день Курбан айта"


@pytest.mark.parametrize(
    ("day", "known"),
    [
        pytest.param(date(2023, 12, 31), False, id="day before the first"),
        pytest.param(date(2024, 1, 1), True, id="first day"),
        pytest.param(date(2040, 12, 31), True, id="last day"),
        pytest.param(date(2041, 1, 1), False, id="day after the last"),
    ],
)
def test_section_6_days_outside_the_calendars_years_are_refused(day: date, known: bool) -> None:
    if known:
        assert FIVE.day(day).date == day
    else:
        with pytest.raises(ValueError, match="covers 2024 to 2040"):
            FIVE.day(day)


def test_section_6_working_days_are_found_forwards_and_backwards() -> None:
    friday, thursday = date(2026, 3, 20), date(2026, 3, 26)
    assert FIVE.working_day_after(friday) == thursday
    assert FIVE.working_day_before(thursday) == friday


def test_section_6_a_calendar_goes_through_json_unchanged() -> None:
    calendar = WorkingCalendar(overrides=(overridden(OverrideKind.OFF, date(2027, 5, 17)),), version=1)
    assert WorkingCalendar.model_validate_json(calendar.model_dump_json()) == calendar
