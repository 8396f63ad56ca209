"""The housekeeping: what nobody heard is rung for again, for ever, where operators can see it."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.housekeeping import HousekeepingActivities, Swept

PAUSE = timedelta(seconds=15)
ATTEMPT = timedelta(minutes=2)
HEARTBEAT = timedelta(seconds=20)
ROUNDS_A_DAY = timedelta(days=1) // PAUSE
PATIENTLY = RetryPolicy(maximum_interval=timedelta(minutes=1))


@workflow.defn(name="Sweep")
class Sweep:
    """Every 15 seconds: cases without a workflow are started, acts without a verdict are rung for."""

    def __init__(self) -> None:
        self._total = Swept()

    @workflow.run
    async def run(self) -> None:
        for _ in range(ROUNDS_A_DAY):
            swept = await workflow.execute_activity_method(
                HousekeepingActivities.sweep,
                workflow.now(),
                start_to_close_timeout=ATTEMPT,
                heartbeat_timeout=HEARTBEAT,
                retry_policy=PATIENTLY,
                summary="what has not been heard",
            )
            self._note(swept)
            if workflow.info().is_continue_as_new_suggested():
                break
            if not swept.is_full:
                await workflow.sleep(PAUSE, summary="until the next sweep")
        workflow.continue_as_new()

    def _note(self, swept: Swept) -> None:
        self._total += swept
        workflow.set_current_details(
            f"Since this run began: **{self._total.started}** cases started, **{self._total.rung}** acts rung for, "
            f"**{self._total.taken}** acts of ended cases taken. Not heard in the last sweep: **{swept.missed}**."
        )
