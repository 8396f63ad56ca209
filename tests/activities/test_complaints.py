"""Complaints in the register (par. 9, 10): registration, terms, verdicts, and the rounds to which they lead."""

from uuid import UUID

import pytest

from activities.register.complaints.taking import take_complaint_act
from activities.register.complaints.watching import end_complaint
from activities.register.reading import read_status
from activities.register.turns import Queue
from activities.register.verify import verify
from activities.register.watching import end_procedure
from domain.complaint import ComplaintTermKind
from domain.complaint_stages import ComplaintStage, ComplaintStep
from domain.refusal import InputRefused
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.activities.complaint_stories import (
    AFTER_THE_REFUSAL,
    NOTHING_PRESENT,
    a_refusal,
    again,
    complained,
    does,
    reopens,
)
from tests.builders import OFFICER, SCHOOL, an_act, an_office_application, local
from tests.databases import RULES, Register


async def test_r9_4_a_complaint_is_registered_with_number_and_moment_and_its_term_runs(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    assert complaint.number == "AT001-2026-S00001"
    assert (complaint.stage, complaint.registered_at) == (ComplaintStage.REGISTERED, local(AFTER_THE_REFUSAL))
    # Five working days after Thursday 19 November.
    assert complaint.due_at == local("2026-11-26 18:30")
    assert (complaint.attacked_outcome, complaint.conflict, complaint.late) == (Stage.REFUSED, True, False)


async def test_numbers_of_complaints_run_without_a_gap(register: Register) -> None:
    filed = await a_refusal(register)
    await register.do(filed, an_act(Step.FILE_COMPLAINT, complainant_iin="851003300025"))
    numbers = [(await complained(register, filed, AFTER_THE_REFUSAL)).number for _ in range(3)]
    assert numbers == ["AT001-2026-S00001", "AT001-2026-S00002", "AT001-2026-S00003"]


async def test_a_complaint_upheld_against_a_refusal_begins_the_second_round_with_a_term_of_its_own(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    verdict = await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), "2026-11-20 15:00")
    assert verdict.stage is ComplaintStage.DECIDED
    assert (await reopens(register, filed, local("2026-11-20 15:01"))).kind is VerdictKind.TAKEN
    case = await read_status(register.pool, filed.number)
    # Two working days after Friday 20 November.
    assert (case.stage, case.round, case.due_at) == (Stage.REGISTERED, 2, local("2026-11-24 18:30"))
    assert (case.outcome, case.answered_at) == (None, None)
    assert (await verify(register.pool)).violations == ()


async def test_grounds_that_were_set_aside_carry_no_refusal_again(register: Register) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), "2026-11-20 15:00")
    await reopens(register, filed, local("2026-11-20 15:01"))
    missing = {"document": "VKK_CONCLUSION", "defect": "MISSING", "note": "Қорытынды тапсырылмаған"}
    verdict = await register.do(filed, an_act(Step.REFUSE, findings=[missing]), moment="2026-11-20 16:00")
    assert verdict.reason
    assert verdict.reason.code == "ground_set_aside"
    admitted = await register.do(filed, an_act(Step.ADMIT), moment="2026-11-20 16:10")
    assert admitted.stage is Stage.WITH_SPECIALISTS


async def test_without_a_conclusion_nobody_is_admitted_even_when_the_refusal_was_set_aside(
    register: Register,
) -> None:
    filed = await register.file(an_office_application(documents=[]))
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=NOTHING_PRESENT), an_act(Step.REFUSE))
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), "2026-11-20 15:00")
    await reopens(register, filed, local("2026-11-20 15:01"))
    verdict = await register.do(filed, an_act(Step.ADMIT), moment="2026-11-20 16:00")
    assert verdict.reason
    assert verdict.reason.code == "document_missing"


async def test_the_second_round_goes_to_its_order_and_the_first_outcome_stays_as_replaced(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), "2026-11-20 15:00")
    await reopens(register, filed, local("2026-11-20 15:01"))
    steps = (Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
    await register.do(filed, *(an_act(step) for step in steps), moment="2026-11-23 10:00")
    outcomes = await register.pool.fetch("SELECT round, kind, is_current FROM outcome ORDER BY round")
    assert [tuple(row) for row in outcomes] == [(1, "REFUSED", False), (2, "ORDER_ISSUED", True)]
    assert (await verify(register.pool)).violations == ()


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.REGISTERED])
async def test_a_complaint_upheld_against_an_inaction_leads_to_the_heads_desk(
    register: Register, stage: Stage
) -> None:
    filed = await register.file()
    if stage is Stage.REGISTERED:
        await register.do(filed, an_act(Step.CHECK_PACKAGE))
    complaint = await complained(register, filed, "2026-11-20 09:00")
    await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), "2026-11-25 15:00")
    await reopens(register, filed, local("2026-11-25 15:01"))
    case = await read_status(register.pool, filed.number)
    assert (case.stage, case.round, case.due_at) == (stage, 2, local("2026-11-27 18:30"))
    assert (await verify(register.pool)).violations == ()


async def test_a_reopening_that_waits_is_taken_before_what_was_done_after_it(register: Register) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), "2026-11-25 15:00")
    check = an_act(Step.CHECK_PACKAGE)
    await register.accept(filed, check, "2026-11-25 15:01")
    assert await register.take(filed, check, "2026-11-25 15:01") is None
    await reopens(register, filed, local("2026-11-25 15:02"))
    assert await register.take(filed, check, "2026-11-25 15:03") is not None


