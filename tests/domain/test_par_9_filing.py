"""Paragraph 9: of what, by whom and to whom one may complain."""

from typing import Any

import pytest

from domain.case import Case, DoneAct, Standing
from domain.complaint import Via
from domain.complaint_acts import Form
from domain.complaint_filing import FiledComplaint
from domain.complaint_stages import ComplaintStage
from domain.refusal import InputRefused
from domain.staff import Role
from domain.stages import Stage, Step
from tests.builders import APPLICANT_IIN, CLERK, HEAD, OFFICER, an_act
from tests.domain.cases import a_case, refused, taken
from tests.domain.complaints import AN_OFFICER, ANOTHER_OFFICER, EVERYBODY, only_at_school

REFUSAL = DoneAct(act_id="refusal-1", step=Step.REFUSE, actor=HEAD, round=1)
PAPERS = DoneAct(act_id="papers-1", step=Step.ADD_DOCUMENTS, actor="applicant", round=1)
WITH_HEAD = EVERYBODY.model_copy(update={"bodies": frozenset(), "heads": frozenset({HEAD})})


def a_refused_case() -> Case:
    return a_case(Stage.REFUSED, outcome_act=REFUSAL.act_id, done=(PAPERS, REFUSAL))


def filed(case: Case, standing: Standing = WITH_HEAD, **changes: Any) -> FiledComplaint:
    """What the register enters of the complaint."""
    complaint = taken(an_act(Step.FILE_COMPLAINT, **changes), case, standing).complaint
    assert complaint is not None
    return complaint


@pytest.mark.parametrize("stage", Stage)
def test_r9_1_one_may_complain_of_inaction_at_any_stage_before_or_after_an_outcome(stage: Stage) -> None:
    effects = taken(an_act(Step.FILE_COMPLAINT), a_case(stage), WITH_HEAD)
    assert effects.stage is stage
    assert effects.complaint is not None


def test_r9_1_a_complaint_of_a_decision_is_of_the_outcome_unless_it_names_another_act() -> None:
    meant = filed(a_refused_case(), object="DECISION")
    assert (meant.attacked_act, meant.attacked_outcome, meant.attacked_by) == (
        "refusal-1",
        Stage.REFUSED,
        HEAD,
    )


@pytest.mark.parametrize("named", [None, "act-of-nobody", PAPERS.act_id])
def test_r9_1_a_complaint_of_a_decision_needs_one_of_the_school(named: str | None) -> None:
    case = a_refused_case() if named else a_case()
    problem = refused(an_act(Step.FILE_COMPLAINT, object="DECISION", attacked_act=named), case)
    assert problem.code == ("unknown_attacked_act" if named else "nothing_decided")


def test_r9_1_a_complaint_of_an_action_says_of_which() -> None:
    with pytest.raises(InputRefused) as error:
        an_act(Step.FILE_COMPLAINT, object="ACTION")
    assert error.value.problems[0].code == "action_not_told"
    said = filed(a_case(), object="ACTION", action="Кеңсе қызметкері құжаттарды қабылдаудан бас тартты")
    assert (said.attacked_act, said.conflict) == (None, False)


@pytest.mark.parametrize("left_out", ["object", "grounds", "addressee", "complainant_iin"])
def test_a_complaint_says_who_complains_of_what_to_whom_and_on_which_grounds(left_out: str) -> None:
    with pytest.raises(InputRefused) as error:
        an_act(Step.FILE_COMPLAINT, **{left_out: None})
    assert left_out in error.value.problems[0].where


def test_a_complaint_in_a_foreign_case_is_refused_without_a_word_about_the_case() -> None:
    problem = refused(an_act(Step.FILE_COMPLAINT, complainant_iin="851003300025"), a_case())
    assert problem.code == "foreign_case"
    assert APPLICANT_IIN not in str(problem)


@pytest.mark.parametrize(
    ("addressee", "standing", "stage", "via"),
    [
        ("HEAD", WITH_HEAD, ComplaintStage.REGISTERED, Via.SCHOOL),
        ("QUALITY_BODY", WITH_HEAD, ComplaintStage.FORWARDING, Via.SCHOOL),
        ("QUALITY_BODY", AN_OFFICER, ComplaintStage.AT_AUTHORITY, Via.AUTHORITY),
    ],
)
def test_r9_2_r9_3_where_a_complaint_begins_follows_from_its_addressee_and_where_it_came(
    addressee: str, standing: Standing, stage: ComplaintStage, via: Via
) -> None:
    complaint = filed(a_case(), standing, addressee=addressee, actor=OFFICER)
    assert (complaint.stage, complaint.via) == (stage, via)


