"""Keeps the processes of the embedded stack running: one that ends by itself is started again."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import asyncpg
from temporalio.service import RPCError

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
STEADY_SECONDS = 60.0
"""A process that ran this long was well: the next pause is a short one again."""

Tell = Callable[[str], None]
"""Hears in a few words what happens."""


class Process(Protocol):
    """A process that can be started again after its end."""

    async def start(self) -> None:
        """Have it work."""

    async def wait(self) -> int:
        """Its end; negative when a signal ended it."""


async def _nothing() -> None:
    """Most starts concern nobody else."""


@dataclass(frozen=True)
class Part:
    """A process of the stack, and what others have to learn when it was started again."""

    name: str
    process: Process
    started_again: Callable[[], Awaitable[None]] = _nothing


async def keep_running(parts: Sequence[Part], tell: Tell) -> None:
    """Runs until cancelled; leaves the processes as they are then."""
    async with asyncio.TaskGroup() as group:
        for part in parts:
            group.create_task(_keep(part, tell))


async def _keep(part: Part, tell: Tell) -> None:
    clock = asyncio.get_running_loop().time
    pause = FIRST_PAUSE
    while True:
        since = clock()
        code = await part.process.wait()
        if clock() - since >= STEADY_SECONDS:
            pause = FIRST_PAUSE
        tell(f"{part.name} {_ended(code)}; it is started again in {pause:.0f} s")
        pause = await _start_again(part, pause, tell)
        tell(f"{part.name} runs again")


async def _start_again(part: Part, pause: float, tell: Tell) -> float:
    """The pause to make before the next time, if there is one soon."""
    while True:
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
        try:
            await part.process.start()
            await part.started_again()
        except (RuntimeError, OSError, RPCError, asyncpg.PostgresError) as error:
            tell(f"{part.name} did not start; the next attempt is in {pause:.0f} s. The cause: {error}")
        else:
            return pause


def _ended(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