# to the authorised body


async def test_d3_r9_6_through_the_school_to_the_body_whose_fifteen_days_run_from_its_own_registration(
    register: Register,
) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00", addressee="QUALITY_BODY")
    assert complaint.stage is ComplaintStage.FORWARDING
    assert [(term.kind, term.due_at) for term in complaint.terms] == [
        (ComplaintTermKind.FORWARDING, local("2026-11-25 18:30"))
    ]
    await does(register, filed, complaint, an_act(ComplaintStep.FORWARD), "2026-11-24 11:00")
    act = an_act(ComplaintStep.REGISTER)
    await does(register, filed, complaint, act, "2026-11-25 11:00")
    now = await again(register, complaint)
    assert (now.stage, now.body_number) == (ComplaintStage.IN_CONSIDERATION, "ЖТ-2026-0117")
    # Fifteen working days after Wednesday 25 November; 16 December is a holiday.
    assert now.due_at == local("2026-12-17 18:30")
    assert (await verify(register.pool)).violations == ()


async def test_d4_the_extension_is_counted_from_the_old_due_day(register: Register) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    assert complaint.due_at == local("2026-11-27 18:30")
    await does(register, filed, complaint, an_act(ComplaintStep.EXTEND, working_days=10), "2026-11-27 18:30")
    now = await again(register, complaint)
    assert (now.stage, now.due_at) == (ComplaintStage.EXTENDED, local("2026-12-11 18:30"))
    assert [(term.version, term.extended_by) for term in now.terms] == [(1, 0), (2, 10)]
    late = an_act(ComplaintStep.EXTEND)
    verdict = await does(register, filed, complaint, late, "2026-11-30 09:00")
    assert verdict.reason
    assert verdict.reason.code == "wrong_stage"


async def test_an_extension_after_the_term_is_refused_and_the_breach_is_on_file(register: Register) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    verdict = await does(register, filed, complaint, an_act(ComplaintStep.EXTEND), "2026-11-30 09:00")
    assert verdict.reason
    assert verdict.reason.code == "extension_too_late"
    assert (await again(register, complaint)).overdue


# acts and numbers


async def test_acts_of_a_complaint_do_not_hold_up_those_of_the_application(register: Register) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    about = filed.model_copy(update={"number": complaint.number})
    await register.accept(about, an_act(ComplaintStep.DECIDE), "2026-11-20 10:00")
    verdict = await register.do(filed, an_act(Step.CHECK_PACKAGE), moment="2026-11-20 10:01")
    assert verdict.kind is VerdictKind.TAKEN
    assert (await verify(register.pool)).violations == ()


@pytest.mark.parametrize("step", [Step.CHECK_PACKAGE, ComplaintStep.DECIDE])
async def test_an_act_of_the_wrong_kind_for_the_number_is_not_accepted(
    register: Register, step: Step | ComplaintStep
) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    number = complaint.number if step is Step.CHECK_PACKAGE else filed.number
    with pytest.raises(InputRefused) as error:
        await register.accept(filed.model_copy(update={"number": number}), an_act(step))
    assert error.value.problems[0].code == "act_of_another_kind"


async def test_a_case_does_not_end_while_a_complaint_is_open(register: Register) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL)
    long_after = local("2027-06-01 10:00")
    assert not (await end_procedure(register.pool, filed.case_id, long_after)).progress.ended
    withdrawal = an_act(ComplaintStep.WITHDRAW)
    await does(register, filed, complaint, withdrawal, "2026-11-23 10:00")
    queue = Queue(filed.case_id, complaint.complaint_id)
    assert (await end_complaint(register.pool, queue, long_after)).progress.ended
    assert (await end_procedure(register.pool, filed.case_id, long_after)).progress.ended
    assert (await verify(register.pool)).violations == ()


async def test_d2_a_complaint_after_the_three_months_is_taken_and_shown_as_late(register: Register) -> None:
    filed = await a_refusal(register)
    await register.do(filed, an_act(Step.RECORD_DELIVERY), moment="2026-11-17 12:00")
    complaint = await complained(register, filed, "2027-02-18 10:00", object="DECISION")
    in_time = await complained(register, filed, "2027-02-16 10:00", object="DECISION")
    assert (complaint.late, in_time.late) == (True, False)


async def test_the_complaint_of_another_case_is_not_taken_under_this_one(register: Register) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00")
    queue = Queue(UUID(int=1), complaint.complaint_id)
    with pytest.raises(Exception, match="00000001"):
        await take_complaint_act(register.pool, queue, "act-000001", local("2026-11-20 10:00"), RULES)


async def test_r9_3_a_complaint_filed_at_the_body_waits_for_its_registration(register: Register) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-20 09:00", addressee="QUALITY_BODY", actor=OFFICER)
    assert (complaint.stage, complaint.via) == (ComplaintStage.AT_AUTHORITY, "AUTHORITY")
    assert [term.kind for term in complaint.terms] == [ComplaintTermKind.REGISTRATION]
    school = await register.pool.fetchval("SELECT considered_by FROM complaint")
    assert school != SCHOOL
