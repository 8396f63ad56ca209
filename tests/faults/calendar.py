"""A holiday is moved under open cases and the worker is killed meanwhile: every term is counted anew, each once."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random

from activities.register.calendar_changes import CalendarChange, read_change
from activities.register.pool import Pool
from activities.register.reading import Status, read_status
from domain.calendar_change import DayOrder
from domain.stages import Step
from domain.working_calendar import OverrideKind
from starter.embedded.supervision import Tell
from tests.builders import an_act, an_application
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.plans import many_children
from tests.faults.stand import CLIENTS, Stand, a_stand, kill

NAME = "calendar"
TITLE = "a holiday is moved under open cases, and the worker is killed while their terms are counted anew"

SECONDS = 1800
"""For the terms of all cases."""
COMPLAINED_OF = 10
"""Of so many cases one is complained of: the change moves the end of the complaint's term, too."""


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """2,000 open cases, every tenth complained of, and four kills; in short 150 and one."""
    figures, ledger, chance = Figures(NAME, TITLE, size), Ledger(), Random(size.seed)
    async with a_stand(stand_folder, tell) as stand, stand.service() as service, stand.pool() as pool:
        await stand.worker.start()
        load = Load(service, ledger, chance)
        tell("cases are filed")
        numbers = await _filed(load, size.of(150, 2000))
        complaints = [await _complaint(load, number) for number in numbers[::COMPLAINED_OF]]
        day = (await read_status(pool, numbers[0])).due_day
        tell("the day on which their terms end becomes a day off")
        begun = time.monotonic()
        order = DayOrder(
            day=day, kind=OverrideKind.OFF, week=None, act="Order No 1", entered_by="the scenario"
        )
        entered = await load.change_calendar(order)
        terms = len(numbers) + len(complaints)
        await _kill_in_the_middle(stand, pool, entered.version, moments(terms, size.of(1, 4), chance))
        change = await _carried_out(pool, entered.version)
        figures.row("open cases", len(numbers))
        figures.row("open complaints", len(complaints))
        figures.row("kills of the worker", size.of(1, 4))
        figures.row("seconds until all were counted anew", time.monotonic() - begun)
        figures.row("acts written", change.written)
        figures.violated([] if change.written == terms else [f"{change.written} acts for {terms} terms"])
        figures.violated([fault for number in numbers async for fault in _faults(pool, number)])
        figures.violated(await _repeated(load, order, entered.version))
        await stand.quiesce()
        figures.violated(await ledger.compare(pool))
        figures.violated(await stand.verify())
        figures.row("activities repeated", await stand.repeated_activities())
    return figures.ended()


async def _filed(load: Load, count: int) -> list[str]:
    children = islice(many_children(), count)

    async def client() -> list[str]:
        return [(await load.submit(an_application(child=child))).number for child in children]

    return [number for filed in await asyncio.gather(*(client() for _ in range(CLIENTS))) for number in filed]


async def _complaint(load: Load, number: str) -> str:
    complaint = (await load.act(number, an_act(Step.FILE_COMPLAINT))).complaint
    assert complaint is not None, "the complaint is taken"
    return complaint


def moments(terms: int, kills: int, chance: Random) -> list[int]:
    """How many terms have their act when the worker falls: somewhere in each of `kills` equal parts of the work."""
    part = terms / kills
    return [int(part * (before + chance.uniform(0.1, 0.8))) for before in range(kills)]


async def _kill_in_the_middle(stand: Stand, pool: Pool, version: int, moments: list[int]) -> None:
    """Kills the worker as soon as so many terms have got their act, and starts it again."""
    until = time.monotonic() + SECONDS
    for moment in moments:
        while (change := await read_change(pool, version)).taken < moment:
            assert time.monotonic() < until, f"not so far within {SECONDS} s: {change}"
            await asyncio.sleep(0.05)
        assert not change.is_carried_out, "the worker falls while there is something to count"
        await kill(stand.worker)
        await stand.worker.start()


async def _carried_out(pool: Pool, version: int) -> CalendarChange:
    until = time.monotonic() + SECONDS
    while not (change := await read_change(pool, version)).is_carried_out:
        assert time.monotonic() < until, f"not counted anew within {SECONDS} s: {change}"
        await asyncio.sleep(0.5)
    return change


async def _faults(pool: Pool, number: str) -> AsyncIterator[str]:
    status = await read_status(pool, number)
    if [term.version for term in status.terms] != [1, 2]:
        yield f"{number}: versions {[term.version for term in status.terms]} of its term"
    elif _moved(status) < timedelta(days=1):
        yield f"{number}: its term ended at {status.terms[0].due_at}, and now at {status.due_at}"
    for complaint in status.complaints:
        if [term.version for term in complaint.terms] != [1, 2]:
            yield f"{complaint.number}: versions {[term.version for term in complaint.terms]} of its term"


def _moved(status: Status) -> timedelta:
    return status.due_at - status.terms[0].due_at


async def _repeated(load: Load, order: DayOrder, version: int) -> list[str]:
    again = await load.change_calendar(order)
    return [] if (again.version, again.created) == (version, False) else [f"entered again: {again}"]
