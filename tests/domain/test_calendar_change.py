"""Which changes of the working calendar may be entered: issue of a day, of a year, and what each contradicts."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.calendar_change import (
    DayOrder,
    YearConfirmation,
    check_confirmation,
    check_order,
    confirmation_on_file,
    version_on_file,
)
from domain.confirmed_years import CONFIRMED_YEARS, ConfirmedYear
from domain.refusal import InputRefused
from domain.working_calendar import CalendarOverride, OverrideKind, Week, WorkingCalendar

TODAY = date(2026, 11, 22)
ORDER = {"day": "2026-12-15", "kind": "OFF", "week": None, "act": "Order No 1", "entered_by": "somebody"}
OFF_BOTH = CalendarOverride(day=date(2026, 12, 15), kind=OverrideKind.OFF, act="Order No 1", version=1)


def an_order(**changes: Any) -> DayOrder:
    return DayOrder.model_validate({**ORDER, **changes})


def a_calendar(*rows: CalendarOverride) -> WorkingCalendar:
    return WorkingCalendar(overrides=rows, version=len(rows))


def code_against(order: DayOrder, *rows: CalendarOverride) -> str | None:
    try:
        check_order(order, a_calendar(*rows), TODAY)
    except InputRefused as refused:
        return refused.problems[0].code
    return None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"day": "2026-12-13", "kind": "WORK"}, None),  # a Sunday
        ({"day": "2026-12-12", "kind": "WORK", "week": 5}, None),  # a Saturday
        ({"day": "2026-12-12", "kind": "WORK", "week": 6}, "day_is_so_already"),
        ({"day": "2026-12-12", "kind": "WORK"}, None),  # it changes the day for one of the weeks
        ({"day": "2026-12-13"}, "day_is_so_already"),
        ({"day": "2026-12-16"}, "day_is_so_already"),  # Independence Day
        ({"day": "2026-01-09"}, None),  # the year is open, its terms may still run
        ({"day": "2025-12-31"}, "year_closed"),
        ({"day": "2023-12-15"}, "outside_calendar"),
        ({"day": "2041-01-03"}, "outside_calendar"),
        ({"replaces": 1}, "replaces_nothing"),
    ],
)
def test_a_day_is_changed_where_the_order_changes_it_in_an_open_year(
    changes: dict[str, Any], code: str | None
) -> None:
    assert code_against(an_order(**changes)) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "WORK"}, "contradicts_another_row"),
        ({"kind": "WORK", "week": 5}, "contradicts_another_row"),
        ({"kind": "WORK", "act": "Order No 2", "replaces": 1}, None),
        ({"kind": "WORK", "act": "Order No 2", "replaces": 2}, "replaces_nothing"),
        ({"act": "Order No 2"}, "day_is_so_already"),
        ({"act": "Order No 2", "replaces": 1}, None),  # the same day by the right act
    ],
)
def test_a_row_that_contradicts_another_must_say_that_it_takes_its_place(
    changes: dict[str, Any], code: str | None
) -> None:
    assert code_against(an_order(**changes), OFF_BOTH) == code


def test_rows_of_different_weeks_do_not_contradict_each_other() -> None:
    for_five = OFF_BOTH.model_copy(update={"week": Week.FIVE_DAYS})
    saturday = date(2026, 12, 12)
    works_in_five = for_five.model_copy(update={"day": saturday, "kind": OverrideKind.WORK})
    assert code_against(an_order(week=6), for_five) is None
    assert code_against(an_order(day="2026-12-12", week=6), works_in_five) is None


def test_what_replaces_a_row_is_the_one_that_the_next_must_name() -> None:
    back = OFF_BOTH.model_copy(update={"kind": OverrideKind.WORK, "act": "Order No 2", "version": 2})
    assert code_against(an_order(act="Order No 3", replaces=1), OFF_BOTH, back) == "replaces_nothing"
    assert code_against(an_order(act="Order No 3", replaces=2), OFF_BOTH, back) is None


def test_the_same_row_is_known_by_its_version_while_it_is_in_force() -> None:
    back = OFF_BOTH.model_copy(update={"kind": OverrideKind.WORK, "act": "Order No 2", "version": 2})
    assert version_on_file(an_order(), a_calendar()) is None
    assert version_on_file(an_order(), a_calendar(OFF_BOTH)) == 1
    assert version_on_file(an_order(entered_by="another"), a_calendar(OFF_BOTH)) == 1
    assert version_on_file(an_order(act="Order No 2"), a_calendar(OFF_BOTH)) is None
    assert version_on_file(an_order(week=5), a_calendar(OFF_BOTH)) is None
    assert version_on_file(an_order(), a_calendar(OFF_BOTH, back)) is None


@pytest.mark.parametrize("missing", ["day", "kind", "week", "act", "entered_by"])
def test_an_order_without_any_of_its_parts_is_refused(missing: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DayOrder.model_validate({name: value for name, value in ORDER.items() if name != missing})
    [problem] = InputRefused.from_validation(refused.value, "calendar").problems
    assert (problem.code, problem.where) == ("missing", f"calendar.{missing}")


@pytest.mark.parametrize("act", ["", "   ", "line\nbreak", "x" * 301])
def test_an_act_that_says_nothing_or_cannot_be_printed_is_refused(act: str) -> None:
    with pytest.raises(ValidationError):
        an_order(act=act)


# years


def a_confirmation(year: int = 2027, act: str = "Announcement No 1") -> YearConfirmation:
    return YearConfirmation(year=year, act=act, entered_by="somebody")


def code_against_year(confirmation: YearConfirmation, calendar: WorkingCalendar) -> str | None:
    try:
        check_confirmation(confirmation, calendar, TODAY)
    except InputRefused as refused:
        return refused.problems[0].code
    return None


IN_REGISTER = ConfirmedYear(year=2027, source="Announcement No 1", checked_on=TODAY, version=3)
CONFIRMED = WorkingCalendar(confirmed_years=(*CONFIRMED_YEARS, IN_REGISTER), version=3)


@pytest.mark.parametrize(
    ("year", "calendar", "code"),
    [
        (2027, WorkingCalendar(), None),
        (2027, CONFIRMED, "year_confirmed"),
        (2026, WorkingCalendar(), "year_confirmed"),
        (2025, WorkingCalendar(), "year_closed"),
        (2041, WorkingCalendar(), "outside_calendar"),
    ],
)
def test_a_year_is_confirmed_once_and_while_it_is_open(
    year: int, calendar: WorkingCalendar, code: str | None
) -> None:
    assert code_against_year(a_confirmation(year), calendar) == code


def test_the_same_confirmation_is_known_by_its_version() -> None:
    assert confirmation_on_file(a_confirmation(), CONFIRMED) == 3
    assert confirmation_on_file(a_confirmation(act="Announcement No 2"), CONFIRMED) is None
    assert confirmation_on_file(a_confirmation(), WorkingCalendar()) is None
