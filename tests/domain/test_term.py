"""How a term is counted: design "Terms", requirements.md section 6, paragraphs 5 and 9."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.legal_time import moment_at
from domain.periods import OFFICE_HOURS, SERVICE_TERM
from domain.term import Term, count_term, milestones, working_days_late
from domain.working_calendar import CalendarOverride, OverrideKind, Week, WorkingCalendar

HOURS = OFFICE_HOURS[0].value
FIVE = WorkingCalendar()
SIX = WorkingCalendar(week=Week.SIX_DAYS)

# Effective day; due in 2 WD; strict; 2 WD in a six-day school; due in 5 WD; in 15 WD.
SECTION_6 = [
    ("2026-03-20", "2026-03-27", "2026-03-26", "2026-03-26", "2026-04-01", "2026-04-15"),
    ("2026-08-28", "2026-09-01", "2026-08-31", "2026-08-31", "2026-09-04", "2026-09-18"),
    ("2026-10-23", "2026-10-28", "2026-10-27", "2026-10-27", "2026-11-02", "2026-11-16"),
    ("2026-12-14", "2026-12-17", "2026-12-15", "2026-12-17", "2026-12-22", "2027-01-08"),
    ("2026-12-31", "2027-01-06", "2027-01-05", "2027-01-05", "2027-01-12", "2027-01-26"),
    ("2027-03-12", "2027-03-17", "2027-03-16", "2027-03-16", "2027-03-25", "2027-04-08"),
]


def received(day: str, hour: str = "10:00") -> datetime:
    return moment_at(date.fromisoformat(day), time.fromisoformat(hour))


def term(moment: datetime, working_days: int = 2, calendar: WorkingCalendar = FIVE) -> Term:
    return count_term(moment, working_days, HOURS, calendar)


@pytest.mark.parametrize(("day", "two", "strict", "six", "five", "fifteen"), SECTION_6)
def test_section_6_every_row_of_the_table(
    day: str, two: str, strict: str, six: str, five: str, fifteen: str
) -> None:
    counted = term(received(day))
    assert (str(counted.effective_day), str(counted.due_day), str(counted.strict_due_day)) == (
        day,
        two,
        strict,
    )
    assert str(term(received(day), 2, SIX).due_day) == six
    assert str(term(received(day), 5).due_day) == five
    assert str(term(received(day), 15).due_day) == fifteen


def test_section_6_filed_on_saturday_evening_is_effective_on_monday() -> None:
    counted = term(received("2026-11-21", "20:00"))
    assert (str(counted.effective_day), str(counted.due_day)) == ("2026-11-23", "2026-11-25")


def test_par_5_the_service_term_is_two_working_days_to_closing_time() -> None:
    counted = term(received("2026-11-23"), SERVICE_TERM[0].value)
    assert counted.due_at.isoformat() == "2026-11-25T18:30:00+05:00"


@pytest.mark.parametrize(
    ("hour", "effective"),
    [
        pytest.param("00:00", "2026-11-24", id="first moment of the day"),
        pytest.param("18:29:59", "2026-11-24", id="last second before closing"),
        pytest.param("18:30:00", "2026-11-25", id="closing hour is already after"),
        pytest.param("23:59", "2026-11-25", id="late in the evening"),
    ],
)
def test_par_5_what_comes_after_hours_is_of_the_next_working_day(hour: str, effective: str) -> None:
    assert str(term(received("2026-11-24", hour)).effective_day) == effective


def test_par_5_the_clock_runs_from_receipt_in_local_time() -> None:
    counted = term(datetime(2026, 11, 23, 19, 30, tzinfo=UTC))
    assert counted.received_at.isoformat() == "2026-11-24T00:30:00+05:00"
    assert counted.effective_day == date(2026, 11, 24)


def test_par_5_a_school_with_hours_of_its_own_is_due_at_its_own_closing_time() -> None:
    hours = HOURS.model_copy(update={"closes": time(17, 45)})
    counted = count_term(received("2026-11-23", "17:45"), 2, hours, FIVE)
    assert counted.effective_day == date(2026, 11, 24)
    assert counted.due_at == received("2026-11-26", "17:45")


def test_par_9_a_complaint_to_the_head_is_due_in_five_working_days_over_holidays() -> None:
    assert term(received("2026-05-06"), 5).due_day == date(2026, 5, 15)


def test_par_9_a_complaint_to_the_body_is_due_in_fifteen_working_days_over_holidays() -> None:
    assert term(received("2026-05-06"), 15).due_day == date(2026, 6, 1)


def test_section_6_a_special_working_sunday_counts() -> None:
    assert term(received("2025-01-05")).effective_day == date(2025, 1, 5)
    assert term(received("2024-12-31"), 1).due_day == date(2025, 1, 4 + 1)


def test_section_6_an_override_moves_the_due_day_and_the_calendar_version() -> None:
    off = CalendarOverride(day=date(2026, 11, 24), kind=OverrideKind.OFF, act="Order No 1")
    moved = term(received("2026-11-23"), 2, WorkingCalendar(overrides=(off,), version=1))
    assert moved.due_day == date(2026, 11, 26)
    assert (moved.calendar_version, moved.days[1].source) == ("holidays-0.109/1", "Order No 1")


@pytest.mark.parametrize(
    ("day", "provisional"),
    [
        pytest.param("2026-12-29", False, id="due on 31 December"),
        pytest.param("2026-12-30", True, id="due in 2027"),
        pytest.param("2027-06-01", True, id="all in 2027"),
    ],
)
def test_section_6_a_term_beyond_the_confirmed_years_stands_and_is_provisional(
    day: str, provisional: bool
) -> None:
    assert term(received(day)).provisional is provisional


def test_section_6_a_receipt_in_an_unconfirmed_year_makes_the_term_provisional() -> None:
    counted = term(received("2024-12-31", "20:00"))
    assert counted.effective_day == date(2025, 1, 5)
    assert counted.provisional


def test_section_6_every_day_is_explained_with_reason_and_source() -> None:
    days = term(received("2026-03-19", "19:00")).days
    assert [(day.date.day, day.number) for day in days] == [
        (19, None), (20, None), (21, None), (22, None), (23, None), (24, None), (25, None), (26, 1), (27, 2),
    ]  # fmt: skip
    assert days[0].reason.ru.startswith("поступило после окончания рабочего времени (18:30)")
    assert days[1].reason.ru.startswith("считается днем поступления")
    assert (days[2].reason.kk, days[2].source) == ("Наурыз мейрамы", "holidays 0.109")


def test_section_6_the_day_of_receipt_says_that_it_is_not_counted() -> None:
    first = term(received("2026-03-19")).days[0]
    assert first.reason.ru.startswith("день поступления, не считается")
    assert not first.counted


def test_section_6_received_on_a_day_off_says_which_day_off() -> None:
    days = term(received("2026-05-09", "12:00")).days
    assert days[0].reason.ru == "День Победы"
    assert days[2].reason.ru == "перенесенный выходной день (День Победы)"


def test_term_json_has_the_fields_that_programs_rely_on() -> None:
    counted = term(received("2026-11-21", "20:00"))
    shape = counted.model_dump(mode="json")
    assert list(shape) == [
        "received_at", "effective_day", "due_day", "due_at", "strict_due_day", "provisional", "working_days",
        "week", "calendar_version", "days",
    ]  # fmt: skip
    assert list(shape["days"][0]) == ["date", "counted", "number", "reason", "source"]
    assert (shape["week"], shape["received_at"]) == (5, "2026-11-21T20:00:00+05:00")
    assert Term.model_validate_json(counted.model_dump_json()) == counted


@pytest.mark.parametrize("working_days", [0, -1])
def test_section_6_a_term_has_at_least_one_day(working_days: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        term(received("2026-11-23"), working_days)


def test_section_6_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="no offset"):
        term(datetime(2026, 11, 23, 10))  # noqa: DTZ001


@pytest.mark.parametrize("day", ["2023-12-29", "2040-12-31"])
def test_section_6_a_term_outside_the_calendars_years_is_refused(day: str) -> None:
    with pytest.raises(ValueError, match="covers 2024 to 2040"):
        term(received(day))


def test_par_5_the_watch_speaks_a_working_day_before_and_on_the_morning_of_the_last_day() -> None:
    watch = milestones(term(received("2026-03-20")).due_day, HOURS, FIVE)
    assert watch.reminder_at == received("2026-03-26", "09:00")
    assert watch.last_day_at == received("2026-03-27", "09:00")


@pytest.mark.parametrize(
    ("answered", "late"),
    [
        pytest.param(received("2026-03-20", "18:30"), 0, id="at the due moment"),
        pytest.param(received("2026-03-20", "18:30") + timedelta(seconds=1), 1, id="a second later"),
        pytest.param(received("2026-03-25"), 1, id="on a day off after it"),
        pytest.param(received("2026-03-26"), 1, id="on the next working day"),
        pytest.param(received("2026-03-27"), 2, id="on the second working day"),
    ],
)
def test_d1_lateness_is_told_in_working_days(answered: datetime, late: int) -> None:
    assert working_days_late(received("2026-03-20", "18:30"), answered, FIVE) == late
