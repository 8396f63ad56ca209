"""The doorbell on a Temporal client: starting the workflow of a case or of a complaint, and telling it of acts."""

from typing import Any

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.doorbell import CaseName, workflow_id
from domain.acts import ActKind
from domain.vocabulary import TASK_QUEUE, period_workflow_id, recounting_workflow_id
from workflows.application import ApplicationProcedure
from workflows.application_file import ApplicationCase
from workflows.calendar_change import CalendarChange, Recounting
from workflows.complaint import ComplaintProcedure
from workflows.complaint_file import ComplaintCase
from workflows.complaint_view import COMPLAINT_DETAILS
from workflows.ordered_period import PeriodWatch, WatchedPeriod

DETAILS = (
    "Paragraphs 4-9 of the Rules (Order No 223 of 27 May 2020, Appendix 3). The legal record is the register: "
    "`uide status NUMBER` shows it, `docs/operating.md` says what can be done here by hand."
)


class TemporalDoorbell:
    """Rings by signal; a workflow that is not there is started by the ringing."""

    def __init__(self, client: Client, namespace_id: str) -> None:
        self._client = client
        self._namespace_id = namespace_id

    @classmethod
    async def at(cls, client: Client) -> "TemporalDoorbell":
        """The doorbell of the client's namespace, which must exist."""
        return cls(client, await _namespace_id(client))

    @property
    def namespace_id(self) -> str:
        """The id the server gave the namespace; another one after the namespace was made anew."""
        return self._namespace_id

    async def renew(self) -> None:
        """Asks the server for the id again."""
        self._namespace_id = await _namespace_id(self._client)

    async def recount(self, version: int) -> None:
        """Starts the workflow that gives every case its act after that change of the calendar, unless it runs."""
        await self._client.start_workflow(
            CalendarChange.run,
            Recounting(version=version),
            id=recounting_workflow_id(version),
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary=f"Terms counted anew: calendar version {version}",
        )

    async def start(self, case: CaseName) -> None:
        """Starts the workflow of the case unless it runs; one that was ended from outside starts again."""
        # The register knows what has happened: a second run goes on from there, and ends at once if it is over.
        await self._start(case, id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING)

    async def watch_period(self, case: CaseName) -> None:
        """Starts the watch of the period unless it runs; one that was ended from outside starts again."""
        await self._client.start_workflow(
            PeriodWatch.run,
            WatchedPeriod(case_id=case.case_id),
            id=period_workflow_id(case.case_id),
            task_queue=TASK_QUEUE,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary=f"{case.number} · end of teaching at home",
        )

    async def ring(self, case: CaseName, kind: str, act_id: str) -> None:
        """Tells the workflow of an act; one that does not run is started again and goes on from the register."""
        await self._start(case, start_signal=ActKind(kind).value, start_signal_args=[{"act_id": act_id}])

    async def _start(self, case: CaseName, **how: Any) -> None:
        options: dict[str, Any] = {
            "id": workflow_id(case),
            "task_queue": TASK_QUEUE,
            "id_reuse_policy": WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            **how,
        }
        if case.complaint_id is None:
            await self._client.start_workflow(
                ApplicationProcedure.run,
                ApplicationCase(case_id=case.case_id),
                static_summary=f"{case.number} · application for home education",
                static_details=DETAILS,
                **options,
            )
        else:
            await self._client.start_workflow(
                ComplaintProcedure.run,
                ComplaintCase(case_id=case.case_id, complaint_id=case.complaint_id),
                static_summary=f"{case.number} · complaint",
                static_details=COMPLAINT_DETAILS,
                **options,
            )


async def _namespace_id(client: Client) -> str:
    description = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=client.namespace)
    )
    return description.namespace_info.id
