"""The root of every day: the heads of all chains, written where no database administrator keeps house."""

from datetime import datetime, time, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.roots import RootActivities, RootDay, RootWritten
    from domain.legal_time import legal_date, local_time, moment_at

AT_NIGHT = time(1)
"""Local time; in office hours other work is waited for."""
ATTEMPT = timedelta(minutes=15)
DAYS_A_RUN = 30
PATIENTLY = RetryPolicy(maximum_interval=timedelta(minutes=10))


@workflow.defn(name="DailyRoot")
class DailyRoot:
    """Every day, and first at once: a root of the register is written, unless there is one of the day."""

    @workflow.run
    async def run(self) -> None:
        for _ in range(DAYS_A_RUN):
            self._show(await self._write())
            await workflow.sleep(_until_night(workflow.now()), summary="until the next root")
        workflow.continue_as_new()

    async def _write(self) -> RootWritten:
        return await workflow.execute_activity_method(
            RootActivities.write_daily_root,
            RootDay(now=workflow.now()),
            start_to_close_timeout=ATTEMPT,
            retry_policy=PATIENTLY,
            summary="the root of the day",
        )

    def _show(self, written: RootWritten) -> None:
        if written.at is None:
            workflow.set_current_details("No root is written: `UIDE_ROOTS` names no folder.")
            return
        workflow.set_current_details(
            f"The newest root is of **{local_time(written.at):%d.%m.%Y %H:%M}** (Almaty):\n\n"
            f"- cases **{written.cases}**, links **{written.links}**\n"
            f"- chains that contradict the root before it: **{written.contradicts}**\n"
            f"- root `{written.root}`"
        )


def _until_night(now: datetime) -> timedelta:
    return moment_at(legal_date(now) + timedelta(days=1), AT_NIGHT) - now
