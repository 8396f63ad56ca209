"""The activities of the housekeeping: nothing that was written waits for ever because a doorbell was not heard."""

from collections.abc import Awaitable
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict
from temporalio import activity
from temporalio.service import RPCError

from activities.doorbell import Doorbell
from activities.register.pool import Pool
from activities.register.sweeping import (
    list_cases_without_workflow,
    list_forgotten_acts,
    list_unwatched_cases,
    mark_started,
)
from activities.register.taking import take_act

PATIENCE = timedelta(seconds=15)
"""How long a case or an act may go unheard before the sweep rings."""
BATCH = 200


class Swept(BaseModel):
    """What one sweep found."""

    model_config = ConfigDict(frozen=True)

    started: int = 0
    rung: int = 0
    taken: int = 0
    missed: int = 0
    """Cases and acts of which Temporal could not be told; the next sweep tries them again."""

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(
            started=self.started + other.started,
            rung=self.rung + other.rung,
            taken=self.taken + other.taken,
            missed=self.missed + other.missed,
        )

    @property
    def is_full(self) -> bool:
        """Whether there is probably more to find."""
        return not self.missed and max(self.started, self.rung + self.taken) >= BATCH


class HousekeepingActivities:
    """Register and doorbell side by side."""

    def __init__(self, pool: Pool, doorbell: Doorbell, *, unsealed_allowed: bool) -> None:
        self._pool = pool
        self._doorbell = doorbell
        self._unsealed_allowed = unsealed_allowed

    @activity.defn
    async def sweep(self, now: datetime) -> Swept:
        """Starts cases without a workflow, rings for acts without a verdict, takes those of ended procedures."""
        swept = await self._start_cases()
        for act in await list_forgotten_acts(self._pool, PATIENCE, BATCH):
            activity.heartbeat()
            if act.ended:
                await take_act(
                    self._pool, act.case_id, act.act_id, now, unsealed_allowed=self._unsealed_allowed
                )
                swept += Swept(taken=1)
            elif await self._heard(self._doorbell.ring(act.case, act.kind, act.act_id)):
                swept += Swept(rung=1)
            else:
                swept += Swept(missed=1)
        return swept

    async def _start_cases(self) -> Swept:
        namespace_id = self._doorbell.namespace_id
        untold = await list_cases_without_workflow(self._pool, namespace_id, PATIENCE, BATCH)
        unwatched = await list_unwatched_cases(self._pool, PATIENCE, BATCH)
        swept = Swept()
        for case in dict.fromkeys([*untold, *unwatched]):
            activity.heartbeat()
            if await self._heard(self._doorbell.start(case)):
                await mark_started(self._pool, case.case_id, namespace_id)
                swept += Swept(started=1)
            else:
                swept += Swept(missed=1)
        return swept

    async def _heard(self, ringing: Awaitable[None]) -> bool:
        # One case that Temporal does not take must not keep the others from being heard.
        try:
            await ringing
        except RPCError as error:
            activity.logger.warning("temporal_did_not_hear", extra={"cause": error.status.name})
            return False
        return True
