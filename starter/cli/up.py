"""`uide up`: the embedded stack, kept running on one data folder until it is told to stop."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.refusal import InputRefused
from domain.vocabulary import NAMESPACE
from starter.cli.answers import answer
from starter.cli.called import to_copy
from starter.cli.log_file import logs_in
from starter.cli.options import AsJson
from starter.cli.screen import UNSEALED, console, say
from starter.cli.stopping import run_until_stopped
from starter.connection_file import connection_file
from starter.embedded.addresses import HIGHEST_PORT, USUAL_PORTS, taken_ports
from starter.embedded.data_folder import DataFolder, DataFolderRefused
from starter.embedded.stack import EmbeddedStack, embedded_stack
from starter.embedded.supervision import keep_running
from starter.embedded.temporal_binary import temporal_binary
from starter.place import DEFAULT_DATA

Data = Annotated[
    Path | None,
    typer.Option(help="The folder with all data of the stack; UIDE_DATA, else ./.uide.", show_default=False),
]

Port = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=HIGHEST_PORT,
        help="The port of the Temporal UI; Temporal and the codec endpoint take the two after it. Kept in the "
        "data folder.",
        show_default=False,
    ),
]


def up(data: Data = None, port: Port = None, as_json: AsJson = False) -> None:
    """Keep the whole service running on this machine: PostgreSQL, Temporal with its UI, the worker.

    Everything is kept in the data folder and goes on where it was, whatever ended it. A process that ends by
    itself is started again. Ctrl-C stops all. With --json one document is printed when everything is ready.

    \b
    Examples:
      uide up
      uide up --data ~/uide-data --port 9000
    """
    folder = data or Path(os.environ.get("UIDE_DATA") or DEFAULT_DATA)
    binary = temporal_binary()
    try:
        asyncio.run(run_until_stopped(_keep_up(folder, binary, port, as_json=as_json)))
    except DataFolderRefused as refused:
        what, _, instead = str(refused).rstrip(".").partition(". ")
        why = "All data of a stack lie in one folder that one process uses at a time"
        raise InputRefused.of("data_folder_refused", "--data", what, why, instead) from None


async def _keep_up(data: Path, binary: Path, port: int | None, *, as_json: bool) -> None:
    taken = taken_ports(DataFolder(data), port)
    async with embedded_stack(data, binary, _tell, port) as stack:
        if taken and stack.addresses.ui_port not in USUAL_PORTS:
            _tell_taken(taken, stack.addresses.ui)
        answer(_document(stack), as_json=as_json, screen=lambda: _show(stack, data))
        # Whoever reads through a pipe waits for this: the command goes on for days.
        sys.stdout.flush()
        # Each use of the codec endpoint is logged, which is nothing for the terminal.
        with logs_in(stack.folder.log / "up.log"):
            await keep_running(stack.parts, _tell)


def _tell(what: str) -> None:
    console(errors=True).print(f"uide up: {what}")


def _tell_taken(ports: tuple[int, ...], ui: str) -> None:
    named = f"port {ports[0]} is" if len(ports) == 1 else f"ports {', '.join(map(str, ports))} are"
    _tell(f"{named} taken; the UI is at {ui}; this folder keeps it, --port chooses another")


def _document(stack: EmbeddedStack) -> dict[str, Any]:
    return {
        "data": str(stack.folder.root),
        "ui": stack.addresses.ui,
        "temporal_address": stack.temporal.address,
        "namespace": NAMESPACE,
        "connection_file": str(connection_file(stack.folder.root)),
        "logs": str(stack.folder.log),
        "unsealed_acts_allowed": True,
    }


def _show(stack: EmbeddedStack, data: Path) -> None:
    named = None if data == DEFAULT_DATA else data
    say(
        "",
        "The service is up.",
        "",
        f"  the cases, live      {stack.addresses.ui}/namespaces/{NAMESPACE}/workflows",
        f"  file an application  {to_copy('submit', 'examples/portal-admitted.json', data=named)}",
        f"  do an act            {to_copy('act', 'NUMBER', 'examples/acts/check-package-complete.json', data=named)}",
        f"  see a case           {to_copy('status', 'NUMBER', data=named)}",
        f"  logs                 {stack.folder.log}",
        "",
        UNSEALED,
        "It is a stack for trying the service, not for real families.",
        "",
        f"Ctrl-C stops it; the next `{to_copy('up', data=named)}` goes on with every case where it was.",
    )
