"""The worker as a process of its own, in a namespace of its own, with what it says on stderr."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60
"""Seconds for whatever a process has to say or do on a busy machine."""


class RunningWorker:
    """`python -m worker.main`; each line of its log is kept."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._news = asyncio.Condition()
        self.lines: list[dict[str, Any]] = []
        self._reading = asyncio.create_task(self._read())

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def text(self) -> str:
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in self.lines)

    async def said(self, event: str) -> dict[str, Any]:
        """The first line of that event, as soon as there is one."""

        def heard() -> dict[str, Any] | None:
            return next((line for line in self.lines if line["event"] == event), None)

        async with self._news:
            await asyncio.wait_for(self._news.wait_for(lambda: heard() or self._reading.done()), PATIENCE)
        found = heard()
        assert found, self.text
        return found

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def ended(self) -> int:
        """The exit code; a process that does not end is a failure of the test."""
        code = await asyncio.wait_for(self._process.wait(), PATIENCE)
        await self._reading
        return code

    async def end(self) -> None:
        """Kills what still runs, so that nothing is left of a test that failed."""
        if self._process.returncode is None:
            self._process.kill()
        await self.ended()

    async def _read(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            async with self._news:
                self.lines.append(_parsed(line.decode()))
                self._news.notify_all()
        async with self._news:
            self._news.notify_all()


def _parsed(line: str) -> dict[str, Any]:
    # What is no JSON (a traceback of the interpreter) is shown where a test fails.
    try:
        return dict(json.loads(line))
    except ValueError:
        return {"event": line.rstrip()}


@asynccontextmanager
async def running_worker(environment: Mapping[str, str]) -> AsyncIterator[RunningWorker]:
    """The process with these variables, and none of this machine's that would lead it elsewhere."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "worker.main",
        env={**_own(), "TEMPORAL_CONFIG_FILE": os.devnull, **environment},
        cwd=Path(__file__).parents[2],
        stderr=asyncio.subprocess.PIPE,
        limit=1024 * 1024,
    )
    worker = RunningWorker(process)
    try:
        yield worker
    finally:
        await worker.end()


def _own() -> dict[str, str]:
    foreign = ("TEMPORAL_", "UIDE_", "DATABASE_", "PG")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
