"""The time of the law: Kazakhstan has one zone, UTC+5, since 1 March 2024."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ALMATY = ZoneInfo("Asia/Almaty")
_OFFSET = timedelta(hours=5)


def local_time(moment: datetime) -> datetime:
    """The same moment on the clocks of Almaty; ValueError for a moment without an offset."""
    if moment.utcoffset() is None:
        raise ValueError("the moment has no offset from UTC, so its day is not known; give it one")
    return moment.astimezone(ALMATY)


def legal_date(moment: datetime) -> date:
    """The calendar day on which the moment falls for the law; ValueError for a moment without an offset."""
    return local_time(moment).date()


def moment_at(day: date, hour: time) -> datetime:
    """The moment when clocks in Almaty show `hour` on `day`; ValueError if `hour` has a zone of its own."""
    if hour.tzinfo is not None:
        raise ValueError("the hour has a zone of its own; office hours are given in local time without one")
    return datetime.combine(day, hour, ALMATY)


def check_time_zone(today: date) -> None:
    """RuntimeError unless this machine's time zone data give +05:00 for `today`: due dates would be wrong."""
    offset = moment_at(today, time(12)).utcoffset()
    if offset != _OFFSET:
        raise RuntimeError(
            f"this machine's time zone data say UTC{_signed(offset)} for Asia/Almaty on {today:%d.%m.%Y}, "
            "the law says UTC+05:00 since 01.03.2024. Install tzdata 2024a or later on the system, "
            "or set PYTHONTZPATH to an empty value so that the installed tzdata package is used."
        )


def _signed(offset: timedelta | None) -> str:
    minutes = int((offset or timedelta()).total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
