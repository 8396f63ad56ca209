"""The end of teaching at home: an order has a last day, and who it concerns is reminded of it (P10)."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from temporalio import workflow
from temporalio.exceptions import is_cancelled_exception

from workflows.case_file import ATTEMPT, PATIENTLY

with workflow.unsafe.imports_passed_through():
    from activities.ordered_period import PeriodActivities, PeriodMilestoneReference
    from activities.procedure import CaseReference
    from domain.period import Period, PeriodMilestone

_Answer = TypeVar("_Answer")


class WatchedPeriod(BaseModel):
    """Names the case whose order has the period."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID


@workflow.defn(name="PeriodWatch")
class PeriodWatch:
    """From an order to the last day of the teaching at home that it sets; reminds, and decides nothing."""

    def __init__(self) -> None:
        self._cancellation_requested = False

    @workflow.run
    async def run(self, watched: WatchedPeriod) -> Period:
        period = await self._undeterred(partial(_read, watched))
        while milestone := period.next_milestone(workflow.now()):
            self._show(period)
            moment = period.moment_of(milestone)
            if moment > workflow.now():
                await self._undeterred(partial(_sleep_until, moment, milestone))
            period = await self._undeterred(partial(_reach, watched, milestone))
        self._show(period)
        return period

    async def _undeterred(self, step: Callable[[], Awaitable[_Answer]]) -> _Answer:
        # A period ends by its day and not by a click: what was interrupted is done again.
        while True:
            try:
                return await step()
            except BaseException as error:
                if not is_cancelled_exception(error):
                    raise
                self._cancellation_requested = True

    def _show(self, period: Period) -> None:
        lines = [
            f"**{period.number}** · teaching at home until **{period.ends:%d.%m.%Y}**",
            "",
            f"- the applicant and the school are reminded on {period.remind_at:%d.%m.%Y}"
            + (": done" if period.reminded else ""),
        ]
        if period.ended:
            lines.append("- the last day is over")
        if self._cancellation_requested:
            lines.append(
                "- a cancellation was requested and not followed: a period ends by its last day only"
            )
        workflow.set_current_details("\n".join(lines))


async def _read(watched: WatchedPeriod) -> Period:
    return await workflow.execute_activity_method(
        PeriodActivities.read_period,
        CaseReference(case_id=watched.case_id, now=workflow.now()),
        start_to_close_timeout=ATTEMPT,
        retry_policy=PATIENTLY,
        summary="the period of the order",
    )


async def _sleep_until(moment: datetime, milestone: PeriodMilestone) -> None:
    remaining = max(moment - workflow.now(), timedelta(0))
    await workflow.sleep(remaining, summary=f"{milestone} of the period")


async def _reach(watched: WatchedPeriod, milestone: PeriodMilestone) -> Period:
    return await workflow.execute_activity_method(
        PeriodActivities.reach_period_milestone,
        PeriodMilestoneReference(case_id=watched.case_id, now=workflow.now(), milestone=milestone),
        start_to_close_timeout=ATTEMPT,
        retry_policy=PATIENTLY,
        summary=f"{milestone} of the period",
    )
