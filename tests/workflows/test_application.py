"""The whole way of a case on the real server and register."""

from datetime import timedelta

from domain.progress import CLOCK_TOLERANCE
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.builders import a_document, an_act, an_application, an_office_application
from tests.workflows.service import Service

A_MOMENT = timedelta(minutes=1)


async def test_par_5_to_7_a_portal_case_goes_from_request_to_order(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(
            filed,
            *(an_act(step) for step in (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)),
        )
        progress = await service.progress(filed)
    assert progress.stage is Stage.ORDER_ISSUED
    assert not progress.overdue
    assert await service.papers(filed) == ["NOTICE_OF_ACCEPTANCE", "ORDER"]


async def test_par_4_an_office_case_ends_in_a_refusal_after_its_receipt(service: Service) -> None:
    defects = [{"document": "APPLICATION", "present": False}, {"document": "VKK_CONCLUSION", "present": True}]
    application = an_office_application(documents=[a_document()])
    async with service.working():
        filed = await service.file(application)
        await service.do(
            filed,
            an_act(Step.CHECK_PACKAGE, items=defects),
            an_act(Step.REFUSE),
            an_act(Step.RECORD_DELIVERY),
        )
        progress = await service.progress(filed)
    assert progress.stage is Stage.REFUSED
    assert progress.answered_at is not None
    assert await service.papers(filed) == ["RECEIPT", "REFUSAL"]


async def test_d1_silence_is_marked_and_told_but_decides_nothing(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.forward_to(filed, filed.due_at + A_MOMENT)
        progress = await service.progress(filed)
    assert progress.overdue
    assert progress.stage is Stage.RECEIVED
    assert await service.events(filed) == ["RECEIVED", "REMINDED", "LAST_DAY", "TERM_BREACHED"]
    assert await service.papers(filed) == ["SILENCE_NOTICE"]


async def test_q22_a_case_can_be_decided_after_the_term_and_stays_marked_late(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.forward_to(filed, filed.due_at + A_MOMENT)
        steps = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
        await service.do(filed, *(an_act(step) for step in steps))
        progress = await service.progress(filed)
    assert progress.stage is Stage.ORDER_ISSUED
    assert progress.overdue
    assert progress.answered_at is not None
    assert progress.answered_at > filed.due_at


async def test_q30_an_office_refusal_that_was_not_delivered_in_the_term_is_a_breach(service: Service) -> None:
    async with service.working():
        filed = await service.file(an_office_application(documents=[]))
        items = [
            {"document": "APPLICATION", "present": False},
            {"document": "VKK_CONCLUSION", "present": False},
        ]
        await service.do(filed, an_act(Step.CHECK_PACKAGE, items=items), an_act(Step.REFUSE))
        await service.forward_to(filed, filed.due_at + A_MOMENT)
        assert (await service.progress(filed)).overdue


async def test_an_act_done_in_time_but_not_heard_of_is_in_time_and_no_breach_is_declared(
    service: Service,
) -> None:
    withdrawal = an_act(Step.WITHDRAW)
    async with service.working():
        filed = await service.file()
        await service.forward_to(filed, filed.due_at - A_MOMENT)
        await service.accept(filed, withdrawal, at=filed.due_at)
        await service.forward_to(filed, filed.due_at + A_MOMENT)
        verdict = await service.verdict(withdrawal.act_id)
    assert verdict.kind is VerdictKind.TAKEN
    assert "TERM_BREACHED" not in await service.events(filed)


async def test_an_act_in_time_waits_while_the_workers_are_down_over_the_due_moment(service: Service) -> None:
    withdrawal = an_act(Step.WITHDRAW)
    async with service.working():
        filed = await service.file()
        await service.forward_to(filed, filed.due_at - timedelta(seconds=1))
    await service.accept(filed, withdrawal, at=filed.due_at)
    await service.ring(filed, withdrawal)
    while await service.now(filed) <= filed.due_at + CLOCK_TOLERANCE:
        pass
    async with service.working():
        verdict = await service.verdict(withdrawal.act_id)
        progress = await service.progress(filed)
    assert verdict.kind is VerdictKind.TAKEN
    assert not progress.overdue


async def test_par_9_the_procedure_ends_when_the_time_to_complain_is_over(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.WITHDRAW))
        window = (await service.progress(filed)).window_until
        assert window is not None
        await service.forward_to(filed, window + A_MOMENT)
        progress = await service.handle(filed.case_id).result()
    assert progress.ended
    assert (await service.events(filed))[-1] == "PROCEDURE_ENDED"


async def test_an_act_that_nobody_rang_for_keeps_the_procedure_open_until_it_is_taken(
    service: Service,
) -> None:
    late = an_act(Step.WITHDRAW)
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.WITHDRAW))
        window = (await service.progress(filed)).window_until
        assert window is not None
        await service.accept(filed, late)
        await service.forward_to(filed, window + A_MOMENT)
        progress = await service.handle(filed.case_id).result()
        verdict = await service.verdict(late.act_id)
    assert verdict.kind is VerdictKind.REFUSED
    assert progress.ended


async def test_an_act_after_the_end_gets_its_verdict_too(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.WITHDRAW))
        window = (await service.progress(filed)).window_until
        assert window is not None
        await service.forward_to(filed, window + A_MOMENT)
        await service.handle(filed.case_id).result()
        verdict = await service.do(filed, an_act(Step.WITHDRAW))
    assert verdict.kind is VerdictKind.REFUSED


async def test_the_procedure_started_again_goes_on_from_the_stage_in_the_register(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT))
        await service.handle(filed.case_id).terminate("as if Temporal had lost it")
        verdict = await service.do(filed, an_act(Step.SUBMIT_PLAN))
    assert verdict.stage is Stage.PLAN_READY


async def test_nothing_depends_on_a_workflow_being_cached(service: Service) -> None:
    async with service.working(max_cached_workflows=0):
        filed = await service.file(an_application())
        verdict = await service.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT))
    assert verdict.stage is Stage.WITH_SPECIALISTS
