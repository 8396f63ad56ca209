"""Terms counted a second time, by a count that shares nothing with the first.

Neither the rules of `domain` nor the library of holidays is used here: the days are written down from the Labour
Code's list of holidays and its rule of transfer, so that a mistake in one count is not repeated by the other.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from typing import NamedTuple

KAZAKHSTAN = timezone(timedelta(hours=5))
"""Since 1 March 2024, without daylight saving; no term of this service is older."""

FIRST_YEAR, LAST_YEAR = 2024, 2040

_EVERY_YEAR = (
    (1, 1),
    (1, 2),
    (3, 8),
    (3, 21),
    (3, 22),
    (3, 23),
    (5, 1),
    (5, 7),
    (5, 9),
    (7, 6),
    (10, 25),
    (12, 16),
)
_CHRISTMAS = (1, 7)
_CONSTITUTION_UNTIL_2025, _CONSTITUTION_FROM_2027 = (8, 30), (3, 15)
# The first day of Qurban ait; from 2026 on by calculation.
_QURBAN_AIT = (
    "2024-06-16 2025-06-06 2026-05-27 2027-05-16 2028-05-05 2029-04-24 2030-04-13 2031-04-02 2032-03-22 2033-03-11 "
    "2034-03-01 2035-02-18 2036-02-07 2037-01-26 2038-01-16 2039-01-05 2039-12-26 2040-12-14"
)
# A day of rest that was worked by order, and the day that was given for it.
_EXCHANGED = (("2024-05-04", "2024-05-08"), ("2025-01-05", "2025-01-03"))
_DAY = timedelta(days=1)


class Counted(NamedTuple):
    """A term by the second count."""

    effective_day: date
    days: tuple[date, ...]
    """Those that are counted; the last is the due day."""
    due_at: datetime
    strict_due_day: date
    reminder_at: datetime
    last_day_at: datetime


class SecondCount:
    """Counts on the calendar of one week, with days that acts changed: True where they made it a working day."""

    def __init__(self, week: int, changed: Mapping[date, bool]) -> None:
        self._week = week
        self._changed = changed

    def term(self, received_at: datetime, number: int, opens: time, closes: time) -> Counted:
        """The term of so many working days; ValueError outside the years that are written down here."""
        received = received_at.astimezone(KAZAKHSTAN)
        effective = received.date()
        if received.time() >= closes or not self.works(effective):
            effective = self._after(effective)
        days = [self._after(effective)]
        while len(days) < number:
            days.append(self._after(days[-1]))
        before = days[-1] - _DAY
        while not self.works(before):
            before -= _DAY
        return Counted(
            effective_day=effective,
            days=tuple(days),
            due_at=datetime.combine(days[-1], closes, KAZAKHSTAN),
            strict_due_day=days[-2] if number > 1 else effective,
            reminder_at=datetime.combine(before, opens, KAZAKHSTAN),
            last_day_at=datetime.combine(days[-1], opens, KAZAKHSTAN),
        )

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"no days off of {day.year} are written down")
        if day in self._changed:
            return self._changed[day]
        return day in _worked(self._week) or (
            day.isoweekday() <= self._week and day not in _days_off(self._week)
        )

    def _after(self, day: date) -> date:
        day += _DAY
        while not self.works(day):
            day += _DAY
        return day


def _holidays_that_move() -> Iterable[date]:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        constitution = _CONSTITUTION_UNTIL_2025 if year <= 2025 else _CONSTITUTION_FROM_2027
        extra = () if year == 2026 else (constitution,)
        yield from sorted(date(year, month, day) for month, day in (*_EVERY_YEAR, *extra))


@cache
def _worked(week: int) -> frozenset[date]:
    return frozenset(worked for worked, _ in _exchanged(week))


@cache
def _days_off(week: int) -> frozenset[date]:
    off = set(_holidays_that_move())
    off |= {date(year, *_CHRISTMAS) for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    off |= {date.fromisoformat(day) for day in _QURBAN_AIT.split()}
    off |= {given for _, given in _exchanged(week)}
    for holiday in _holidays_that_move():
        if holiday.isoweekday() > week:
            free = holiday + _DAY
            while free in off or free.isoweekday() > week:
                free += _DAY
            off.add(free)
    return frozenset(off)


def _exchanged(week: int) -> list[tuple[date, date]]:
    pairs = [(date.fromisoformat(worked), date.fromisoformat(given)) for worked, given in _EXCHANGED]
    # Who works on that day of the week anyway is given nothing for it.
    return [pair for pair in pairs if pair[0].isoweekday() > week]
