"""A long step of the set-up, run as a process of its own with its progress on stderr."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from starter.embedded.child import tail

EVERY_SECONDS = 15


def tell(what: str) -> None:
    """One line about what is going on."""
    print(f"temporal: {what}", file=sys.stderr, flush=True)  # noqa: T201


def run_with_progress(
    doing: str,
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    stalled_after: float | None = None,
) -> str | None:
    """Run a command that writes below `folder`; None when it succeeded, else why not.

    It is ended, with all that it started, when this process gives up, and when the size of the folder does
    not change for `stalled_after` seconds.
    """
    log = folder / "progress.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            env={**os.environ, **environment},
        )
    try:
        stalled = _watch(process, doing, folder, stalled_after)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if stalled:
        return f"nothing came for {stalled_after:.0f} seconds"
    return None if process.returncode == 0 else tail(log, lines=3)


def _watch(process: "subprocess.Popen[bytes]", doing: str, folder: Path, stalled_after: float | None) -> bool:
    started = told = moved = time.monotonic()
    size = 0
    while process.poll() is None:
        time.sleep(0.2)
        now = time.monotonic()
        if now - told >= EVERY_SECONDS:
            told = now
            tell(f"still {doing}, {now - started:.0f} s")
        if size != (size := _size(folder)):
            moved = now
        if stalled_after is not None and now - moved > stalled_after:
            return True
    return False


def _size(folder: Path) -> int:
    with suppress(OSError):
        return sum(path.stat().st_size for path in folder.rglob("*"))
    return 0
