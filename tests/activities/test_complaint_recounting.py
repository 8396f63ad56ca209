"""The terms of complaints after a change of the calendar: counted anew, with their extension."""

from typing import Any

import pytest

from activities.register.acceptance import accept_act
from activities.register.complaints.reading import read_complaints
from activities.register.complaints.taking import take_complaint_act
from activities.register.complaints.view import running_terms
from activities.register.complaints.watching import reach_complaint_milestone
from activities.register.turns import Queue
from domain.complaint import ComplaintTermKind
from domain.complaint_stages import ComplaintStep
from domain.progress import Milestone
from domain.recounting import Found
from domain.stages import Step
from domain.verdict import VerdictKind
from tests.activities.calendar_stories import an_order, enter, write_acts
from tests.builders import an_act, at, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")

FILED = "2026-11-23 10:00"
"""Monday after the term of an ordinary case; five working days end on Monday the 30th."""


async def a_complaint(register: Register, **content: Any) -> Queue:
    filed = await register.file()
    verdict = await register.do(filed, an_act(Step.FILE_COMPLAINT, **content), moment=FILED)
    assert verdict.kind is VerdictKind.TAKEN, verdict.reason
    complaint_id = await register.pool.fetchval("SELECT complaint_id FROM complaint")
    return Queue(filed.case_id, complaint_id)


async def do(register: Register, queue: Queue, step: ComplaintStep, moment: str, **content: Any) -> None:
    act = an_act(step, **content)
    number = await register.pool.fetchval("SELECT number FROM complaint")
    await accept_act(register.pool, number, act, at(local(moment)))
    answer = await take_complaint_act(register.pool, queue, act.act_id, local(moment), RULES)
    assert answer.verdict is not None
    assert answer.verdict.kind is VerdictKind.TAKEN, answer.verdict.reason


async def change(register: Register, queue: Queue, day: str, moment: str, kind: str = "OFF") -> list[Found]:
    """Enters the change and has the terms of the complaint counted anew at once; what came out of each."""
    entered = await enter(register, an_order(day, kind), moment)
    await write_acts(register, entered.version, moment)
    act_id = f"calendar-{entered.version}-{queue.complaint_id}"
    answer = await take_complaint_act(register.pool, queue, act_id, local(moment), RULES)
    assert answer.verdict is not None
    assert answer.verdict.kind is VerdictKind.TAKEN
    effects = await register.pool.fetchval("SELECT effects FROM act_result WHERE act_id = $1", act_id)
    return [Found(recount["found"]) for recount in effects["recounts"]]


async def ends(register: Register, queue: Queue) -> list[tuple[str, str]]:
    """The terms that run, with their ends."""
    assert queue.complaint_id is not None
    async with register.pool.acquire() as connection:
        terms = await running_terms(connection, queue.complaint_id)
    return [(term.kind, f"{term.due_at.astimezone(local(FILED).tzinfo):%d.%m %H:%M}") for term in terms]


async def test_the_term_of_the_head_is_counted_anew_and_all_are_told(register: Register) -> None:
    queue = await a_complaint(register)
    assert await ends(register, queue) == [("CONSIDERATION", "30.11 18:30")]
    assert await change(register, queue, "2026-11-25", "2026-11-24 12:00") == [Found.LATER]
    assert await ends(register, queue) == [("CONSIDERATION", "01.12 18:30")]
    async with register.pool.acquire() as connection:
        [shown] = await read_complaints(connection, queue.case_id)
    assert [(term.version, term.act) for term in shown.terms] == [(1, None), (2, "Қаулы № 100")]
    assert shown.terms[1].cause == f"calendar-1-{queue.complaint_id}"
    told = await register.pool.fetch(
        "SELECT destination, body FROM outbox WHERE event = 'COMPLAINT_TERM_RECOUNTED' ORDER BY seq"
    )
    assert [row["destination"] for row in told] == ["HEAD", "APPLICANT"]
    assert told[0]["body"]["old_due_at"] == "2026-11-30T18:30:00+05:00"
    assert told[0]["body"]["due_at"] == "2026-12-01T18:30:00+05:00"


