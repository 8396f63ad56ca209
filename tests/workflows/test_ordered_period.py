"""The watch of a period on the real server: durable over months, started by the sweep, ended by its day alone."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import ActivityEnvironment, TimeSkipper

from activities.housekeeping import Beginning, Swept
from activities.register.intake import Filed
from activities.register.ordered_period import read_period
from domain.period import Period
from domain.stages import Step
from domain.vocabulary import period_workflow_id
from tests.builders import an_act
from tests.workflows.service import Service
from workflows.ordered_period import PeriodWatch

WAY = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)


def watch_of(service: Service, filed: Filed) -> WorkflowHandle[PeriodWatch, Period]:
    return service.client.get_workflow_handle_for(PeriodWatch.run, period_workflow_id(filed.case_id))


@pytest.fixture
async def ordered(service: Service) -> AsyncIterator[Filed]:
    """A case with an order whose watch the sweep has started."""
    filed = await service.register.file()
    await service.register.do(filed, *map(an_act, WAY))
    await _age(service)
    assert (await _sweep(service)).watched == 1
    yield filed
    handle = watch_of(service, filed)
    if (await handle.describe()).status is WorkflowExecutionStatus.RUNNING:
        await handle.terminate("the test is over")


async def _age(service: Service) -> None:
    async with service.register.owner() as owner:
        await owner.execute("UPDATE period SET written_at = written_at - interval '16 seconds'")


async def _sweep(service: Service) -> Swept:
    now = await service.register.pool.fetchval("SELECT now()")
    return await ActivityEnvironment().run(service.housekeeping().sweep, Beginning(now=now))


async def _forward(service: Service, handle: WorkflowHandle[PeriodWatch, Period], moment: datetime) -> None:
    skipper = TimeSkipper(service.client)
    await skipper.fast_forward(handle, moment - await skipper.get_current_time(handle) + timedelta(minutes=1))


async def test_p10_the_watch_reminds_a_month_before_and_ends_with_the_last_day(
    service: Service, ordered: Filed
) -> None:
    handle, period = watch_of(service, ordered), await read_period(service.register.pool, ordered.case_id)
    async with service.working():
        await _forward(service, handle, period.remind_at)
        await service.until("SELECT reminded_at IS NOT NULL FROM period")
        assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
        await _forward(service, handle, period.over_at)
        ended = await handle.result()
    assert (ended.reminded, ended.ended) == (True, True)
    events = await service.events(ordered)
    assert events[-2:] == ["PERIOD_ENDS_SOON", "PERIOD_ENDED"]


async def test_p10_the_watch_is_started_once(service: Service, ordered: Filed) -> None:
    first = (await watch_of(service, ordered).describe()).run_id
    assert (await _sweep(service)).watched == 0
    await service.register.pool.execute("UPDATE period SET started_in = 'a namespace that was lost'")
    assert (await _sweep(service)).watched == 1
    assert (await watch_of(service, ordered).describe()).run_id == first


async def test_p10_a_watch_is_not_ended_by_a_click(service: Service, ordered: Filed) -> None:
    handle, period = watch_of(service, ordered), await read_period(service.register.pool, ordered.case_id)
    async with service.working():
        await handle.cancel()
        await _forward(service, handle, period.over_at)
        assert (await handle.result()).ended
        metadata = await handle.query("__temporal_workflow_metadata")
    assert "a cancellation was requested and not followed" in metadata.current_details
