"""The sweep: what nobody heard is found, started, rung for and taken."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import ActivityEnvironment

from activities.doorbell import CaseName
from activities.housekeeping import Beginning, HousekeepingActivities, Swept
from activities.register.intake import Filed
from activities.register.sweeping import mark_started
from domain.complaint_stages import ComplaintStep
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from domain.vocabulary import SWEEP_ID
from tests.activities.complaint_stories import complained
from tests.builders import a_child, an_act, an_application
from tests.databases import RULES
from tests.workflows.service import Service
from worker.main import housekeeping, start_housekeeping
from workflows.doorbell import TemporalDoorbell

AFTER = Beginning.model_fields.keys() - {"now"}
"""Where a sweep goes on after the one before it."""


async def _sweep(service: Service) -> Swept:
    now = (await service.register.pool.fetchval("SELECT now()")) + timedelta(days=100)
    return await ActivityEnvironment().run(service.housekeeping().sweep, Beginning(now=now))


async def _age(service: Service) -> None:
    """Lets everything in the register look as if it had waited longer than the sweep's patience."""
    async with service.register.owner() as owner:
        await owner.execute("UPDATE procedure SET written_at = written_at - interval '16 seconds'")
        await owner.execute("UPDATE act SET written_at = written_at - interval '16 seconds'")


async def test_an_application_filed_while_temporal_was_away_gets_its_workflow(service: Service) -> None:
    filed = await service.file(start=False)
    assert (await _sweep(service)).started == 0
    await _age(service)
    assert (await _sweep(service)).started == 1
    assert (await _sweep(service)).started == 0
    async with service.working():
        assert (await service.progress(filed)).stage is Stage.RECEIVED


async def test_a_namespace_made_anew_gets_every_case_that_has_not_ended(service: Service) -> None:
    await service.file()
    await _sweep(service)
    await _age(service)
    await service.register.pool.execute("UPDATE procedure SET started_in = 'a namespace that was lost'")
    assert (await _sweep(service)).started == 1


async def test_a_worker_that_outlived_its_namespace_sees_that_it_is_another_one(service: Service) -> None:
    await service.file()
    await _age(service)
    await service.register.pool.execute("UPDATE procedure SET started_in = 'a namespace that was lost'")
    doorbell = TemporalDoorbell(service.client, "a namespace that was lost")
    activities = HousekeepingActivities(service.register.pool, doorbell, service.renderer(), RULES)
    now = await service.register.pool.fetchval("SELECT now()")
    assert await ActivityEnvironment().run(activities.sweep, Beginning(now=now)) == Swept(started=1)


async def test_an_act_whose_doorbell_was_lost_is_rung_for(service: Service) -> None:
    act = an_act(Step.CHECK_PACKAGE)
    async with service.working():
        filed = await service.file()
        await service.accept(filed, act)
        assert (await _sweep(service)).rung == 0
        await _age(service)
        assert (await _sweep(service)).rung == 1
        assert (await service.verdict(act.act_id)).kind is VerdictKind.TAKEN
    assert await _sweep(service) == Swept()


async def test_an_act_of_an_ended_case_gets_its_verdict_from_the_sweep(service: Service) -> None:
    act = an_act(Step.WITHDRAW)
    async with service.working():
        filed = await _ended(service)
    await service.accept(filed, act)
    await _age(service)
    assert (await _sweep(service)).taken == 1
    assert (await service.verdict(act.act_id)).kind is VerdictKind.REFUSED


async def test_a_case_whose_workflow_was_ended_from_outside_is_found_when_its_term_has_passed(
    service: Service,
) -> None:
    filed = await service.register.file(received_at="2026-11-10 10:00")
    await service.start(filed)
    await service.handle(filed.case_id).terminate("by mistake")
    await mark_started(service.register.pool, filed.case, service.doorbell.namespace_id)
    async with service.working():
        assert (await _sweep(service)).woken == 1
        await service.until("SELECT true FROM milestone WHERE kind = 'BREACH'")
    assert (await _sweep(service)).woken == 0


