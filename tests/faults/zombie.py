"""Workers that were given up wake again: what another has done in their place is not done twice."""

import asyncio
import signal
from pathlib import Path
from random import Random

from starter.embedded.supervision import Tell
from tests.faults.armed_worker import Moment, Trap
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.lives import Kind, Lives
from tests.faults.stand import Stand, a_stand, thaw
from tests.faults.traps import Fallen, names_of_activities, traps_for

NAME = "zombie"
TITLE = "frozen workers wake after their attempts were given to another"


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """Frozen at every activity, before and after its commit; in short before the commit of an act's verdict."""
    figures, ledger = Figures(NAME, TITLE, size), Ledger()
    kinds = size.of((Kind.IN_TIME,), tuple(Kind))
    async with (
        a_stand(stand_folder, tell) as stand,
        Lives(stand, ledger, Random(size.seed), kinds) as lives,
    ):
        names = size.of(["take_act"], await names_of_activities(stand))
        moments = size.of((Moment.BEFORE_COMMIT,), (Moment.BEFORE_COMMIT, Moment.AFTER_COMMIT))
        frozen = repeated = 0
        for moment in moments:
            traps = traps_for(names, (moment,), signal.SIGSTOP)
            repeated = await _freeze(stand, traps, lives, figures, tell)
            frozen += len(traps)
        await stand.another_worker("last").start()
        await lives.end()
        await stand.quiesce()
        async with stand.pool() as pool:
            figures.violated(await ledger.compare(pool))
        figures.violated(await stand.verify())
        figures.violated([] if repeated else ["no attempt was given to another worker"])
    figures.row("workers frozen", frozen)
    figures.row("attempts given to another", repeated)
    figures.row("cases", len(ledger.receipts))
    figures.row("acts", len(ledger.accepted))
    return figures.ended()


async def _freeze(stand: Stand, traps: list[Trap], lives: Lives, figures: Figures, tell: Tell) -> int:
    """Freezes workers at these traps, has another do their work, wakes them alone; the attempts given to another."""
    frozen = Fallen(stand, traps, tell)
    figures.violated(f"never reached: {trap}" for trap in await frozen.fall(lives))
    tell("another worker takes over")
    other = stand.another_worker(f"instead-{len(stand.more_workers)}")
    await other.start()
    await lives.end()
    repeated = await stand.repeated_activities()
    tell("the frozen workers wake, and are alone")
    for worker in frozen.workers.values():
        thaw(worker)
    await other.stop()
    lives.begin()
    await lives.end()
    await asyncio.gather(*(worker.stop() for worker in frozen.workers.values()))
    return repeated
