"""Workers that were given up wake again: what another has done in their place is not done twice."""

import signal
from pathlib import Path
from random import Random

from starter.embedded.supervision import Tell
from tests.faults.armed_worker import Moment
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.lives import Kind, Lives
from tests.faults.stand import a_stand, thaw
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
        frozen = [Fallen(stand, traps_for(names, (one,), signal.SIGSTOP), tell) for one in moments]
        for fallen in frozen:
            figures.violated(f"never reached: {trap}" for trap in await fallen.fall(lives))
        tell("another worker takes over")
        await stand.worker.start()
        await lives.end()
        repeated = await stand.repeated_activities()
        tell("the frozen workers wake, and are alone")
        for worker in stand.more_workers:
            thaw(worker)
        await stand.worker.stop()
        lives.begin()
        await lives.end()
        await stand.quiesce()
        async with stand.pool() as pool:
            figures.violated(await ledger.compare(pool))
        figures.violated(await stand.verify())
        figures.violated([] if repeated else ["no attempt was given to another worker"])
    figures.row("workers frozen", len(stand.more_workers))
    figures.row("attempts given to another", repeated)
    figures.row("cases", len(ledger.receipts))
    figures.row("acts", len(ledger.accepted))
    return figures.ended()
