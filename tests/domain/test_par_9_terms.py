"""The terms of a complaint over the holidays (par. 9; D3, D4), by tables made from requirements, section 6."""

from datetime import date

import pytest

from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee
from domain.complaint_term import extended, working_days_of
from domain.legal_time import legal_date, moment_at
from domain.periods import OFFICE_HOURS
from domain.term import Term, count_term
from domain.working_calendar import Week, WorkingCalendar
from tests.domain.test_term_by_a_naive_count import works

HOURS = OFFICE_HOURS[0].value
FIVE, SIX = Week.FIVE_DAYS, Week.SIX_DAYS


def a_day(text: str) -> date:
    """`25.12.2025`."""
    day, month, year = map(int, text.split("."))
    return date(year, month, day)


def a_term(kind: ComplaintTermKind, addressee: Addressee, starts: date, week: Week) -> Term:
    """As the register starts it, in the morning of that day."""
    days = working_days_of(kind, addressee, starts)
    return count_term(moment_at(starts, HOURS.opens), days, HOURS, WorkingCalendar(week=week))


def in_words(day: date) -> str:
    return f"{day:%d.%m.%Y}"


# R9.5, R9.6 with D4: registered on, of which week, extended by; ends, ends when it is extended

BY_THE_HEAD = [
    # New Year: 1, 2 and 7 January are off; of 2027 also 4 January, and for six days 2 January instead.
    ("25.12.2025", FIVE, 1, "05.01.2026", "06.01.2026"),
    ("25.12.2025", FIVE, 10, "05.01.2026", "20.01.2026"),
    ("25.12.2025", SIX, 1, "31.12.2025", "03.01.2026"),
    ("25.12.2025", SIX, 10, "31.12.2025", "15.01.2026"),
    ("31.12.2026", FIVE, 5, "12.01.2027", "19.01.2027"),
    ("31.12.2026", SIX, 5, "09.01.2027", "15.01.2027"),
    # Nauryz: 21-25 March for five days, 21-24 March for six.
    ("12.03.2026", FIVE, 1, "19.03.2026", "20.03.2026"),
    ("12.03.2026", FIVE, 5, "19.03.2026", "31.03.2026"),
    ("12.03.2026", SIX, 2, "18.03.2026", "20.03.2026"),
    ("12.03.2026", SIX, 5, "18.03.2026", "27.03.2026"),
    ("19.03.2026", FIVE, 10, "31.03.2026", "14.04.2026"),
    ("19.03.2026", SIX, 10, "28.03.2026", "09.04.2026"),
    # May: 1, 7, 11 and 27 are off for five days; 1, 7, 9 and 27 for six.
    ("28.04.2026", FIVE, 1, "06.05.2026", "08.05.2026"),
    ("28.04.2026", FIVE, 2, "06.05.2026", "12.05.2026"),
    ("28.04.2026", FIVE, 10, "06.05.2026", "22.05.2026"),
    ("28.04.2026", SIX, 2, "05.05.2026", "08.05.2026"),
    ("28.04.2026", SIX, 3, "05.05.2026", "11.05.2026"),
    ("28.04.2026", SIX, 10, "05.05.2026", "19.05.2026"),
]
BY_THE_BODY = [
    # New Year with the term itself, and with nothing but its extension.
    ("31.12.2026", FIVE, 10, "26.01.2027", "09.02.2027"),
    ("31.12.2026", SIX, 10, "21.01.2027", "02.02.2027"),
    ("01.12.2026", FIVE, 10, "23.12.2026", "11.01.2027"),
    ("01.12.2026", SIX, 10, "19.12.2026", "31.12.2026"),
    # Nauryz, and 8 March before it; of 2027 the days off go on to 24 March, and 15 March is off.
    ("25.02.2026", FIVE, 10, "19.03.2026", "07.04.2026"),
    ("25.02.2026", SIX, 10, "16.03.2026", "31.03.2026"),
    ("11.03.2027", FIVE, 10, "07.04.2027", "21.04.2027"),
    ("11.03.2027", SIX, 10, "02.04.2027", "14.04.2027"),
    # May.
    ("23.04.2026", FIVE, 10, "19.05.2026", "03.06.2026"),
    ("23.04.2026", SIX, 10, "14.05.2026", "26.05.2026"),
    ("28.04.2027", FIVE, 10, "24.05.2027", "07.06.2027"),
    ("28.04.2027", SIX, 10, "19.05.2027", "31.05.2027"),
]
CONSIDERED = [
    *((Addressee.HEAD, *row) for row in BY_THE_HEAD),
    *((Addressee.QUALITY_BODY, *row) for row in BY_THE_BODY),
]


