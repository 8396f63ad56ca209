"""What acts do to a case, paragraph by paragraph, and who may do them; on the register itself, without Temporal."""

import pytest

from activities.register.house_rules import HouseRules
from activities.register.reading import read_papers
from activities.register.taking import take_act
from domain.refusal import InputRefused
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.activities.stories import ABSENT, BAD_ITEMS, GOOD_ITEMS, an_ordered_case, papers, reason, status
from tests.builders import (
    DUE_AT,
    a_child,
    a_document,
    a_file,
    an_act,
    an_application,
    an_office_application,
    local,
)
from tests.databases import Register

pytestmark = pytest.mark.usefixtures("soundness")


# par. 4, 5 - the check of the package


async def test_par_5_a_package_in_order_is_registered_and_gets_the_notice(register: Register) -> None:
    filed = await register.file()
    assert (await register.do(filed, an_act(Step.CHECK_PACKAGE))).stage == Stage.REGISTERED
    assert await papers(register, filed) == [("NOTICE_OF_ACCEPTANCE", "1-Ш")]
    events = [entry.event for entry in (await status(register, filed)).timeline]
    assert events == ["RECEIVED", "REGISTERED", "NOTICE_SENT"]


async def test_par_5_registration_does_not_move_the_term(register: Register) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.CHECK_PACKAGE), moment="2026-11-19 18:29")
    assert (await status(register, filed)).due_at == DUE_AT


async def test_par_5_the_request_is_registered_by_the_check_whatever_it_says(register: Register) -> None:
    filed = await register.file()
    verdict = await register.do(filed, an_act(Step.CHECK_PACKAGE, items=ABSENT))
    number = await register.pool.fetchval("SELECT number FROM legal_number WHERE book = 'REGISTRATION'")
    assert (verdict.stage, number) == (Stage.REFUSAL_PROPOSED, "1-Ө")
    assert await papers(register, filed) == []


async def test_par_4_an_office_case_has_its_receipt_and_gets_no_notice(register: Register) -> None:
    filed = await register.file(an_office_application())
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=GOOD_ITEMS))
    assert await papers(register, filed) == [("RECEIPT", filed.number)]


# par. 4 - the reasoned refusal


DEFECTS = {
    "incomplete": ([BAD_ITEMS[0], {**BAD_ITEMS[1], "period_to": "2027-05-25"}], ["MISSING"]),
    "expired": ([GOOD_ITEMS[0], BAD_ITEMS[1]], ["EXPIRED"]),
    "both": (BAD_ITEMS, ["MISSING", "EXPIRED"]),
}
GROUNDS = {"MISSING": "INCOMPLETE_PACKAGE", "EXPIRED": "EXPIRED_DOCUMENT"}


@pytest.mark.parametrize("kind", DEFECTS)
async def test_par_4_a_refusal_of_the_office_names_each_defect(register: Register, kind: str) -> None:
    items, defects = DEFECTS[kind]
    letter = [] if "MISSING" in defects else [a_document("APPLICATION", issuer=None)]
    documents = [*letter, a_document(period_to="2026-05-25")]
    filed = await register.file(an_office_application(documents=documents))
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=items))
    grounds = [GROUNDS[defect] for defect in defects]
    assert (await register.do(filed, an_act(Step.REFUSE, grounds=grounds))).stage == Stage.REFUSED
    refusal = (await read_papers(register.pool, filed.number))[-1]
    assert [defect["defect"] for defect in refusal.facts["refusal"]["defects"]] == defects


async def test_par_5_a_portal_request_gets_the_refusal_or_the_notice_and_never_both(
    register: Register,
) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.CHECK_PACKAGE))
    assert await reason(register, filed, an_act(Step.REFUSE)) == "refusal_after_notice"
    assert await papers(register, filed) == [("NOTICE_OF_ACCEPTANCE", "1-Ш")]


async def test_par_5_a_refusal_goes_to_the_cabinet_in_time(register: Register) -> None:
    filed = await register.file()
    acts = (an_act(Step.CHECK_PACKAGE, items=ABSENT), an_act(Step.REFUSE))
    assert (await register.do(filed, *acts)).stage == Stage.REFUSED
    assert await papers(register, filed) == [("REFUSAL", "1-Ш")]
    assert (await status(register, filed)).answered_at == local("2026-11-17 11:00")


async def test_par_4_the_head_overrules_an_expiry_with_a_reason_and_the_notice_follows(
    register: Register,
) -> None:
    filed = await register.file(an_application(documents=[a_document(valid_until="2026-11-16")]))
    why = {"document": "VKK_CONCLUSION", "defect": "EXPIRED", "reason": "Мерзімі ұзартылғаны расталды"}
    check, admit = an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT, overruled=[why])
    assert (await register.do(filed, check, admit)).stage == Stage.WITH_SPECIALISTS
    assert await papers(register, filed) == [("NOTICE_OF_ACCEPTANCE", "1-Ш")]


async def test_par_4_papers_added_in_time_cure_the_package_and_the_term_runs_on(register: Register) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=ABSENT))
    scan = a_document(number="0022", file=a_file("scan.pdf", b"%PDF-1.7 another"))
    added = await register.do(filed, an_act(Step.ADD_DOCUMENTS, documents=[scan]))
    assert (added.stage, (await status(register, filed)).due_at) == (Stage.RECEIVED, DUE_AT)
    assert (await register.do(filed, an_act(Step.CHECK_PACKAGE))).stage == Stage.REGISTERED
    assert await register.pool.fetchval("SELECT count(*) FROM legal_number WHERE book = 'REGISTRATION'") == 1


