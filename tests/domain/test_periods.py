"""Periods of the law as dated rows."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from domain import periods
from domain.office_hours import OfficeHours
from domain.periods import Dated, in_force

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        pytest.param(periods.SERVICE_TERM, 2, id="par 5 and 7: two working days"),
        pytest.param(periods.COMPLAINT_TERM_OF_THE_HEAD, 5, id="par 9: five working days"),
        pytest.param(periods.COMPLAINT_TERM_OF_THE_BODY, 15, id="par 9: fifteen working days"),
        pytest.param(periods.COMPLAINT_WINDOW, 3, id="three months to complain"),
        pytest.param(periods.ATTACHMENTS_LIMIT, 5_242_880, id="Q26: five megabytes"),
    ],
)
def test_par_5_to_9_every_period_is_in_force_with_its_source(
    rows: tuple[Dated[int], ...], value: int
) -> None:
    row = in_force(rows, TODAY)
    assert row.value == value
    assert row.source
    assert row.code


def test_q7_usual_office_hours() -> None:
    hours = in_force(periods.OFFICE_HOURS, TODAY).value
    assert (hours.opens, hours.closes, hours.intake_until) == (time(9), time(18, 30), time(17, 30))
    assert (hours.lunch_from, hours.lunch_to) == (time(13), time(14, 30))


@pytest.mark.parametrize(
    ("day", "value"),
    [
        pytest.param(date(2027, 1, 31), 2, id="last day of the old text"),
        pytest.param(date(2027, 2, 1), 3, id="first day of the new text"),
    ],
)
def test_par_5_an_amendment_counts_from_its_day(day: date, value: int) -> None:
    old = periods.SERVICE_TERM[0]
    amended = (replace(old, value=3, in_force_from=date(2027, 2, 1)), old)
    assert in_force(amended, day).value == value


def test_par_5_law_before_the_first_row_is_not_guessed() -> None:
    with pytest.raises(LookupError, match=r"31\.12\.1999"):
        in_force(periods.SERVICE_TERM, date(1999, 12, 31))


@pytest.mark.parametrize(
    "changes",
    [
        {"opens": time(19)},
        {"closes": time(9)},
        {"lunch_from": time(15)},
        {"lunch_to": None, "lunch_from": time(8)},
        {"intake_until": time(19)},
    ],
)
def test_q7_office_hours_out_of_order_are_refused(changes: dict[str, Any]) -> None:
    usual = in_force(periods.OFFICE_HOURS, TODAY).value.model_dump()
    with pytest.raises(ValidationError, match="out of order"):
        OfficeHours.model_validate(usual | changes)
