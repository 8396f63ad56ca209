"""The application beside its complaints: it stays open for them, is decided anew by them, and loses none at its end."""

import asyncio
from datetime import timedelta

from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import ActivityEnvironment

from activities.doorbell import CaseName, workflow_id
from activities.housekeeping import Beginning, Swept
from activities.register.acceptance import find_case
from activities.register.intake import Filed
from activities.register.taking import take_act
from domain.acts import Act
from domain.complaint_stages import ComplaintStage, ComplaintStep
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.builders import an_act
from tests.databases import RULES
from tests.workflows.service import Service

A_MOMENT = timedelta(minutes=1)
A_DAY = timedelta(days=1)
RUNNING = WorkflowExecutionStatus.RUNNING
OF_THE_DECISION = {"object": "DECISION"}
ABSENT = [{"document": "VKK_CONCLUSION", "present": False, "note": "Қорытынды оқылмайды"}]


async def refused(service: Service) -> Filed:
    filed = await service.file()
    await service.do(filed, an_act(Step.CHECK_PACKAGE, items=ABSENT), an_act(Step.REFUSE))
    return filed


async def _sweep(service: Service) -> Swept:
    async with service.register.owner() as owner:
        await owner.execute("UPDATE procedure SET written_at = written_at - interval '16 seconds'")
        await owner.execute("UPDATE act SET written_at = written_at - interval '16 seconds'")
        await owner.execute("UPDATE complaint SET written_at = written_at - interval '16 seconds'")
    now = await service.register.pool.fetchval("SELECT now()")
    return await ActivityEnvironment().run(service.housekeeping().sweep, Beginning(now=now))


async def _run_of(service: Service, filed: Filed) -> CaseName:
    return await find_case(service.register.pool, filed.number)


async def test_a_complaint_upheld_against_a_refusal_is_decided_anew_in_the_same_workflow(
    service: Service,
) -> None:
    async with service.working():
        filed = await refused(service)
        complaint = await service.complain(filed, **OF_THE_DECISION)
        await service.do(complaint, an_act(ComplaintStep.DECIDE))
        await service.reply(complaint)
        await service.until("SELECT round = 2 FROM procedure")
        reopened = await service.progress(filed)
        way = (Step.ADD_DOCUMENTS, Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
        verdict = await service.do(filed, *(an_act(step) for step in way))
    assert (reopened.stage, reopened.round, reopened.answered_at) == (Stage.REGISTERED, 2, None)
    assert verdict.stage is Stage.ORDER_ISSUED
    assert (await _run_of(service, filed)).run == 1


async def test_the_term_of_the_new_round_is_watched(service: Service) -> None:
    async with service.working():
        filed = await refused(service)
        complaint = await service.complain(filed, **OF_THE_DECISION)
        await service.do(complaint, an_act(ComplaintStep.DECIDE))
        await service.reply(complaint)
        await service.until("SELECT round = 2 FROM procedure")
        reopened = await service.progress(filed)
        await service.forward_to(filed, reopened.due_at + A_MOMENT)
        progress = await service.progress(filed)
    assert progress.overdue
    assert progress.round == 2


async def test_a_complaint_upheld_against_silence_puts_the_case_back_to_the_desk(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.CHECK_PACKAGE))
        await service.forward_to(filed, filed.due_at + A_MOMENT)
        complaint = await service.complain(filed)
        await service.do(complaint, an_act(ComplaintStep.DECIDE))
        await service.until("SELECT round = 2 FROM procedure")
        progress = await service.progress(filed)
    assert progress.stage is Stage.REGISTERED


async def _started_alone(service: Service, filed: Filed, **changes: str) -> CaseName:
    """A complaint whose workflow the sweep has started before the application could."""
    act = an_act(Step.FILE_COMPLAINT, **changes)
    await service.accept(filed, act)
    await take_act(service.register.pool, filed.case_id, act.act_id, await service.now(filed), RULES)
    complaint = await service.complaint_by(act)
    await service.doorbell.start(complaint)
    await service.ring(filed, act)
    return complaint


async def test_d2_the_application_stays_open_after_the_window_while_a_complaint_is_and_asks_once_a_day(
    service: Service,
) -> None:
    async with service.working():
        filed = await refused(service)
        complaint = await _started_alone(service, filed, **OF_THE_DECISION)
        window = (await service.progress(filed)).window_until
        assert window is not None
        await service.forward_to(filed, window + 3 * A_DAY + A_MOMENT)
        history = await service.handle_of(filed).fetch_history()
        described = await service.handle_of(filed).describe()
        await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected"))
        await service.reply(complaint)
        await service.forward_to(filed, await service.now(filed) + A_DAY + A_MOMENT)
        progress = await service.handle(filed.case_id).result()
    asked = [
        event.activity_task_scheduled_event_attributes.activity_type.name for event in history.events
    ].count("end_procedure")
    assert described.status is RUNNING
    assert asked == 4  # at the end of the window and on each of three days after it
    assert progress.ended


async def test_a_complaint_filed_while_the_application_closes_keeps_it_open(service: Service) -> None:
    filing = an_act(Step.FILE_COMPLAINT, **OF_THE_DECISION)
    async with service.working():
        filed = await refused(service)
        window = (await service.progress(filed)).window_until
        assert window is not None
        await service.forward_to(filed, window - timedelta(seconds=1))
        await service.accept(filed, filing)
        closing = asyncio.create_task(service.forward_to(filed, window + timedelta(seconds=5)))
        await service.ring(filed, filing)
        assert (await service.verdict(filing.act_id)).kind is VerdictKind.TAKEN
        complaint = await service.complaint_by(filing)
        progress = await service.complaint(complaint)
        closing.cancel()
        ended = await service.register.pool.fetchval("SELECT ended_at FROM procedure")
    assert progress.stage is ComplaintStage.REGISTERED
    assert ended is None


async def _ended(service: Service) -> Filed:
    filed = await refused(service)
    window = (await service.progress(filed)).window_until
    assert window is not None
    await service.forward_to(filed, window + A_MOMENT)
    await service.handle(filed.case_id).result()
    return filed


async def _filed_late(service: Service, filed: Filed) -> Act:
    filing = an_act(Step.FILE_COMPLAINT, **OF_THE_DECISION)
    await service.accept(filed, filing)
    return filing


async def test_d2_a_complaint_after_the_end_is_taken_by_the_application_that_was_rung_for(
    service: Service,
) -> None:
    async with service.working():
        filed = await _ended(service)
        filing = await _filed_late(service, filed)
        await service.ring(filed, filing)
        complaint = await service.complaint_by(filing)
        await service.complaint(complaint)
        verdict = await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected"))
        await service.reply(complaint)
        await service.handle(filed.case_id).result()
    assert verdict.stage == ComplaintStage.DECIDED
    assert await service.register.pool.fetchval("SELECT late FROM complaint")


async def test_d2_a_complaint_that_only_the_sweep_finds_runs_alone_and_reopens_in_another_workflow(
    service: Service,
) -> None:
    async with service.working():
        filed = await _ended(service)
        filing = await _filed_late(service, filed)
        assert (await _sweep(service)).taken == 1
        assert (await _sweep(service)).started == 1
        complaint = await service.complaint_by(filing)
        await service.do(complaint, an_act(ComplaintStep.DECIDE))
        await service.reply(complaint)
        assert (await _sweep(service)).taken == 1
        assert (await _sweep(service)).started == 1
        again = await _run_of(service, filed)
        verdict = await service.do(again, an_act(Step.ADMIT))
    assert workflow_id(again) == f"application/{filed.case_id}/2"
    assert verdict.stage is Stage.WITH_SPECIALISTS