async def test_par_5_the_files_of_a_case_stay_below_the_limit_together(register: Register) -> None:
    big = b"%PDF-" + bytes(3 * 1024 * 1024)
    filed = await register.file(an_application(documents=[a_document(file=a_file(content=big))]))
    more = an_act(Step.ADD_DOCUMENTS, documents=[a_document(file=a_file(content=big))])
    with pytest.raises(InputRefused, match="larger than 5 MB together"):
        await register.accept(filed, more)
    assert (await status(register, filed)).acts == ()


# par. 6, 7 - grade and language, plan, order


async def test_par_7_the_order_follows_the_heads_review_and_the_plan(register: Register) -> None:
    filed = await an_ordered_case(register)
    assert await papers(register, filed) == [("NOTICE_OF_ACCEPTANCE", "1-Ш"), ("ORDER", "1-ҮО")]
    events = [entry.event for entry in (await status(register, filed)).timeline]
    assert events[3:] == [
        "HEAD_REVIEW",
        "GRADE_AND_LANGUAGE_SET",
        "WITH_SPECIALISTS",
        "PLAN_SUBMITTED",
        "ORDER_ISSUED",
    ]


async def test_par_6_the_head_may_set_another_grade_and_language_than_wished(register: Register) -> None:
    filed = await register.file()
    admit = an_act(Step.ADMIT, grade=3, language_of_instruction="ru")
    plan, order = an_act(Step.SUBMIT_PLAN), an_act(Step.SIGN_ORDER)
    await register.do(filed, an_act(Step.CHECK_PACKAGE), admit, plan, order)
    said = (await read_papers(register.pool, filed.number))[-1].facts["order"]
    wish = await register.pool.fetchrow("SELECT wished_grade, wished_language FROM application")
    assert (said["grade"], said["language_of_instruction"]) == (3, "ru")
    assert wish is not None
    assert tuple(wish) == (4, "kk")


async def test_par_6_a_plan_sent_back_is_submitted_again(register: Register) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT), an_act(Step.SUBMIT_PLAN))
    assert (await register.do(filed, an_act(Step.RETURN_PLAN))).stage == Stage.WITH_SPECIALISTS
    again = (an_act(Step.SUBMIT_PLAN), an_act(Step.SIGN_ORDER))
    assert (await register.do(filed, *again)).stage == Stage.ORDER_ISSUED


async def test_par_6_the_head_corrects_the_grade_before_the_order(register: Register) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT, grade=3))
    later = (an_act(Step.ADMIT, grade=5), an_act(Step.SUBMIT_PLAN), an_act(Step.SIGN_ORDER))
    await register.do(filed, *later)
    assert (await read_papers(register.pool, filed.number))[-1].facts["order"]["grade"] == 5


async def test_the_applicant_may_withdraw_and_nothing_is_done_after_that(register: Register) -> None:
    filed = await register.file()
    assert (await register.do(filed, an_act(Step.WITHDRAW))).stage == Stage.WITHDRAWN
    assert await reason(register, filed, an_act(Step.CHECK_PACKAGE)) == "wrong_stage"


async def test_numbers_of_papers_follow_each_other_in_the_books_of_the_school(register: Register) -> None:
    for serial in (1, 2):
        filed = await register.file(an_application(child=a_child(serial)))
        way = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
        await register.do(filed, *(an_act(step) for step in way))
    assert await papers(register, filed) == [("NOTICE_OF_ACCEPTANCE", "2-Ш"), ("ORDER", "2-ҮО")]


# who may act, and when


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        ("at001-head", "wrong_role"),
        ("at002-clerk", "other_school"),
        ("at009-clerk", "unknown_actor"),
        ("applicant", "not_for_applicants"),
    ],
)
async def test_par_5_only_a_clerk_of_the_school_checks(register: Register, actor: str, code: str) -> None:
    filed = await register.file()
    assert await reason(register, filed, an_act(Step.CHECK_PACKAGE, actor=actor)) == code
    assert (await status(register, filed)).stage == Stage.RECEIVED


async def test_par_6_the_clerk_and_the_specialist_do_not_decide(register: Register) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.CHECK_PACKAGE))
    for actor in ("at001-clerk", "at001-specialist-1"):
        assert await reason(register, filed, an_act(Step.ADMIT, actor=actor)) == "wrong_role"


async def test_a_role_counts_at_the_moment_of_the_act_and_not_when_it_is_taken(register: Register) -> None:
    filed = await register.file()
    act, late = an_act(Step.CHECK_PACKAGE), an_act(Step.CHECK_PACKAGE)
    async with register.owner() as owner:
        await owner.execute("UPDATE staff_role SET valid_until = $1", local("2026-11-18 12:00"))
    assert await reason(register, filed, late, "2026-11-18 12:00") == "wrong_role"
    await register.accept(filed, act, "2026-11-18 11:59")
    verdict = await register.take(filed, act, "2026-11-19 09:00")
    assert verdict is not None
    assert verdict.kind is VerdictKind.TAKEN


@pytest.mark.parametrize("step", [Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER, Step.RECORD_DELIVERY])
async def test_an_act_at_the_wrong_stage_is_refused_and_kept(register: Register, step: Step) -> None:
    filed = await register.file()
    assert await reason(register, filed, an_act(step)) == "wrong_stage"
    (kept,) = (await status(register, filed)).acts
    assert (kept.verdict, kept.reason_code) == (VerdictKind.REFUSED, "wrong_stage")


async def test_an_unsealed_act_is_refused_where_the_setting_asks_for_seals(register: Register) -> None:
    filed, act = await register.file(), an_act(Step.WITHDRAW)
    await register.accept(filed, act)
    answer = await take_act(
        register.pool, filed.case_id, act.act_id, DUE_AT, HouseRules(unsealed_allowed=False)
    )
    assert answer.verdict is not None
    assert answer.verdict.reason is not None
    assert answer.verdict.reason.code == "not_sealed"
