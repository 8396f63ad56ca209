"""Looking at Temporal: whether it answers, whether it knows this worker, and when the sweep last ran."""

from datetime import UTC, datetime, timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType, TaskQueueType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeTaskQueueRequest,
    GetWorkflowExecutionHistoryReverseRequest,
)
from temporalio.client import Client
from temporalio.common import WorkerDeploymentVersion
from temporalio.service import RPCError, RPCStatusCode

from domain.vocabulary import SWEEP_ID, TASK_QUEUE
from worker.business_metrics import BusinessMetrics
from worker.checks import Check, failing, ok, warning
from worker.deployment import command_to_make_current, read_deployed

LIMIT = timedelta(seconds=2)
"""For one answer of the server."""
SWEEP_LATE = timedelta(minutes=3)
"""The sweep runs every 15 seconds and has two minutes for one attempt."""
_A_ROUND = 15
"""More events than one sweep leaves in its history."""
_SWEPT = (EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)


class TemporalLook:
    """One look: the checks `temporal`, `task_queue`, `sweep`, and `version` if the worker is of one."""

    def __init__(
        self, client: Client, version: WorkerDeploymentVersion | None, metrics: BusinessMetrics
    ) -> None:
        self._client = client
        self._version = version
        self._metrics = metrics
        self.names = ("temporal", "task_queue", *(("version",) if version else ()), "sweep")

    async def __call__(self) -> dict[str, Check]:
        """What is seen; a server that does not answer is a failing check and no error."""
        try:
            checks = await self._look()
        except RPCError as error:
            self._metrics.temporal_up(False)
            unknown = warning("not known while Temporal does not answer")
            away = failing(f"Temporal does not answer ({error.status.name})")
            return {**dict.fromkeys(self.names, unknown), "temporal": away}
        self._metrics.temporal_up(True)
        return checks

    async def _look(self) -> dict[str, Check]:
        await self._client.service_client.check_health(timeout=LIMIT)
        checks = {"temporal": ok("Temporal answers"), "task_queue": await self._task_queue()}
        if self._version:
            checks["version"] = await self._version_check(self._version)
        return {**checks, "sweep": await self._sweep()}

    async def _task_queue(self) -> Check:
        kinds = (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
        if all([await self._polls(kind) for kind in kinds]):
            return ok("this worker asks for tasks")
        return failing("Temporal does not see this worker asking for tasks")

    async def _polls(self, kind: TaskQueueType.ValueType) -> bool:
        request = DescribeTaskQueueRequest(
            namespace=self._client.namespace, task_queue=TaskQueue(name=TASK_QUEUE), task_queue_type=kind
        )
        answer = await self._client.workflow_service.describe_task_queue(request, timeout=LIMIT)
        return any(poller.identity == self._client.identity for poller in answer.pollers)

    async def _version_check(self, version: WorkerDeploymentVersion) -> Check:
        deployed = await read_deployed(self._client.service_client, self._client.namespace, version)
        name = version.to_canonical_string()
        if deployed.gets_tasks:
            return ok(f"{name} is {'current' if deployed.current else 'ramping'}")
        command = command_to_make_current(version, self._client.namespace)
        return warning(f"{name} is not current, so this worker gets no tasks. To change that: {command}")

    async def _sweep(self) -> Check:
        last = await self._last_sweep()
        if last is None:
            return failing(f"the workflow {SWEEP_ID} does not exist: a worker starts it within a minute")
        self._metrics.last_sweep(last)
        age = datetime.now(UTC) - last
        if age > SWEEP_LATE:
            return failing(
                f"the last sweep ended {age.total_seconds():.0f} s ago: look at the workflow {SWEEP_ID}"
            )
        return ok(f"the last sweep ended {max(age.total_seconds(), 0):.0f} s ago")

    async def _last_sweep(self) -> datetime | None:
        request = GetWorkflowExecutionHistoryReverseRequest(
            namespace=self._client.namespace,
            execution=WorkflowExecution(workflow_id=SWEEP_ID),
            maximum_page_size=_A_ROUND,
        )
        service = self._client.workflow_service
        try:
            answer = await service.get_workflow_execution_history_reverse(request, timeout=LIMIT)
        except RPCError as refused:
            if refused.status is RPCStatusCode.NOT_FOUND:
                return None
            raise
        # A new run begins where the one before has just swept.
        return next(
            (_moment(event) for event in answer.history.events if event.event_type in _SWEPT),
            _moment(answer.history.events[-1]),
        )


def _moment(event: HistoryEvent) -> datetime:
    return event.event_time.ToDatetime(tzinfo=UTC)
