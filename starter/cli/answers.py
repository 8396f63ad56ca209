"""How a command ends: its document or its screen, and an exit code that programs can rely on."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import structlog
import typer
from pydantic import BaseModel

from activities.papers import PaperNotRendered
from activities.register.migrations import MigrationEdited
from activities.register.rights import RightsMissing
from domain.refusal import InputRefused, Problem
from starter.cli.screen import console
from starter.clock import ClocksDisagree
from starter.embedded.child import ChildFailed
from starter.embedded.data_folder import DataFolderRefused
from starter.embedded.temporal_binary import TemporalUnavailable
from starter.monitoring_away import MonitoringAway
from starter.place import ServiceNotFound
from starter.register_access import RegisterAway, SchemaMissing
from worker.connection import TemporalUnreachable
from worker.key_ring import KeyRingUnusable
from worker.logs import configure_logs
from worker.namespace import NamespaceRefused

DONE = 0
FAILED = 1
"""Something is away or wrong that the input cannot help."""
REFUSED = 2
"""The input is bad, or what it asks for is not allowed; nothing of it was taken."""

log = structlog.get_logger()

_EXPECTED: dict[type[Exception], tuple[str, str]] = {
    ServiceNotFound: ("service_not_found", "environment.DATABASE_URL"),
    RegisterAway: ("register_away", "register"),
    ClocksDisagree: ("clocks_disagree", "clock"),
    SchemaMissing: ("schema_missing", "register"),
    MigrationEdited: ("migration_edited", "register"),
    RightsMissing: ("rights_missing", "register"),
    KeyRingUnusable: ("key_ring_unusable", "environment.UIDE_KEY_RING"),
    TemporalUnreachable: ("temporal_away", "temporal"),
    NamespaceRefused: ("namespace_refused", "temporal"),
    DataFolderRefused: ("data_folder_refused", "data folder"),
    ChildFailed: ("stack_failed", "stack"),
    TemporalUnavailable: ("temporal_unavailable", "temporal program"),
    MonitoringAway: ("monitoring_away", "monitoring system"),
    PaperNotRendered: ("paper_not_rendered", "templates of papers"),
}
"""What can go wrong outside of this program, with its code and place; the text says what to do."""


def answer(document: BaseModel | Mapping[str, Any], *, as_json: bool, screen: Callable[[], None]) -> None:
    """Prints the document for programs, or the screen for people."""
    if not as_json:
        screen()
        return
    plain = document.model_dump(mode="json") if isinstance(document, BaseModel) else dict(document)
    print(json.dumps(plain, ensure_ascii=False))


def run(command: Callable[[], Any], *, as_json: bool) -> int:
    """The exit code of the command; whatever it could not do is told in words, never as a traceback."""
    try:
        ended = command()
    except InputRefused as refused:
        return _told(refused.problems, REFUSED, as_json=as_json)
    except typer.TyperException as misused:
        return _told((_misuse(misused),), REFUSED, as_json=as_json)
    except UnicodeEncodeError:
        return _told((_NOT_UTF8,), REFUSED, as_json=as_json)
    except tuple(_EXPECTED) as failed:
        return _told((_failure(failed),), FAILED, as_json=as_json)
    except Exception as unexpected:  # the edge of the process: people get words, the log gets the rest
        configure_logs()
        log.exception("command_failed")
        return _told((_surprise(unexpected),), FAILED, as_json=as_json)
    return ended if isinstance(ended, int) else DONE


def _told(problems: Iterable[Problem], code: int, *, as_json: bool) -> int:
    problems = tuple(problems)
    if as_json:
        document = {"error": {"problems": [problem.model_dump() for problem in problems]}}
        print(json.dumps(document, ensure_ascii=False))
        return code
    screen = console(errors=True)
    screen.print("Refused, nothing was taken:" if code == REFUSED else "Not done:")
    for problem in problems:
        screen.print(f"\n  {problem.where}: {problem.what}")
        screen.print(f"    Why: {problem.why}")
        screen.print(f"    What to do: {problem.instead}")
    sys.stderr.flush()
    return code


def _misuse(misused: typer.TyperException) -> Problem:
    return Problem(
        code="usage",
        where="command line",
        what=misused.format_message().strip().rstrip("."),
        why="The command does not take what was given",
        instead="uide --help lists the commands, uide COMMAND --help shows what each takes, with examples",
    )


_NOT_UTF8 = Problem(
    code="usage",
    where="command line",
    what="an argument is not UTF-8 text",
    why="Numbers and names are compared with what the register holds, which is UTF-8",
    instead="Type the argument anew",
)


def _failure(failed: Exception) -> Problem:
    code, where = next(told for kind, told in _EXPECTED.items() if isinstance(failed, kind))
    what, _, instead = str(failed).strip().rstrip(".").partition(". ")
    return Problem(
        code=code,
        where=where,
        what=what,
        why="This command needs it",
        instead=instead or "Put it right and run the command again",
    )


def _surprise(unexpected: Exception) -> Problem:
    return Problem(
        code="unexpected",
        where="uide",
        what=f"the command stopped at a fault of this program ({type(unexpected).__name__})",
        why="It was not expected; the log on standard error tells where",
        instead="Send the log to whoever looks after the service; what was already received is in the register",
    )
