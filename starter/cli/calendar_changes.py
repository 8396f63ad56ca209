"""`uide calendar add` and `uide calendar confirm`: a change of the working calendar, and the terms counted anew."""

import asyncio
import getpass
from collections.abc import AsyncIterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from activities.register.calendar_changes import CalendarChange, Entered
from domain.calendar_change import DayOrder, YearConfirmation
from domain.refusal import InputRefused
from domain.working_calendar import OverrideKind
from starter.cli.answers import answer
from starter.cli.called import to_copy
from starter.cli.options import AsJson, Data
from starter.cli.screen import console, day, moment, say, say_if_unsealed
from starter.cli.stopping import run_until_stopped
from starter.place import Place, find_place
from starter.register_access import RegisterAway
from starter.service import Service, note_refusal, open_service

LOOK_SECONDS = 0.5
STILL_SECONDS = 30.0
"""A recount that has not moved for so long is not waited for: a worker or Temporal is away, and it goes on later."""


class Weeks(StrEnum):
    """The schools that an order concerns."""

    FIVE = "5"
    SIX = "6"
    BOTH = "both"


Act = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Who ordered or announced it, and by which act.", show_default=False),
]
By = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Who enters it: a staff id or a name; the user of this machine unless told.",
        show_default=False,
    ),
]


def calendar_add(  # noqa: PLR0913, PLR0917 - the options of the command
    date: Annotated[str, typer.Argument(metavar="DATE", help="The day, like 2026-12-15.")],
    off: Annotated[
        bool | None,
        typer.Option("--off/--work", help="Makes it a day off, or a working day.", show_default=False),
    ] = None,
    week: Annotated[
        Weeks | None,
        typer.Option(metavar="5|6|both", help="The schools concerned: of which week.", show_default=False),
    ] = None,
    act: Act = None,
    by: By = None,
    replaces: Annotated[
        int | None,
        typer.Option(
            metavar="VERSION",
            help="The version that held for this day so far, if there is one.",
            show_default=False,
        ),
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a day off or a working day by an act, and have every term that runs counted anew.

    Each open application and complaint gets the act calendar_changed. An end that moves is told to school and
    applicant; an earlier one holds only while it is still to come, a later one withdraws an overdue mark. A day that
    is worked instead of another takes two commands. Waits until all is counted and can be interrupted: it goes on by
    itself. The same command again changes nothing and goes on watching.

    \b
    Examples:
      uide calendar add 2026-12-15 --off --week both --act "Resolution No 100 of 01.12.2026"
      uide calendar add 2026-12-12 --work --week 5 --act "Resolution No 100 of 01.12.2026" --json
    """
    kind = None if off is None else OverrideKind.OFF if off else OverrideKind.WORK
    given = _given(day=date, kind=kind, act=act, entered_by=by or _user(), replaces=replaces)
    if week is not None:
        given["week"] = None if week is Weeks.BOTH else int(week)
    _change(DayOrder, given, data, as_json=as_json)


def calendar_confirm(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The year, like 2027.")],
    act: Act = None,
    by: By = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Confirm the working calendar of a year, and have every term that runs counted anew.

    To be done when its holidays and transfers have been announced and compared with uide calendar list: terms that
    reach into the year are provisional until then.

    \b
    Examples:
      uide calendar confirm 2027 --act "Ministry of Labour, announcement of 20.11.2026"
      uide calendar confirm 2027 --act "Ministry of Labour, announcement of 20.11.2026" --json
    """
    given = _given(year=year, act=act, entered_by=by or _user())
    _change(YearConfirmation, given, data, as_json=as_json)


def _given(**options: Any) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _change(
    kind: type[DayOrder] | type[YearConfirmation],
    given: dict[str, Any],
    data: Path | None,
    *,
    as_json: bool,
) -> None:
    place = find_place(data)
    change = _read(kind, given, place)
    entered, seen, done = asyncio.run(_enter(place, change, as_json=as_json))
    document = {**seen.model_dump(mode="json"), "created": entered.created, "carried_out": done}
    answer(document, as_json=as_json, screen=lambda: _show(entered, seen, data, place, done=done))


def _read(
    kind: type[DayOrder] | type[YearConfirmation], given: dict[str, Any], place: Place
) -> DayOrder | YearConfirmation:
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        refused = InputRefused.from_validation(error, "calendar")
        asyncio.run(note_refusal(place, "calendar", refused))
        raise refused from None


def _user() -> str:
    # A container may know its user by no name.
    with suppress(OSError, KeyError):
        return getpass.getuser()
    return "operator"


# entering, and watching what follows


async def _enter(
    place: Place, change: DayOrder | YearConfirmation, *, as_json: bool
) -> tuple[Entered, CalendarChange, bool]:
    """What was entered, how far the terms were counted anew, and whether that is all."""
    async with open_service(place) as service:
        entered, heard = await service.change_calendar(change)
        seen = await service.recount_after(entered.version)
        if heard and not seen.is_carried_out:
            seen = await _watched(service, seen, shown=not as_json)
        return entered, seen, seen.is_carried_out


async def _watched(service: Service, seen: CalendarChange, *, shown: bool) -> CalendarChange:
    last = [seen]

    async def watch() -> None:
        with _bar(shown=shown) as bar:
            task = bar.add_task("Terms counted anew")
            async for change in _looks(service, seen.version):
                last.append(change)
                bar.update(task, completed=change.taken, total=change.written + change.waiting)

    await run_until_stopped(watch())
    return last[-1]


async def _looks(service: Service, version: int) -> AsyncIterator[CalendarChange]:
    """Looks again and again, until all is done or nothing has moved for a while."""
    loop = asyncio.get_running_loop()
    moved, before = loop.time(), None
    while True:
        with suppress(RegisterAway):  # it is entered, and goes on without whoever watches
            seen = await service.recount_after(version)
            yield seen
            if seen.is_carried_out:
                return
            if (now := (seen.written, seen.taken)) != before:
                moved, before = loop.time(), now
        if loop.time() - moved > STILL_SECONDS:
            return
        await asyncio.sleep(LOOK_SECONDS)


def _bar(*, shown: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console(errors=True), disable=not shown)


# telling


def _show(entered: Entered, seen: CalendarChange, data: Path | None, place: Place, *, done: bool) -> None:
    before = "" if entered.created else ", entered before: nothing was written again"
    say(
        f"Version {seen.version} of the working calendar{before}: {in_words(seen)}",
        f"  by        {seen.act}",
        f"  entered   {moment(seen.entered_at)} (Almaty) by {seen.entered_by}",
    )
    if done:
        say(f"Terms counted anew: {seen.taken}. uide status shows the old and the new end of each.")
    else:
        say(
            f"Terms counted anew so far: {seen.taken}, to be counted: {left_of(seen)}. It goes on by itself; "
            f"how far it is: {to_copy('calendar list', data=data)}"
        )
    say_if_unsealed(place)


def in_words(change: CalendarChange) -> str:
    """What a change says: its day or its year."""
    if change.day is None:
        return f"{change.year} is confirmed"
    what = "a working day" if change.kind is OverrideKind.WORK else "a day off"
    return f"{day(change.day)} is {what}, {f'{change.week}-day week' if change.week else 'both weeks'}"


def left_of(change: CalendarChange) -> int:
    """The terms that have still to be counted anew, with or without their act."""
    return change.waiting + change.written - change.taken
