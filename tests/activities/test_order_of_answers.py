"""What an answer to a complaint waits for, and what is judged before it although it came later."""

import asyncio

import pytest

from activities.register.complaints.taking import take_complaint_act
from activities.register.directory import read_school
from activities.register.reading import read_status
from activities.register.records import lock_case
from activities.register.statements import sql
from activities.register.sweeping import list_waiting_acts
from activities.register.turns import Queue
from domain.acts import Act
from domain.complaint_stages import ComplaintStep
from domain.numbers import Book
from domain.stages import Stage, Step
from domain.verdict import Verdict, VerdictKind
from tests.activities.complaint_stories import (
    AFTER_THE_REFUSAL,
    DECIDED,
    WAY_TO_THE_ORDER,
    a_refusal,
    answers,
    complained,
    does,
    reopens,
    reply,
    upheld,
    waiting_reopenings,
)
from tests.builders import an_act, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")

# what was done in the application before the answer is judged before it


async def test_an_answer_waits_for_the_order_that_was_signed_before_it(register: Register) -> None:
    filed = await register.file()
    before = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN)
    await register.do(filed, *(an_act(step) for step in before))
    complaint = await complained(register, filed, "2026-11-23 09:00", addressee="QUALITY_BODY")
    order, settlement = an_act(Step.SIGN_ORDER), an_act(ComplaintStep.SETTLE)
    await register.accept(filed, order, "2026-11-23 10:00")
    queue = await answers(register, filed, complaint.number, settlement, "2026-11-23 10:05")
    moment = local("2026-11-23 11:00")
    early = await take_complaint_act(register.pool, queue, settlement.act_id, moment, RULES)
    assert (early.verdict, early.earlier, early.awaits) == (None, None, order.act_id)
    await register.take(filed, order, "2026-11-23 11:00")
    late = await take_complaint_act(register.pool, queue, settlement.act_id, moment, RULES)
    assert late.verdict
    assert late.verdict.kind is VerdictKind.TAKEN, late.verdict.reason


async def test_an_answer_does_not_wait_for_what_is_done_in_the_application_after_it(
    register: Register,
) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    decision = an_act(ComplaintStep.DECIDE, ruling="rejected")
    queue = await answers(register, filed, complaint.number, decision, "2026-11-20 10:00")
    await register.accept(filed, an_act(Step.CHECK_PACKAGE), "2026-11-20 10:05")
    answer = await take_complaint_act(register.pool, queue, decision.act_id, local("2026-11-20 11:00"), RULES)
    assert answer.verdict is not None


