"""Everything is killed in turn while cases go on: nothing is lost, nothing doubled, all come to their end."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from starter.embedded.restartable import Restartable
from starter.embedded.supervision import Tell, keep_running
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.plans import plans
from tests.faults.stand import Stand, a_stand, kill

NAME = "chaos"
TITLE = "cases go on while worker, Temporal and PostgreSQL are killed in turn"


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """500 cases under a kill every 5 to 40 seconds; in short 16 cases, and each part is killed once."""
    figures, ledger, chance = Figures(NAME, TITLE, size), Ledger(), Random(size.seed)
    async with a_stand(stand_folder, tell) as stand, stand.service() as service:
        await stand.worker.start()
        load = Load(service, ledger, chance, pause=size.of(1.0, 4.0))
        rounds, gaps = size.of((1, (1.0, 2.0)), (1_000_000, (5.0, 40.0)))
        async with _unrest(stand, chance, rounds, gaps, tell) as kills:
            await load.play_all(plans(size.of(16, 500)), at_once=size.of(16, 40))
        await stand.quiesce()
        async with stand.pool() as pool:
            figures.violated(await ledger.compare(pool))
        figures.violated(await stand.verify())
        figures.row("activities repeated", await stand.repeated_activities())
    for label in ("cases", "acts", "not now", "pending"):
        figures.row(_LABELS[label], load.counts[label])
    for part, count in kills.items():
        figures.row(f"kills of {part}", count)
    return figures.ended()


_LABELS = {
    "cases": "cases at their outcome",
    "acts": "acts with their verdict",
    "not now": 'told "not now", sent again',
    "pending": "verdict pending, asked again",
}


@asynccontextmanager
async def _unrest(
    stand: Stand, chance: Random, rounds: int, gaps: tuple[float, float], tell: Tell
) -> AsyncIterator[Counter[str]]:
    """Kills while the block runs; the stack's own supervision starts what was killed, and all runs in the end."""
    kills: Counter[str] = Counter()
    async with asyncio.TaskGroup() as group:
        supervision = group.create_task(keep_running(stand.parts, tell))
        killing = group.create_task(_kill_in_turn(stand, chance, rounds, gaps, kills))
        yield kills
        killing.cancel()
        await asyncio.wait([killing])
        supervision.cancel()


async def _kill_in_turn(
    stand: Stand, chance: Random, rounds: int, gaps: tuple[float, float], kills: Counter[str]
) -> None:
    for _ in range(rounds):
        for part in chance.sample(stand.parts, len(stand.parts)):
            await asyncio.sleep(chance.uniform(*gaps))
            assert isinstance(part.process, Restartable)
            if part.process.running:
                await kill(part.process)
                kills[part.name] += 1