@pytest.mark.parametrize(("addressee", "registered", "week", "by", "ends", "ends_extended"), CONSIDERED)
def test_par_9_d4_a_term_over_the_holidays_and_its_extension_from_the_old_due_day(
    addressee: Addressee, registered: str, week: Week, by: int, ends: str, ends_extended: str
) -> None:
    term = a_term(ComplaintTermKind.CONSIDERATION, addressee, a_day(registered), week)
    longer = extended(term.due_day, by, HOURS, WorkingCalendar(week=week))
    assert (in_words(term.due_day), in_words(longer.due_day)) == (ends, ends_extended)
    assert longer.due_at == moment_at(a_day(ends_extended), HOURS.closes)
    old, *counted = longer.days
    assert (old.date, old.counted) == (term.due_day, False)
    assert [day.number for day in counted if day.counted] == list(range(1, by + 1))


@pytest.mark.parametrize("addressee", Addressee)
@pytest.mark.parametrize("week", Week)
@pytest.mark.parametrize("by", [1, 5, 10])
def test_d4_the_extension_of_every_term_of_2026_is_what_a_naive_count_finds(
    by: int, week: Week, addressee: Addressee
) -> None:
    calendar = WorkingCalendar(week=week)
    every_day = [date.fromordinal(date(2026, 1, 1).toordinal() + offset) for offset in range(500)]
    worked = [day for day in every_day if works(day, week)]
    number = working_days_of(ComplaintTermKind.CONSIDERATION, addressee, date(2026, 1, 5))
    for place, day in enumerate(worked):
        if day.year == 2026:
            old, new = worked[place + number], worked[place + number + by]
            assert extended(old, by, HOURS, calendar).due_day == new, day


# D3, R9.4: a school of the one week forwards to a body of the other, each counting its own days


@pytest.mark.parametrize(
    ("filed", "school", "body", "forwarded", "registered", "answered", "extended_to"),
    [
        ("19.03.2026", SIX, FIVE, "26.03.2026", "27.03.2026", "17.04.2026", "04.05.2026"),
        ("19.03.2026", FIVE, SIX, "27.03.2026", "28.03.2026", "15.04.2026", "27.04.2026"),
        ("28.04.2026", SIX, FIVE, "02.05.2026", "05.05.2026", "29.05.2026", "12.06.2026"),
        ("28.04.2026", FIVE, SIX, "04.05.2026", "05.05.2026", "25.05.2026", "06.06.2026"),
        ("31.12.2026", SIX, FIVE, "06.01.2027", "08.01.2027", "29.01.2027", "12.02.2027"),
        ("31.12.2026", FIVE, SIX, "08.01.2027", "09.01.2027", "27.01.2027", "08.02.2027"),
    ],
)
def test_d3_each_office_on_the_way_of_a_complaint_counts_by_its_own_week(
    filed: str,
    school: Week,
    body: Week,
    forwarded: str,
    registered: str,
    answered: str,
    extended_to: str,
) -> None:
    to_the_body = Addressee.QUALITY_BODY
    forwarding = a_term(ComplaintTermKind.FORWARDING, to_the_body, a_day(filed), school)
    registration = a_term(ComplaintTermKind.REGISTRATION, to_the_body, forwarding.due_day, body)
    answer = a_term(ComplaintTermKind.CONSIDERATION, to_the_body, registration.due_day, body)
    longer = extended(answer.due_day, 10, HOURS, WorkingCalendar(week=body))
    days = [legal_date(term.due_at) for term in (forwarding, registration, answer, longer)]
    assert [in_words(day) for day in days] == [forwarded, registered, answered, extended_to]
