"""What commands print for people: plain text and tables, moments on the clocks of Almaty."""

import sys
from collections.abc import Container, Iterable
from datetime import date, datetime

from rich.console import Console
from rich.table import Table

from domain.legal_time import local_time
from starter.place import Place

_PIPED_WIDTH = 1000
"""Nothing is cut or folded where no person's window is."""

UNSEALED = (
    "Acts are unsealed here (test signer): nobody's signature is checked, whoever can use this command can act "
    "for anyone."
)


def console(*, errors: bool = False) -> Console:
    """A console that takes every text as it is, and cuts none when its output goes to a file or program."""
    stream = sys.stderr if errors else sys.stdout
    return Console(
        file=stream,
        width=None if stream.isatty() else _PIPED_WIDTH,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=True,
    )


def say(*lines: str) -> None:
    """Prints lines on standard output."""
    screen = console()
    for line in lines:
        screen.print(line)


def show_table(
    title: str, columns: Iterable[str], rows: Iterable[Iterable[object]], *, whole: Container[str] = ()
) -> None:
    """Prints a table, or that there is nothing to put into it; the columns in `whole` are never folded."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in whole)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    if table.row_count:
        console().print(table, soft_wrap=False)
    else:
        say(f"{title}: none")


def moment(value: datetime | None) -> str:
    """Local date and time, as people write it; empty for none."""
    return f"{local_time(value):%d.%m.%Y %H:%M}" if value else ""


def day(value: date | None) -> str:
    """A date, as people write it; empty for none."""
    return f"{value:%d.%m.%Y}" if value else ""


def say_if_unsealed(place: Place) -> None:
    """The last line of a screen of a service that takes unsigned acts."""
    if place.acts_are_unsealed:
        say("", UNSEALED)
