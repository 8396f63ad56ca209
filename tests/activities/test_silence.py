"""The list of silence for the authorised body (D1, Q22), and how a late answer is marked."""

import pytest

from activities.register.inbox import read_inbox
from activities.register.intake import Filed
from activities.register.reading import read_papers
from activities.register.silence import SilentRound, read_silence
from activities.register.watching import reach_milestone
from domain.complaint_stages import ComplaintStep
from domain.progress import Milestone
from domain.refusal import InputRefused
from domain.stages import Step
from tests.activities.complaint_stories import complained, does, reopens
from tests.activities.stories import BAD_ITEMS, GOOD_ITEMS, an_ordered_case, status
from tests.builders import OTHER_SCHOOL, SCHOOL, a_child, an_act, an_application, an_office_application, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")
BODY = "010941000019"
WAY = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)


async def silence(register: Register, moment: str) -> list[SilentRound]:
    return await read_silence(register.pool, BODY, local(moment))


async def breach(register: Register, filed: Filed, moment: str) -> None:
    await reach_milestone(register.pool, filed.case_id, Milestone.BREACH, local(moment), RULES)


async def test_d1_the_body_sees_what_has_no_answer_in_time_the_most_overdue_first(register: Register) -> None:
    later = await register.file(an_application(child=a_child(2)), "2026-11-18 10:00")
    first = await register.file(received_at="2026-11-17 10:00")
    assert await silence(register, "2026-11-19 18:30") == []
    found = await silence(register, "2026-11-23 12:00")
    assert [(s.number, s.late_working_days) for s in found] == [(first.number, 2), (later.number, 1)]
    assert {(s.answered_at, s.answered_by, s.complaints) for s in found} == {(None, None, ())}


async def test_d1_the_working_days_are_those_of_the_schools_own_week(register: Register) -> None:
    await register.file(received_at="2026-11-17 10:00")
    await register.file(an_application(child=a_child(2), school=OTHER_SCHOOL), "2026-11-17 10:00")
    found = await silence(register, "2026-11-23 12:00")
    assert {s.school: s.late_working_days for s in found} == {SCHOOL: 2, OTHER_SCHOOL: 3}


async def test_q22_what_was_answered_late_stays_in_the_list_behind_what_still_waits(
    register: Register,
) -> None:
    answered = await register.file(received_at="2026-11-10 10:00")
    await breach(register, answered, "2026-11-12 18:31")
    await register.do(answered, *map(an_act, WAY), moment="2026-11-17 12:00")
    waiting = await register.file(an_application(child=a_child(2)), "2026-11-17 10:00")
    found = await silence(register, "2026-11-20 12:00")
    assert [(s.number, s.late_working_days, s.answered_by) for s in found] == [
        (waiting.number, 1, None),
        (answered.number, 3, "ORDER_ISSUED"),
    ]
    assert found[1].answered_at == local("2026-11-17 12:00")


async def test_d1_what_was_answered_in_time_is_not_in_the_list(register: Register) -> None:
    await an_ordered_case(register)
    assert await silence(register, "2026-12-01 12:00") == []


