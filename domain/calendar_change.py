"""Changes of the working calendar: a day made off or working by an act, a year confirmed; and which may be entered.

A change is never taken back or edited: what is ordered later is a later version, and names the row it replaces.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.base_calendar import FIRST_YEAR, LAST_YEAR
from domain.day import Day
from domain.plain_text import Line
from domain.refusal import InputRefused
from domain.working_calendar import CalendarOverride, OverrideKind, Week, WorkingCalendar

EnteredBy = Annotated[Line, StringConstraints(max_length=100)]
"""Who enters a change: an id of the staff directory, or a name."""


class DayOrder(BaseModel):
    """A day that an act makes a day off or a working day, for the schools of one week or of both."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: Day
    kind: OverrideKind
    week: Week | None
    """None for both."""
    act: Line
    """Who ordered it, and by which act."""
    entered_by: EnteredBy
    replaces: int | None = None
    """The version of the row that this one takes the place of, where the day has one."""

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks that it concerns."""
        return tuple(Week) if self.week is None else (self.week,)


class YearConfirmation(BaseModel):
    """A year whose holidays and transfers somebody has compared with what was announced."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    act: Line
    """Where it was announced."""
    entered_by: EnteredBy


def version_on_file(order: DayOrder, calendar: WorkingCalendar) -> int | None:
    """The version that holds this very row, if it is in force; None where the order is new."""
    rows = {calendar.of_week(week).override_of(order.day) for week in order.weeks}
    row = rows.pop()
    if rows or row is None or (row.kind, row.week, row.act) != (order.kind, order.week, order.act):
        return None
    return row.version


def confirmation_on_file(confirmation: YearConfirmation, calendar: WorkingCalendar) -> int | None:
    """The version by which the register confirmed this year with this act; None where the confirmation is new."""
    return next(
        (
            row.version
            for row in calendar.confirmed_years
            if row.version and (row.year, row.source) == (confirmation.year, confirmation.act)
        ),
        None,
    )


def check_order(order: DayOrder, calendar: WorkingCalendar, today: date) -> None:
    """`InputRefused` unless the order may be entered on `today`, a local day, on top of all that was entered before.

    The calendar may be of either week: what was ordered is known to both.
    """
    _check_year_is_open(order.day.year, "calendar.day", today)
    in_force = (calendar.of_week(week).override_of(order.day) for week in order.weeks)
    rows = [row for row in in_force if row is not None]
    _check_replaced(order, rows)
    for row in rows:
        if row.kind is not order.kind and row.version != order.replaces:
            raise _contradiction(order, row)
    if order.replaces is None and all(_is_so(order, week, calendar) for week in order.weeks):
        raise InputRefused.of(
            "day_is_so_already",
            "calendar.day",
            f"{order.day:%d.%m.%Y} is {_NAMES[order.kind]} already: {_reason(order, calendar)}",
            "A change of the calendar changes a day",
            "Look at uide calendar list; if a date was announced that had been calculated, confirm its year",
        )


def check_confirmation(confirmation: YearConfirmation, calendar: WorkingCalendar, today: date) -> None:
    """`InputRefused` unless the year may be confirmed on `today`, a local day: open, and not confirmed before."""
    _check_year_is_open(confirmation.year, "calendar.year", today)
    for row in calendar.confirmed_years:
        if row.year == confirmation.year:
            raise InputRefused.of(
                "year_confirmed",
                "calendar.year",
                f"{row.year} is confirmed: {row.source}",
                "A year is confirmed once; what is ordered afterwards changes single days",
                "Enter a day that was ordered since with uide calendar add",
            )


def _check_year_is_open(year: int, where: str, today: date) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputRefused.of(
            "outside_calendar",
            where,
            f"there is no calendar for {year}; there is one for {FIRST_YEAR} to {LAST_YEAR}",
            "Terms are counted on holidays that are on file",
            "Check the year",
        )
    if year < today.year:
        raise InputRefused.of(
            "year_closed",
            where,
            f"{year} is over",
            "Terms that ran then have ended: what was in time then must not become late, nor the other way",
            f"Check the year; a change can concern {today.year} and later",
        )


def _check_replaced(order: DayOrder, rows: Iterable[CalendarOverride]) -> None:
    if order.replaces is not None and order.replaces not in {row.version for row in rows}:
        raise InputRefused.of(
            "replaces_nothing",
            "calendar.replaces",
            f"version {order.replaces} is not what holds for {order.day:%d.%m.%Y} in that week",
            "A row takes the place of the one that is in force for its day and week",
            "Look at uide calendar list, and name the version of the row in force, or none",
        )


def _contradiction(order: DayOrder, row: CalendarOverride) -> InputRefused:
    return InputRefused.of(
        "contradicts_another_row",
        "calendar.day",
        f"{order.day:%d.%m.%Y} is {_NAMES[row.kind]} by version {row.version}: {row.act}",
        "Two acts cannot both hold for a day; the later one holds if it says so",
        f"If your act takes the place of that one, say so: --replaces {row.version}. Where the two weeks have "
        "different rows, enter one week after the other",
    )


_NAMES = {OverrideKind.OFF: "a day off", OverrideKind.WORK: "a working day"}


def _is_so(order: DayOrder, week: Week, calendar: WorkingCalendar) -> bool:
    return calendar.of_week(week).is_working(order.day) == (order.kind is OverrideKind.WORK)


def _reason(order: DayOrder, calendar: WorkingCalendar) -> str:
    day = calendar.of_week(order.weeks[0]).day(order.day)
    return f"{day.reason.en} ({day.source})"
