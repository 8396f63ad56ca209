"""After a change of the calendar the engine gives every open case its act, and each takes it in its turn."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from temporalio.client import WorkflowHandle
from temporalio.service import RPCError
from temporalio.testing import ActivityEnvironment

from activities.calendar_change import Recounted
from activities.housekeeping import Beginning
from activities.register.calendar_changes import CalendarChange, enter_change, read_change
from activities.register.intake import Filed
from activities.register.reading import read_status
from activities.register.verify import verify
from domain.calendar_change import DayOrder
from domain.legal_time import legal_date
from domain.vocabulary import recounting_workflow_id
from domain.working_calendar import OverrideKind
from tests.builders import a_child, an_application
from tests.workflows.service import ATTEMPTS, Service

A_MOMENT = timedelta(minutes=1)


async def enter(service: Service, day: date) -> int:
    """Makes the day a day off; nobody is told."""
    order = DayOrder(day=day, kind=OverrideKind.OFF, week=None, act="Қаулы № 100", entered_by="somebody")
    return (await enter_change(service.register.pool, order, datetime.now(UTC))).version


async def filed_at_once(service: Service, count: int) -> list[Filed]:
    return [await service.file(an_application(child=a_child(serial))) for serial in range(1, count + 1)]


async def last_day(service: Service, filed: Filed) -> date:
    return (await read_status(service.register.pool, filed.number)).due_day


@asynccontextmanager
async def recounting(service: Service, version: int) -> AsyncIterator[WorkflowHandle[Any, Any]]:
    """The workflow of a change, started as the commands do; it does not outlive the test."""
    await service.doorbell.recount(version)
    handle = service.client.get_workflow_handle(recounting_workflow_id(version))
    try:
        yield handle
    finally:
        with contextlib.suppress(RPCError):  # it has ended
            await handle.terminate("the test is over")


async def carried_out(service: Service, version: int) -> CalendarChange:
    for _ in range(ATTEMPTS):
        change = await read_change(service.register.pool, version)
        if change.is_carried_out:
            return change
        await asyncio.sleep(0.1)
    raise AssertionError(f"never carried out: {change}")


async def test_every_open_case_gets_its_act_and_takes_it(service: Service) -> None:
    async with service.working():
        cases = await filed_at_once(service, 3)
        version = await enter(service, await last_day(service, cases[0]))
        async with recounting(service, version):
            change = await carried_out(service, version)
            assert (change.written, change.taken) == (3, 3)
            for filed in cases:
                progress = await service.progress(filed)
                assert progress.due_at > filed.due_at
        assert (await verify(service.register.pool)).violations == ()


async def test_the_watch_of_a_case_waits_for_its_new_end(service: Service) -> None:
    async with service.working():
        [filed] = await filed_at_once(service, 1)
        version = await enter(service, await last_day(service, filed))
        async with recounting(service, version):
            await carried_out(service, version)
        await service.forward_to(filed, filed.due_at)
        assert not (await read_status(service.register.pool, filed.number)).overdue
        due_at = (await service.progress(filed)).due_at
        await service.forward_to(filed, due_at)
        await service.until("SELECT true FROM milestone WHERE kind = 'BREACH' AND due_at = $1", due_at)


async def test_the_watch_of_a_complaint_waits_for_its_new_end_too(service: Service) -> None:
    async with service.working():
        [filed] = await filed_at_once(service, 1)
        complaint = await service.complain(filed)
        (before,) = (await service.complaint(complaint)).running
        version = await enter(service, legal_date(before.due_at))
        async with recounting(service, version):
            await carried_out(service, version)
        (after,) = (await service.complaint(complaint)).running
        await service.forward_to(complaint, before.due_at + A_MOMENT)
        assert not (await service.complaint(complaint)).running[0].overdue
        await service.forward_to(complaint, after.due_at + A_MOMENT)
        assert (await service.complaint(complaint)).running[0].overdue
    assert after.due_at > before.due_at


async def test_what_a_stopped_worker_left_is_carried_on_and_done_once(service: Service) -> None:
    async with service.working():
        cases = await filed_at_once(service, 3)
    version = await enter(service, await last_day(service, cases[0]))
    async with recounting(service, version) as handle:
        for _ in range(2):
            await service.doorbell.recount(version)  # repeated, it is one workflow
        async with service.working():
            await service.until("SELECT count(*) > 0 FROM act WHERE kind = 'calendar_changed'")
        async with service.working(max_cached_workflows=0):
            change = await carried_out(service, version)
        assert (change.written, change.taken) == (3, 3)
        described = await handle.describe()
        assert (described.id, described.workflow_type) == (
            f"housekeeping/calendar/{version}",
            "CalendarChange",
        )


async def test_the_sweep_starts_what_nobody_has_started(service: Service) -> None:
    version = await enter(service, date(2039, 3, 30))
    await ActivityEnvironment().run(service.housekeeping().sweep, Beginning(now=datetime.now(UTC)))
    handle = service.client.get_workflow_handle(recounting_workflow_id(version))
    assert (await handle.describe()).workflow_type == "CalendarChange"
    await handle.terminate("the test is over")


async def test_it_ends_when_nothing_is_left_that_could_still_be_committed(service: Service) -> None:
    version = await enter(service, date(2039, 3, 30))
    async with service.register.owner() as owner:
        await owner.execute("UPDATE calendar_change SET written_at = written_at - interval '1 minute'")
    async with service.working():
        await service.doorbell.recount(version)
        handle = service.client.get_workflow_handle(recounting_workflow_id(version), result_type=Recounted)
        assert (await handle.result()).finished
