"""The terms of complaints in the register (par. 9): kept, lapsed or breached, and who is told."""

from datetime import timedelta

import pytest

from activities.register.complaints.taking import take_complaint_act
from activities.register.complaints.watching import reach_complaint_milestone
from activities.register.turns import Queue
from activities.register.verify import verify
from domain.complaint import ComplaintTermKind
from domain.complaint_stages import ComplaintStage, ComplaintStep
from domain.progress import Milestone
from tests.activities.complaint_stories import (
    AFTER_THE_REFUSAL,
    a_refusal,
    again,
    complained,
    does,
)
from tests.builders import CLERK, OFFICER, an_act, local
from tests.databases import RULES, Register

# kept, or not


async def test_d3_the_school_sends_the_case_file_in_its_term_also_when_the_body_was_first(
    register: Register,
) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00", addressee="QUALITY_BODY")
    await does(register, filed, complaint, an_act(ComplaintStep.REGISTER), "2026-11-23 10:00")
    queue = Queue(filed.case_id, complaint.complaint_id)
    kind, after = ComplaintTermKind.FORWARDING, local("2026-11-25 18:31")
    await reach_complaint_milestone(register.pool, queue, kind, Milestone.BREACH, after, RULES)
    sent = await does(register, filed, complaint, an_act(ComplaintStep.FORWARD), "2026-11-26 10:00")
    assert sent.stage is ComplaintStage.IN_CONSIDERATION
    now = await again(register, complaint)
    forwarding, answering = now.terms
    assert (forwarding.overdue, forwarding.kept_at) == (True, local("2026-11-26 10:00"))
    assert answering.kept_at is None
    facts = await register.pool.fetchval("SELECT facts FROM paper WHERE kind = 'COVERING_LETTER'")
    assert facts["issued_by"] is None
    again_sent = await does(register, filed, complaint, an_act(ComplaintStep.FORWARD), "2026-11-26 11:00")
    assert again_sent.reason
    assert again_sent.reason.code == "already_forwarded"
    assert (await verify(register.pool)).violations == ()


async def test_r9_3_the_case_file_reaches_the_body_for_a_complaint_that_was_filed_there(
    register: Register,
) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00", addressee="QUALITY_BODY", actor=OFFICER)
    sent = await does(register, filed, complaint, an_act(ComplaintStep.FORWARD), "2026-11-23 10:00")
    assert sent.stage is ComplaintStage.AT_AUTHORITY
    assert [(term.kind, term.version) for term in (await again(register, complaint)).terms] == [
        (ComplaintTermKind.REGISTRATION, 1)
    ]
    await does(register, filed, complaint, an_act(ComplaintStep.REGISTER), "2026-11-23 11:00")
    assert (await verify(register.pool)).violations == ()


async def test_d3_after_the_term_to_forward_the_school_cannot_settle_any_more(register: Register) -> None:
    filed = await a_refusal(register)
    complaint = await complained(
        register, filed, AFTER_THE_REFUSAL, object="DECISION", addressee="QUALITY_BODY"
    )
    verdict = await does(register, filed, complaint, an_act(ComplaintStep.SETTLE), "2026-11-25 09:00")
    assert verdict.reason
    assert verdict.reason.code == "settled_too_late"
    now = await again(register, complaint)
    assert (now.stage, now.terms[0].overdue) == (ComplaintStage.FORWARDING, True)


async def test_par_9_a_term_of_a_complaint_that_was_taken_back_was_not_kept(register: Register) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    await does(register, filed, complaint, an_act(ComplaintStep.WITHDRAW), "2026-11-23 10:00")
    [term] = (await again(register, complaint)).terms
    assert (term.kept_at, term.lapsed_at) == (None, local("2026-11-23 10:00"))
    assert (await verify(register.pool)).violations == ()


# the watch


