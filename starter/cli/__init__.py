"""`uide`: the service from the command line."""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from starter.cli.acting import acting
from starter.cli.answers import FAILED, run
from starter.cli.calendar import calendar
from starter.cli.calendar_changes import calendar_add, calendar_confirm
from starter.cli.cases import status
from starter.cli.complaints import complain
from starter.cli.demo import demo
from starter.cli.directory import schools, staff
from starter.cli.export import export
from starter.cli.filing import act, submit
from starter.cli.inbox import inbox
from starter.cli.keys import keys
from starter.cli.papers import papers
from starter.cli.silence import silence
from starter.cli.terms import term
from starter.cli.up import up
from starter.cli.upkeep import migrate
from starter.cli.verifying import verify
from worker.logs import configure_logs
from worker.runtime import end_runtimes

app = typer.Typer(
    name="uide",
    help="Acceptance of documents for organising individual free education at home: from application to order.",
    epilog="Exit codes: 0 done; 2 bad input or refused; 1 anything else. Every command takes --json.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    demo,
    up,
    submit,
    act,
    complain,
    status,
    papers,
    inbox,
    silence,
    term,
    verify,
    export,
    migrate,
    schools,
    staff,
):
    app.command()(command)
calendar.command("add")(calendar_add)
calendar.command("confirm")(calendar_confirm)
app.add_typer(acting, name="acting")
app.add_typer(calendar, name="calendar")
app.add_typer(keys, name="keys")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code is 0 done, 2 bad input or refused, 1 anything else."""
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    configure_logs()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = run(lambda: _run(given), as_json="--json" in given)
        sys.stdout.flush()
    except BrokenPipeError:
        return _unread()
    finally:
        end_runtimes()
    return code


def _run(given: list[str]) -> Any:
    for word in given:
        word.encode()  # `run` tells in words what is not text
    return app(given, prog_name="uide", standalone_mode=False)


def _unread() -> int:
    # Whoever read has had enough; the rest must not be tried again when Python ends.
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return FAILED
