"""The activities after a change of the working calendar: every term that runs gets its act, in portions."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

import asyncpg
from pydantic import BaseModel, ConfigDict
from temporalio import activity
from temporalio.service import RPCError

from activities.doorbell import CaseName, Doorbell
from activities.register.acceptance import write_own_act
from activities.register.calendar_changes import (
    CalendarChange,
    finish_recount,
    list_cases_to_recount,
    list_complaints_to_recount,
    read_change,
)
from activities.register.clock import TOLERANCE, ahead_of_register
from activities.register.pool import CONNECTION_LOST, Pool
from activities.register.records import lock_case
from domain.acts import Act, ActKind, CalendarChanged
from domain.staff import REGISTER

PORTION = 200
"""Cases, or complaints, that get their act in one attempt of an activity."""


class Holders(StrEnum):
    """Whose terms are counted anew, in this order."""

    CASES = "CASES"
    COMPLAINTS = "COMPLAINTS"


class Portion(BaseModel):
    """The next ones after a change of the calendar: those whose id follows, or the first."""

    model_config = ConfigDict(frozen=True)

    version: int
    holders: Holders = Holders.CASES
    after: UUID | None = None


class Written(BaseModel):
    """What one portion came to."""

    model_config = ConfigDict(frozen=True)

    acts: int
    missed: int
    """Could not be written now; a later pass tries them again."""
    next: Portion | None
    """Where to go on; None at the end of a pass."""


class Recounted(BaseModel):
    """How far the terms that run have been counted anew."""

    model_config = ConfigDict(frozen=True)

    act: str
    waiting: int
    written: int
    taken: int
    finished: bool


class ClockNotTrusted(Exception):
    """The clock that would stamp the acts is not that of the register; it is tried again."""


_NOT_NOW = (asyncpg.PostgresError, *CONNECTION_LOST)


ClockOfCases = Callable[[CaseName], Awaitable[datetime]]
"""An acceptor's clock; it may show another time in each case."""


async def system_clock(_case: CaseName) -> datetime:
    """The clock of this machine, the same for every case."""
    return datetime.now(UTC)


class CalendarActivities:
    """Register and doorbell side by side; `clock` stamps the acts, as an acceptor's does."""

    def __init__(self, pool: Pool, doorbell: Doorbell, clock: ClockOfCases = system_clock) -> None:
        self._pool = pool
        self._doorbell = doorbell
        self._clock = clock

    @activity.defn
    async def write_calendar_acts(self, portion: Portion) -> Written:
        """Writes `calendar_changed` for the next ones and rings; who has got that act is passed over."""
        await self._check_clock()
        change = await read_change(self._pool, portion.version)
        find = list_cases_to_recount if portion.holders is Holders.CASES else list_complaints_to_recount
        found = await find(self._pool, portion.version, portion.after, PORTION)
        given = 0
        for case in found:
            activity.heartbeat()
            given += await self._gives(case, _act(change, case))
        return Written(acts=given, missed=len(found) - given, next=_following(portion, found))

    @activity.defn
    async def look_at_recount(self, recount: Portion) -> Recounted:
        """How far it is; notes that it is finished when nothing is left to do."""
        await finish_recount(self._pool, recount.version, datetime.now(UTC))
        change = await read_change(self._pool, recount.version)
        return Recounted(
            act=change.act,
            waiting=change.waiting,
            written=change.written,
            taken=change.taken,
            finished=change.finished_at is not None,
        )

    async def _check_clock(self) -> None:
        ahead = await ahead_of_register(self._pool)
        if abs(ahead) > TOLERANCE:
            raise ClockNotTrusted(
                f"this machine's clock is {ahead.total_seconds():+.0f} s off the register's"
            )

    async def _gives(self, case: CaseName, act: Act) -> bool:
        try:
            await self._write(case, act)
        except _NOT_NOW as error:
            activity.logger.warning(
                "calendar_act_not_written",
                extra={"case_id": str(case.case_id), "cause": type(error).__name__},
            )
            return False
        with suppress(RPCError):  # the act is on file, and the sweep rings again
            await self._doorbell.ring(case, act.kind, act.act_id)
        return True

    async def _write(self, case: CaseName, act: Act) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            locked = await lock_case(connection, case.case_id)
            assert locked is not None, "the case is on file"
            at = await self._clock(case)
            await write_own_act(locked, act, at, case.complaint_id)


def _act(change: CalendarChange, case: CaseName) -> Act:
    return Act(
        act_id=f"calendar-{change.version}-{case.complaint_id or case.case_id}",
        kind=ActKind.CALENDAR_CHANGED,
        actor=REGISTER,
        content=CalendarChanged(version=change.version, act=change.act),
    )


def _following(portion: Portion, found: list[CaseName]) -> Portion | None:
    if len(found) == PORTION:
        return portion.model_copy(update={"after": found[-1].complaint_id or found[-1].case_id})
    if portion.holders is Holders.CASES:
        return Portion(version=portion.version, holders=Holders.COMPLAINTS)
    return None
