"""Counting a term anew after a change of the calendar: requirements.md, section 6; design.md, "Terms"."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.legal_time import ALMATY
from domain.office_hours import OfficeHours
from domain.recounting import Found, StoredTerm, recount
from domain.standard import standard_on
from domain.term import Term, count_term, milestones
from domain.working_calendar import CalendarOverride, OverrideKind, Week, WorkingCalendar
from tests.builders import RECEIVED_AT, local

HOURS = standard_on(date(2026, 11, 17)).office_hours


def stored(term: Term, calendar: WorkingCalendar, hours: OfficeHours = HOURS) -> StoredTerm:
    return StoredTerm(
        starts_at=term.received_at,
        working_days=term.working_days,
        due_at=term.due_at,
        last_day_at=milestones(term.due_day, hours, calendar).last_day_at,
        calendar_version=term.calendar_version,
    )


def a_row(day: str, kind: str, version: int = 1, **more: Any) -> CalendarOverride:
    return CalendarOverride(
        day=date.fromisoformat(day),
        kind=OverrideKind(kind),
        act=f"Order No {version}",
        version=version,
        **more,
    )


def counted_anew(*rows: CalendarOverride, days: int, moment: str, version: int = 1) -> tuple[Found, datetime]:
    """A term from Tuesday 17.11.2026, 10:00, in a week without holidays."""
    before = WorkingCalendar()
    term = count_term(RECEIVED_AT, days, HOURS, before)
    after = before.model_copy(update={"overrides": rows, "version": len(rows)})
    found, anew = recount(stored(term, before), after, version, local(moment))
    return found, anew.due_at


def test_a_day_off_in_the_term_makes_it_end_later() -> None:
    found, due_at = counted_anew(a_row("2026-11-18", "OFF"), days=2, moment="2026-11-17 12:00")
    assert (found, due_at) == (Found.LATER, local("2026-11-20 18:30"))


@pytest.mark.parametrize(
    ("moment", "found"),
    [("2026-11-19 18:29", Found.LATER), ("2026-11-25 12:00", Found.LATER)],
    ids=["before the end", "after both ends"],
)
def test_a_later_end_always_holds(moment: str, found: Found) -> None:
    assert counted_anew(a_row("2026-11-18", "OFF"), days=2, moment=moment)[0] is found


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        ("2026-11-21 18:29", Found.EARLIER),
        ("2026-11-21 18:30", Found.EARLIER_IS_PAST),
        ("2026-11-22 10:00", Found.EARLIER_IS_PAST),
    ],
    ids=["to come", "at its end", "past"],
)
def test_an_earlier_end_holds_only_if_it_is_still_to_come(moment: str, found: Found) -> None:
    # Four working days from Tuesday end on Monday the 23rd; with Saturday worked, on Saturday the 21st.
    row = a_row("2026-11-21", "WORK")
    assert counted_anew(row, days=4, moment=moment) == (found, local("2026-11-21 18:30"))


def test_a_change_of_another_time_or_week_leaves_the_end_where_it_is() -> None:
    for row in (a_row("2026-12-01", "OFF"), a_row("2026-11-18", "OFF", week=Week.SIX_DAYS)):
        assert counted_anew(row, days=2, moment="2026-11-17 12:00") == (Found.SAME, local("2026-11-19 18:30"))


def test_each_change_is_counted_as_it_was_when_it_was_entered() -> None:
    rows = (a_row("2026-11-18", "OFF"), a_row("2026-11-18", "WORK", version=2))
    first = counted_anew(*rows, days=2, moment="2026-11-17 12:00", version=1)
    second = counted_anew(*rows, days=2, moment="2026-11-17 12:00", version=2)
    assert [first, second] == [
        (Found.LATER, local("2026-11-20 18:30")),
        (Found.SAME, local("2026-11-19 18:30")),
    ]


def test_a_term_counted_with_a_later_calendar_is_left_as_it_is() -> None:
    calendar = WorkingCalendar(
        overrides=(a_row("2026-11-18", "OFF"), a_row("2026-11-19", "OFF", 2)), version=2
    )
    term = count_term(RECEIVED_AT, 2, HOURS, calendar)
    for version in (1, 2):
        assert recount(stored(term, calendar), calendar, version, RECEIVED_AT)[0] is Found.COUNTED_BEFORE


def test_a_term_keeps_the_hours_that_it_was_counted_with() -> None:
    hours = OfficeHours(opens=HOURS.opens, closes=time(17))
    before = WorkingCalendar()
    on_file = stored(count_term(RECEIVED_AT, 2, hours, before), before, hours)
    after = before.model_copy(update={"overrides": (a_row("2026-11-18", "OFF"),), "version": 1})
    assert recount(on_file, after, 1, RECEIVED_AT)[1].due_at == local("2026-11-20 17:00")


def test_a_term_is_no_longer_provisional_when_its_year_is_confirmed() -> None:
    received = local("2027-02-02 10:00")
    before = WorkingCalendar()
    on_file = count_term(received, 2, HOURS, before)
    confirmed = before.confirmed_years[-1].model_copy(update={"year": 2027, "version": 1})
    after = before.model_copy(update={"confirmed_years": (*before.confirmed_years, confirmed), "version": 1})
    found, anew = recount(stored(on_file, before), after, 1, received)
    assert (on_file.provisional, found, anew.provisional) == (True, Found.SAME, False)


# whatever the change


received = st.datetimes(datetime(2026, 1, 5), datetime(2026, 12, 25), timezones=st.just(ALMATY))  # noqa: DTZ001
changes = st.lists(
    st.builds(
        CalendarOverride,
        day=st.dates(date(2026, 1, 1), date(2027, 2, 28)),
        kind=st.sampled_from(OverrideKind),
        act=st.just("Order No 1"),
        week=st.sampled_from([None, *Week]),
        version=st.integers(1, 6),
    ),
    max_size=60,
).map(tuple)
hours_later = st.integers(0, 24 * 60)


@settings(deadline=None, database=None, max_examples=150)
@given(
    received,
    st.integers(1, 15),
    st.sampled_from(Week),
    changes,
    st.lists(hours_later, min_size=6, max_size=6),
)
def test_section_6_no_sequence_of_changes_makes_late_what_was_done_in_time(
    moment: datetime, days: int, week: Week, rows: tuple[CalendarOverride, ...], taken: list[int]
) -> None:
    calendar = WorkingCalendar(week=week, overrides=rows, version=6)
    term = count_term(moment, days, HOURS, calendar.as_of(0))
    on_file = stored(term, calendar.as_of(0))
    for version, hours in enumerate(sorted(taken), start=1):
        now = moment + timedelta(hours=hours)
        found, anew = recount(on_file, calendar, version, now)
        ends = anew.due_at if found.is_in_force else on_file.due_at
        done_until_now = min(now, on_file.due_at)
        assert done_until_now <= ends
        assert found is not Found.LATER or ends > on_file.due_at
        if found.is_in_force:
            on_file = stored(anew, calendar.as_of(version))


@settings(deadline=None, database=None, max_examples=60)
@given(received, st.integers(1, 15), st.sampled_from(Week), changes)
def test_a_term_counted_anew_is_the_term_that_would_have_been_counted_at_once(
    moment: datetime, days: int, week: Week, rows: tuple[CalendarOverride, ...]
) -> None:
    calendar = WorkingCalendar(week=week, overrides=rows, version=6)
    before = calendar.as_of(0)
    _, anew = recount(stored(count_term(moment, days, HOURS, before), before), calendar, 6, moment)
    assert anew == count_term(moment, days, HOURS, calendar)
