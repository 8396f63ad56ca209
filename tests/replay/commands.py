"""What a replay does not compare by itself: the inputs of activities, their timeouts, and the lengths of timers."""

from typing import Any

from pydantic_core import to_jsonable_python
from temporalio.worker import (
    Interceptor,
    StartActivityInput,
    StartChildWorkflowInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)
from temporalio.workflow import ActivityHandle, ChildWorkflowHandle
from temporalio.workflow._context import _Runtime

COMMANDS: list[dict[str, Any]] = []
"""What the workflow asked for since the list was last cleared, in its order."""


class RecordsCommands(Interceptor):
    """Notes every activity, timer and child that the workflow code asks for."""

    def workflow_interceptor_class(
        self, _input: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor] | None:
        return _Inbound


class _Inbound(WorkflowInboundInterceptor):
    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        runtime: Any = _Runtime.current()
        wait = runtime.workflow_wait_condition

        async def noted(fn: Any, *, timeout: float | None = None, **options: Any) -> None:
            if timeout is not None:
                COMMANDS.append({"timer": timeout, "summary": options.get("timeout_summary")})
            await wait(fn, timeout=timeout, **options)

        runtime.workflow_wait_condition = noted
        super().init(_Outbound(outbound))


class _Outbound(WorkflowOutboundInterceptor):
    def start_activity(self, input: StartActivityInput) -> ActivityHandle[Any]:  # noqa: A002 - the SDK's name
        COMMANDS.append(
            {
                "activity": input.activity,
                "arguments": to_jsonable_python(input.args),
                "start_to_close": input.start_to_close_timeout.total_seconds()
                if input.start_to_close_timeout
                else None,
                "summary": input.summary,
            }
        )
        return super().start_activity(input)

    async def start_child_workflow(self, input: StartChildWorkflowInput) -> ChildWorkflowHandle[Any, Any]:  # noqa: A002
        COMMANDS.append(
            {
                "child": input.id,
                "workflow": input.workflow,
                "arguments": to_jsonable_python(input.args),
                "parent_close_policy": input.parent_close_policy.name,
                "summary": input.static_summary,
            }
        )
        return await super().start_child_workflow(input)
