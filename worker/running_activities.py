"""Which activities a worker has begun and not ended: what it has to wait for when it stops."""

from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor


class RunningActivities(Interceptor):
    """Counts along; `names` tells them by activity and workflow, which names the case."""

    def __init__(self) -> None:
        self._running: dict[bytes, str] = {}

    @property
    def names(self) -> list[str]:
        """Those that run now, in the order in which they began."""
        return list(self._running.values())

    def intercept_activity(self, inner: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Puts the count around every activity."""
        return _Counted(inner, self._running)


class _Counted(ActivityInboundInterceptor):
    def __init__(self, inner: ActivityInboundInterceptor, running: dict[bytes, str]) -> None:
        super().__init__(inner)
        self._running = running

    async def execute_activity(self, given: ExecuteActivityInput) -> Any:
        info = activity.info()
        self._running[info.task_token] = f"{info.activity_type} of {info.workflow_id}"
        try:
            return await super().execute_activity(given)
        finally:
            del self._running[info.task_token]