@pytest.mark.parametrize("addressee", ["LOCAL_EXECUTIVE_BODY", "COURT", "head"])
def test_q15_one_complains_to_the_head_or_to_the_authorised_body_and_to_nobody_else(addressee: str) -> None:
    with pytest.raises(InputRefused) as error:
        an_act(Step.FILE_COMPLAINT, addressee=addressee)
    (problem,) = error.value.problems
    assert "addressee" in problem.where
    assert "'HEAD' or 'QUALITY_BODY'" in str(problem)


def test_a_complaint_to_the_head_is_not_entered_by_the_body() -> None:
    problem = refused(an_act(Step.FILE_COMPLAINT, actor=OFFICER), a_case(), AN_OFFICER)
    assert problem.code == "other_addressee"


def test_staff_who_neither_keep_the_office_nor_control_it_enter_no_complaint() -> None:
    act = an_act(Step.FILE_COMPLAINT, actor=HEAD)
    assert refused(act, a_case(), only_at_school(Role.HEAD)).code == "wrong_role"
    assert refused(act, a_case(), ANOTHER_OFFICER).code == "wrong_role"


def test_d4_the_applicants_own_complaint_is_electronic_and_one_that_the_clerk_enters_is_on_paper() -> None:
    assert filed(a_case(), form="PAPER").form is Form.ELECTRONIC
    assert filed(a_case(), only_at_school(Role.CLERK), actor=CLERK).form is Form.PAPER
    assert filed(a_case(), only_at_school(Role.CLERK), actor=CLERK, form="ELECTRONIC").form is Form.ELECTRONIC


def test_a_portal_applicant_may_bring_a_complaint_on_paper_to_the_office() -> None:
    assert filed(a_case(Stage.REGISTERED), only_at_school(Role.CLERK), actor=CLERK).via is Via.SCHOOL


@pytest.mark.parametrize(("addressee", "conflict"), [("HEAD", True), ("QUALITY_BODY", False)])
def test_d5_a_head_who_is_to_decide_on_the_heads_own_act_is_shown(addressee: str, conflict: bool) -> None:
    assert filed(a_refused_case(), object="DECISION", addressee=addressee).conflict is conflict


@pytest.mark.parametrize(
    ("stage", "conflict"),
    [
        (Stage.RECEIVED, False),
        (Stage.REGISTERED, True),
        (Stage.REFUSAL_PROPOSED, True),
        (Stage.WITH_SPECIALISTS, False),
        (Stage.PLAN_READY, True),
        (Stage.REFUSED, False),
    ],
)
def test_d5_a_head_who_is_to_decide_on_an_inaction_of_the_head_alone_is_shown(
    stage: Stage, conflict: bool
) -> None:
    to_the_head, to_the_body = filed(a_case(stage)), filed(a_case(stage), addressee="QUALITY_BODY")
    assert (to_the_head.conflict, to_the_body.conflict) == (conflict, False)
    assert to_the_head.attacked_by == to_the_body.attacked_by == (HEAD if conflict else None)


def test_d5_where_two_have_the_heads_authority_the_inaction_is_shown_and_laid_to_neither() -> None:
    two = WITH_HEAD.model_copy(update={"heads": frozenset({HEAD, "at001-head-new"})})
    meant = filed(a_case(Stage.REGISTERED), two)
    assert (meant.conflict, meant.attacked_by) == (True, None)


def test_r9_1_an_inaction_is_no_act_so_that_none_can_be_named() -> None:
    with pytest.raises(InputRefused) as error:
        an_act(Step.FILE_COMPLAINT, attacked_act=REFUSAL.act_id)
    (problem,) = error.value.problems
    assert problem.code == "inaction_is_no_act"
    assert "Leave attacked_act out" in problem.instead


@pytest.mark.parametrize("subject", ["DECISION", "ACTION"])
def test_r9_1_nobody_complains_of_what_the_register_does_by_itself(subject: str) -> None:
    recount = DoneAct(act_id="recount-1", step=Step.CALENDAR_CHANGED, actor="register", round=1)
    case = a_case(Stage.REGISTERED, done=(recount,))
    act = an_act(Step.FILE_COMPLAINT, object=subject, attacked_act="recount-1", action="Мерзім ауыстырылды")
    problem = refused(act, case)
    assert (problem.code, problem.where) == ("act_of_the_register", "act")


def test_d5_an_act_of_the_head_before_is_no_conflict_of_the_present_one() -> None:
    standing = WITH_HEAD.model_copy(update={"heads": frozenset({"at001-head-new"})})
    assert not filed(a_refused_case(), standing, object="DECISION").conflict
