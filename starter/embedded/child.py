"""A child process of the embedded stack: own log, record of its pid, and an end together with its parent."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil

LAUNCHER = Path(__file__).with_name("launcher.py")
LOG_LIMIT = 10_000_000
"""Bytes after which a log is set aside (one older log is kept) at the next start."""


class ChildFailed(RuntimeError):
    """A process of the embedded stack did not start or ended by itself; the text tells what its log says."""


@dataclass(frozen=True)
class Program:
    """What to run: `stop_signal` ends it in order, `owner` (uid, gid) is whom it runs as, if not as we do."""

    name: str
    arguments: tuple[str, ...]
    log: Path
    record: Path
    stop_signal: signal.Signals = signal.SIGTERM
    owner: tuple[int, int] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    """Variables of this process that the program does not get."""

    @property
    def variables(self) -> dict[str, str]:
        """The whole environment of the program."""
        ours = {name: value for name, value in os.environ.items() if name not in self.withheld}
        return ours | self.environment


class Child:
    """A running program. It must be started from the main thread: on Linux it ends when that thread ends."""

    def __init__(self, program: Program, process: asyncio.subprocess.Process) -> None:
        self.program = program
        self._process = process

    @classmethod
    async def start(cls, program: Program) -> Self:
        """Start the program after ending what an earlier, killed parent left of it."""
        await end_leftover(program.record)
        set_aside(program.log)
        with program.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *_launch(program),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Its own session: Ctrl-C reaches the parent alone, which then stops its children in order.
                start_new_session=True,
                env=program.variables,
            )
        _write_record(program, process.pid)
        return cls(program, process)

    @property
    def pid(self) -> int:
        """The process id; stays the same until the process ends."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """False as soon as the process is known to have ended."""
        return self._process.returncode is None

    async def wait(self) -> int:
        """Wait for the end of the process; negative when a signal ended it."""
        return await self._process.wait()

    async def stop(self, patience: float = 30) -> None:
        """End the process in order, or by force after `patience` seconds; one that has ended is no error."""
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(self.program.stop_signal)
            try:
                await asyncio.wait_for(self._process.wait(), patience)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        self.program.record.unlink(missing_ok=True)

    def failure(self, what: str) -> ChildFailed:
        """The error to raise when the program did not do what it was started for."""
        ended = "" if self.running else f" (it ended with {self._process.returncode})"
        said = f"Its log, {self.program.log}, ends with:\n{tail(self.program.log)}"
        return ChildFailed(f"{self.program.name}: {what}{ended}. {said}")


async def end_leftover(record: Path) -> None:
    """End the process named in `record` if it still is what was recorded; a reused pid is left alone."""
    with contextlib.suppress(FileNotFoundError, ValueError, KeyError, psutil.Error):
        recorded = json.loads(record.read_text())
        process = psutil.Process(recorded["pid"])
        if process.cmdline() == recorded["arguments"]:
            await end_process(process, recorded["stop_signal"])
    record.unlink(missing_ok=True)


async def end_process(process: psutil.Process, stop_signal: int, patience: float = 20) -> None:
    """End a process that is not a child of this one, by force after `patience` seconds."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(stop_signal)
        if not await _ended(process, patience):
            process.kill()
            await _ended(process, patience)


async def _ended(process: psutil.Process, patience: float) -> bool:
    for _ in range(int(patience * 20)):
        # Nobody may be there to collect a dead orphan (a container without an init): a zombie has ended, too.
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        await asyncio.sleep(0.05)
    return False


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for an error message."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return "(nothing)"


def _launch(program: Program) -> tuple[str, ...]:
    owner = "-" if program.owner is None else f"{program.owner[0]}:{program.owner[1]}"
    tie = (str(os.getpid()), str(int(program.stop_signal)), owner)
    return (sys.executable, "-I", "-S", str(LAUNCHER), *tie, *program.arguments)


def _write_record(program: Program, pid: int) -> None:
    recorded = {"pid": pid, "arguments": program.arguments, "stop_signal": int(program.stop_signal)}
    program.record.write_text(json.dumps(recorded))


def set_aside(log: Path) -> None:
    """Make room for a new log when this one has grown too large; the one set aside before is lost."""
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".1.log"))
