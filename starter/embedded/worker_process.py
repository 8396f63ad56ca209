"""The worker of the embedded stack: the same program as anywhere else, as a child process."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.service import ConnectConfig, RPCError, ServiceClient

from domain.vocabulary import NAMESPACE, TASK_QUEUE
from starter.embedded.child import Program
from starter.embedded.data_folder import DataFolder
from starter.embedded.restartable import Restartable

START_SECONDS = 60
GRACEFUL_SECONDS = 14
"""Time for the longest attempt of an activity (workflows.case_file.ATTEMPT), and for closing after it."""
STOP_SECONDS = GRACEFUL_SECONDS + 2

_FOREIGN = ("TEMPORAL_", "PG", "DATABASE_")
"""Variables that would lead the worker to the servers of somebody else."""


class EmbeddedWorker(Restartable):
    """The worker process; `environment` is asked at each start, since addresses can change between two."""

    name = "the worker"

    def __init__(
        self, folder: DataFolder, temporal_address: str, environment: Callable[[], Mapping[str, str]]
    ) -> None:
        super().__init__()
        self._folder = folder
        self._address = temporal_address
        self._environment = environment

    async def start(self) -> None:
        """Have the worker ask Temporal for tasks."""
        await self._begin(self._program())
        try:
            await self._asking()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Let the worker end what it has begun."""
        await self._end(STOP_SECONDS)

    def _program(self) -> Program:
        return Program(
            name=self.name,
            arguments=(sys.executable, "-P", "-m", "worker.main"),
            log=self._folder.log / "worker.log",
            record=self._folder.run / "worker.json",
            environment=dict(self._environment()),
            withheld=frozenset(name for name in os.environ if name.startswith(_FOREIGN)),
        )

    async def _asking(self) -> None:
        child = self._started()
        service = await ServiceClient.connect(ConnectConfig(target_host=self._address))
        for _ in range(START_SECONDS * 10):
            if not child.running:
                raise child.failure("it did not start")
            if await _asks(service, child.pid):
                return
            await asyncio.sleep(0.1)
        raise child.failure(f"it did not ask for tasks within {START_SECONDS} seconds")


async def _asks(service: ServiceClient, pid: int) -> bool:
    request = DescribeTaskQueueRequest(
        namespace=NAMESPACE,
        task_queue=TaskQueue(name=TASK_QUEUE),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        answer = await service.workflow_service.describe_task_queue(request)
    except RPCError:
        return False
    # Pollers of workers that were killed stay listed for minutes: only this one counts.
    return any(poller.identity.startswith(f"{pid}@") for poller in answer.pollers)