async def test_q30_an_office_refusal_that_did_not_reach_the_applicant_in_time_is_in_the_list(
    register: Register,
) -> None:
    filed = await register.file(an_office_application(documents=[]))
    items = [{"document": kind, "present": False} for kind in ("APPLICATION", "VKK_CONCLUSION")]
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=items), an_act(Step.REFUSE))
    (silent,) = await silence(register, "2026-11-20 12:00")
    assert (silent.late_working_days, silent.answered_by) == (1, None)
    await register.do(filed, an_act(Step.RECORD_DELIVERY), moment="2026-11-20 15:00")
    (silent,) = await silence(register, "2026-11-30 12:00")
    assert (silent.late_working_days, silent.answered_by) == (1, "REFUSED")
    assert [entry.event for entry in (await status(register, filed)).timeline][-1] == "ANSWERED_LATE"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("010941000029", "unknown_body"),
        (SCHOOL, "unknown_body"),
        ("010941000018", "bin_check_digit"),
        ("1", "bin_not_12_digits"),
    ],
    ids=["no school under it", "a school", "a digit is wrong", "no BIN"],
)
async def test_a_body_that_nobody_knows_is_refused(register: Register, body: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        await read_silence(register.pool, body, local("2026-11-20 12:00"))
    assert [(p.code, p.where) for p in refused.value.problems] == [(code, "--body")]


async def test_q22_a_later_decision_is_taken_and_marked_with_its_working_days(register: Register) -> None:
    filed = await register.file(received_at="2026-11-17 10:00")
    await breach(register, filed, "2026-11-19 18:31")
    await register.do(filed, *map(an_act, WAY), moment="2026-11-24 12:00")
    told = await status(register, filed)
    assert (told.overdue, told.late_working_days) == (True, 3)
    assert [entry.event for entry in told.timeline][-2:] == ["ORDER_ISSUED", "ANSWERED_LATE"]
    order = (await read_papers(register.pool, filed.number))[-1]
    assert (order.kind, order.facts["case"]["late_working_days"]) == ("ORDER", 3)


async def test_an_answer_in_time_is_not_late(register: Register) -> None:
    filed = await an_ordered_case(register)
    told = await status(register, filed)
    assert told.late_working_days == 0
    assert "ANSWERED_LATE" not in [entry.event for entry in told.timeline]
    papers = await read_papers(register.pool, filed.number)
    assert {paper.facts["case"]["late_working_days"] for paper in papers} == {None}


async def test_d1_a_withdrawal_after_the_term_is_no_late_answer_of_the_school(register: Register) -> None:
    filed = await register.file()
    await breach(register, filed, "2026-11-19 18:31")
    assert (await status(register, filed)).late_working_days is None
    await register.do(filed, an_act(Step.WITHDRAW), moment="2026-11-20 09:00")
    told = await status(register, filed)
    assert told.late_working_days == 1
    assert "ANSWERED_LATE" not in [entry.event for entry in told.timeline]
    (silent,) = await silence(register, "2026-12-01 09:00")
    assert (silent.answered_by, silent.late_working_days) == ("WITHDRAWN", 1)


async def test_the_inbox_counts_the_working_days_that_an_answer_is_late(register: Register) -> None:
    filed = await register.file(an_office_application())
    late = [
        (await read_inbox(register.pool, SCHOOL, local(moment)))[0].late_working_days
        for moment in ("2026-11-19 18:30", "2026-11-19 18:31", "2026-11-23 09:00")
    ]
    assert late == [0, 1, 2]
    items = {"items": GOOD_ITEMS}
    await register.do(
        filed, an_act(Step.CHECK_PACKAGE, **items), *map(an_act, WAY[1:]), moment="2026-11-20 12:00"
    )
    (item,) = await read_inbox(register.pool, SCHOOL, local("2026-12-01 12:00"))
    assert (item.act, item.late_working_days) == ("record_delivery", 1)


async def test_a_refusal_after_the_term_says_so_itself(register: Register) -> None:
    filed = await register.file(an_office_application(documents=[]))
    await breach(register, filed, "2026-11-19 18:31")
    items = [BAD_ITEMS[0], {"document": "VKK_CONCLUSION", "present": False}]
    acts = (an_act(Step.CHECK_PACKAGE, items=items), an_act(Step.REFUSE))
    await register.do(filed, *acts, moment="2026-11-23 12:00")
    refusal = (await read_papers(register.pool, filed.number))[-1]
    assert (refusal.kind, refusal.facts["case"]["late_working_days"]) == ("REFUSAL", 2)


async def test_r9_1_the_body_sees_which_silence_is_complained_of(register: Register) -> None:
    filed = await register.file()
    await breach(register, filed, "2026-11-19 18:31")
    complaint = await complained(register, filed, "2026-11-20 10:00")
    (silent,) = await silence(register, "2026-11-20 12:00")
    assert silent.complaints == (complaint.number,)


async def test_a_silence_that_a_complaint_has_ended_is_counted_until_the_new_round(
    register: Register,
) -> None:
    filed = await register.file()
    await breach(register, filed, "2026-11-19 18:31")
    complaint = await complained(register, filed, "2026-11-20 10:00")
    upheld = an_act(ComplaintStep.DECIDE)
    await does(register, filed, complaint, upheld, "2026-11-23 12:00")
    await reopens(register, filed, local("2026-11-23 12:00"))
    (silent,) = await silence(register, "2026-11-24 12:00")
    assert (silent.round, silent.answered_by, silent.late_working_days) == (1, "REOPENED", 2)
    later = await silence(register, "2026-11-27 12:00")
    assert [(s.round, s.answered_by) for s in later] == [(2, None), (1, "REOPENED")]


async def test_d1_q22_a_round_that_a_complaint_ended_before_its_due_moment_was_never_silent(
    register: Register,
) -> None:
    """The refusal of the office was not handed over yet, so nothing had been answered (Q30)."""
    filed = await register.file(an_office_application(documents=[]))
    items = [{"document": kind, "present": False} for kind in ("APPLICATION", "VKK_CONCLUSION")]
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=items), an_act(Step.REFUSE))
    complaint = await complained(register, filed, "2026-11-18 10:00", object="DECISION")
    await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), "2026-11-19 12:00")
    await reopens(register, filed, local("2026-11-19 12:00"))
    assert await silence(register, "2026-11-20 12:00") == []
    # The new round has a term of its own, until 23 November.
    (silent,) = await silence(register, "2026-11-24 12:00")
    assert (silent.round, silent.answered_by) == (2, None)
