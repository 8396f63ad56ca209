"""A worker dies at each activity: before its commit, after it, and after its answer; every effect is there once."""

import signal
from collections import Counter
from pathlib import Path
from random import Random

from starter.embedded.supervision import Tell
from tests.faults.armed_worker import Moment, Trap
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.lives import Kind, Lives
from tests.faults.stand import Stand, a_stand
from tests.faults.traps import Fallen, names_of_activities, traps_for

NAME = "kills"
TITLE = "a worker is killed at each activity: before its commit, after its commit, after its answer"


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """Every activity that a worker registers; in short the one that takes acts."""
    figures, ledger = Figures(NAME, TITLE, size), Ledger()
    kinds = size.of((Kind.IN_TIME,), tuple(Kind))
    async with (
        a_stand(stand_folder, tell) as stand,
        Lives(stand, ledger, Random(size.seed), kinds) as lives,
    ):
        names = size.of(["take_act"], await names_of_activities(stand))
        fallen = await _fall(stand, traps_for(names, Moment, signal.SIGKILL), lives, figures, tell)
        await stand.another_worker("last").start()
        await lives.end()
        await stand.quiesce()
        async with stand.pool() as pool:
            figures.violated(await ledger.compare(pool))
        figures.violated(await stand.verify())
        for moment, killed in sorted(fallen.items()):
            figures.row(f"killed {moment}", killed)
        figures.row("activities", len(names))
        figures.row("cases", len(ledger.receipts))
        figures.row("acts", len(ledger.accepted))
        figures.row("activities repeated", await stand.repeated_activities())
    return figures.ended()


async def _fall(
    stand: Stand, traps: list[Trap], lives: Lives, figures: Figures, tell: Tell
) -> Counter[Moment]:
    """How many workers were killed at each moment."""
    fallen = Fallen(stand, traps, tell)
    missed = await fallen.fall(lives)
    figures.violated(f"never reached: {trap}" for trap in missed)
    for trap, worker in fallen.workers.items():
        if trap not in missed and (code := await worker.wait()) != -signal.SIGKILL:
            figures.violated([f"ended by itself with {code} instead: {trap}"])
    return Counter(trap.moment for trap in traps if trap not in missed)
