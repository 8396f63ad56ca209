"""The worker process, but for one moment of one activity, when it kills or freezes itself: a trap of the tests."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from unittest.mock import patch

import asyncpg
from temporalio import activity
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor, Worker

import worker.main
from worker.runtime import end_runtimes

VARIABLE = "TRAP_OF_THE_TESTS"


class Moment(StrEnum):
    """When a worker can be gone; an activity that commits no transaction is left before its answer, not its commit."""

    BEFORE_COMMIT = "before its commit"
    AFTER_COMMIT = "after its commit"
    AFTER_ANSWER = "after its answer"


@dataclass(frozen=True)
class Trap:
    """An activity, by its name in Temporal, the moment, and the signal that the worker sends itself then, once."""

    activity: str
    moment: Moment
    signal: signal.Signals

    @property
    def environment(self) -> dict[str, str]:
        """What arms a worker of this program with it."""
        return {VARIABLE: f"{self.activity}|{self.moment}|{self.signal.name}"}

    @classmethod
    def of_environment(cls) -> "Trap":
        """The one this process was armed with."""
        name, moment, sent = os.environ[VARIABLE].split("|")
        return cls(name, Moment(moment), signal.Signals[sent])

    def __str__(self) -> str:
        return f"{self.activity} {self.moment}"


class _Armed(Interceptor):
    """Springs the trap in this worker."""

    def __init__(self, trap: Trap) -> None:
        self._trap = trap
        self._sprung = False
        self._watching: set[asyncio.Task[None]] = set()

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        return _ArmedActivity(next, self)

    def is_near(self, moment: Moment) -> bool:
        return (
            self._trap.moment is moment
            and activity.in_activity()
            and activity.info().activity_type == self._trap.activity
        )

    def spring(self) -> None:
        if not self._sprung:
            self._sprung = True
            os.kill(os.getpid(), self._trap.signal)

    def spring_once_answered(self) -> None:
        info = activity.info()
        assert info.workflow_id is not None, "activities of this service belong to workflows"
        handle = activity.client().get_workflow_handle(info.workflow_id, run_id=info.workflow_run_id)
        self._watching.add(asyncio.create_task(self._watch(handle, info.activity_id)))

    async def _watch(self, handle: WorkflowHandle[Any, Any], activity_id: str) -> None:
        while not await _is_answered(handle, activity_id):
            await asyncio.sleep(0.01)
        self.spring()


class _ArmedActivity(ActivityInboundInterceptor):
    def __init__(self, next_: ActivityInboundInterceptor, armed: _Armed) -> None:
        super().__init__(next_)
        self._armed = armed

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        answer = await super().execute_activity(input)
        if self._armed.is_near(Moment.AFTER_ANSWER):
            self._armed.spring_once_answered()
        elif self._armed.is_near(Moment.AFTER_COMMIT) or self._armed.is_near(Moment.BEFORE_COMMIT):
            self._armed.spring()
        return answer


async def _is_answered(handle: WorkflowHandle[Any, Any], activity_id: str) -> bool:
    scheduled = 0
    async for event in handle.fetch_history_events():
        if event.activity_task_scheduled_event_attributes.activity_id == activity_id:
            scheduled = event.event_id
        if scheduled and event.activity_task_completed_event_attributes.scheduled_event_id == scheduled:
            return True
    return False


def _execute(armed: _Armed) -> Callable[..., Awaitable[str]]:
    """In place of `Connection.execute`, through which every COMMIT of asyncpg goes."""
    execute = asyncpg.Connection.execute

    async def trapped(connection: Any, query: str, *arguments: Any, **named: Any) -> str:
        if query.startswith("COMMIT") and armed.is_near(Moment.BEFORE_COMMIT):
            armed.spring()
        return await execute(connection, query, *arguments, **named)

    return trapped


def _worker(armed: _Armed) -> Callable[..., Worker]:
    """In place of `Worker`: the same, with the trap as the innermost interceptor."""

    def build(client: Client, *, interceptors: Sequence[Interceptor] = (), **options: Any) -> Worker:
        return Worker(client, interceptors=[*interceptors, armed], **options)

    return build


def main() -> int:
    """Arms the worker and runs it."""
    armed = _Armed(Trap.of_environment())
    with (
        patch.object(asyncpg.Connection, "execute", _execute(armed)),
        patch.object(worker.main, "Worker", _worker(armed)),
    ):
        return asyncio.run(worker.main.main())


if __name__ == "__main__":
    exit_code = main()
    end_runtimes()
    sys.exit(exit_code)