async def test_two_complaints_upheld_before_the_reopening_was_taken_lead_to_one_new_round(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    first, second = [
        await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION") for _ in range(2)
    ]
    decision = an_act(ComplaintStep.DECIDE)
    queue = await answers(register, filed, second.number, decision, "2026-11-20 14:00")
    await does(register, filed, first, an_act(ComplaintStep.DECIDE), DECIDED)
    moment = local("2026-11-20 15:01")
    early = await take_complaint_act(register.pool, queue, decision.act_id, moment, RULES)
    reopening = await reopens(register, filed, moment)
    assert early.awaits == reopening.act_id
    late = await take_complaint_act(register.pool, queue, decision.act_id, moment, RULES)
    assert late.verdict
    assert late.verdict.kind is VerdictKind.TAKEN, late.verdict.reason
    assert await waiting_reopenings(register) == 1
    assert (await read_status(register.pool, filed.number)).round == 2


async def judged(register: Register, queue: Queue, answer: Act, moment: str) -> Verdict:
    """The verdict on an answer that has nothing to wait for."""
    taken = await take_complaint_act(register.pool, queue, answer.act_id, local(moment), RULES)
    assert taken.verdict, taken
    return taken.verdict


async def signed_after_the_answer(register: Register, answered: str, **changes: object) -> Verdict:
    """An inaction is upheld, the order is signed five minutes later and judged first; the verdict on the answer."""
    filed = await register.file()
    await register.do(filed, *(an_act(step) for step in WAY_TO_THE_ORDER[:-1]))
    complaint = await complained(register, filed, f"{answered} 09:00")
    decision, order = an_act(ComplaintStep.DECIDE, **changes), an_act(Step.SIGN_ORDER)
    queue = await answers(register, filed, complaint.number, decision, f"{answered} 10:00")
    await register.do(filed, order, moment=f"{answered} 10:05")
    return await judged(register, queue, decision, f"{answered} 10:10")


async def test_r9_5_an_answer_in_time_is_taken_although_the_order_signed_after_it_was_judged_first(
    register: Register,
) -> None:
    verdict = await signed_after_the_answer(register, "2026-11-25")
    assert verdict.kind is VerdictKind.TAKEN, verdict.reason
    answer = await reply(register)
    assert (answer["consequence"], answer["other_case"]) == ("DECIDED_MEANWHILE", None)
    assert await waiting_reopenings(register) == 0


@pytest.mark.parametrize(
    ("answered", "ruling"), [("2026-11-18", "upheld"), ("2026-11-25", "partly")], ids=["term runs", "partly"]
)
async def test_a_later_order_spares_no_measure_where_the_answer_would_have_set_nothing_aside(
    register: Register, answered: str, ruling: str
) -> None:
    verdict = await signed_after_the_answer(register, answered, ruling=ruling)
    assert verdict.reason
    assert verdict.reason.code == "measure_missing"


async def test_an_order_on_another_application_that_came_after_the_answer_leaves_it_taken(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    decision = an_act(ComplaintStep.DECIDE)
    queue = await answers(register, filed, complaint.number, decision, "2026-11-20 10:00")
    other = await register.file(received_at="2026-11-20 10:05")
    await register.do(other, *(an_act(step) for step in WAY_TO_THE_ORDER), moment="2026-11-20 12:00")
    verdict = await judged(register, queue, decision, DECIDED)
    assert verdict.kind is VerdictKind.TAKEN, verdict.reason
    answer = await reply(register)
    assert (answer["consequence"], answer["other_case"]) == ("ORDERED_ALREADY", other.number)


# what was done before the answer in the child's other case is judged before it, too


async def test_q21_a_ruling_is_not_linked_to_a_case_whose_withdrawal_waits_for_its_verdict(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    other = await register.file(received_at=AFTER_THE_REFUSAL)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    withdrawal, decision = an_act(Step.WITHDRAW), an_act(ComplaintStep.DECIDE)
    await register.accept(other, withdrawal, "2026-11-20 09:00")
    queue = await answers(register, filed, complaint.number, decision, "2026-11-20 10:00")
    early = await take_complaint_act(register.pool, queue, decision.act_id, local(DECIDED), RULES)
    assert (early.verdict, early.awaits) == (None, withdrawal.act_id)
    rung = await list_waiting_acts(register.pool, filed.case_id)
    assert [(act.case_id, act.act_id) for act in rung] == [(other.case_id, withdrawal.act_id)]
    await register.take(other, withdrawal, DECIDED)
    await judged(register, queue, decision, DECIDED)
    assert (await reply(register))["consequence"] == "AT_THE_DESK"
    assert (await reopens(register, filed, local(DECIDED))).stage is Stage.REGISTERED


async def test_nobody_holds_an_answer_up_by_acts_in_the_other_case_that_come_after_it(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    other = await register.file(received_at=AFTER_THE_REFUSAL)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    decision = an_act(ComplaintStep.DECIDE)
    queue = await answers(register, filed, complaint.number, decision, "2026-11-20 10:00")
    await register.accept(other, an_act(Step.CHECK_PACKAGE), "2026-11-20 10:05")
    assert (await judged(register, queue, decision, DECIDED)).kind is VerdictKind.TAKEN
    assert (await reply(register))["consequence"] == "IN_ANOTHER_CASE"


# locks are taken in one order


async def a_lock_is_waited_for(register: Register) -> None:
    """Returns when a session waits for a lock."""
    for _ in range(400):
        if await register.pool.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("a session should wait")


async def test_an_answer_and_an_act_in_the_case_that_goes_on_both_come_to_their_end(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    other = await register.file(received_at=AFTER_THE_REFUSAL)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    decision = an_act(ComplaintStep.DECIDE)
    queue = await answers(register, filed, complaint.number, decision, "2026-11-20 10:00")
    async with register.pool.acquire() as connection:
        act_there = connection.transaction()
        await act_there.start()
        locked = await lock_case(connection, other.case_id)
        assert locked
        answer = asyncio.create_task(judged(register, queue, decision, DECIDED))
        await a_lock_is_waited_for(register)
        school = await read_school(connection, locked.school_bin)
        assert await locked.number(school, Book.OUTGOING, local(DECIDED))
        await act_there.rollback()
    assert (await answer).kind is VerdictKind.TAKEN


async def test_a_reopening_waits_for_whoever_decides_about_the_child_before_it_takes_the_case(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    await upheld(register, filed)
    async with register.pool.acquire() as connection, connection.transaction():
        await connection.execute(sql("lock_child_of_case"), filed.case_id)
        reopening = asyncio.create_task(reopens(register, filed, local(DECIDED)))
        await a_lock_is_waited_for(register)
        assert await lock_case(connection, filed.case_id)
    assert (await reopening).stage is Stage.REGISTERED
