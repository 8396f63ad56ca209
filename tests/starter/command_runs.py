"""Running `uide` in tests: as a process, as people do, or within this process where many inputs are tried."""

import asyncio
import contextlib
import io
import json
import os
import sys
import termios
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starter.cli import main
from tests.worker.captured_logs import logs_to

EXAMPLES = Path(__file__).parents[2] / "examples"
_PROGRAM = Path(sys.executable).with_name("uide")


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def problems(self) -> list[dict[str, str]]:
        """What the document says is wrong."""
        found: list[dict[str, str]] = self.document["error"]["problems"]
        return found


async def uide(*arguments: object) -> Ended:
    """The command as a process of its own, in this process's environment and folder."""
    process = await asyncio.create_subprocess_exec(
        _PROGRAM,
        *(str(argument) for argument in arguments),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


async def uide_here(*arguments: object) -> Ended:
    """The command on a thread of this process: the same program without the second that Python takes to start."""
    out, err = io.StringIO(), io.StringIO()

    def run() -> int:
        with redirect_stdout(out), redirect_stderr(err), logs_to(err):
            return main([str(argument) for argument in arguments])

    return Ended(await asyncio.to_thread(run), out.getvalue(), err.getvalue())


async def uide_on_a_terminal(*arguments: object, columns: int) -> str:
    """What the command shows, as a process of its own, in a window of that width."""
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (50, columns))
    program = [str(_PROGRAM), *(str(argument) for argument in arguments)]
    environment = {**os.environ, "TERM": "dumb"}
    process = await asyncio.create_subprocess_exec(*program, stdout=theirs, env=environment)
    os.close(theirs)
    shown = await asyncio.to_thread(all_of, ours)
    assert await process.wait() == 0
    return shown


def all_of(terminal: int) -> str:
    """All that was written to a terminal until it was closed."""
    # Linux tells the end of a terminal by an error.
    parts = []
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 65536):
            parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()


def written(folder: Path, content: object) -> Path:
    """A JSON file in that folder."""
    path = folder / "input.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
