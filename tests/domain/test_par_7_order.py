"""The order, the withdrawal and the delivery of the result (par. 7): R7.1, Q30."""

import pytest

from domain.case import Case
from domain.events import Event
from domain.papers import PaperKind
from domain.stages import OPEN_STAGES, Stage, Step
from tests.builders import an_act
from tests.domain.cases import a_case, an_office_case, refused, taken

BOTH_CHANNELS = pytest.mark.parametrize(
    "case", [a_case(Stage.PLAN_READY), an_office_case(Stage.PLAN_READY)], ids=["portal", "office"]
)


@BOTH_CHANNELS
def test_par_7_r7_1_the_heads_signature_issues_the_order(case: Case) -> None:
    effects = taken(an_act(Step.SIGN_ORDER), case)
    assert effects.stage is Stage.ORDER_ISSUED
    assert effects.papers == (PaperKind.ORDER,)
    assert effects.events == (Event.ORDER_ISSUED,)


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.PLAN_READY}))
def test_par_7_r7_1_no_order_without_review_hand_over_and_plan(stage: Stage) -> None:
    assert refused(an_act(Step.SIGN_ORDER), a_case(stage)).code == "wrong_stage"


def test_par_7_r7_1_there_is_one_order_per_case() -> None:
    assert refused(an_act(Step.SIGN_ORDER), a_case(Stage.ORDER_ISSUED)).code == "wrong_stage"


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_the_applicant_may_withdraw_until_the_outcome(stage: Stage) -> None:
    effects = taken(an_act(Step.WITHDRAW), a_case(stage))
    assert (effects.stage, effects.events) == (Stage.WITHDRAWN, (Event.WITHDRAWN,))
    assert effects.papers == (PaperKind.WITHDRAWAL_RECEIPT,)


@pytest.mark.parametrize("stage", [Stage.ORDER_ISSUED, Stage.REFUSED])
@pytest.mark.parametrize("manner", ["HANDED_OVER", "POSTED"])
def test_q30_the_office_records_when_the_paper_reached_the_applicant(stage: Stage, manner: str) -> None:
    effects = taken(an_act(Step.RECORD_DELIVERY, manner=manner), an_office_case(stage))
    assert (effects.stage, effects.events) == (stage, (Event.RESULT_DELIVERED,))


def test_q30_only_the_first_delivery_counts() -> None:
    case = an_office_case(Stage.REFUSED, delivered=True)
    assert refused(an_act(Step.RECORD_DELIVERY), case).code == "already_delivered"


@pytest.mark.parametrize("stage", [Stage.ORDER_ISSUED, Stage.REFUSED])
def test_par_5_a_portal_result_is_in_the_cabinet_and_not_handed_over(stage: Stage) -> None:
    assert refused(an_act(Step.RECORD_DELIVERY), a_case(stage)).code == "delivered_by_cabinet"


def test_q30_a_withdrawal_has_no_paper_to_deliver() -> None:
    case = an_office_case(Stage.WITHDRAWN)
    assert refused(an_act(Step.RECORD_DELIVERY), case).code == "wrong_stage"
