"""`make topology`: proves docker-compose.yml on this machine, without containers, and prints what was proven."""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import asyncpg
from rich.console import Console
from rich.table import Table

from starter.demo.player import DemoFailed
from starter.embedded.child import ChildFailed
from starter.embedded.go_program import NotBuilt
from tests.deployment import debian_postgres
from tests.deployment.composition import read_composition
from tests.deployment.debian_postgres import NoPostgres
from tests.deployment.native import Native
from tests.deployment.programs import folder_of_programs
from tests.deployment.proof import STEPS, Unproven

NOT_PROVEN = (
    "Not proven here, since nothing runs in a container: the images themselves, their confinement (read-only root, "
    "no capabilities, users), the networks and volumes, and PostgreSQL 17 in place of the one above. "
    "Different from the composition: addresses, ports and places of files; and time skipping is on, "
    "so that days of the demo pass at once."
)


def say(words: str) -> None:
    """One line of progress."""
    sys.stderr.write(f"topology: {words}\n")
    sys.stderr.flush()


async def prove(folder: Path) -> Table:
    """All steps in turn; everything that was started has ended afterwards."""
    postgres = debian_postgres.programs()
    programs = folder_of_programs(folder / "bin")
    path = os.pathsep.join(
        (str(programs), str(postgres), str(Path(sys.executable).parent), os.environ["PATH"])
    )
    native = Native(read_composition(), folder, path)
    table = Table("part", "proven", "s", title="docker-compose.yml, proven natively")
    try:
        for step in STEPS:
            say(f"{step.__name__}: {step.__doc__}")
            began = time.monotonic()
            table.add_row(step.__name__, await step(native, say), f"{time.monotonic() - began:.0f}")
    finally:
        await native.stop_all()
    return table


def main() -> int:
    """The exit code: 0 when all is proven."""
    with tempfile.TemporaryDirectory(prefix="uide-topology-") as folder:
        try:
            table = asyncio.run(prove(Path(folder)))
        except (
            ChildFailed,
            DemoFailed,
            NoPostgres,
            NotBuilt,
            Unproven,
            OSError,
            asyncpg.PostgresError,
        ) as failed:
            say(f"NOT PROVEN: {failed}")
            return 1
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)
    console.print(NOT_PROVEN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
