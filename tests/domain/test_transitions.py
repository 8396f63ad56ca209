"""The table of stages (par. 4-7): every step that it has happens, every step that it has not is refused."""

from typing import Any

import pytest

from domain.case import Case
from domain.inquiry import FactKind
from domain.stages import OPEN_STAGES, OUTCOMES, STEPS_OF_THE_REGISTER, TRANSITIONS, Stage, Step, steps_from
from tests.builders import an_act
from tests.domain.cases import (
    EXPIRED_CONCLUSION,
    OVERRULED,
    a_case,
    a_check,
    an_office_case,
    checked,
    refused,
    taken,
)

Scenario = tuple[Case, dict[str, Any]]
FOUND_BY_THE_HEAD = {
    "findings": [{"document": "VKK_CONCLUSION", "defect": "MISSING", "note": "Бұл басқа баланың қорытындысы"}]
}

TO_ONE_STAGE: dict[tuple[Stage, Step, Stage], Scenario] = {
    (Stage.RECEIVED, Step.CHECK_PACKAGE, Stage.REGISTERED): (a_case(), {}),
    (Stage.RECEIVED, Step.CHECK_PACKAGE, Stage.REFUSAL_PROPOSED): (
        a_case(documents=()),
        {"items": [checked(present=False)]},
    ),
    (Stage.REGISTERED, Step.ADMIT, Stage.WITH_SPECIALISTS): (a_case(Stage.REGISTERED), {}),
    (Stage.REGISTERED, Step.REFUSE, Stage.REFUSED): (an_office_case(Stage.REGISTERED), FOUND_BY_THE_HEAD),
    (Stage.REFUSAL_PROPOSED, Step.REFUSE, Stage.REFUSED): (a_case(Stage.REFUSAL_PROPOSED), {}),
    (Stage.REFUSAL_PROPOSED, Step.ADMIT, Stage.WITH_SPECIALISTS): (
        a_case(Stage.REFUSAL_PROPOSED, findings=(EXPIRED_CONCLUSION,)),
        {"overruled": [OVERRULED]},
    ),
    (Stage.WITH_SPECIALISTS, Step.ADMIT, Stage.WITH_SPECIALISTS): (a_case(Stage.WITH_SPECIALISTS), {}),
    (Stage.WITH_SPECIALISTS, Step.SUBMIT_PLAN, Stage.PLAN_READY): (a_case(Stage.WITH_SPECIALISTS), {}),
    (Stage.PLAN_READY, Step.RETURN_PLAN, Stage.WITH_SPECIALISTS): (a_case(Stage.PLAN_READY), {}),
    (Stage.PLAN_READY, Step.SIGN_ORDER, Stage.ORDER_ISSUED): (a_case(Stage.PLAN_READY), {}),
    (Stage.ORDER_ISSUED, Step.RECORD_DELIVERY, Stage.ORDER_ISSUED): (an_office_case(Stage.ORDER_ISSUED), {}),
    (Stage.REFUSED, Step.RECORD_DELIVERY, Stage.REFUSED): (an_office_case(Stage.REFUSED), {}),
    **{(stage, Step.ADD_DOCUMENTS, Stage.RECEIVED): (a_case(stage), {}) for stage in OPEN_STAGES},
    **{(stage, Step.WITHDRAW, Stage.WITHDRAWN): (a_case(stage), {}) for stage in OPEN_STAGES},
    **{
        (stage, Step.DISPUTE_FACT, stage): (a_case(stage, facts=tuple(FactKind)), {}) for stage in OPEN_STAGES
    },
    **{(stage, Step.FILE_COMPLAINT, stage): (a_case(stage), {}) for stage in Stage},
}
NOT_IN_THE_TABLE = [
    (stage, step)
    for stage in Stage
    for step in Step
    if (stage, step) not in TRANSITIONS and step not in STEPS_OF_THE_REGISTER
]


def test_there_is_a_scenario_for_every_transition_of_the_table() -> None:
    assert set(TO_ONE_STAGE) == {
        (stage, step, reached)
        for (stage, step), targets in TRANSITIONS.items()
        for reached in targets
        if step not in STEPS_OF_THE_REGISTER
    }


@pytest.mark.parametrize(("stage", "step", "reached"), sorted(TO_ONE_STAGE))
def test_par_4_to_7_every_transition_of_the_table_happens(stage: Stage, step: Step, reached: Stage) -> None:
    case, changes = TO_ONE_STAGE[stage, step, reached]
    assert case.stage is stage
    assert taken(an_act(step, **changes), case).stage is reached


@pytest.mark.parametrize(("stage", "step"), NOT_IN_THE_TABLE)
@pytest.mark.parametrize("a_case_of", [a_case, an_office_case], ids=["portal", "office"])
def test_par_4_to_7_every_step_that_is_not_in_the_table_is_refused(
    stage: Stage, step: Step, a_case_of: Any
) -> None:
    problem = refused(an_act(step), a_case_of(stage))
    assert problem.code == "wrong_stage"
    assert stage in problem.what
    barred = {Step.REFUSE} if stage is Stage.REGISTERED and a_case_of is a_case else set()
    assert all((step in problem.why) == (step not in barred) for step in steps_from(stage))


def test_after_the_outcome_a_delivery_can_be_recorded_and_a_complaint_filed() -> None:
    assert {stage: steps_from(stage) for stage in OUTCOMES} == {
        Stage.ORDER_ISSUED: (Step.RECORD_DELIVERY, Step.FILE_COMPLAINT),
        Stage.REFUSED: (Step.RECORD_DELIVERY, Step.FILE_COMPLAINT),
        Stage.WITHDRAWN: (Step.FILE_COMPLAINT,),
    }


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_q10_while_there_is_no_outcome_the_applicant_may_add_papers_or_withdraw(stage: Stage) -> None:
    assert {Step.ADD_DOCUMENTS, Step.WITHDRAW} <= set(steps_from(stage))
    assert not stage.is_outcome


def test_the_steps_of_a_stage_come_in_the_order_of_the_procedure() -> None:
    assert steps_from(Stage.REGISTERED) == (
        Step.ADMIT,
        Step.REFUSE,
        Step.ADD_DOCUMENTS,
        Step.WITHDRAW,
        Step.DISPUTE_FACT,
        Step.FILE_COMPLAINT,
    )


def test_par_5_a_check_can_lead_only_where_the_table_says() -> None:
    act = a_check(checked(present=False, note="Бұл ДКК қорытындысы емес"))
    assert taken(act, a_case()).stage in TRANSITIONS[Stage.RECEIVED, Step.CHECK_PACKAGE]


def test_par_5_a_portal_case_after_its_notice_is_not_told_that_it_may_be_refused() -> None:
    said = refused(an_act(Step.CHECK_PACKAGE), a_case(Stage.REGISTERED))
    assert "the Rules allow: admit, add_documents, withdraw, dispute_fact, file_complaint" in said.why
