"""The housekeeping: what nobody heard is rung for again, for ever, where operators can see it."""

from collections import Counter
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.housekeeping import Beginning, HousekeepingActivities, Swept

PAUSE = timedelta(seconds=15)
ATTEMPT = timedelta(minutes=2)
HEARTBEAT = timedelta(seconds=20)
ROUNDS_A_DAY = timedelta(days=1) // PAUSE
PATIENTLY = RetryPolicy(maximum_interval=timedelta(minutes=1))


@workflow.defn(name="Sweep")
class Sweep:
    """Every 15 seconds: what has no workflow gets it, acts without a verdict are rung for, papers rendered."""

    def __init__(self) -> None:
        self._total: Counter[str] = Counter()

    @workflow.run
    async def run(self) -> None:
        last = Swept()
        for _ in range(ROUNDS_A_DAY):
            last = await self._sweep(last)
            if workflow.info().is_continue_as_new_suggested():
                break
            if not last.is_full:
                await workflow.sleep(PAUSE, summary="until the next sweep")
        workflow.continue_as_new()

    async def _sweep(self, last: Swept) -> Swept:
        swept = await workflow.execute_activity_method(
            HousekeepingActivities.sweep,
            Beginning(
                now=workflow.now(),
                acts_after=last.acts_after,
                acts_after_queue=last.acts_after_queue,
                cases_after=last.cases_after,
                cases_after_queue=last.cases_after_queue,
                papers_after=last.papers_after,
            ),
            start_to_close_timeout=ATTEMPT,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENTLY,
            summary="what has not been heard",
        )
        for what in ("started", "woken", "rung", "taken", "watched", "rendered", "missed"):
            self._total[what] += getattr(swept, what)
        workflow.set_current_details(
            "Since this run began:\n\n"
            f"- cases started that this Temporal had not been told of: **{self._total['started']}**\n"
            f"- cases woken whose term had passed unnoticed: **{self._total['woken']}**\n"
            f"- doorbells rung again for acts that waited: **{self._total['rung']}**\n"
            f"- acts of ended cases taken: **{self._total['taken']}**\n"
            f"- ends of orders watched from then on: **{self._total['watched']}**\n"
            f"- cases whose papers were rendered here: **{self._total['rendered']}**\n"
            f"- could not be helped: **{self._total['missed']}**, in the last sweep **{swept.missed}**"
        )
        return swept