async def test_a_breach_of_the_term_to_answer_tells_body_and_applicant_once_and_decides_nothing(
    register: Register,
) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    queue = Queue(filed.case_id, complaint.complaint_id)
    assert complaint.due_at is not None
    for _ in range(2):
        watched = await reach_complaint_milestone(
            register.pool,
            queue,
            ComplaintTermKind.CONSIDERATION,
            Milestone.BREACH,
            complaint.due_at + timedelta(minutes=1),
            RULES,
        )
    assert watched.progress.running[0].overdue
    told = await register.pool.fetch(
        "SELECT destination FROM outbox WHERE event = 'COMPLAINT_TERM_BREACHED' ORDER BY destination"
    )
    assert [row["destination"] for row in told] == ["APPLICANT", "HEAD", "QUALITY_CONTROL"]
    assert (await again(register, complaint)).stage is ComplaintStage.REGISTERED
    notices = await register.pool.fetch(
        "SELECT number, facts FROM paper JOIN cabinet_message USING (paper_id) WHERE kind = 'COMPLAINT_TERM_NOTICE'"
    )
    assert [row["number"] for row in notices] == [complaint.number]
    passed = notices[0]["facts"]["about_complaint"]["passed"]
    assert (passed["term"], passed["due_at"]) == ("CONSIDERATION", "2026-11-27T18:30:00+05:00")
    assert passed["next_route"]["not_before"] == "2026-11-27"
    assert (await verify(register.pool)).violations == ()


@pytest.mark.parametrize(
    ("steps", "changes", "kind", "over"),
    [
        pytest.param(
            [],
            {"addressee": "QUALITY_BODY"},
            ComplaintTermKind.FORWARDING,
            "2026-11-25 18:31",
            id="D3: not forwarded",
        ),
        pytest.param(
            [ComplaintStep.FORWARD],
            {"addressee": "QUALITY_BODY"},
            ComplaintTermKind.REGISTRATION,
            "2026-11-24 18:31",
            id="R9.4: not registered",
        ),
        pytest.param(
            [ComplaintStep.EXTEND],
            {"actor": CLERK},
            ComplaintTermKind.EXTENSION_NOTICE,
            "2026-11-26 18:31",
            id="D4: not told of the extension",
        ),
    ],
)
async def test_par_9_a_breach_of_any_term_of_a_complaint_puts_its_notice_into_the_cabinet(
    register: Register,
    steps: list[ComplaintStep],
    changes: dict[str, object],
    kind: ComplaintTermKind,
    over: str,
) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00", **changes)
    for step in steps:
        await does(register, filed, complaint, an_act(step), "2026-11-23 10:00")
    queue = Queue(filed.case_id, complaint.complaint_id)
    await reach_complaint_milestone(register.pool, queue, kind, Milestone.BREACH, local(over), RULES)
    told = await register.pool.fetch(
        "SELECT destination, body FROM outbox WHERE event = 'COMPLAINT_TERM_BREACHED' ORDER BY destination"
    )
    assert [row["destination"] for row in told] == ["APPLICANT", "HEAD", "QUALITY_CONTROL"]
    assert {row["body"]["term"] for row in told} == {kind}
    facts = await register.pool.fetchval("SELECT facts FROM paper WHERE kind = 'COMPLAINT_TERM_NOTICE'")
    assert facts["about_complaint"]["passed"]["term"] == kind
    assert (await verify(register.pool)).violations == ()


async def test_no_breach_is_declared_while_a_decision_made_in_time_waits(register: Register) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    about = filed.model_copy(update={"number": complaint.number})
    act = an_act(ComplaintStep.DECIDE)
    await register.accept(about, act, "2026-11-27 18:30")
    queue = Queue(filed.case_id, complaint.complaint_id)
    late = local("2026-11-27 19:00")
    kind, milestone = ComplaintTermKind.CONSIDERATION, Milestone.BREACH
    watched = await reach_complaint_milestone(register.pool, queue, kind, milestone, late, RULES)
    assert (watched.waiting, watched.progress.running[0].overdue) == ((act.act_id,), False)
    await take_complaint_act(register.pool, queue, act.act_id, late, RULES)
    assert not (await again(register, complaint)).overdue
