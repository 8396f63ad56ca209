"""Whatever is sent to a complaint: acts are taken once and in order, the rest is refused, and it lives on."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError

from domain.acts import OF_A_COMPLAINT
from domain.complaint_stages import ComplaintStage, ComplaintStep
from domain.stages import Step
from domain.verdict import Verdict, VerdictKind
from tests.builders import HEAD, an_act
from tests.workflows.service import Service

REJECTION: dict[str, Any] = {
    "actor": HEAD,
    "content": {"ruling": "rejected", "reasons": "Шағым негізсіз деп танылды"},
}


async def _refused(service: Service) -> list[str]:
    rows = await service.register.pool.fetch(
        "SELECT reason->>'code' AS code FROM act_result WHERE verdict = 'refused' ORDER BY written_at"
    )
    return [row["code"] for row in rows]


async def test_every_act_of_a_complaint_is_a_signal_and_an_update_of_its_name(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        metadata = await service.handle_of(complaint).query("__temporal_workflow_metadata")
    signals = {entry.name: entry.description for entry in metadata.definition.signal_definitions}
    updates = {entry.name for entry in metadata.definition.update_definitions}
    assert set(OF_A_COMPLAINT) <= set(signals)
    assert updates == set(OF_A_COMPLAINT)
    assert all(signals.values())


async def test_the_details_say_in_words_whom_the_complaint_waits_for_and_until_when(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        too_early = an_act(ComplaintStep.SETTLE)
        await service.accept(complaint, too_early)
        handle = service.handle_of(complaint)
        await handle.execute_update("settle_complaint", {"act_id": too_early.act_id})
        metadata = await handle.query("__temporal_workflow_metadata")
    details = metadata.current_details
    assert "term CONSIDERATION due" in details
    assert "waits for the **head** to decide, with reasons" in details
    assert "signal `complaint_decision`" in details
    assert "settle_complaint is not possible" in details


async def test_the_details_of_the_case_name_its_open_complaints(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        complaint = await service.complain(filed)
        metadata = await service.handle_of(filed).query("__temporal_workflow_metadata")
    assert f"complaint open: `complaint/{complaint.complaint_id}`" in metadata.current_details


MALFORMED = [
    pytest.param("complaint_decision", [{"act_id": "not-on-file"}], "unknown_act", id="an act not on file"),
    pytest.param("complaint_decision", ["a word"], "unreadable_signal", id="not an object"),
    pytest.param("complaint_decision", [], "unreadable_signal", id="no argument"),
    pytest.param("complaint_decision", [REJECTION, REJECTION], "unreadable_signal", id="two arguments"),
    pytest.param("complaint_decision", [{"actor": HEAD, "content": {}}], "missing", id="no reasons"),
    pytest.param(
        "sign_everything", [{"act_id": "x"}], "unreadable_signal", id="a signal that does not exist"
    ),
    pytest.param("check_package", [], "unreadable_signal", id="a signal of applications, without argument"),
    pytest.param("check_package", [REJECTION, REJECTION], "unreadable_signal", id="one with two arguments"),
    pytest.param(
        "calendar_changed",
        [{"actor": "register", "content": {}}],
        "registers_own",
        id="an act of the register",
    ),
]


@pytest.mark.parametrize(("name", "arguments", "code"), MALFORMED)
async def test_a_malformed_signal_is_kept_as_a_refused_act_and_the_complaint_lives_on(
    service: Service, name: str, arguments: list[Any], code: str
) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        await service.handle_of(complaint).signal(name, args=arguments)
        await service.until("SELECT count(*) = 2 FROM act_result")
        verdict = await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected"))
    assert await _refused(service) == [code]
    assert verdict.stage == ComplaintStage.DECIDED


async def test_an_application_keeps_and_refuses_a_signal_of_complaints(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.handle_of(filed).signal("complaint_decision", args=[REJECTION, REJECTION])
        await service.until("SELECT count(*) = 1 FROM act_result")
        verdict = await service.do(filed, an_act(Step.CHECK_PACKAGE))
    assert await _refused(service) == ["unreadable_signal"]
    assert verdict.kind is VerdictKind.TAKEN


async def test_an_act_about_another_complaint_has_no_effect_here(service: Service) -> None:
    decision = an_act(ComplaintStep.DECIDE, ruling="rejected")
    async with service.working():
        filed = await service.file()
        first, second = await service.complain(filed), await service.complain(filed)
        await service.accept(first, decision)
        await service.handle_of(second).signal("complaint_decision", {"act_id": decision.act_id})
        await service.until("SELECT true FROM act_result WHERE verdict = 'refused'")
        stages = {(await service.complaint(complaint)).stage for complaint in (first, second)}
    assert await _refused(service) == ["unknown_act"]
    assert stages == {ComplaintStage.REGISTERED}


async def test_an_update_answers_with_the_verdict(service: Service) -> None:
    act = an_act(ComplaintStep.EXTEND)
    async with service.working():
        complaint = await service.complain(await service.file())
        await service.accept(complaint, act)
        handle = service.handle_of(complaint)
        first, again = [
            await handle.execute_update("extend_complaint", {"act_id": act.act_id}, result_type=Verdict)
            for _ in range(2)
        ]
    assert (first.kind, first.stage) == (VerdictKind.TAKEN, ComplaintStage.EXTENDED)
    assert first == again


async def test_an_update_sent_by_hand_may_carry_the_whole_act(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        verdict = await service.handle_of(complaint).execute_update(
            "complaint_decision", {"act_id": "by-hand-1", **REJECTION}, result_type=Verdict
        )
        await service.reply(complaint)
    assert (verdict.act_id, verdict.kind) == ("by-hand-1", VerdictKind.TAKEN)


@pytest.mark.parametrize("argument", ["a word", {}, {"act_id": 7}, None])
async def test_an_update_without_a_readable_act_id_is_rejected_and_leaves_nothing(
    service: Service, argument: Any
) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        with pytest.raises(WorkflowUpdateFailedError):
            await service.handle_of(complaint).execute_update("complaint_decision", argument)
        assert (await service.complaint(complaint)).stage is ComplaintStage.REGISTERED
    assert await _refused(service) == []


async def test_two_acts_that_wait_together_are_taken_in_the_order_in_which_they_were_written(
    service: Service,
) -> None:
    withdrawal, decision = an_act(ComplaintStep.WITHDRAW), an_act(ComplaintStep.DECIDE)
    async with service.working():
        complaint = await service.complain(await service.file())
    for act in (withdrawal, decision):
        await service.accept(complaint, act)
    for act in (decision, withdrawal):
        await service.ring(complaint, act)
    async with service.working():
        verdicts = [await service.verdict(act.act_id) for act in (withdrawal, decision)]
    assert [verdict.kind for verdict in verdicts] == [VerdictKind.TAKEN, VerdictKind.REFUSED]


async def test_an_act_after_the_reply_gets_its_verdict_too(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected"))
        await service.reply(complaint)
        verdict = await service.do(complaint, an_act(ComplaintStep.WITHDRAW))
    assert (verdict.kind, verdict.stage) == (VerdictKind.REFUSED, ComplaintStage.DECIDED)


async def test_the_head_of_another_school_decides_nothing_here(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        verdict = await service.do(complaint, an_act(ComplaintStep.DECIDE, actor="at002-head"))
        stage = (await service.complaint(complaint)).stage
    assert verdict.kind is VerdictKind.REFUSED
    assert stage is ComplaintStage.REGISTERED


async def test_a_request_to_cancel_ends_no_complaint(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        handle = service.handle_of(complaint)
        await handle.cancel()
        progress = await service.complaint(complaint)
        await service.forward_to(complaint, progress.running[0].due_at + timedelta(minutes=1))
        metadata = await handle.query("__temporal_workflow_metadata")
        verdict = await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected"))
    assert "a cancellation was requested and not followed" in metadata.current_details
    assert verdict.stage == ComplaintStage.DECIDED


async def test_a_request_to_cancel_the_application_leaves_its_complaints_alone(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        complaint = await service.complain(filed)
        await service.handle_of(filed).cancel()
        await asyncio.gather(service.progress(filed), service.complaint(complaint))
        verdict = await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected"))
    assert verdict.stage == ComplaintStage.DECIDED
