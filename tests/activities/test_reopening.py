"""What an answer to a complaint leads to, beside whatever else there is of the child (design: rounds; Q21)."""

from typing import Any

import pytest

from activities.register.acceptance import write_own_act
from activities.register.intake import Filed
from activities.register.reading import read_status
from activities.register.records import lock_case
from domain.acts import Act, ActKind, ReopenCase
from domain.complaint_stages import ComplaintStep
from domain.events import Event
from domain.refusal import InputRefused
from domain.staff import REGISTER
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.activities.complaint_stories import (
    AFTER_THE_REFUSAL,
    DECIDED,
    NOTHING_PRESENT,
    WAY_TO_THE_ORDER,
    a_refusal,
    complained,
    does,
    reopens,
    reply,
    upheld,
    waiting_reopenings,
)
from tests.builders import (
    OTHER_SCHOOL,
    a_document,
    an_act,
    an_applicant,
    an_application,
    an_office_application,
    local,
)
from tests.databases import Register

pytestmark = pytest.mark.usefixtures("soundness")
MEASURE = {"measure": "Өтініш берушіге түсіндірілді", "measure_on": "2026-11-20"}


async def told(register: Register, filed: Filed, event: Event) -> dict[str, Any]:
    """By addressee what the messages of the event say."""
    rows = await register.pool.fetch(
        "SELECT destination, body FROM outbox WHERE case_id = $1 AND event = $2", filed.case_id, event
    )
    return {row["destination"]: row["body"] for row in rows if row["destination"] != "MONITORING"}


async def timeline(register: Register, filed: Filed) -> list[str]:
    """The events that the applicant sees."""
    return [entry.event for entry in (await read_status(register.pool, filed.number)).timeline]


# the case itself is decided anew


async def test_head_and_applicant_are_told_of_the_new_round_with_its_due_moment(register: Register) -> None:
    filed = await a_refusal(register)
    await upheld(register, filed)
    await reopens(register, filed, local(DECIDED))
    due = {"due_at": "2026-11-24T18:30:00+05:00"}
    assert await told(register, filed, Event.REOPENED) == {"HEAD": due, "APPLICANT": due}


async def test_the_reply_says_that_a_case_nobody_registered_goes_back_to_the_check(
    register: Register,
) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), "2026-11-25 15:00")
    assert (await reply(register))["consequence"] == "AT_THE_CHECK"
    verdict = await reopens(register, filed, local("2026-11-25 15:01"))
    assert verdict.stage is Stage.RECEIVED


async def test_q21_nobody_opens_another_case_while_the_reopening_waits(register: Register) -> None:
    filed = await a_refusal(register)
    await upheld(register, filed)
    with pytest.raises(InputRefused) as error:
        await register.file(received_at="2026-11-20 15:01")
    (problem,) = error.value.problems
    assert problem.code == "child_has_open_case"
    assert filed.number in problem.what
    assert (await reopens(register, filed, local("2026-11-20 15:02"))).stage is Stage.REGISTERED


# the child has another open case


async def test_q21_the_reply_and_the_messages_name_the_case_that_goes_on(register: Register) -> None:
    filed = await a_refusal(register)
    other = await register.file(received_at=AFTER_THE_REFUSAL)
    assert await upheld(register, filed) is None
    answer = await reply(register)
    assert (answer["consequence"], answer["other_case"]) == ("IN_ANOTHER_CASE", other.number)
    named = {"other_case": other.number}
    assert await told(register, filed, Event.REOPENING_LINKED) == {"HEAD": named, "APPLICANT": named}
    assert await told(register, other, Event.RULING_JOINED) == {"HEAD": {}}
    assert Event.RULING_JOINED in await timeline(register, other)
    assert await waiting_reopenings(register) == 0
    assert (await read_status(register.pool, filed.number)).stage is Stage.REFUSED


