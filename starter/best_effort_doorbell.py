"""Telling Temporal at once when it is there; when it is away nothing is lost, the sweep tells it later."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import structlog
from temporalio.service import RPCError

from activities.doorbell import CaseName
from activities.register.pool import CONNECTION_LOST, Pool
from activities.register.sweeping import mark_started
from worker.connection import TemporalUnreachable
from workflows.doorbell import TemporalDoorbell

log = structlog.get_logger()

PATIENCE_SECONDS = 2.0

# The row is committed before anybody is told: whatever happens now, the case or act is in the register.
_NOT_HEARD = (
    TemporalUnreachable,
    RPCError,
    RuntimeError,
    ValueError,
    asyncpg.PostgresError,
    *CONNECTION_LOST,
)


class BestEffortDoorbell:
    """Rings within two seconds or not at all, and never fails; connects when it is first used."""

    def __init__(self, pool: Pool, connect: Callable[[], Awaitable[TemporalDoorbell]]) -> None:
        self._pool = pool
        self._connect = connect
        self._doorbell: TemporalDoorbell | None = None

    async def start(self, case: CaseName) -> bool:
        """Starts the procedure of the case; False if Temporal did not hear it."""

        async def start(doorbell: TemporalDoorbell) -> None:
            await doorbell.start(case)
            await mark_started(self._pool, case, doorbell.namespace_id)

        return await self._told(start, case_id=str(case.case_id))

    async def ring(self, case: CaseName, kind: str, act_id: str) -> bool:
        """Tells the procedure of the act; False if Temporal did not hear it."""
        return await self._told(lambda doorbell: doorbell.ring(case, kind, act_id), case_id=str(case.case_id))

    async def recount(self, version: int) -> bool:
        """Has terms counted anew after that change of the calendar; False if Temporal did not hear it."""
        return await self._told(lambda doorbell: doorbell.recount(version), calendar_version=version)

    async def _told(self, tell: Callable[[TemporalDoorbell], Awaitable[None]], **what: object) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if self._doorbell is None:
                    self._doorbell = await self._connect()
                await tell(self._doorbell)
        except _NOT_HEARD as error:
            log.warning("temporal_did_not_hear", **what, cause=type(error).__name__)
            return False
        return True
