"""Workers that fall in the midst of their work, one for each activity and moment, while cases go on."""

import asyncio
import signal
from collections.abc import Iterable, Sequence

from temporalio.activity import _Definition

from activities.papers import Templates
from starter.embedded.supervision import Tell
from tests.databases import RULES
from tests.faults.armed_worker import Moment, Trap
from tests.faults.lives import Lives
from tests.faults.stand import Stand, is_frozen
from worker.main import all_activities
from workflows.doorbell import TemporalDoorbell

ARMED = "tests.faults.armed_worker"
REACHED_WITHIN = 400.0
"""Seconds; an attempt on a worker that was frozen or killed is given up by Temporal after ten, or after thirty."""
NEXT_LIVES = 6.0
AT_ONCE = 5
"""Armed workers that have not fallen yet: more would only wait for each other's processor."""


async def names_of_activities(stand: Stand) -> list[str]:
    """Of every activity that a worker registers: a new one is among them by itself."""
    async with stand.pool() as pool:
        doorbell = await TemporalDoorbell.at(await stand.client())
        registered = all_activities(pool, doorbell, Templates.built_in(), RULES)
    return [_Definition.must_from_callable(one).name or "" for one in registered]


def traps_for(names: Iterable[str], moments: Iterable[Moment], sent: signal.Signals) -> list[Trap]:
    """One for each name and moment."""
    return [Trap(name, moment, sent) for moment in moments for name in names]


class Fallen:
    """The workers of some traps: each works until it falls, and not more than `AT_ONCE` of them at a time."""

    def __init__(self, stand: Stand, traps: Sequence[Trap], tell: Tell) -> None:
        self._tell = tell
        self._places = asyncio.Semaphore(AT_ONCE)
        self._at_work: set[Trap] = set()
        self.workers = {
            trap: stand.another_worker(f"armed-{len(stand.more_workers)}", ARMED, trap.environment)
            for trap in traps
        }

    async def fall(self, lives: Lives) -> list[Trap]:
        """Has cases begin until every worker has fallen; the traps that none of them reached."""
        async with asyncio.TaskGroup() as group:
            beginning = group.create_task(self._begin(lives))
            fallen = await asyncio.gather(*(self._falls(trap) for trap in self.workers))
            beginning.cancel()
        return [trap for trap, has_fallen in zip(self.workers, fallen, strict=True) if not has_fallen]

    async def _falls(self, trap: Trap) -> bool:
        worker = self.workers[trap]
        async with self._places:
            self._at_work.add(trap)
            await worker.start()
            try:
                async with asyncio.timeout(REACHED_WITHIN):
                    while worker.running and not is_frozen(worker):
                        await asyncio.sleep(0.1)
            except TimeoutError:
                return False
            finally:
                self._at_work.remove(trap)
        return True

    async def _begin(self, lives: Lives) -> None:
        while True:
            lives.begin()
            await asyncio.sleep(NEXT_LIVES)
            self._tell(f"workers that have not fallen yet: {', '.join(map(str, self._at_work))}")
