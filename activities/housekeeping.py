"""The activities of the housekeeping: nothing that was written waits for ever because a doorbell was not heard."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict
from temporalio import activity

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

    @property
    def is_full(self) -> bool:
        """Whether there is probably more to find."""
        return max(self.started, self.rung + self.taken) >= BATCH


class HousekeepingActivities:
    """Register and doorbell side by side."""

    def __init__(self, pool: Pool, doorbell: Doorbell, *, unsealed_allowed: bool) -> None:
        self._pool = pool
        self._doorbell = doorbell
        self._unsealed_allowed = unsealed_allowed

    @activity.defn
    async def sweep(self, now: datetime) -> Swept:
        """Starts cases without a workflow, rings for acts without a verdict, takes those of ended procedures."""
        started = await self._start_cases()
        rung = taken = 0
        for act in await list_forgotten_acts(self._pool, PATIENCE, BATCH):
            activity.heartbeat()
            if act.ended:
                await take_act(
                    self._pool, act.case_id, act.act_id, now, unsealed_allowed=self._unsealed_allowed
                )
                taken += 1
            else:
                await self._doorbell.ring(act.case_id, act.kind, act.act_id)
                rung += 1
        return Swept(started=started, rung=rung, taken=taken)

    async def _start_cases(self) -> int:
        namespace_id = self._doorbell.namespace_id
        untold = await list_cases_without_workflow(self._pool, namespace_id, PATIENCE, BATCH)
        unwatched = await list_unwatched_cases(self._pool, PATIENCE, BATCH)
        cases = [*untold, *(case_id for case_id in unwatched if case_id not in untold)]
        for case_id in cases:
            activity.heartbeat()
            await self._doorbell.start(case_id)
            await mark_started(self._pool, case_id, namespace_id)
        return len(cases)
