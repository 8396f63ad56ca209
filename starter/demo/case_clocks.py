"""The clocks of the cases: each case has its own, and the Temporal server can put it forward."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper

from activities.doorbell import CaseName, workflow_id
from activities.register.pool import Pool


class CaseClocks:
    """What people do in a case is stamped by the case's own clock; the other cases keep the real time."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._skipper = TimeSkipper(client)

    async def now(self) -> datetime:
        """The real time: what is filed has no clock of its own yet."""
        return datetime.now(UTC)

    async def of_case(self, case: CaseName) -> datetime:
        """The present moment of the case, or of the complaint."""
        return await self._skipper.get_current_time(self._workflow(case))

    async def check(self, _pool: Pool) -> None:
        """Agrees always: a case runs ahead of the register on purpose."""

    async def put_forward(self, case: CaseName, until: datetime) -> bool:
        """Let the server skip the time in which nothing happens; timers on the way go off in their order.

        False if the procedure ended before.
        """
        ahead = until - await self.of_case(case)
        return await self._skipper.fast_forward(self._workflow(case), max(ahead, timedelta(0)))

    async def begun(self, case: CaseName) -> None:
        """Returns when the procedure runs: that of a complaint is begun by its case."""
        while not await self._is_known(case):
            await asyncio.sleep(0.1)

    async def _is_known(self, case: CaseName) -> bool:
        try:
            await self._workflow(case).describe()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return False
        return True

    async def timers_gone_off(self, case: CaseName) -> int:
        """How many durable timers of the case have gone off, by its history."""
        events = self._workflow(case).fetch_history_events()
        return len([event async for event in events if event.event_type == EventType.EVENT_TYPE_TIMER_FIRED])

    def _workflow(self, case: CaseName) -> WorkflowHandle[Any, Any]:
        return self._client.get_workflow_handle(workflow_id(case))
