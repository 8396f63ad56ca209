"""After a change of the working calendar: every term that runs is counted anew (design, "Terms"), one run a change."""

from datetime import timedelta

from pydantic import BaseModel, ConfigDict
from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.calendar_change import CalendarActivities, Portion, Recounted

PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=1)
ATTEMPT = timedelta(minutes=2)
HEARTBEAT = timedelta(seconds=20)
LOOK = timedelta(seconds=10)
PATIENTLY = RetryPolicy(maximum_interval=timedelta(minutes=1))


class Recounting(BaseModel):
    """Names the change; `next` comes from the run before, which was in the midst of a pass."""

    model_config = ConfigDict(frozen=True)

    version: int
    next: Portion | None = None


@workflow.defn(name="CalendarChange")
class CalendarChange:
    """Gives every case and complaint whose term runs its act, and waits until all of them have been taken."""

    def __init__(self) -> None:
        self._seen: Recounted | None = None
        self._missed = 0

    @workflow.run
    async def run(self, recounting: Recounting) -> Recounted:
        portion, pause = recounting.next, PAUSE
        while True:
            await self._pass(portion or Portion(version=recounting.version))
            seen = await self._look(recounting.version)
            if seen.finished:
                return seen
            # What was being filed when the calendar changed is found by a later pass.
            await workflow.sleep(pause, summary="until acts are taken")
            portion, pause = None, min(2 * pause, LONGEST_PAUSE)

    async def _pass(self, portion: Portion) -> None:
        self._missed = 0
        following: Portion | None = portion
        while following is not None:
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(Recounting(version=following.version, next=following))
            written = await workflow.execute_activity_method(
                CalendarActivities.write_calendar_acts,
                following,
                start_to_close_timeout=ATTEMPT,
                heartbeat_timeout=HEARTBEAT,
                retry_policy=PATIENTLY,
                summary=f"the next {following.holders.lower()}",
            )
            self._missed += written.missed
            following = written.next
            if written.acts:
                await self._look(portion.version)

    async def _look(self, version: int) -> Recounted:
        seen = await workflow.execute_activity_method(
            CalendarActivities.look_at_recount,
            Portion(version=version),
            start_to_close_timeout=LOOK,
            retry_policy=PATIENTLY,
            summary="how far it is",
        )
        self._seen = seen
        workflow.set_current_details(
            f"Calendar version **{version}**: {seen.act}\n\n"
            f"- terms counted anew: **{seen.taken}**\n"
            f"- acts that wait for their verdict: **{seen.written - seen.taken}**\n"
            f"- terms that have no act yet: **{seen.waiting}**\n"
            f"- could not be written in the last pass: **{self._missed}**"
        )
        return seen
