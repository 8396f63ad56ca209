"""What holds for every term, whatever the day, the school and the overrides."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.legal_time import ALMATY, moment_at
from domain.office_hours import OfficeHours
from domain.term import Term, count_term, milestones
from domain.working_calendar import CalendarOverride, OverrideKind, Week, WorkingCalendar

every_term = settings(deadline=None, database=None, max_examples=60)

FIRST, LAST = date(2024, 3, 1), date(2039, 12, 31)
moments = st.datetimes(datetime(2024, 3, 1), datetime(2039, 6, 30), timezones=st.just(ALMATY))  # noqa: DTZ001
numbers = st.integers(1, 30)
overrides = st.builds(
    CalendarOverride,
    day=st.dates(FIRST, LAST),
    kind=st.sampled_from(OverrideKind),
    act=st.just("Order No 1"),
    week=st.sampled_from([None, *Week]),
)
calendars = st.builds(
    WorkingCalendar,
    week=st.sampled_from(Week),
    overrides=st.lists(overrides, max_size=40).map(tuple),
    version=st.integers(0, 9),
)
hours = st.builds(OfficeHours, opens=st.times(time(7), time(9)), closes=st.times(time(15), time(20)))


def near(moment: datetime) -> WorkingCalendar:
    """A calendar with a week off around the moment, and the Sunday in it worked."""
    days = [moment.date() + timedelta(days=offset) for offset in range(-1, 8)]
    kinds = [OverrideKind.WORK if day.weekday() == 6 else OverrideKind.OFF for day in days]
    rows = (
        CalendarOverride(day=day, kind=kind, act="Order No 1") for day, kind in zip(days, kinds, strict=True)
    )
    return WorkingCalendar(overrides=tuple(rows), version=9)


@every_term
@given(moments, numbers, hours, calendars)
def test_section_6_exactly_n_working_days_are_counted_in_order(
    moment: datetime, number: int, office: OfficeHours, calendar: WorkingCalendar
) -> None:
    term = count_term(moment, number, office, calendar)
    counted = [day for day in term.days if day.counted]
    assert [day.number for day in counted] == list(range(1, number + 1))
    assert all(calendar.is_working(day.date) for day in counted)
    assert counted[-1].date == term.due_day


@every_term
@given(moments, numbers, hours, calendars)
def test_section_6_the_explanation_is_complete_and_contiguous(
    moment: datetime, number: int, office: OfficeHours, calendar: WorkingCalendar
) -> None:
    term = count_term(moment, number, office, calendar)
    span = (term.due_day - moment.date()).days
    assert [day.date for day in term.days] == [
        moment.date() + timedelta(days=offset) for offset in range(span + 1)
    ]
    after = [day for day in term.days if day.date > term.effective_day]
    assert all(day.counted == calendar.is_working(day.date) for day in after)
    assert all(day.reason.kk and day.reason.ru and day.reason.en and day.source for day in term.days)


@every_term
@given(moments, moments, numbers, hours, calendars)
def test_section_6_who_comes_later_is_never_due_earlier(
    one: datetime, other: datetime, number: int, office: OfficeHours, calendar: WorkingCalendar
) -> None:
    first, second = sorted((one, other))
    assert (
        count_term(first, number, office, calendar).due_at
        <= count_term(second, number, office, calendar).due_at
    )


@every_term
@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)), numbers, hours, calendars)
def test_section_6_a_little_later_is_never_due_earlier(
    moment: datetime, pause: timedelta, number: int, office: OfficeHours, calendar: WorkingCalendar
) -> None:
    earlier = count_term(moment, number, office, calendar)
    assert earlier.due_at <= count_term(moment + pause, number, office, calendar).due_at


@every_term
@given(moments, numbers, hours, calendars)
def test_section_6_the_strict_day_is_the_working_day_before_the_due_day(
    moment: datetime, number: int, office: OfficeHours, calendar: WorkingCalendar
) -> None:
    term = count_term(moment, number, office, calendar)
    assert term.strict_due_day == calendar.working_day_before(term.due_day)
    assert milestones(term.due_day, office, calendar).reminder_at == moment_at(
        term.strict_due_day, office.opens
    )


@every_term
@given(moments, numbers, hours, calendars)
def test_section_6_the_effective_day_is_the_first_working_day_with_the_office_still_open(
    moment: datetime, number: int, office: OfficeHours, calendar: WorkingCalendar
) -> None:
    effective = count_term(moment, number, office, calendar).effective_day
    assert calendar.is_working(effective)
    assert moment < moment_at(effective, office.closes)
    between = [moment.date() + timedelta(days=offset) for offset in range((effective - moment.date()).days)]
    assert not any(calendar.is_working(day) and moment < moment_at(day, office.closes) for day in between)


@every_term
@given(moments, numbers, hours)
def test_section_6_a_week_off_by_order_is_passed_over(
    moment: datetime, number: int, office: OfficeHours
) -> None:
    calendar = near(moment)
    term = count_term(moment, number, office, calendar)
    ordered = [day for day in term.days if day.source == "Order No 1"]
    assert all(day.counted == (day.date.weekday() == 6) for day in ordered if day.date > term.effective_day)
    assert term.calendar_version.endswith("/9")


@every_term
@given(moments, numbers, hours, calendars)
def test_section_6_a_term_goes_through_json_unchanged(
    moment: datetime, number: int, office: OfficeHours, calendar: WorkingCalendar
) -> None:
    term = count_term(moment, number, office, calendar)
    assert Term.model_validate_json(term.model_dump_json()) == term


@every_term
@given(moments, numbers, hours, calendars)
def test_section_6_a_term_is_provisional_exactly_if_a_day_of_it_is_in_an_unconfirmed_year(
    moment: datetime, number: int, office: OfficeHours, calendar: WorkingCalendar
) -> None:
    term = count_term(moment, number, office, calendar)
    confirmed = {day.date.year for day in term.days} <= {2025, 2026}
    assert term.provisional is not confirmed
