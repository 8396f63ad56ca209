"""Paragraphs 9 and 10: the way of a complaint on the real server and register."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from activities.doorbell import CaseName
from domain.complaint import ComplaintTermKind
from domain.complaint_progress import ComplaintProgress, RunningTerm
from domain.complaint_stages import ComplaintStage, ComplaintStep
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.builders import CLERK, OFFICER, an_act
from tests.workflows.service import Service

A_MOMENT = timedelta(minutes=1)
TO_THE_BODY = {"addressee": "QUALITY_BODY"}
REJECTED = {"ruling": "rejected"}
OF_THE_BODY: dict[str, Any] = {**REJECTED, "actor": OFFICER}


async def _events(service: Service, complaint: CaseName) -> list[str]:
    rows = await service.register.pool.fetch(
        "SELECT event FROM journal WHERE complaint_id = $1 ORDER BY seq", complaint.complaint_id
    )
    return [row["event"].removeprefix("COMPLAINT_") for row in rows]


def _term(progress: ComplaintProgress, kind: ComplaintTermKind) -> RunningTerm:
    return next(term for term in progress.running if term.kind is kind)


async def _due(service: Service, complaint: CaseName, kind: ComplaintTermKind) -> datetime:
    return _term(await service.complaint(complaint), kind).due_at


async def test_par_9_a_complaint_to_the_head_is_registered_decided_and_ends_with_the_reply(
    service: Service,
) -> None:
    async with service.working():
        filed = await service.file()
        complaint = await service.complain(filed)
        verdict = await service.do(complaint, an_act(ComplaintStep.DECIDE, **REJECTED))
        progress = await service.reply(complaint)
    assert (verdict.kind, verdict.stage) == (VerdictKind.TAKEN, ComplaintStage.DECIDED)
    assert (progress.ended, progress.running, progress.papers_to_render) == (True, (), 0)
    assert await _events(service, complaint) == ["REGISTERED", "DECIDED", "ENDED"]


async def test_r9_3_one_to_the_authorised_body_is_forwarded_registered_there_extended_and_decided(
    service: Service,
) -> None:
    async with service.working():
        filed = await service.file()
        complaint = await service.complain(filed, **TO_THE_BODY)
        way = (
            an_act(ComplaintStep.FORWARD),
            an_act(ComplaintStep.REGISTER),
            an_act(ComplaintStep.EXTEND, actor=OFFICER),
            an_act(ComplaintStep.DECIDE, **OF_THE_BODY),
        )
        first = (await service.complaint(complaint)).stage
        stages = [first, *[(await service.do(complaint, act)).stage for act in way]]
        progress = await service.reply(complaint)
    assert stages == ["FORWARDING", "AT_AUTHORITY", "IN_CONSIDERATION", "EXTENDED", "DECIDED"]
    assert progress.ended


async def test_d3_a_complaint_that_the_school_meets_fully_is_settled_and_the_refusal_decided_anew(
    service: Service,
) -> None:
    async with service.working():
        filed = await service.file()
        await _refuse(service, filed)
        complaint = await service.complain(filed, **TO_THE_BODY, object="DECISION")
        verdict = await service.do(complaint, an_act(ComplaintStep.SETTLE))
        await service.reply(complaint)
        await service.until("SELECT round = 2 FROM procedure")
        progress = await service.progress(filed)
    assert verdict.stage == ComplaintStage.SETTLED
    assert (progress.round, progress.stage, progress.answered_at) == (2, Stage.REGISTERED, None)


async def test_an_answer_rings_for_what_was_done_in_the_application_before_it(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT), an_act(Step.SUBMIT_PLAN))
        complaint = await service.complain(filed, addressee="QUALITY_BODY")
        # Signed while nobody heard the doorbell.
        await service.accept(filed, an_act(Step.SIGN_ORDER))
        verdict = await service.do(complaint, an_act(ComplaintStep.SETTLE))
        progress = await service.progress(filed)
    assert (verdict.stage, progress.stage) == (ComplaintStage.SETTLED, Stage.ORDER_ISSUED)


async def test_a_complaint_that_is_taken_back_ends(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        verdict = await service.do(complaint, an_act(ComplaintStep.WITHDRAW))
        progress = await service.reply(complaint)
    assert verdict.stage == ComplaintStage.WITHDRAWN
    assert progress.ended


TERMS = [
    pytest.param((), {}, ComplaintTermKind.CONSIDERATION, id="par. 9: the head answers in 5 working days"),
    pytest.param((), TO_THE_BODY, ComplaintTermKind.FORWARDING, id="D3: the school forwards in 3"),
    pytest.param(
        (ComplaintStep.FORWARD,), TO_THE_BODY, ComplaintTermKind.REGISTRATION, id="R9.4: the body registers"
    ),
    pytest.param(
        (ComplaintStep.FORWARD, ComplaintStep.REGISTER),
        TO_THE_BODY,
        ComplaintTermKind.CONSIDERATION,
        id="par. 9: the body answers in 15",
    ),
]


@pytest.mark.parametrize(("steps", "how", "kind"), TERMS)
async def test_every_term_of_a_complaint_is_watched_and_decides_nothing(
    service: Service, steps: tuple[ComplaintStep, ...], how: dict[str, str], kind: ComplaintTermKind
) -> None:
    async with service.working():
        complaint = await service.complain(await service.file(), **how)
        for step in steps:
            await service.do(complaint, an_act(step))
        stage = (await service.complaint(complaint)).stage
        before = await _events(service, complaint)
        await service.forward_to(complaint, await _due(service, complaint, kind) + A_MOMENT)
        progress = await service.complaint(complaint)
    assert _term(progress, kind).overdue
    assert progress.stage is stage
    assert (await _events(service, complaint))[len(before) :][-1] == "TERM_BREACHED"
    assert "LAST_DAY" in await _events(service, complaint)


async def test_a_complaint_answered_after_its_term_ends_all_the_same(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        due_at = await _due(service, complaint, ComplaintTermKind.CONSIDERATION)
        await service.forward_to(complaint, due_at + A_MOMENT)
        verdict = await service.do(complaint, an_act(ComplaintStep.DECIDE, **REJECTED))
        await service.reply(complaint)
    assert verdict.kind is VerdictKind.TAKEN
    assert await _events(service, complaint) == [
        "REGISTERED",
        "REMINDED",
        "LAST_DAY",
        "TERM_BREACHED",
        "DECIDED",
        "ENDED",
    ]


async def test_a_decision_in_time_that_nobody_rang_for_is_no_breach(service: Service) -> None:
    decision = an_act(ComplaintStep.DECIDE, **REJECTED)
    async with service.working():
        complaint = await service.complain(await service.file())
        due_at = await _due(service, complaint, ComplaintTermKind.CONSIDERATION)
        await service.forward_to(complaint, due_at - A_MOMENT)
        await service.accept(complaint, decision, at=due_at)
        await service.forward_to(complaint, due_at + A_MOMENT)
        assert (await service.verdict(decision.act_id)).kind is VerdictKind.TAKEN
        await service.reply(complaint)
    assert "TERM_BREACHED" not in await _events(service, complaint)


async def test_d4_the_extended_term_and_the_notice_of_it_are_watched_side_by_side(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        on_paper = {"actor": CLERK, "form": "PAPER"}
        complaint = await service.complain(filed, **on_paper)
        old_due = await _due(service, complaint, ComplaintTermKind.CONSIDERATION)
        await service.do(complaint, an_act(ComplaintStep.EXTEND))
        extended = await service.complaint(complaint)
        notice_due = _term(extended, ComplaintTermKind.EXTENSION_NOTICE).due_at
        await service.forward_to(complaint, max(notice_due, old_due) + A_MOMENT)
        progress = await service.complaint(complaint)
        verdict = await service.do(complaint, an_act(ComplaintStep.DECIDE, **REJECTED))
    assert _term(extended, ComplaintTermKind.CONSIDERATION).due_at > old_due
    assert _term(progress, ComplaintTermKind.EXTENSION_NOTICE).overdue
    assert not _term(progress, ComplaintTermKind.CONSIDERATION).overdue
    assert verdict.stage == ComplaintStage.DECIDED


async def test_d4_a_notice_that_was_handed_over_is_awaited_no_more(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file(), actor=CLERK, form="PAPER")
        await service.do(complaint, an_act(ComplaintStep.EXTEND), an_act(Step.RECORD_DELIVERY))
        progress = await service.complaint(complaint)
        await service.forward_to(complaint, progress.running[0].last_day_at)
    assert [term.kind for term in progress.running] == [ComplaintTermKind.CONSIDERATION]
    assert "TERM_BREACHED" not in await _events(service, complaint)


async def test_two_complaints_of_a_case_go_their_own_ways(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        to_the_head = await service.complain(filed)
        to_the_body = await service.complain(filed, **TO_THE_BODY)
        await service.do(to_the_body, an_act(ComplaintStep.FORWARD))
        await service.do(to_the_head, an_act(ComplaintStep.DECIDE, **REJECTED))
        await service.reply(to_the_head)
        verdict = await service.do(filed, an_act(Step.CHECK_PACKAGE))
        progress = await service.complaint(to_the_body)
    assert progress.stage is ComplaintStage.AT_AUTHORITY
    assert verdict.stage is Stage.REGISTERED


async def test_a_complaint_started_again_goes_on_from_the_stage_in_the_register(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file(), **TO_THE_BODY)
        await service.do(complaint, an_act(ComplaintStep.FORWARD))
        await service.handle_of(complaint).terminate("as if Temporal had lost it")
        verdict = await service.do(complaint, an_act(ComplaintStep.REGISTER))
    assert verdict.stage == ComplaintStage.IN_CONSIDERATION


async def test_nothing_depends_on_the_workflow_of_a_complaint_being_cached(service: Service) -> None:
    async with service.working(max_cached_workflows=0):
        filed = await service.file()
        complaint = await service.complain(filed, **TO_THE_BODY)
        await service.do(complaint, an_act(ComplaintStep.FORWARD), an_act(ComplaintStep.REGISTER))
        verdict = await service.do(complaint, an_act(ComplaintStep.DECIDE, **OF_THE_BODY))
        progress = await service.reply(complaint)
    assert verdict.stage == ComplaintStage.DECIDED
    assert progress.ended


async def _refuse(service: Service, filed: Any) -> None:
    items = [{"document": "VKK_CONCLUSION", "present": False, "note": "Қорытынды оқылмайды"}]
    await service.do(filed, an_act(Step.CHECK_PACKAGE, items=items), an_act(Step.REFUSE))
