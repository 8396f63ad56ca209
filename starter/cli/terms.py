"""`uide term`: how a term is counted, day by day."""

from datetime import datetime
from typing import Annotated

import typer

from domain.base_calendar import FIRST_YEAR, LAST_YEAR
from domain.legal_time import legal_date
from domain.refusal import InputRefused
from domain.standard import standard_on
from domain.term import Term, TermDay, count_term
from domain.working_calendar import Week, WorkingCalendar
from starter.cli.answers import answer
from starter.cli.options import AsJson, WorkingWeek
from starter.cli.screen import day, moment, say, show_table

Received = Annotated[
    str, typer.Option(metavar="ISO", help="The moment of receipt with its offset, as 2026-03-20T10:00+05:00.")
]
Days = Annotated[int, typer.Option(min=1, metavar="N", help="The working days of the term.")]


def term(received: Received, days: Days, week: WorkingWeek = 5, as_json: AsJson = False) -> None:
    """Count a term and explain every day of it.

    Needs no server and no database: it is counted on the built-in calendar and the office hours of the Rules.

    \b
    Examples:
      uide term --received 2026-03-20T10:00+05:00 --days 2
      uide term --received 2026-11-21T20:00+05:00 --days 15 --week 6 --json
    """
    counted = _count(_moment(received), days, WorkingCalendar(week=Week(week)))
    answer(counted, as_json=as_json, screen=lambda: _show_term(counted))


def _moment(received: str) -> datetime:
    try:
        moment_given = datetime.fromisoformat(received)
    except ValueError:
        raise _bad_moment("it is not a moment in ISO 8601") from None
    if moment_given.utcoffset() is None:
        raise _bad_moment("it has no offset from UTC")
    return moment_given


def _bad_moment(what: str) -> InputRefused:
    return InputRefused.of(
        "bad_moment",
        "--received",
        what,
        "The day on which something arrived depends on the clocks it was read from",
        "Write it as 2026-03-20T10:00+05:00",
    )


def _count(received: datetime, days: int, on: WorkingCalendar) -> Term:
    try:
        hours = standard_on(legal_date(received)).office_hours
        return count_term(received, days, hours, on)
    except (ValueError, LookupError, OverflowError):
        raise outside_calendar(
            "--received", f"the term would reach outside {FIRST_YEAR} to {LAST_YEAR}"
        ) from None


def outside_calendar(where: str, what: str) -> InputRefused:
    """The refusal of what lies outside the years of the working calendar."""
    return InputRefused.of(
        "outside_calendar",
        where,
        what,
        "Only for those years a working calendar is on file",
        "Correct the year, or ask for fewer days",
    )


def _show_term(counted: Term) -> None:
    say(
        f"Term of {counted.working_days} working days, {counted.week.value}-day week",
        f"  received       {moment(counted.received_at)} (Almaty)",
        f"  effective day  {day(counted.effective_day)}",
        f"  due            {moment(counted.due_at)}",
        f"  strict due day {day(counted.strict_due_day)} (if the effective day were day 1; used for alerts)",
        f"  calendar       {counted.calendar_version}" + (" - PROVISIONAL" if counted.provisional else ""),
    )
    if counted.provisional:
        say("  A year in it is not confirmed yet: holidays may still be announced or moved.")
    show_table("Day by day", ("date", "weekday", "day", "why", "source"), map(_term_row, counted.days))


def _term_row(line: TermDay) -> tuple[object, ...]:
    return day(line.date), f"{line.date:%a}", line.number, line.reason.en, line.source
