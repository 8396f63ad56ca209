"""Temporal's whole database is deleted under open cases: each goes on from the register at its stage, with its term."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError

from activities.doorbell import CaseName
from activities.register.acceptance import accept_act
from activities.register.intake import Filed
from activities.register.pool import Pool
from activities.register.reading import read_status
from activities.register.verify import verify
from domain.events import Event
from domain.progress import Progress
from domain.vocabulary import application_workflow_id
from starter.demo.case_clocks import CaseClocks
from starter.demo.evidence import CountedTerm, read_term
from starter.embedded.supervision import Tell
from starter.place import Place, find_place
from starter.register_access import open_register
from starter.service import open_service
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.moments import Moments
from tests.faults.plans import Plan, plans
from tests.system.running_up import RunningUp
from worker.connection import TemporalUnreachable, connect
from worker.key_ring import KeyRing
from workflows.application import ApplicationProcedure

NAME = "temporal_lost"
TITLE = "Temporal's database is deleted under cases at every stage, and uide up goes on with them"

LONG_AGO = timedelta(days=10)
"""The term of what was received then is over."""
SECONDS = 120
"""For what has to happen by itself."""


@dataclass(frozen=True)
class Begun:
    """A case on its way; `done` of its acts have their verdict."""

    filed: Filed
    plan: Plan
    done: int


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """50 cases on their way, of them 4 overdue and 4 reminded; in short 8, 1 and 1.

    In full the database is also deleted while everything else goes on running.
    """
    figures, players = Figures(NAME, TITLE, size), Players(Ledger(), Random(size.seed))
    async with _up(stand_folder) as up:
        tell("cases are brought to every stage")
        async with players.at(up):
            await players.begin(size.of((6, 1, 1), (42, 4, 4)))
            figures.rows += await players.standing()
        for lose in size.of((_lose_and_start_again,), (_lose_while_it_runs, _lose_and_start_again)):
            tell(lose.__doc__ or "")
            async with players.at(up):
                await players.act_unheard(size.of(1, 5))
                standing = await players.standings()
            await lose(up)
            async with players.at(up):
                figures.violated(await players.go_on(standing))
        tell("all come to their outcomes")
        async with players.at(up):
            await players.finish()
            figures.violated(await players.compare())
    figures.row("databases lost", size.of(1, 2))
    figures.row("cases at their outcome", len(players.ledger.outcomes))
    return figures.ended()


@asynccontextmanager
async def _up(data: Path) -> AsyncIterator[RunningUp]:
    up = RunningUp(data)
    await up.start()
    try:
        yield up
    finally:
        await up.end(signal.SIGTERM)
        await up.gone()


async def _lose_while_it_runs(up: RunningUp) -> None:
    """Temporal is killed with its database, and started again by uide up; the worker lives on"""
    _delete_the_database(up)
    up.kill("temporal")


async def _lose_and_start_again(up: RunningUp) -> None:
    """uide up is ended, the database deleted, uide up started"""
    await up.end(signal.SIGTERM)
    _delete_the_database(up)
    await up.start()


def _delete_the_database(up: RunningUp) -> None:
    files = list((up.data / "temporal").glob("temporal.db*"))
    assert files, "there is a database to lose"
    for file in files:
        file.unlink()


class Players:
    """Those who file and act in the cases; the stack beneath them may be another one each time."""

    def __init__(self, ledger: Ledger, chance: Random) -> None:
        self.ledger = ledger
        self._chance = chance
        self._moments = Moments()
        self._begun: list[Begun] = []
        self._reminded: dict[UUID, CountedTerm] = {}
        self._pool: Pool
        self._load: Load
        self._client: Client

    @asynccontextmanager
    async def at(self, up: RunningUp) -> AsyncIterator[None]:
        """At the stack as it runs now."""
        place = find_place(up.data)
        self._client = await _connected(place)
        async with (
            open_service(place, self._moments) as service,
            open_register(place.database_url) as self._pool,
        ):
            self._load = Load(service, self.ledger, self._chance)
            yield

    # before the loss

    async def begin(self, counts: tuple[int, int, int]) -> None:
        """Cases on their way, each one act further than the last of its story; then overdue and reminded ones."""
        on_their_way, overdue, reminded = counts
        for index, plan in enumerate(plans(on_their_way)):
            await self._begin(plan, (index + index // 8) % len(plan.acts))
        self._moments.of_receipt = datetime.now(UTC) - LONG_AGO
        late = [await self._begin(plan, 0) for plan in plans(overdue, first_child=200)]
        self._moments.of_receipt = None
        for plan in plans(reminded, first_child=300):
            await self._remind(await self._begin(plan, 0))
        await _until(lambda: self._all_overdue(late), "the cases of long ago are overdue")

    async def _begin(self, plan: Plan, done: int) -> Begun:
        filed = await self._load.submit(plan.application)
        for act in plan.acts[:done]:
            await self._load.act(filed.number, act)
        self._begun.append(Begun(filed, plan, done))
        return self._begun[-1]

    async def _remind(self, begun: Begun) -> None:
        case_id = begun.filed.case_id
        self._reminded[case_id] = await read_term(self._pool, case_id)
        await self._forward(begun.filed.case, self._reminded[case_id].reminder_at)
        await _until(lambda: self._has(begun, Event.REMINDED), "the head is reminded")

    async def _forward(self, case: CaseName, moment: datetime) -> None:
        await CaseClocks(self._client).put_forward(case, moment + timedelta(seconds=1))

    async def _has(self, begun: Begun, event: Event) -> bool:
        return event in [
            entry.event for entry in (await read_status(self._pool, begun.filed.number)).timeline
        ]

    async def _all_overdue(self, cases: list[Begun]) -> bool:
        return all([(await read_status(self._pool, one.filed.number)).overdue for one in cases])

    async def act_unheard(self, count: int) -> None:
        """So many next acts are on file, and whoever wrote them was gone before Temporal was told."""
        for one in [one for one in self._begun if one.filed.case_id not in self._reminded][:count]:
            act = one.plan.acts[one.done]
            self.ledger.sends_act(one.filed.number, act)
            await accept_act(self._pool, one.filed.number, act, self._moments.of_case)
            self.ledger.accepted.add(act.act_id)

    async def standing(self) -> list[tuple[str, str]]:
        """How many cases are where, for the figures."""
        count = Counter(stage for stage, _ in (await self.standings()).values())
        overdue = await self._pool.fetchval("SELECT count(*) FROM standing_case WHERE overdue")
        rows = {**{f"cases at {stage}": count[stage] for stage in sorted(count)}, "of them overdue": overdue}
        return [(label, str(value)) for label, value in rows.items()]

    async def standings(self) -> dict[UUID, tuple[str, datetime]]:
        """Stage and due moment of every open case."""
        rows = await self._pool.fetch(
            "SELECT case_id, stage, due_at FROM standing_case WHERE ended_at IS NULL"
        )
        return {row["case_id"]: (row["stage"], row["due_at"]) for row in rows}

    # after it

    async def go_on(self, before: dict[UUID, tuple[str, datetime]]) -> list[str]:
        """What does not go on as it stood."""
        # The sweep is patient for a while; to write another time into a row would be found by the chains.
        await _until(self._nothing_waits, "the acts that were not heard are taken")
        now = await self.standings()
        found = []
        for case_id, (stage, due_at) in before.items():
            progress = await self._progress(case_id)
            if progress.due_at != due_at or now[case_id][1] != due_at:
                found.append(f"{progress.number}: due at {progress.due_at}, before {due_at}")
            if progress.stage not in (stage, now[case_id][0]):
                found.append(f"{progress.number}: at {progress.stage}, before {stage}")
        return found

    async def _nothing_waits(self) -> bool:
        return not await self._pool.fetchval("SELECT count(*) FROM procedure WHERE verdicts < acts")

    async def _progress(self, case_id: UUID) -> Progress:
        handle: WorkflowHandle[ApplicationProcedure, Progress] = self._client.get_workflow_handle(
            application_workflow_id(case_id)
        )
        found: list[Progress] = []

        async def is_known() -> bool:
            try:
                found.extend(filter(None, [await handle.query(ApplicationProcedure.progress)]))
            except RPCError:  # its workflow is not started yet
                return False
            return bool(found)

        await _until(is_known, f"the workflow of {case_id} has asked the register")
        return found[0]

    async def finish(self) -> None:
        """Every case comes to its outcome; the clocks of those reminded are put forward past all that was told."""
        for one in [begun for begun in self._begun if begun.filed.case_id in self._reminded]:
            case_id, term = one.filed.case_id, self._reminded[one.filed.case_id]
            await self._forward(one.filed.case, term.last_day_at)
            self._moments.of[case_id] = term.last_day_at + timedelta(seconds=2)
        await asyncio.gather(
            *(self._load.play_acts(one.filed, one.plan, after=one.done) for one in self._begun)
        )

    async def compare(self) -> list[str]:
        """The ledger against the register, and its invariants."""
        found = await self.ledger.compare(self._pool)
        reminded = [one for one in self._begun if one.filed.case_id in self._reminded]
        found += [
            f"{one.filed.number}: no last day" for one in reminded if not await self._has(one, Event.LAST_DAY)
        ]
        return [*found, *map(str, (await verify(self._pool)).violations)]


async def _connected(place: Place) -> Client:
    """A client of the stack, as soon as its Temporal answers."""
    settings = place.settings()
    ring = KeyRing.load(settings.key_ring)
    assert place.stack is not None
    for _ in range(SECONDS):
        with suppress(TemporalUnreachable):
            return await connect(settings, ring, address=place.stack.temporal_address)
        await asyncio.sleep(1)
    raise AssertionError(f"Temporal was not back within {SECONDS} s")


async def _until(happened: Callable[[], Awaitable[bool]], what: str) -> None:
    for _ in range(SECONDS * 5):
        if await happened():
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"not within {SECONDS} s: {what}")
