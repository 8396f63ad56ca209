"""The days off of the whole country for both working weeks, before any override.

The holidays library is right for the five-day week. On a six-day week only a holiday on Sunday moves, one on
Saturday is simply off, and a day of rest exchanged by order concerns it only if that day is a Sunday.
"""

from datetime import date, timedelta
from enum import IntEnum
from functools import cache

from holidays.countries.kazakhstan import Kazakhstan
from holidays.version import __version__ as library_version
from pydantic import BaseModel, ConfigDict

from domain import day_labels
from domain.wording import Wording

FIRST_YEAR = 2024
LAST_YEAR = 2040
LIBRARY = f"holidays {library_version}"

_DAY = timedelta(days=1)
_SUNDAY = 6
# Marks that the library puts into its Kazakh names.
_MOVED = " (қайта белгіленген демалыс)"
_ESTIMATED = " (бағаланған)"
_EXCHANGED = "Демалыс күні ("
_NEVER_MOVE = ("Православиелік Рождество", "Құрбан айт")


class Week(IntEnum):
    """How many days a week the school works."""

    FIVE_DAYS = 5
    SIX_DAYS = 6


class CalendarDay(BaseModel):
    """Whether a day is worked, why, and who says so."""

    model_config = ConfigDict(frozen=True)

    date: date
    working: bool
    reason: Wording
    source: str


@cache
def base_day(day: date, week: Week, announced: bool) -> CalendarDay:
    """The day in the country's calendar; ValueError outside 2024-2040, for which no calendar is on file.

    `announced` says that this year's calendar is confirmed, so a calculated holiday is no longer a guess.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(
            f"the working calendar covers {FIRST_YEAR} to {LAST_YEAR}, {day:%d.%m.%Y} is outside; "
            "check the year of the date"
        )
    if _is_rest(day, week) and day in _library(observed=True).weekend_workdays:
        return CalendarDay(date=day, working=True, reason=day_labels.WEEKEND_AT_WORK, source=LIBRARY)
    if names := _days_off(week).get(day):
        return CalendarDay(date=day, working=False, reason=_label(names[0], announced), source=LIBRARY)
    return _ordinary_day(day, week)


def _ordinary_day(day: date, week: Week) -> CalendarDay:
    working = not _is_rest(day, week)
    reason = day_labels.WORKING_DAY if working else day_labels.WEEKEND
    return CalendarDay(date=day, working=working, reason=reason, source=f"{week.value}-day working week")


def _is_rest(day: date, week: Week) -> bool:
    return day.weekday() >= week.value


@cache
def _library(*, observed: bool) -> Kazakhstan:
    # The language is named because the library would take the one of the process's environment.
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return Kazakhstan(years=years, observed=observed, expand=False, language="kk")


@cache
def _days_off(week: Week) -> dict[date, list[str]]:
    if week is Week.FIVE_DAYS:
        library = _library(observed=True)
        return {day: library.get_list(day) for day in library}
    library = _library(observed=False)
    named = {day: [name for name in library.get_list(day) if _concerns_six_days(name)] for day in library}
    return _with_sundays_moved({day: names for day, names in named.items() if names})


def _concerns_six_days(name: str) -> bool:
    # Who works on Saturdays anyway is given nothing for working on one.
    return not name.startswith(_EXCHANGED) or _is_rest(_worked_instead(name), Week.SIX_DAYS)


def _worked_instead(exchanged: str) -> date:
    day, month, year = exchanged.removeprefix(_EXCHANGED)[:10].split(".")
    return date(int(year), int(month), int(day))


def _with_sundays_moved(days: dict[date, list[str]]) -> dict[date, list[str]]:
    off = dict(days)
    for day in sorted(days):
        moving = [name for name in days[day] if name.removesuffix(_ESTIMATED) not in _NEVER_MOVE]
        if day.weekday() == _SUNDAY and moving:
            off[_next_free(day, off)] = [moving[0] + _MOVED]
    return off


def _next_free(day: date, off: dict[date, list[str]]) -> date:
    free = day + _DAY
    while free in off or free.weekday() == _SUNDAY:
        free += _DAY
    return free


def _label(name: str, announced: bool) -> Wording:
    if name.startswith(_EXCHANGED):
        return day_labels.exchanged(_worked_instead(name))
    holiday = day_labels.HOLIDAYS[name.removesuffix(_MOVED).removesuffix(_ESTIMATED)]
    if name.endswith(_MOVED):
        return day_labels.moved(holiday)
    return day_labels.estimated(holiday) if name.endswith(_ESTIMATED) and not announced else holiday
