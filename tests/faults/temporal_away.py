"""Temporal is away while people apply and act, and while terms end: all is on file at once, each judged by its time."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from activities.register.intake import Filed
from activities.register.pool import Pool
from activities.register.reading import read_status
from domain.acts import Act
from domain.progress import CLOCK_TOLERANCE
from domain.stages import Step
from starter.demo.case_clocks import CaseClocks
from starter.embedded.supervision import Tell
from tests.builders import a_child, an_act, an_application
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.moments import Moments
from tests.faults.plans import plans
from tests.faults.stand import Stand, a_stand, freeze, kill, thaw

NAME = "temporal_away"
TITLE = "Temporal is killed and stays away while applications and acts come in and terms end"

TOO_LATE = CLOCK_TOLERANCE + timedelta(seconds=1)
NOTICED_SECONDS = 30


@dataclass(frozen=True)
class LastMoment:
    """A case whose term ends while Temporal is away, and what is done in it at what moment."""

    story: str
    filed: Filed
    last: Act | None
    at: datetime
    in_time: bool

    async def faults(self, pool: Pool) -> list[str]:
        """What the register says of the case and must not."""
        status = await read_status(pool, self.filed.number)
        found = []
        if status.overdue is self.in_time:
            found.append(f"{self.story}, {status.number}: overdue is {status.overdue}")
        if status.due_at != self.filed.due_at:
            found.append(f"{self.story}, {status.number}: the term ends at {status.due_at}")
        if self.last and (status.outcome is None or status.answered_at != self.at):
            found.append(f"{self.story}, {status.number}: answered at {status.answered_at}, not {self.at}")
        return found


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """Away for a minute, with 60 cases on their way and 16 at the end of their term; in short 4 seconds, 8 and 4.

    In full nobody rings again for the acts at the end of a term: the sweep does.
    """
    figures, ledger, moments = Figures(NAME, TITLE, size), Ledger(), Moments()
    async with a_stand(stand_folder, tell) as stand, stand.service(moments) as service, stand.pool() as pool:
        await stand.worker.start()
        load = Load(service, ledger, Random(size.seed), pause=size.of(2.0, 8.0))
        tell("cases are brought to the end of their term")
        lasts = await _last_moments(stand, load, size)
        moments.of.update({last.filed.case_id: last.at for last in lasts})
        async with asyncio.TaskGroup() as group, _away(stand, size.of(4.0, 60.0), ledger, figures, tell):
            group.create_task(load.play_all(plans(size.of(8, 60), first_child=100), at_once=60))
            await _act(load, lasts)
        tell("the acts that waited are taken, and the terms that ended noticed")
        if size.full:
            await stand.quiesce()
        await _ask_again(load, ledger, lasts)
        await stand.quiesce()
        await _all_noticed(pool, lasts)
        figures.violated([fault for last in lasts for fault in await last.faults(pool)])
        figures.violated(await ledger.compare(pool))
        figures.violated(await stand.verify())
    figures.row("longest wait for an acknowledgement, s", load.slowest["filed"])
    figures.row("cases at their outcome", len(ledger.outcomes))
    for in_time, label in (
        (True, "answered in time, taken after it"),
        (False, "terms that ended without an answer"),
    ):
        figures.row(label, sum(last.in_time is in_time for last in lasts))
    return figures.ended()


@asynccontextmanager
async def _away(
    stand: Stand, seconds: float, ledger: Ledger, figures: Figures, tell: Tell
) -> AsyncIterator[None]:
    """Temporal is killed for so long at least; the worker lives on without it."""
    # Frozen, so that no term is found to be over before Temporal is gone.
    freeze(stand.worker)
    await kill(stand.temporal)
    thaw(stand.worker)
    tell(f"Temporal is away for {seconds:g} s")
    receipts, accepted, back = (
        len(ledger.receipts),
        len(ledger.accepted),
        asyncio.create_task(asyncio.sleep(seconds)),
    )
    yield
    await back
    figures.row("seconds without Temporal", seconds)
    figures.row("applications acknowledged meanwhile", len(ledger.receipts) - receipts)
    figures.row("acts acknowledged meanwhile", len(ledger.accepted) - accepted)
    tell("Temporal is started again")
    await stand.temporal.start()


async def _last_moments(stand: Stand, load: Load, size: Size) -> list[LastMoment]:
    """Cases of each kind, so many times, whose clocks stand just before the end of their term."""
    before = timedelta(seconds=size.of(2, 20))
    children, clocks = itertools.count(1), CaseClocks(await stand.client())
    made = [
        await make(load, next(children))
        for _ in range(size.of(1, 4))
        for make in (_signed_in_the_last_second, _withdrawn_at_the_end, _withdrawn_too_late, _left_alone)
    ]
    await asyncio.gather(*(clocks.put_forward(last.filed.case, last.filed.due_at - before) for last in made))
    return made


async def _signed_in_the_last_second(load: Load, child: int) -> LastMoment:
    filed = await load.begin(an_application(child=a_child(child)))
    for step in (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN):
        await load.act(filed.number, an_act(step))
    at = filed.due_at - timedelta(seconds=1)
    return LastMoment("signed in the last second", filed, an_act(Step.SIGN_ORDER), at, in_time=True)


async def _withdrawn_at_the_end(load: Load, child: int) -> LastMoment:
    filed = await load.begin(an_application(child=a_child(child)))
    return LastMoment("withdrawn at the due moment", filed, an_act(Step.WITHDRAW), filed.due_at, in_time=True)


async def _withdrawn_too_late(load: Load, child: int) -> LastMoment:
    filed = await load.begin(an_application(child=a_child(child)))
    at = filed.due_at + TOO_LATE
    return LastMoment("withdrawn too late", filed, an_act(Step.WITHDRAW), at, in_time=False)


async def _left_alone(load: Load, child: int) -> LastMoment:
    filed = await load.begin(an_application(child=a_child(child)))
    return LastMoment("left alone", filed, None, filed.due_at, in_time=False)


async def _act(load: Load, lasts: list[LastMoment]) -> None:
    acts = [(last.filed.number, last.last) for last in lasts if last.last]
    await asyncio.gather(*(load.act_once(number, act) for number, act in acts))


async def _ask_again(load: Load, ledger: Ledger, lasts: list[LastMoment]) -> None:
    for last in lasts:
        if last.last:
            ledger.ended(last.filed.number, (await load.act(last.filed.number, last.last)).stage)


async def _all_noticed(pool: Pool, lasts: list[LastMoment]) -> None:
    """Returns when every term that ended without an answer is marked so; the faults name what is not."""
    late = [last.filed.number for last in lasts if not last.in_time]
    for _ in range(NOTICED_SECONDS * 5):
        if all([(await read_status(pool, number)).overdue for number in late]):
            return
        await asyncio.sleep(0.2)
