"""The zone of the law."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from domain.legal_time import check_time_zone, legal_date, local_time, moment_at


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param(
            datetime(2026, 11, 21, 18, 59, 59, tzinfo=UTC), date(2026, 11, 21), id="last second of a day"
        ),
        pytest.param(
            datetime(2026, 11, 21, 19, 0, tzinfo=UTC), date(2026, 11, 22), id="first second of the next"
        ),
    ],
)
def test_section_6_the_day_of_a_moment_is_the_day_in_almaty(moment: datetime, day: date) -> None:
    assert legal_date(moment) == day


def test_section_6_local_time_has_the_offset_of_the_law() -> None:
    local = local_time(datetime(2026, 11, 21, 23, 0, tzinfo=timezone(timedelta(hours=3))))
    assert local.isoformat() == "2026-11-22T01:00:00+05:00"


def test_section_6_an_hour_of_a_day_becomes_a_moment() -> None:
    assert moment_at(date(2026, 3, 27), time(18, 30)) == datetime(2026, 3, 27, 13, 30, tzinfo=UTC)


def test_section_6_a_moment_without_offset_has_no_day() -> None:
    with pytest.raises(ValueError, match="no offset"):
        legal_date(datetime(2026, 11, 21, 20, 0))  # noqa: DTZ001


def test_section_6_an_hour_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="zone of its own"):
        moment_at(date(2026, 3, 27), time(18, 30, tzinfo=UTC))


def test_section_6_the_start_up_check_passes_under_the_zone_of_2024() -> None:
    check_time_zone(date(2026, 11, 22))


def test_section_6_the_start_up_check_says_what_to_do_where_the_offset_is_another() -> None:
    with pytest.raises(RuntimeError, match=r"UTC\+06:00 for Asia/Almaty on 28\.02\.2024.*tzdata 2024a"):
        check_time_zone(date(2024, 2, 28))
