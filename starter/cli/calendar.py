"""`uide calendar list`: the days of a year that differ from their weekday, and the changes that were entered."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from activities.register.calendar import read_calendar
from activities.register.calendar_changes import CalendarChange, list_changes
from domain.base_calendar import FIRST_YEAR, LAST_YEAR
from domain.day_labels import WEEKEND, WORKING_DAY
from domain.legal_time import legal_date
from domain.working_calendar import CalendarDay, Week, WorkingCalendar
from starter.cli.answers import answer
from starter.cli.calendar_changes import in_words, left_of
from starter.cli.options import AsJson, Data, WorkingWeek
from starter.cli.screen import day, moment, say, show_table
from starter.cli.terms import outside_calendar
from starter.place import find_place, is_named
from starter.register_access import open_register

calendar = typer.Typer(help="The working calendar.", rich_markup_mode=None)


@calendar.command("list")
def calendar_list(
    week: WorkingWeek = 5,
    year: Annotated[
        int | None, typer.Option(help="The year; this one unless told.", show_default=False)
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """List the days of a year that differ from their weekday, and the changes of the calendar.

    From the register, with all changes entered there, if one is named; else the built-in calendar. Says which. Of
    each change it tells how many of the terms that ran have been counted anew.

    \b
    Examples:
      uide calendar list --year 2026
      uide calendar list --week 6 --year 2027 --json
    """
    year = year or legal_date(datetime.now(UTC)).year
    _check_year(year)
    read = _calendar(Week(week), data)
    document = _calendar_document(read, year)
    answer(document, as_json=as_json, screen=lambda: _show_calendar(document, read, year))


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise outside_calendar(
            "--year", f"there is no calendar for {year}; there is one for {FIRST_YEAR} to {LAST_YEAR}"
        )


class _Read(NamedTuple):
    on: WorkingCalendar
    source: str
    changes: tuple[CalendarChange, ...] = ()


def _calendar(week: Week, data: Path | None) -> _Read:
    if not is_named(data):
        return _Read(WorkingCalendar(week=week), "built-in")
    return asyncio.run(_calendar_of_register(week, data))


async def _calendar_of_register(week: Week, data: Path | None) -> _Read:
    async with open_register(find_place(data).database_url, size=1) as pool:
        async with pool.acquire() as connection:
            on = await read_calendar(connection, week)
        return _Read(on, "register", await list_changes(pool))


def _days_of(year: int) -> list[date]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def _special_days(on: WorkingCalendar, year: int) -> list[CalendarDay]:
    looked_at = (on.day(date_) for date_ in _days_of(year))
    return [found for found in looked_at if found.reason not in (WORKING_DAY, WEEKEND)]


def _calendar_document(read: _Read, year: int) -> dict[str, Any]:
    on = read.on
    confirmed = [row for row in on.confirmed_years if row.year == year]
    return {
        "source": read.source,
        "calendar_version": on.calendar_version,
        "week": on.week.value,
        "year": year,
        "confirmed": bool(confirmed),
        "confirmed_by": [row.source for row in confirmed],
        "working_days": sum(on.is_working(date_) for date_ in _days_of(year)),
        "days": [found.model_dump(mode="json") for found in _special_days(on, year)],
        "overrides": [row.model_dump(mode="json") for row in on.overrides if row.day.year == year],
        "changes": [change.model_dump(mode="json") for change in read.changes],
    }


def _show_calendar(document: dict[str, Any], read: _Read, year: int) -> None:
    source = {"built-in": "the built-in calendar", "register": "the register's calendar"}[document["source"]]
    say(
        f"{document['year']}, {document['week']}-day week, from {source} ({document['calendar_version']})",
        f"  working days  {document['working_days']}",
        f"  confirmed     {'; '.join(document['confirmed_by']) or 'no: holidays may still be announced or moved'}",
    )
    special = _special_days(read.on, year)
    rows = (
        (day(d.date), f"{d.date:%a}", "works" if d.working else "off", d.reason.en, d.source) for d in special
    )
    show_table("Days that differ from their weekday", ("date", "weekday", "", "why", "source"), rows)
    if read.changes:
        _show_changes(read.changes)


def _show_changes(changes: tuple[CalendarChange, ...]) -> None:
    rows = (
        (c.version, in_words(c), c.act, moment(c.entered_at), c.entered_by, c.taken, left_of(c) or "")
        for c in changes
    )
    columns = ("version", "what", "by", "entered", "by whom", "terms counted anew", "still to be counted")
    show_table("Changes of the calendar, the later ones win", columns, rows, whole=("version",))
