"""The watch of a worker over all that it needs: it looks again and again, and says what it saw last."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from time import monotonic
from typing import Protocol

import structlog

from worker.beside import beside
from worker.checks import Check, Health, failing, ok

LOOK_SECONDS = 5.0
"""Between two looks at the same thing."""
STALE_SECONDS = 30.0
"""What was seen longer ago counts no more: the look itself hangs."""
NEEDED = frozenset({"worker", "register", "temporal", "task_queue"})
"""The checks without which a worker can do nothing."""

log = structlog.get_logger()


class Look(Protocol):
    """Looks at something once and says what it saw, by the names of its checks; it has an end of its own."""

    @property
    def names(self) -> Sequence[str]:
        """The checks it makes."""

    async def __call__(self) -> dict[str, Check]:
        """What is seen now."""


class Watch:
    """The last word of every look. `works` says whether the worker itself is at work."""

    def __init__(self, looks: Sequence[Look], works: Callable[[], bool]) -> None:
        self._looks = looks
        self._works = works
        self._seen: dict[str, tuple[float, Check]] = {}

    def health(self) -> Health:
        """What was seen last; what was never seen, or too long ago, is failing."""
        checks = {"worker": ok("the worker runs") if self._works() else failing("the worker does not run")}
        for look in self._looks:
            checks |= {name: self._last(name) for name in look.names}
        return Health.of(checks, NEEDED & checks.keys())

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        """Looks as long as the block runs."""
        async with beside(*(self._keep_looking(look) for look in self._looks)):
            yield

    async def _keep_looking(self, look: Look) -> None:
        while True:
            self._note(await look())
            await asyncio.sleep(LOOK_SECONDS)

    def _note(self, seen: dict[str, Check]) -> None:
        now = monotonic()
        for name, check in seen.items():
            _, before = self._seen.get(name, (now, ok("")))
            if check.status is not before.status:
                log.warning("health_changed", check=name, status=check.status, says=check.says)
            self._seen[name] = (now, check)

    def _last(self, name: str) -> Check:
        if name not in self._seen:
            return failing("nobody has looked yet")
        at, check = self._seen[name]
        age = monotonic() - at
        return check if age < STALE_SECONDS else failing(f"nobody could look for {age:.0f} s")