async def test_d4_an_extended_term_is_counted_anew_with_its_extension(register: Register) -> None:
    queue = await a_complaint(register)
    await do(register, queue, ComplaintStep.EXTEND, "2026-11-24 10:00", working_days=10)
    assert await ends(register, queue) == [("CONSIDERATION", "14.12 18:30")]
    assert await change(register, queue, "2026-11-25", "2026-11-24 12:00") == [Found.LATER]
    assert await ends(register, queue) == [("CONSIDERATION", "15.12 18:30")]
    last = await register.pool.fetchrow("SELECT * FROM complaint_term ORDER BY version DESC LIMIT 1")
    assert last is not None
    assert (last["working_days"], last["extended_by"], last["version"]) == (5, 10, 3)


async def test_d3_the_terms_of_forwarding_and_registration_are_counted_anew_too(register: Register) -> None:
    queue = await a_complaint(register, addressee="QUALITY_BODY")
    assert await ends(register, queue) == [("FORWARDING", "26.11 18:30")]
    assert await change(register, queue, "2026-11-25", "2026-11-24 12:00") == [Found.LATER]
    assert await ends(register, queue) == [("FORWARDING", "27.11 18:30")]
    await do(register, queue, ComplaintStep.FORWARD, "2026-11-27 18:30")
    [(kind, _)] = await ends(register, queue)
    assert kind == "REGISTRATION"
    assert await change(register, queue, "2026-11-30", "2026-11-27 19:00") == [Found.LATER]


async def test_a_later_end_withdraws_the_mark_of_a_breach(register: Register) -> None:
    queue = await a_complaint(register)
    kind, over = ComplaintTermKind.CONSIDERATION, local("2026-11-30 18:31")
    await reach_complaint_milestone(register.pool, queue, kind, Milestone.BREACH, over, RULES)
    await change(register, queue, "2026-11-25", "2026-12-01 10:00")
    assert queue.complaint_id is not None
    async with register.pool.acquire() as connection:
        [term] = await running_terms(connection, queue.complaint_id)
    assert not term.overdue
    told = await register.pool.fetch(
        "SELECT destination FROM outbox WHERE event = 'COMPLAINT_TERM_RECOUNTED'"
    )
    assert {row["destination"] for row in told} == {"HEAD", "APPLICANT", "QUALITY_CONTROL"}
    facts = await register.pool.fetchval(
        "SELECT facts FROM paper JOIN cabinet_message USING (paper_id) WHERE kind = 'COMPLAINT_CORRECTING_NOTICE'"
    )
    assert facts["about_complaint"]["moved"] == {
        "term": "CONSIDERATION",
        "act": "Қаулы № 100",
        "old_due_at": "2026-11-30T18:30:00+05:00",
        "due_at": "2026-12-01T18:30:00+05:00",
        "corrected_on": "2026-11-30",
    }
    later = local("2026-12-01 18:31")
    await reach_complaint_milestone(register.pool, queue, kind, Milestone.BREACH, later, RULES)
    notices = "SELECT count(*) FROM paper WHERE kind = 'COMPLAINT_TERM_NOTICE'"
    assert await register.pool.fetchval(notices) == 2


@pytest.mark.parametrize(
    ("taken", "found", "end"),
    [
        ("2026-11-28 18:29", Found.EARLIER, "28.11 18:30"),
        ("2026-11-28 18:30", Found.EARLIER_IS_PAST, "30.11 18:30"),
    ],
)
async def test_an_earlier_end_holds_only_if_it_is_still_to_come(
    register: Register, taken: str, found: Found, end: str
) -> None:
    queue = await a_complaint(register)
    assert await change(register, queue, "2026-11-28", taken, "WORK") == [found]
    assert await ends(register, queue) == [("CONSIDERATION", end)]


async def test_a_complaint_that_was_answered_gets_no_act(register: Register) -> None:
    queue = await a_complaint(register)
    await do(register, queue, ComplaintStep.WITHDRAW, "2026-11-24 10:00")
    entered = await enter(register, an_order("2026-11-25"), "2026-11-24 12:00")
    rung = await write_acts(register, entered.version, "2026-11-24 12:00")
    assert rung == [f"calendar-1-{queue.case_id}"]
