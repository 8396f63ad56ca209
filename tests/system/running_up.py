"""`uide up` as a process, and what belongs to its data folder on this machine."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

PROGRAM = Path(sys.executable).with_name("uide")
FOREIGN = {
    "TEMPORAL_ADDRESS": "foreign.invalid:1",
    "TEMPORAL_API_KEY": "foreign",
    "PGPORT": "1",
    "PGUSER": "foreign",
}
"""What leads the programs of the stack astray if they listen to it."""


class RunningUp:
    """The command on one data folder; it can be ended in any way and started again."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.log = data.with_suffix(".log")
        self.document: dict[str, Any] = {}
        self._process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Returns when the command says that it is ready."""
        arguments = (PROGRAM, "up", "--json", "--data", str(self.data))
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *arguments, stdout=asyncio.subprocess.PIPE, stderr=log, env={**os.environ, **FOREIGN}
            )
        assert self._process.stdout is not None
        ready = await asyncio.wait_for(self._process.stdout.readline(), 60)
        assert ready, self.log.read_text()
        self.document = json.loads(ready)

    async def end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        return await asyncio.wait_for(self._process.wait(), 30)

    def kill(self, part: str) -> None:
        """kill -9 of one of the processes, by its record in the data folder."""
        os.kill(json.loads((self.data / "run" / f"{part}.json").read_text())["pid"], signal.SIGKILL)

    def processes(self) -> list[psutil.Process]:
        """All processes of this machine that work for the data folder."""
        return [process for process in psutil.process_iter() if _works_for(process, str(self.data))]

    async def gone(self) -> bool:
        """Whether all of them end within a few seconds."""
        for _ in range(100):
            if not self.processes():
                return True
            await asyncio.sleep(0.1)
        return False


def _works_for(process: psutil.Process, data: str) -> bool:
    with suppress(psutil.Error):
        if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
            return False
        said = (*process.cmdline(), process.cwd(), process.environ().get("UIDE_KEY_RING", ""))
        return any(data in word for word in said)
    return False
