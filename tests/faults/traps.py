"""Workers that fall in the midst of their work, one for each activity and moment, while cases go on."""

import asyncio
import signal
from collections.abc import Iterable, Sequence

import psutil
from temporalio.activity import _Definition

from activities.papers import Templates
from starter.embedded.supervision import Tell
from tests.databases import RULES
from tests.faults.armed_worker import Moment, Trap
from tests.faults.lives import Lives
from tests.faults.stand import Stand, StandWorker
from worker.main import all_activities
from workflows.doorbell import TemporalDoorbell

ARMED = "tests.faults.armed_worker"
REACHED_WITHIN = 240.0
"""Seconds; an attempt on a worker that was frozen or killed is given up by Temporal after ten."""
NEXT_LIVES = 6.0
AT_ONCE = 7
"""Armed workers; a frozen one keeps its connections, and the servers of a stand have 60 for everybody."""


async def names_of_activities(stand: Stand) -> list[str]:
    """Of every activity that a worker registers: a new one is among them by itself."""
    async with stand.pool() as pool:
        doorbell = await TemporalDoorbell.at(await stand.client())
        registered = all_activities(pool, doorbell, Templates.built_in(), RULES)
    return [_Definition.must_from_callable(one).name or "" for one in registered]


def traps_for(names: Iterable[str], moments: Iterable[Moment], sent: signal.Signals) -> list[Trap]:
    """One for each name and moment."""
    return [Trap(name, moment, sent) for moment in moments for name in names]


def in_portions(traps: Sequence[Trap]) -> list[list[Trap]]:
    """So many at a time as have their connections and a processor: all together would only wait for each other."""
    return [list(traps[first : first + AT_ONCE]) for first in range(0, len(traps), AT_ONCE)]


class Fallen:
    """The workers of some traps: first they work, then they fall one by one."""

    def __init__(self, stand: Stand, traps: Sequence[Trap], tell: Tell) -> None:
        self._tell = tell
        self.workers = {
            trap: stand.another_worker(f"armed-{len(stand.more_workers)}", ARMED, trap.environment)
            for trap in traps
        }

    async def fall(self, lives: Lives) -> list[Trap]:
        """Has cases begin until every worker has fallen; the traps that none of them reached."""
        await asyncio.gather(*(worker.start() for worker in self.workers.values()))
        for _ in self.workers:
            lives.begin()
        try:
            async with asyncio.timeout(REACHED_WITHIN):
                while standing := self._standing():
                    self._tell(f"workers that have not fallen yet: {', '.join(map(str, standing))}")
                    await self._a_while()
                    lives.begin()
        except TimeoutError:
            return self._standing()
        return []

    async def _a_while(self) -> None:
        for _ in range(int(NEXT_LIVES / 0.1)):
            await asyncio.sleep(0.1)
            if not self._standing():
                return

    def _standing(self) -> list[Trap]:
        return [trap for trap, worker in self.workers.items() if not _has_fallen(worker)]


def _has_fallen(worker: StandWorker) -> bool:
    if not worker.running:
        return True
    try:
        return psutil.Process(worker.pid).status() == psutil.STATUS_STOPPED
    except psutil.NoSuchProcess:
        return True
