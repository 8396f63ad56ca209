"""Measures `uide verify` on many cases: python -m tests.benchmarks.verify_many --cases 100000."""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from activities.register.directory import load_directory
from activities.register.migrations import migrate
from activities.register.pool import open_pool
from domain.school import Directory
from starter.embedded.data_folder import DataFolder
from starter.embedded.postgres import APP_ROLE, DATABASE, OWNER_ROLE, EmbeddedPostgres
from tests.benchmarks.many_cases import multiply, tell_stories
from tests.databases import DIRECTORY, Register

_COMMAND = (
    "import resource, sys; from starter.cli import main; main(sys.argv[1:]);"
    "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))"
)
"""The command, which says at its end how much memory it held at most."""


async def _measure(folder: DataFolder, cases: int) -> None:
    server = EmbeddedPostgres(folder)
    await server.start()
    try:
        owner_url, app_url = server.url(DATABASE, OWNER_ROLE), server.url(DATABASE, APP_ROLE)
        await migrate(owner_url)
        await load_directory(owner_url, Directory.model_validate_json(DIRECTORY.read_text("utf-8")))
        pool = await open_pool(app_url)
        stories = await tell_stories(Register(owner_url, app_url, pool))
        await pool.close()
        await _verify(app_url, folder.roots, "of the cases that are copied")
        begun = time.monotonic()
        await multiply(
            owner_url, stories, cases, lambda made: print(f"\r{made} cases", end="", file=sys.stderr)
        )
        print(f"\nloaded {cases} cases in {time.monotonic() - begun:.0f} s")
        await _verify(app_url, folder.roots, f"of {cases} cases")
        await _verify(app_url, folder.roots, "of the same, against the root")
    finally:
        await server.stop()


async def _verify(url: str, roots: Path, what: str) -> None:
    begun = time.monotonic()
    command = (sys.executable, "-c", _COMMAND, "verify", "--no-temporal", "--write-root", "--json")
    environment = {**os.environ, "DATABASE_URL": url, "UIDE_ROOTS": str(roots)}
    child = await asyncio.create_subprocess_exec(
        *command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    out, peak = await child.communicate()
    seconds = time.monotonic() - begun
    report = json.loads(out)
    print(f"verify {what}: {seconds:.1f} s, {int(peak) / 1024:.0f} MB at most, root {report['written_root']}")
    for violation in report["violations"][:10]:
        print(violation)


def main() -> None:
    """The command."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--cases", type=int, default=100_000)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = DataFolder(Path(made) / "data")
        with folder.locked():
            asyncio.run(_measure(folder, given.cases))


if __name__ == "__main__":
    main()
