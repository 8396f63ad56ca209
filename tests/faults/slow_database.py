"""The register answers late, or holds a lock: all are told so, nothing is half written, and it passes by itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import asyncpg

from domain.acts import Act
from domain.application import Application
from domain.events import Event
from domain.stages import Step
from domain.vocabulary import application_workflow_id
from starter.demo.case_clocks import CaseClocks
from starter.embedded.postgres import DATABASE, OWNER_ROLE
from starter.embedded.supervision import Tell
from starter.register_access import RegisterAway
from starter.service import Service
from tests.builders import a_child, an_act, an_application
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.plans import plans
from tests.faults.slow_line import SlowLine, a_slow_line
from tests.faults.stand import Stand, StandWorker, a_stand, freeze, thaw

NAME = "slow_database"
TITLE = "the register answers late, or somebody holds a lock in it"

VERY_SLOW = 5.0
CLIENTS = 8


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """A row and a table locked, every answer 0.2 and 5 seconds late, for clients and worker, also when a term ends."""
    figures, ledger = Figures(NAME, TITLE, size), Ledger()
    async with a_stand(stand_folder, tell) as stand, a_slow_line(stand.postgres.url()) as line:
        worker = stand.another_worker("worker-on-the-line", environment={"DATABASE_URL": line.url})
        await worker.start()
        async with stand.service(size=CLIENTS, url=line.url) as service:
            load = Load(service, ledger, Random(size.seed))
            told = Told(service, ledger, figures)
            await _locks(stand, worker, load, told, tell)
            line.delay = size.of(0.02, 0.2)
            tell(f"every answer {line.delay:g} s late")
            await load.play_all(plans(size.of(1, 8), first_child=100), at_once=CLIENTS)
            await _nobody_is_served(line, load, told, tell)
            if size.full:
                await _a_term_ends(stand, line, ledger, figures, tell)
            await load.play_all(plans(size.of(1, 8), first_child=200), at_once=CLIENTS)
            await stand.quiesce()
            figures.violated(await _leaks(service))
        async with stand.pool() as pool:
            figures.violated(await ledger.compare(pool))
        figures.violated(await stand.verify())
    figures.row("cases", load.counts["cases"])
    figures.row("acts with their verdict", load.counts["acts"])
    figures.row('told "not now" by a lock or by 5 s', told.not_now)
    figures.row('told "not now" otherwise', load.counts["not now"])
    return figures.ended()


class Told:
    """A client that tries once and must be told "not now"; what it sent may be on file or not."""

    def __init__(self, service: Service, ledger: Ledger, figures: Figures) -> None:
        self._service = service
        self._ledger = ledger
        self._figures = figures
        self.not_now = 0

    async def submits(self, application: Application) -> None:
        self._ledger.sends(application)
        await self._is_told("an application", self._service.submit(application))

    async def acts(self, number: str, act: Act) -> None:
        self._ledger.sends_act(number, act)
        await self._is_told("an act", self._service.act(number, act))

    async def _is_told(self, what: str, call: Awaitable[object]) -> None:
        try:
            answer = await call
        except RegisterAway as away:
            self.not_now += 1
            if not str(away).startswith("not now: "):
                self._figures.violated([f"{what} was told: {away}"])
        else:
            self._figures.violated([f"{what} was answered: {answer}"])


# somebody holds a lock


async def _locks(stand: Stand, worker: StandWorker, load: Load, told: Told, tell: Tell) -> None:
    later, check = an_application(child=a_child(2)), an_act(Step.CHECK_PACKAGE)
    filed = await load.submit(an_application(child=a_child(1)))
    row = f"SELECT FROM procedure WHERE case_id = '{filed.case_id}' FOR UPDATE"
    tell("a row and a table are locked against clients")
    async with _locked(stand, row):
        await told.acts(filed.number, check)
    async with _locked(stand, "LOCK TABLE application IN ACCESS EXCLUSIVE MODE"):
        await told.submits(later)
    await load.submit(later)
    tell("a row is locked against the worker")
    freeze(worker)
    acting = asyncio.create_task(load.act(filed.number, check))
    await _on_file(stand, check)
    async with _locked(stand, row):
        thaw(worker)
        await _given_up_once(stand, application_workflow_id(filed.case_id))
    await acting


@asynccontextmanager
async def _locked(stand: Stand, statement: str) -> AsyncIterator[None]:
    owner = await asyncpg.connect(stand.postgres.url(DATABASE, OWNER_ROLE))
    try:
        async with owner.transaction():
            await owner.execute(statement)
            yield
    finally:
        await owner.close()


async def _on_file(stand: Stand, act: Act) -> None:
    async with stand.pool() as pool:
        while not await pool.fetchval("SELECT true FROM act WHERE act_id = $1", act.act_id):
            await asyncio.sleep(0.05)


async def _given_up_once(stand: Stand, workflow: str) -> None:
    handle = (await stand.client()).get_workflow_handle(workflow)
    for _ in range(300):
        pending = (await handle.describe()).raw_description.pending_activities
        if any(activity.attempt > 1 for activity in pending):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the worker never gave up an attempt")


# every answer is late


async def _nobody_is_served(line: SlowLine, load: Load, told: Told, tell: Tell) -> None:
    application, check = an_application(child=a_child(4)), an_act(Step.CHECK_PACKAGE)
    filed = await load.submit(an_application(child=a_child(3)))
    tell(f"every answer {VERY_SLOW:g} s late")
    line.delay = VERY_SLOW
    await told.submits(application)
    await told.acts(filed.number, check)
    tell("fast again")
    line.delay = 0
    await load.submit(application)
    await load.act(filed.number, check)


async def _a_term_ends(stand: Stand, line: SlowLine, ledger: Ledger, figures: Figures, tell: Tell) -> None:
    """An act of the last seconds of a term, which the worker can take only when the term is over."""
    clocks, withdrawal = CaseClocks(await stand.client()), an_act(Step.WITHDRAW)
    async with stand.service(clocks) as service:
        load = Load(service, ledger, Random(1))
        filed = await load.submit(an_application(child=a_child(5)))
        tell("a term ends while every answer to the worker is late")
        await clocks.put_forward(filed.case, filed.due_at - timedelta(seconds=10))
        line.delay = VERY_SLOW
        await load.act_once(filed.number, withdrawal)
        while await clocks.of_case(filed.case) < filed.due_at + timedelta(seconds=8):
            await asyncio.sleep(0.5)
        line.delay = 0
        await load.act(filed.number, withdrawal)
    async with stand.pool() as pool:
        at = await pool.fetchval("SELECT at FROM act WHERE act_id = $1", withdrawal.act_id)
        events = await pool.fetch("SELECT event FROM journal WHERE case_id = $1", filed.case_id)
    if at > filed.due_at or Event.TERM_BREACHED in {row["event"] for row in events}:
        figures.violated([f"judged late: done at {at}, due at {filed.due_at}, {[*map(dict, events)]}"])
    figures.row("verdict after the term, act in time", 1)


async def _leaks(service: Service) -> list[str]:
    """Connections that are gone, or sit in a transaction for ever."""
    async with AsyncExitStack() as held:
        for _ in range(CLIENTS):
            connection = await held.enter_async_context(service._pool.acquire())
        idle = await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = current_user AND state LIKE 'idle in transaction%'"
        )
    return [f"{idle} connections idle in a transaction"] if idle else []