async def test_grounds_that_were_set_aside_carry_no_refusal_in_the_case_that_goes_on(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    other = await register.file(an_office_application(), received_at=AFTER_THE_REFUSAL)
    await register.do(other, an_act(Step.CHECK_PACKAGE, items=NOTHING_PRESENT), moment="2026-11-19 13:00")
    await upheld(register, filed)
    missing = {"document": "VKK_CONCLUSION", "defect": "MISSING", "note": "Қорытынды тапсырылмаған"}
    verdict = await register.do(other, an_act(Step.REFUSE, findings=[missing]), moment="2026-11-20 16:00")
    assert verdict.reason
    assert verdict.reason.code == "ground_set_aside"


async def test_papers_that_a_ruling_lets_count_lead_to_the_specialists_in_the_case_that_goes_on(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    other = await register.file(an_office_application(), received_at=AFTER_THE_REFUSAL)
    await register.do(other, an_act(Step.CHECK_PACKAGE, items=NOTHING_PRESENT), moment="2026-11-19 13:00")
    proposed = await read_status(register.pool, other.number)
    assert proposed.stage is Stage.REFUSAL_PROPOSED
    assert {found.set_aside for found in proposed.findings} == {False}
    await upheld(register, filed)
    ruled = await read_status(register.pool, other.number)
    assert {found.set_aside for found in ruled.findings} == {True}
    refusal = await register.do(other, an_act(Step.REFUSE), moment="2026-11-20 16:00")
    assert refusal.reason
    assert refusal.reason.code == "refusal_without_finding"
    admitted = await register.do(other, an_act(Step.ADMIT), moment="2026-11-20 16:10")
    assert admitted.stage is Stage.WITH_SPECIALISTS


@pytest.mark.parametrize("checked", ["2026-11-19 13:00", "2026-11-20 15:30"], ids=["before", "after"])
async def test_par_4_what_the_case_that_goes_on_lacks_it_lacks_whatever_was_set_aside(
    register: Register, checked: str
) -> None:
    filed = await a_refusal(register)
    letter = [a_document("APPLICATION", issuer=None)]
    other = await register.file(an_office_application(documents=letter), received_at=AFTER_THE_REFUSAL)
    check = an_act(Step.CHECK_PACKAGE, items=NOTHING_PRESENT)
    if checked < DECIDED:
        await register.do(other, check, moment=checked)
    await upheld(register, filed)
    if checked > DECIDED:
        await register.do(other, check, moment=checked)
    admitted = await register.do(other, an_act(Step.ADMIT), moment="2026-11-20 16:00")
    assert admitted.reason
    assert admitted.reason.code == "missing_document_overruled"
    refusal = await register.do(other, an_act(Step.REFUSE), moment="2026-11-20 16:10")
    assert refusal.stage is Stage.REFUSED
    named = [found.document for found in (await read_status(register.pool, other.number)).findings]
    assert named == ["VKK_CONCLUSION"], "the letter was filed, and the ruling lets it count"


async def test_q21_another_person_is_not_told_the_number_of_the_case_that_goes_on(register: Register) -> None:
    filed = await a_refusal(register)
    somebody = an_application(applicant=an_applicant(iin="851003300025"))
    other = await register.file(somebody, received_at=AFTER_THE_REFUSAL)
    assert await upheld(register, filed) is None
    answer = await reply(register)
    assert (answer["consequence"], answer["other_case"]) == ("IN_ANOTHER_CASE", None)
    assert await told(register, filed, Event.REOPENING_LINKED) == {"HEAD": {}, "APPLICANT": {}}
    effects = await register.pool.fetch("SELECT effects FROM act_result WHERE case_id = $1", filed.case_id)
    assert other.number not in str(effects)


async def test_q21_another_person_does_not_learn_from_the_timeline_that_somebody_complained(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    somebody = an_application(applicant=an_applicant(iin="851003300025"))
    other = await register.file(somebody, received_at=AFTER_THE_REFUSAL)
    before = await timeline(register, other)
    assert await upheld(register, filed) is None
    assert await told(register, other, Event.RULING_JOINED) == {"HEAD": {}}
    assert await timeline(register, other) == before
    joined = await register.pool.fetchval("SELECT count(*) FROM set_aside WHERE case_id = $1", other.case_id)
    assert joined == 1, "the conclusion that was filed there, too"


async def test_the_case_of_another_school_hears_nothing_of_the_ruling(register: Register) -> None:
    filed = await a_refusal(register)
    other = await register.file(an_application(school=OTHER_SCHOOL), received_at=AFTER_THE_REFUSAL)
    assert await upheld(register, filed) is None
    assert (await reply(register))["other_case"] == other.number
    assert await told(register, other, Event.RULING_JOINED) == {}
    assert await register.pool.fetchval("SELECT count(*) FROM set_aside") == 0


async def test_q21_a_reopening_that_meets_another_open_case_all_the_same_is_linked(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    other = await register.file(received_at=AFTER_THE_REFUSAL)
    content = ReopenCase(complaint_id=complaint.complaint_id, ruling_act_id="ruling-1")
    act = Act(act_id="reopen-1", kind=ActKind.REOPEN_CASE, actor=REGISTER, content=content)
    async with register.pool.acquire() as connection, connection.transaction():
        locked = await lock_case(connection, filed.case_id)
        assert locked
        await write_own_act(locked, act, local(DECIDED))
    verdict = await reopens(register, filed, local(DECIDED))
    assert (verdict.kind, verdict.stage) == (VerdictKind.TAKEN, Stage.REFUSED)
    assert await told(register, filed, Event.REOPENING_LINKED) == {
        destination: {"other_case": other.number} for destination in ("HEAD", "APPLICANT")
    }


# the child has its order


async def an_order_since(register: Register) -> tuple[Filed, Filed]:
    """A refused case, and one filed after it that has led to an order."""
    filed = await a_refusal(register)
    other = await register.file(received_at=AFTER_THE_REFUSAL)
    await register.do(other, *(an_act(step) for step in WAY_TO_THE_ORDER), moment="2026-11-19 13:00")
    return filed, other


async def test_par_7_with_an_order_by_then_the_answer_names_a_measure_and_nothing_is_reopened(
    register: Register,
) -> None:
    filed, other = await an_order_since(register)
    complaint = await complained(register, filed, "2026-11-19 14:00", object="DECISION")
    refused = await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), DECIDED)
    assert refused.reason
    assert refused.reason.code == "measure_missing"
    taken = await does(register, filed, complaint, an_act(ComplaintStep.DECIDE, **MEASURE), DECIDED)
    assert taken.kind is VerdictKind.TAKEN
    answer = await reply(register)
    assert (answer["consequence"], answer["other_case"]) == ("ORDERED_ALREADY", other.number)
    assert await waiting_reopenings(register) == 0


async def test_an_order_that_was_there_before_the_application_bars_nothing(register: Register) -> None:
    earlier = await register.file(received_at="2026-11-16 10:00")
    await register.do(earlier, *(an_act(step) for step in WAY_TO_THE_ORDER), moment="2026-11-16 12:00")
    filed = await a_refusal(register)
    assert await upheld(register, filed) is None
    assert (await reply(register))["consequence"] == "AT_THE_DESK"