class _DeafToOne(TemporalDoorbell):
    """A doorbell on a server that takes no more messages for one case."""

    deaf_to: UUID

    async def start(self, case: CaseName) -> None:
        if case.case_id == self.deaf_to:
            raise RPCError("too many", RPCStatusCode.RESOURCE_EXHAUSTED, b"")
        await super().start(case)


async def test_a_case_that_temporal_does_not_take_keeps_no_other_from_being_heard(service: Service) -> None:
    first = await service.file(start=False)
    await service.file(an_application(child=a_child(2)), start=False)
    await _age(service)
    doorbell = _DeafToOne(service.client, service.doorbell.namespace_id)
    doorbell.deaf_to = first.case_id
    activities = HousekeepingActivities(service.register.pool, doorbell, service.renderer(), RULES)
    now = await service.register.pool.fetchval("SELECT now()")
    assert await ActivityEnvironment().run(activities.sweep, Beginning(now=now)) == Swept(started=1, missed=1)


async def _ended(service: Service) -> Filed:
    filed = await service.file()
    await service.do(filed, an_act(Step.WITHDRAW))
    window = (await service.progress(filed)).window_until
    assert window is not None
    await service.forward_to(filed, window + timedelta(minutes=1))
    await service.handle(filed.case_id).result()
    return filed


async def test_the_sweep_runs_as_a_workflow_of_its_own_that_is_started_once(service: Service) -> None:
    await service.file(start=False)
    await _age(service)
    handle = service.client.get_workflow_handle(SWEEP_ID)
    async with service.working():
        await start_housekeeping(service.client)
        await start_housekeeping(service.client)
        # The workflow hears of it a moment after the register has it.
        async with asyncio.timeout(30):
            while "had not been told of: **1**" not in await _details(handle):
                await asyncio.sleep(0.05)


async def _details(handle: WorkflowHandle[Any, Any]) -> str:
    return str((await handle.query("__temporal_workflow_metadata")).current_details)


async def test_a_sweep_that_is_gone_is_started_again_while_a_worker_runs(service: Service) -> None:
    handle = service.client.get_workflow_handle(SWEEP_ID)
    async with housekeeping(service.client, pause=0.1):
        first = (await handle.describe()).run_id
        await handle.terminate("by mistake")
        while (await handle.describe()).run_id == first:
            await asyncio.sleep(0.05)
    assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING


@pytest.mark.parametrize(("days", "told"), [(30, True), (-30, True), (0, False)])
async def test_a_clock_of_temporal_that_is_not_the_registers_is_told(
    service: Service, caplog: pytest.LogCaptureFixture, days: int, told: bool
) -> None:
    environment, now = ActivityEnvironment(), await service.register.pool.fetchval("SELECT now()")
    environment.info = replace(environment.info, started_time=now + timedelta(days=days))
    await environment.run(service.housekeeping().sweep, Beginning(now=now))
    assert ("clocks_disagree" in caplog.text) is told


async def test_a_full_sweep_goes_on_with_the_next_queue_of_the_case_it_came_to(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("activities.housekeeping.BATCH", 1)
    filed = await service.file()
    complaint = await complained(service.register, filed, "2026-11-20 09:00")
    about = filed.model_copy(update={"number": complaint.number})
    await service.register.accept(about, an_act(ComplaintStep.DECIDE), "2026-11-20 10:00")
    await service.register.accept(filed, an_act(Step.CHECK_PACKAGE), "2026-11-20 10:01")
    await _age(service)
    now = await service.register.pool.fetchval("SELECT now()")
    environment, sweep = ActivityEnvironment(), service.housekeeping().sweep
    first = await environment.run(sweep, Beginning(now=now))
    second = await environment.run(sweep, Beginning(now=now, **first.model_dump(include=AFTER)))
    assert (first.rung, second.rung) == (1, 1)
    assert {first.acts_after_queue, second.acts_after_queue} == {filed.case_id, complaint.complaint_id}
    third = await environment.run(sweep, Beginning(now=now, **second.model_dump(include=AFTER)))
    assert (third.rung, third.acts_after) == (0, None)
