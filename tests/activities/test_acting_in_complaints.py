"""Complaints to the head (par. 9) while somebody acts as head."""

import pytest

from activities.register.complaints.reading import ComplaintStatus
from activities.register.complaints.taking import take_complaint_act
from activities.register.intake import Filed
from activities.register.reading import read_papers, read_status
from activities.register.turns import Queue
from domain.acts import Act
from domain.complaint_stages import ComplaintStep
from domain.papers import PaperKind
from domain.stages import Step
from domain.verdict import VerdictKind
from tests.activities.complaint_stories import NOTHING_PRESENT, complained, does
from tests.activities.test_acting import ACT, LAST_MOMENT, UNTIL, enter
from tests.builders import DEPUTY, HEAD, an_act, an_office_application, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")

FROM_THE_MORNING = {"valid_from": local("2026-11-17 00:00").isoformat()}
FOR_WEEKS = {**FROM_THE_MORNING, "valid_until": local("2026-12-01 00:00").isoformat()}


async def test_r9_2_a_complaint_to_the_head_is_decided_by_who_acts_and_not_by_who_is_replaced(
    register: Register,
) -> None:
    await enter(register, **FOR_WEEKS)
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    assert complaint.next
    refused = await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), "2026-11-23 10:00")
    taken = await does(
        register, filed, complaint, an_act(ComplaintStep.DECIDE, actor=DEPUTY), "2026-11-23 11:00"
    )
    assert refused.reason
    assert refused.reason.code == "acting_order_runs"
    assert taken.kind is VerdictKind.TAKEN


async def test_r9_5_the_reply_of_an_acting_head_shows_both_names_and_so_do_the_acts(
    register: Register,
) -> None:
    await enter(register, **FOR_WEEKS)
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    decision = an_act(ComplaintStep.DECIDE, actor=DEPUTY)
    await does(register, filed, complaint, decision, "2026-11-23 11:00")
    replies = [
        p for p in await read_papers(register.pool, filed.number) if p.kind is PaperKind.COMPLAINT_REPLY
    ]
    assert [reply.facts["signed_by"]["acting_for"]["act"] for reply in replies] == [ACT]
    acts = (await read_status(register.pool, filed.number)).acts
    done = next(act for act in acts if act.act_id == decision.act_id)
    assert done.acting_for
    assert done.acting_for.person
    assert done.acting_for.person.staff_id == HEAD


async def a_refusal_of_the_acting_head(register: Register) -> Filed:
    """By an order until noon of the next day."""
    await enter(register, **FROM_THE_MORNING)
    filed = await register.file(an_office_application())
    check = an_act(Step.CHECK_PACKAGE, items=NOTHING_PRESENT)
    await register.do(filed, check, an_act(Step.REFUSE, actor=DEPUTY))
    return filed


@pytest.mark.parametrize(
    ("moment", "conflict"), [("2026-11-17 15:00", True), ("2026-11-20 09:00", False)], ids=["acts", "acted"]
)
async def test_d5_the_conflict_is_shown_while_who_refused_is_also_to_decide(
    register: Register, moment: str, conflict: bool
) -> None:
    filed = await a_refusal_of_the_acting_head(register)
    complaint = await complained(register, filed, moment, object="DECISION")
    assert complaint.conflict is conflict


async def judged(
    register: Register, filed: Filed, complaint: ComplaintStatus, act: Act, done: str, taken: str
) -> str | None:
    """The code with which an act about the complaint is refused, None if it is taken; done and taken at moments."""
    await register.accept(filed.model_copy(update={"number": complaint.number}), act, done)
    queue = Queue(filed.case_id, complaint.complaint_id)
    verdict = (await take_complaint_act(register.pool, queue, act.act_id, local(taken), RULES)).verdict
    assert verdict is not None
    return verdict.reason.code if verdict.reason else None


AFTERWARDS = "2026-11-18 15:00"


@pytest.mark.parametrize(
    ("actor", "done", "taken", "code"),
    [
        pytest.param(DEPUTY, LAST_MOMENT, LAST_MOMENT, None, id="in the last second of the order"),
        pytest.param(DEPUTY, LAST_MOMENT, AFTERWARDS, None, id="in the last second, taken after the order"),
        pytest.param(DEPUTY, UNTIL, AFTERWARDS, "acting_order_over", id="when the order ends"),
        pytest.param(HEAD, UNTIL, UNTIL, None, id="when the order ends, by the head"),
    ],
)
@pytest.mark.parametrize(
    ("step", "addressee"),
    [
        (ComplaintStep.DECIDE, "HEAD"),
        (ComplaintStep.EXTEND, "HEAD"),
        (ComplaintStep.SETTLE, "QUALITY_BODY"),
    ],
)
async def test_par_9_who_has_the_heads_part_in_a_complaint_is_judged_at_the_moment_of_the_act(
    register: Register,
    step: ComplaintStep,
    addressee: str,
    actor: str,
    done: str,
    taken: str,
    code: str | None,
) -> None:
    filed = await a_refusal_of_the_acting_head(register)
    moment = "2026-11-17 15:00"
    complaint = await complained(register, filed, moment, object="DECISION", addressee=addressee)
    assert await judged(register, filed, complaint, an_act(step, actor=actor), done, taken) == code
