"""The service as tests drive it: applications are filed, acts accepted and rung, clocks moved."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper
from temporalio.worker import Worker

from activities.doorbell import CaseName
from activities.housekeeping import HousekeepingActivities
from activities.papers import Templates
from activities.procedure import read_known_progress
from activities.register.acceptance import accept_act
from activities.register.intake import Filed, file_application
from activities.rendering import PaperRenderer
from domain.acts import Act
from domain.application import Application
from domain.progress import Progress
from domain.verdict import Verdict, VerdictKind
from domain.vocabulary import TASK_QUEUE, application_workflow_id
from tests.builders import an_application, child_hash
from tests.databases import RULES, Register
from worker.main import HOUSEKEEPING, WORKFLOWS, all_activities
from workflows.application import ApplicationProcedure
from workflows.doorbell import TemporalDoorbell

ATTEMPTS = 1200


class Service:
    """One register, one doorbell; a worker runs while `working()` is open."""

    def __init__(self, register: Register, client: Client, doorbell: TemporalDoorbell) -> None:
        self.register = register
        self.client = client
        self.doorbell = doorbell
        self.templates = Templates.built_in()
        self._skipper = TimeSkipper(client)
        self._cases: set[UUID] = set()

    @classmethod
    async def at(cls, register: Register, client: Client) -> "Service":
        return cls(register, client, await TemporalDoorbell.at(client))

    @asynccontextmanager
    async def working(self, **options: Any) -> AsyncIterator[None]:
        """A worker as the service runs it, but for `options`."""
        async with Worker(
            self.client,
            task_queue=TASK_QUEUE,
            workflows=WORKFLOWS,
            activities=all_activities(self.register.pool, self.doorbell, self.templates, RULES),
            graceful_shutdown_timeout=timedelta(seconds=5),
            **options,
        ):
            yield

    def housekeeping(self) -> HousekeepingActivities:
        return HousekeepingActivities(self.register.pool, self.doorbell, self.renderer(), RULES)

    def renderer(self) -> PaperRenderer:
        return PaperRenderer(self.register.pool, self.templates)

    async def close(self) -> None:
        """Ends what still runs: the next test's worker must not be asked about cases of this register."""
        running = [
            *(self.handle(case_id) for case_id in self._cases),
            *(self.client.get_workflow_handle(id_) for _, id_, _ in HOUSEKEEPING),
        ]
        for handle in running:
            with contextlib.suppress(RPCError):  # it was never started, or has ended
                await handle.terminate("the test is over")

    async def file(self, application: Application | None = None, *, start: bool = True) -> Filed:
        """Files an application now."""
        application = application or an_application()
        moment = datetime.now().astimezone()
        child = child_hash(application)
        filed = await file_application(self.register.pool, application, moment, child, RULES)
        self._cases.add(filed.case_id)
        if start:
            await self.start(filed)
        return filed

    async def start(self, filed: Filed) -> None:
        self._cases.add(filed.case_id)
        await self.doorbell.start(filed.case)

    async def accept(self, filed: Filed, act: Act, at: datetime | None = None) -> None:
        """Writes the act, stamped with the case's own clock or the moment given; nobody is told."""

        async def clock(_case: CaseName) -> datetime:
            return at or await self.now(filed)

        await accept_act(self.register.pool, filed.number, act, clock)

    async def ring(self, filed: Filed, act: Act) -> None:
        await self.doorbell.ring(filed.case, act.kind, act.act_id)

    async def do(self, filed: Filed, *acts: Act) -> Verdict:
        """Acts one after another, each accepted, rung and taken; the verdict on the last."""
        for act in acts:
            await self.accept(filed, act)
            await self.ring(filed, act)
            verdict = await self.verdict(act.act_id)
        return verdict

    async def verdict(self, act_id: str) -> Verdict:
        """The verdict on an act, as soon as it is given."""
        for _ in range(ATTEMPTS):
            row = await self.register.pool.fetchrow("SELECT * FROM act_result WHERE act_id = $1", act_id)
            if row:
                kind = VerdictKind(row["verdict"])
                return Verdict(act_id=act_id, kind=kind, reason=row["reason"], stage=row["stage"])
            await asyncio.sleep(0.05)
        raise AssertionError(f"no verdict on {act_id}")

    async def until(self, statement: str, *arguments: Any) -> Any:
        """The value of a statement on the register, as soon as it is true."""
        for _ in range(ATTEMPTS):
            if value := await self.register.pool.fetchval(statement, *arguments):
                return value
            await asyncio.sleep(0.05)
        raise AssertionError(f"never true: {statement}")

    async def events(self, filed: Filed) -> list[str]:
        rows = await self.register.pool.fetch(
            "SELECT event FROM journal WHERE case_id = $1 ORDER BY seq", filed.case_id
        )
        return [row["event"] for row in rows]

    async def papers(self, filed: Filed) -> list[str]:
        rows = await self.register.pool.fetch(
            "SELECT kind FROM paper WHERE case_id = $1 ORDER BY issued_at", filed.case_id
        )
        return [row["kind"] for row in rows]

    def handle(self, case_id: UUID) -> WorkflowHandle[ApplicationProcedure, Progress]:
        return self.client.get_workflow_handle_for(ApplicationProcedure.run, application_workflow_id(case_id))

    async def progress(self, filed: Filed) -> Progress:
        """What the workflow says of the case, as soon as it has heard the register's last word."""
        last = await read_known_progress(self.register.pool, filed.case_id)
        for _ in range(ATTEMPTS):
            progress = await self.handle(filed.case_id).query(ApplicationProcedure.progress)
            if progress and progress.revision >= last.revision:
                return progress
            await asyncio.sleep(0.05)
        raise AssertionError("the workflow never heard the register's last word")

    async def now(self, filed: Filed) -> datetime:
        """What the clock of the case shows."""
        return await self._skipper.get_current_time(self.handle(filed.case_id))

    async def forward_to(self, filed: Filed, moment: datetime) -> None:
        """Moves the clock of the case to the moment; its timers fire on the way."""
        await self._skipper.fast_forward(self.handle(filed.case_id), moment - await self.now(filed))
