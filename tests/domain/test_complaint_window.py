"""How long a case stays open for a complaint (par. 9; АППК Art 92(1))."""

from datetime import datetime

import pytest

from domain.complaint_window import window_until
from tests.builders import local


@pytest.mark.parametrize(
    ("decided", "until"),
    [
        pytest.param("2026-11-19 18:30", "2027-02-20 00:00", id="an ordinary day"),
        pytest.param("2026-11-19 00:00", "2027-02-20 00:00", id="its first moment"),
        pytest.param("2026-11-19 23:59", "2027-02-20 00:00", id="its last minute"),
        pytest.param("2026-11-20 00:00", "2027-02-21 00:00", id="the next day"),
        pytest.param("2026-11-30 12:00", "2027-03-01 00:00", id="no 30 February"),
        pytest.param("2027-11-30 12:00", "2028-03-01 00:00", id="no 30 February in a leap year"),
        pytest.param("2026-12-31 12:00", "2027-04-01 00:00", id="over the new year"),
        pytest.param("2026-10-01 12:00", "2027-01-02 00:00", id="to the new year"),
    ],
)
def test_par_9_the_window_ends_at_midnight_after_three_months(decided: str, until: str) -> None:
    assert window_until(local(decided)) == local(until)


def test_par_9_the_day_of_the_outcome_is_the_day_in_almaty() -> None:
    assert window_until(datetime.fromisoformat("2026-11-18T19:30:00+00:00")) == local("2027-02-20 00:00")


def test_par_9_a_moment_without_offset_has_no_legal_day() -> None:
    with pytest.raises(ValueError, match="no offset"):
        window_until(datetime(2026, 11, 19, 12))  # noqa: DTZ001 - this is the mistake
