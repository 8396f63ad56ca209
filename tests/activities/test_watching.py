"""The watch of a term and the end of a procedure on the register itself: what is told, and that nothing is decided."""

import asyncio
from datetime import timedelta

import pytest

from activities.register.intake import Filed
from activities.register.reading import read_papers
from activities.register.watching import end_procedure, reach_milestone
from domain.progress import Milestone
from domain.stages import Stage, Step
from tests.activities.stories import a_refused_case, an_ordered_case, papers, reason, status
from tests.builders import an_act, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")


async def breach(register: Register, filed: Filed, moment: str) -> tuple[str, ...]:
    """Asks for the breach at a moment; the acts that have to be taken first."""
    watched = await reach_milestone(register.pool, filed.case_id, Milestone.BREACH, local(moment), RULES)
    return watched.waiting


@pytest.mark.parametrize(("moment", "late"), [("2026-11-19 18:30", False), ("2026-11-19 18:31", True)])
async def test_an_act_at_the_due_moment_is_in_time_however_late_it_is_taken(
    register: Register, moment: str, late: bool
) -> None:
    filed, act = await register.file(), an_act(Step.WITHDRAW)
    await register.accept(filed, act, moment)
    assert await breach(register, filed, "2026-11-19 18:32") == (() if late else (act.act_id,))
    await register.take(filed, act, "2026-11-20 09:00")
    await breach(register, filed, "2026-11-20 09:01")
    read = await status(register, filed)
    assert (read.overdue, read.answered_at) == (late, local(moment))


async def test_q22_an_answer_after_the_term_is_late_even_if_nobody_watched_its_end(
    register: Register,
) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.WITHDRAW), moment="2026-11-19 18:31")
    await breach(register, filed, "2026-11-20 09:01")
    read = await status(register, filed)
    assert (read.overdue, read.answered_at) == (True, local("2026-11-19 18:31"))
    assert [entry.event for entry in read.timeline] == ["RECEIVED", "TERM_BREACHED", "WITHDRAWN"]
    assert ("SILENCE_NOTICE", filed.number) in await papers(register, filed)


async def test_d1_a_breach_decides_nothing_and_tells_head_control_and_applicant(register: Register) -> None:
    filed = await register.file()
    await breach(register, filed, "2026-11-19 18:31")
    read = await status(register, filed)
    assert (read.stage, read.overdue, read.outcome) == (Stage.RECEIVED, True, None)
    assert await papers(register, filed) == [("SILENCE_NOTICE", filed.number)]
    told = await register.pool.fetch(
        "SELECT destination FROM outbox WHERE event = 'TERM_BREACHED' ORDER BY seq"
    )
    assert [row["destination"] for row in told] == ["HEAD", "QUALITY_CONTROL", "APPLICANT"]


async def test_d1_a_case_in_breach_is_still_decided(register: Register) -> None:
    filed = await register.file()
    await breach(register, filed, "2026-11-19 18:31")
    way = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
    await register.do(filed, *(an_act(step) for step in way), moment="2026-11-20 10:00")
    read = await status(register, filed)
    assert (read.stage, read.overdue) == (Stage.ORDER_ISSUED, True)


async def test_q30_an_office_refusal_not_handed_over_in_time_is_a_breach(register: Register) -> None:
    filed = await a_refused_case(register, delivered=False)
    await breach(register, filed, "2026-11-19 18:31")
    await register.do(filed, an_act(Step.RECORD_DELIVERY), moment="2026-11-20 10:00")
    read = await status(register, filed)
    assert (read.overdue, read.answered_at) == (True, local("2026-11-20 10:00"))


async def test_no_breach_is_declared_before_its_moment_or_after_an_answer(register: Register) -> None:
    filed = await register.file()
    await breach(register, filed, "2026-11-19 18:30")
    await register.do(filed, an_act(Step.WITHDRAW), moment="2026-11-19 18:30")
    await breach(register, filed, "2026-11-21 12:00")
    assert not (await status(register, filed)).overdue


@pytest.mark.parametrize(
    ("milestone", "moment"),
    [
        (Milestone.REMINDER, "2026-11-18 09:00"),
        (Milestone.LAST_DAY, "2026-11-19 09:00"),
        (Milestone.BREACH, "2026-11-19 18:31"),
    ],
)
async def test_a_milestone_is_reached_once_however_often_it_is_asked_for(
    register: Register, milestone: Milestone, moment: str
) -> None:
    filed = await register.file()
    asked = [reach_milestone(register.pool, filed.case_id, milestone, local(moment), RULES) for _ in range(4)]
    watched = await asyncio.gather(*asked)
    assert {answer.progress.reached for answer in watched} == {(milestone,)}
    assert len((await status(register, filed)).timeline) == 2


@pytest.mark.parametrize(
    ("milestone", "moment"),
    [(Milestone.REMINDER, "2026-11-18 09:00"), (Milestone.LAST_DAY, "2026-11-19 09:00")],
)
async def test_the_head_is_reminded_when_the_office_opens(
    register: Register, milestone: Milestone, moment: str
) -> None:
    filed = await register.file()
    for minutes, reached in ((-1, ()), (0, (milestone,))):
        now = local(moment) + timedelta(minutes=minutes)
        watched = await reach_milestone(register.pool, filed.case_id, milestone, now, RULES)
        assert watched.progress.reached == reached


async def test_q30_the_notice_about_an_undelivered_refusal_knows_that_it_was_decided(
    register: Register,
) -> None:
    filed = await a_refused_case(register, delivered=False)
    await reach_milestone(register.pool, filed.case_id, Milestone.BREACH, local("2026-11-19 18:31"), RULES)
    notice = (await read_papers(register.pool, filed.number))[-1]
    assert (notice.kind, notice.facts["case"]["decided_on"]) == ("SILENCE_NOTICE", "2026-11-17")


# par. 9 - the end of the procedure


async def ended(register: Register, filed: Filed, moment: str) -> tuple[bool, tuple[str, ...]]:
    watched = await end_procedure(register.pool, filed.case_id, local(moment))
    return watched.progress.ended, watched.waiting


async def test_par_9_the_procedure_ends_when_the_time_to_complain_is_over(register: Register) -> None:
    filed = await an_ordered_case(register)
    assert await ended(register, filed, "2027-02-17 23:59") == (False, ())
    assert await ended(register, filed, "2027-02-18 00:00") == (True, ())
    assert await ended(register, filed, "2027-02-19 00:00") == (True, ())
    assert (await status(register, filed)).timeline[-1].event == "PROCEDURE_ENDED"
    assert len((await status(register, filed)).timeline) == 9


async def test_par_9_an_open_case_does_not_end(register: Register) -> None:
    filed = await register.file()
    assert await ended(register, filed, "2028-01-01 00:00") == (False, ())


async def test_par_9_no_procedure_ends_while_an_act_waits(register: Register) -> None:
    filed, act = await an_ordered_case(register), an_act(Step.WITHDRAW)
    await register.accept(filed, act, "2027-02-18 00:00")
    assert await ended(register, filed, "2027-02-18 00:01") == (False, (act.act_id,))
    assert await reason(register, filed, act) == "wrong_stage"
    assert await ended(register, filed, "2027-02-18 00:02") == (True, ())


async def test_an_act_after_the_end_still_gets_its_verdict(register: Register) -> None:
    filed = await an_ordered_case(register)
    await ended(register, filed, "2027-02-18 00:00")
    assert await reason(register, filed, an_act(Step.CHECK_PACKAGE), "2027-03-01 10:00") == "wrong_stage"
