"""Who may do what (R5.4, R6.1, R6.4, R7.1, Q9, Q10): every role tries every step."""

import pytest

from domain.case import Standing
from domain.inquiry import FactKind
from domain.staff import APPLICANT, Role
from domain.stages import STEPS_OF_THE_REGISTER, Stage, Step
from tests.builders import CLERK, OTHER_SCHOOL, SCHOOL, SPECIALIST, an_act
from tests.domain.cases import ANYONE, a_case, an_admission, an_office_case, refused, taken
from tests.domain.test_transitions import TO_ONE_STAGE

MAY = {
    Step.CHECK_PACKAGE: {Role.CLERK},
    Step.ADMIT: {Role.HEAD},
    Step.REFUSE: {Role.HEAD},
    Step.SUBMIT_PLAN: {Role.SPECIALIST},
    Step.RETURN_PLAN: {Role.HEAD},
    Step.SIGN_ORDER: {Role.HEAD},
    Step.ADD_DOCUMENTS: {Role.APPLICANT, Role.CLERK},
    Step.WITHDRAW: {Role.APPLICANT, Role.CLERK},
    Step.RECORD_DELIVERY: {Role.CLERK},
    Step.DISPUTE_FACT: {Role.APPLICANT, Role.CLERK},
}
SCENARIOS = {step: scenario for (_, step, _), scenario in TO_ONE_STAGE.items()}
AT_THE_OFFICE = {
    Step.ADD_DOCUMENTS: (an_office_case(), {}),
    Step.WITHDRAW: (an_office_case(), {"reason": "Ата-ананың 20.11.2026 жазбаша өтініші бойынша"}),
    Step.DISPUTE_FACT: (an_office_case(facts=tuple(FactKind)), {}),
}
"""What the clerk may do for the applicant."""
STAFF = [role for role in Role if role is not Role.APPLICANT]
OF_THE_SERVICE = [step for step in Step if step not in {*STEPS_OF_THE_REGISTER, Step.FILE_COMPLAINT}]
"""The steps of paragraphs 4 to 7; complaints have their own tests."""
EVERY_STEP = pytest.mark.parametrize("step", OF_THE_SERVICE)


def only(role: Role) -> Standing:
    return ANYONE.model_copy(update={"roles": frozenset({role})})


@EVERY_STEP
@pytest.mark.parametrize("role", STAFF)
def test_par_4_to_7_each_step_is_for_its_own_role_of_the_school(role: Role, step: Step) -> None:
    case, changes = AT_THE_OFFICE.get(step, SCENARIOS[step])
    act = an_act(step, actor=SPECIALIST, **changes)
    if role in MAY[step]:
        assert taken(act, case, only(role)).stage
    else:
        assert refused(act, case, only(role)).code == "wrong_role"


@EVERY_STEP
def test_the_applicant_does_only_what_is_the_applicants(step: Step) -> None:
    case, changes = SCENARIOS[step]
    act = an_act(step, actor=APPLICANT, **changes)
    if Role.APPLICANT in MAY[step]:
        assert taken(act, case, Standing(known=False)).stage
    else:
        assert refused(act, case).code == "not_for_applicants"


@EVERY_STEP
def test_nobody_of_the_staff_has_the_applicants_role(step: Step) -> None:
    act = an_act(step, actor="at001-guest", **SCENARIOS[step][1])
    role_less = ANYONE.model_copy(update={"roles": frozenset()})
    assert refused(act, SCENARIOS[step][0], role_less).code == "wrong_role"


@EVERY_STEP
def test_par_3_staff_of_another_school_may_do_nothing(step: Step) -> None:
    case, changes = SCENARIOS[step]
    stranger = Standing(known=True, schools=frozenset({OTHER_SCHOOL}))
    problem = refused(an_act(step, actor="at002-head", **changes), case, stranger)
    assert problem.code == "other_school"


@EVERY_STEP
def test_a_person_whom_the_directory_does_not_know_may_do_nothing(step: Step) -> None:
    case, changes = SCENARIOS[step]
    problem = refused(an_act(step, actor="880414400029", **changes), case, Standing(known=False))
    assert problem.code == "unknown_actor"
    assert "880414400029" not in str(problem)


def test_a_person_who_works_at_both_schools_acts_by_the_role_held_at_the_cases_school() -> None:
    both = frozenset({SCHOOL, OTHER_SCHOOL})
    here = Standing(known=True, roles=frozenset({Role.CLERK}), schools=both)
    elsewhere = Standing(known=True, roles=frozenset(), schools=both)
    assert taken(an_act(Step.CHECK_PACKAGE), a_case(), here).stage is Stage.REGISTERED
    assert refused(an_act(Step.CHECK_PACKAGE), a_case(), elsewhere).code == "wrong_role"


@pytest.mark.parametrize("step", [Step.ADD_DOCUMENTS, Step.WITHDRAW, Step.DISPUTE_FACT])
def test_q10_on_the_portal_the_clerk_does_not_act_for_the_applicant(step: Step) -> None:
    act = an_act(step, actor=CLERK, **AT_THE_OFFICE[step][1])
    assert refused(act, a_case(), only(Role.CLERK)).code == "applicants_own"


def test_at_the_office_the_clerk_withdraws_only_on_the_applicants_written_request() -> None:
    problem = refused(an_act(Step.WITHDRAW, actor=CLERK), an_office_case(), only(Role.CLERK))
    assert problem.code == "withdrawal_without_reason"
    assert "written request" in problem.instead


def test_a_role_that_has_ended_is_no_role() -> None:
    formerly = Standing(known=True, roles=frozenset(), schools=frozenset())
    assert refused(an_act(Step.SIGN_ORDER), a_case(Stage.PLAN_READY), formerly).code == "wrong_role"


def test_par_6_only_specialists_to_whom_the_head_handed_the_case_submit_the_plan() -> None:
    case = a_case(Stage.WITH_SPECIALISTS, admitted=an_admission(specialists=["at001-specialist-2"]))
    problem = refused(an_act(Step.SUBMIT_PLAN, actor=SPECIALIST), case)
    assert problem.code == "not_assigned"
    assert "at001-specialist-2" in problem.instead
    assert taken(an_act(Step.SUBMIT_PLAN, actor="at001-specialist-2"), case).stage is Stage.PLAN_READY


def test_par_6_the_head_hands_over_only_to_specialists_of_the_school() -> None:
    act = an_act(Step.ADMIT, specialists=[SPECIALIST, "880414400029"])
    problem = refused(act, a_case(Stage.REGISTERED))
    assert problem.code == "not_a_specialist"
    assert "880414400029" not in str(problem)
    assert SPECIALIST in problem.instead


def test_a_person_without_the_role_is_told_so_before_anything_of_the_case() -> None:
    assert refused(an_act(Step.SIGN_ORDER), a_case(), only(Role.CLERK)).code == "wrong_role"
