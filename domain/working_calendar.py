"""The working calendar of a school: the country's days off, its own week, and what acts changed."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from domain import day_labels
from domain.base_calendar import FIRST_YEAR, LAST_YEAR, LIBRARY, CalendarDay, Week, base_day
from domain.confirmed_years import CONFIRMED_YEARS, ConfirmedYear

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "CalendarDay",
    "CalendarOverride",
    "OverrideKind",
    "Week",
    "WorkingCalendar",
    "change_of",
]

_DAY = timedelta(days=1)


class OverrideKind(StrEnum):
    """What an act makes of a day."""

    OFF = "OFF"
    WORK = "WORK"


class CalendarOverride(BaseModel):
    """One day changed by an act, for one of the weeks or for both; a later version of the same day wins."""

    model_config = ConfigDict(frozen=True)

    day: date
    kind: OverrideKind
    act: str
    week: Week | None = None
    version: int = 1

    def concerns(self, day: date, week: Week) -> bool:
        """Whether it says something about this day of this week."""
        return self.day == day and self.week in (None, week)


class WorkingCalendar(BaseModel):
    """Which days are worked, 2024 to 2040; every question outside those years is a ValueError.

    `version` counts the changes of the override table and is part of `calendar_version`.
    """

    model_config = ConfigDict(frozen=True)

    week: Week = Week.FIVE_DAYS
    overrides: tuple[CalendarOverride, ...] = ()
    confirmed_years: tuple[ConfirmedYear, ...] = CONFIRMED_YEARS
    version: int = 0

    @property
    def calendar_version(self) -> str:
        """The library and the override table that were asked, as a stored term names them."""
        return f"{LIBRARY.replace(' ', '-')}/{self.version}"

    def as_of(self, version: int) -> Self:
        """The calendar as it was before any later change than that version."""
        return self.model_copy(
            update={
                "overrides": tuple(row for row in self.overrides if row.version <= version),
                "confirmed_years": tuple(row for row in self.confirmed_years if row.version <= version),
                "version": min(self.version, version),
            }
        )

    def of_week(self, week: Week) -> Self:
        """The same calendar for a school of that week."""
        return self.model_copy(update={"week": week})

    def day(self, day: date) -> CalendarDay:
        """The day with its reason and source; an override wins over the country's calendar."""
        base = base_day(day, self.week, self.confirms(day))
        override = self.override_of(day)
        if override is None:
            return base
        working = override.kind is OverrideKind.WORK
        reason = day_labels.ORDERED_TO_WORK if working else day_labels.ORDERED_OFF
        return CalendarDay(date=day, working=working, reason=reason, source=override.act)

    def is_working(self, day: date) -> bool:
        """Whether the school works on that day."""
        return self.day(day).working

    def confirms(self, day: date) -> bool:
        """Whether that day's year is confirmed, so that no holiday or transfer is still open."""
        return any(row.year == day.year for row in self.confirmed_years)

    def working_day_after(self, day: date) -> date:
        """The first working day after `day`."""
        return self._next_working(day, _DAY)

    def working_day_before(self, day: date) -> date:
        """The last working day before `day`."""
        return self._next_working(day, -_DAY)

    def override_of(self, day: date) -> CalendarOverride | None:
        """The act in force that changed the day; None where the country's calendar holds."""
        said = [override for override in self.overrides if override.concerns(day, self.week)]
        return max(said, key=lambda override: override.version, default=None)

    def _next_working(self, day: date, step: timedelta) -> date:
        day += step
        while not self.is_working(day):
            day += step
        return day


def change_of(calendar_version: str) -> int:
    """The number of the last change in the calendar that a stored term names; 0 before any."""
    return int(calendar_version.rpartition("/")[2])
