"""Paragraph 9: how the application goes on after an answer, beside what else there is of the child (Q21)."""

import pytest

from domain.complaint_stages import ComplaintStage, ComplaintStep
from domain.consequence import Consequence, OtherCase
from domain.events import Event
from tests.builders import an_act
from tests.domain.complaints import a_complaint, a_refused_case, refused, taken

MEASURE = {"measure": "Ата-анаға құжаттардың көшірмесі берілді", "measure_on": "2026-11-20"}


@pytest.mark.parametrize(
    ("registration_number", "consequence"),
    [("1", Consequence.AT_THE_DESK), (None, Consequence.AT_THE_CHECK)],
)
def test_r5_4_what_nobody_has_registered_goes_back_to_the_check_and_not_to_the_desk(
    registration_number: str | None, consequence: Consequence
) -> None:
    case = a_refused_case(registration_number=registration_number)
    assert taken(an_act(ComplaintStep.DECIDE), a_complaint(), case).consequence is consequence


@pytest.mark.parametrize("step", [ComplaintStep.DECIDE, ComplaintStep.SETTLE])
def test_q21_another_open_case_of_the_child_takes_the_place_of_the_one_complained_of(
    step: ComplaintStep,
) -> None:
    other = OtherCase(number="AT001-2026-00002", ordered=False)
    stage = ComplaintStage.FORWARDING if step is ComplaintStep.SETTLE else ComplaintStage.REGISTERED
    effects = taken(an_act(step), a_complaint(stage), a_refused_case(other=other))
    assert (effects.consequence, effects.other_case) == (Consequence.IN_ANOTHER_CASE, "AT001-2026-00002")
    assert Event.REOPENING_LINKED in effects.events
    assert not effects.reopens


def test_par_7_a_child_that_has_its_order_by_then_is_given_no_second_one() -> None:
    case = a_refused_case(other=OtherCase(number="AT001-2026-00002", ordered=True))
    problem = refused(an_act(ComplaintStep.DECIDE), a_complaint(), case)
    assert problem.code == "measure_missing"
    assert "an order on another application" in problem.why
    effects = taken(an_act(ComplaintStep.DECIDE, **MEASURE), a_complaint(), case)
    assert (effects.consequence, effects.reopens) == (Consequence.ORDERED_ALREADY, False)


def test_an_answer_that_sets_nothing_aside_does_not_speak_of_other_cases() -> None:
    case = a_refused_case(other=OtherCase(number="AT001-2026-00002", ordered=False))
    effects = taken(an_act(ComplaintStep.DECIDE, ruling="rejected"), a_complaint(), case)
    assert (effects.consequence, effects.other_case) == (None, None)
    assert effects.events == (Event.COMPLAINT_DECIDED,)
