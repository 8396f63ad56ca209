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

from activities.doorbell import CaseName, workflow_id
from activities.gateway.client import Gateway
from activities.housekeeping import HousekeepingActivities
from activities.papers import Templates
from activities.procedure import read_known_progress
from activities.register.acceptance import accept_act, find_case
from activities.register.complaints.view import read_complaint_progress
from activities.register.intake import Filed, file_application
from activities.rendering import PaperRenderer
from domain.acts import Act
from domain.application import Application
from domain.complaint_progress import ComplaintProgress
from domain.progress import Progress
from domain.stages import Step
from domain.verdict import Verdict, VerdictKind
from domain.vocabulary import TASK_QUEUE, application_workflow_id
from tests.builders import an_act, an_application, child_hash
from tests.databases import RULES, Register
from worker.main import HOUSEKEEPING, WORKFLOWS, all_activities
from workflows.application import ApplicationProcedure
from workflows.complaint import ComplaintProcedure
from workflows.doorbell import TemporalDoorbell

ATTEMPTS = 1200

Matter = Filed | CaseName
"""A case as it was filed, or one of its complaints."""


class Service:
    """One register, one doorbell; a worker runs while `working()` is open."""

    def __init__(self, register: Register, client: Client, doorbell: TemporalDoorbell) -> None:
        self.register = register
        self.client = client
        self.doorbell = doorbell
        self.templates = Templates.built_in()
        self.gateway: Gateway | None = None
        self._skipper = TimeSkipper(client)
        self._cases: set[CaseName] = set()

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
            activities=all_activities(
                self.register.pool, self.doorbell, self.templates, RULES, gateway=self.gateway
            ),
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
        # Temporal's list may not have the last ones yet.
        begun = {*(workflow_id(case) for case in self._cases), *(kept.id for kept in HOUSEKEEPING)}
        listed = {one.id async for one in self.client.list_workflows("ExecutionStatus = 'Running'")}
        for id_ in begun | listed:
            with contextlib.suppress(RPCError):  # it was never started, or has ended
                await self.client.get_workflow_handle(id_).terminate("the test is over")

    async def file(self, application: Application | None = None, *, start: bool = True) -> Filed:
        """Files an application now."""
        application = application or an_application()
        moment = datetime.now().astimezone()
        child = child_hash(application)
        filed = await file_application(self.register.pool, application, moment, child, RULES)
        self._cases.add(filed.case)
        if start:
            await self.start(filed)
        return filed

    async def start(self, filed: Filed) -> None:
        self._cases.add(filed.case)
        await self.doorbell.start(filed.case)

    async def accept(self, matter: Matter, act: Act, at: datetime | None = None) -> None:
        """Writes the act, stamped with the case's own clock or the moment given; nobody is told."""

        async def clock(_case: CaseName) -> datetime:
            return at or await self.now(matter)

        await accept_act(self.register.pool, matter.number, act, clock)

    async def complain(self, filed: Filed, **changes: Any) -> CaseName:
        """A complaint about the case, registered, with its own workflow running."""
        act = an_act(Step.FILE_COMPLAINT, **changes)
        verdict = await self.do(filed, act)
        assert verdict.kind is VerdictKind.TAKEN, verdict.reason
        complaint = await self.complaint_by(act)
        await self.complaint(complaint)
        return complaint

    async def complaint_by(self, act: Act) -> CaseName:
        """The complaint that the act has filed, by the number that people know."""
        number = await self.until("SELECT number FROM complaint WHERE act_id = $1", act.act_id)
        complaint = await find_case(self.register.pool, number)
        self._cases.add(complaint)
        return complaint

    async def ring(self, matter: Matter, act: Act) -> None:
        await self.doorbell.ring(_case(matter), act.kind, act.act_id)

    async def do(self, matter: Matter, *acts: Act) -> Verdict:
        """Acts one after another, each accepted, rung and taken; the verdict on the last."""
        for act in acts:
            await self.accept(matter, act)
            await self.ring(matter, act)
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

    def handle_of(self, matter: Matter) -> WorkflowHandle[Any, Any]:
        """The workflow of the case or of the complaint."""
        return self.client.get_workflow_handle(workflow_id(_case(matter)))

    async def progress(self, filed: Filed) -> Progress:
        """What the workflow says of the case, as soon as it has heard the register's last word."""
        for _ in range(ATTEMPTS):
            last = await read_known_progress(self.register.pool, filed.case_id)
            progress = await self.handle(filed.case_id).query(ApplicationProcedure.progress)
            if progress and _told(progress) == _told(last):
                return progress
            await asyncio.sleep(0.05)
        raise AssertionError("the workflow never heard the register's last word")

    async def complaint(self, complaint: CaseName) -> ComplaintProgress:
        """What the workflow says of the complaint, as soon as it runs and has heard the register's last word."""
        assert complaint.complaint_id
        for _ in range(ATTEMPTS):
            async with self.register.pool.acquire() as connection:
                last = await read_complaint_progress(connection, complaint.complaint_id)
            with contextlib.suppress(RPCError):  # it is about to be started
                progress = await self.handle_of(complaint).query(ComplaintProcedure.progress)
                if progress and _told(progress) == _told(last):
                    return progress
            await asyncio.sleep(0.05)
        raise AssertionError("the workflow never heard the register's last word")

    async def reply(self, complaint: CaseName) -> ComplaintProgress:
        """Where the complaint stands when its workflow has ended."""
        progress: ComplaintProgress = await self.client.get_workflow_handle(
            workflow_id(complaint), result_type=ComplaintProgress
        ).result()
        return progress

    async def now(self, matter: Matter) -> datetime:
        """What the clock of the case or of the complaint shows."""
        return await self._skipper.get_current_time(self.handle_of(matter))

    async def forward_to(self, matter: Matter, moment: datetime) -> None:
        """Moves the clock to the moment; its timers fire on the way."""
        await self._skipper.fast_forward(self.handle_of(matter), moment - await self.now(matter))


def _case(matter: Matter) -> CaseName:
    return matter if isinstance(matter, CaseName) else matter.case


def _told(progress: Progress | ComplaintProgress) -> dict[str, Any]:
    """What the workflow hears of by its own acts; what others do to the case reaches it with the next of them."""
    return progress.model_dump(exclude={"revision", "open_complaints", "papers_to_render"})
