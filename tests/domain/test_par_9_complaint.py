"""Paragraphs 9 and 10: what may be done to a complaint, by whom, and what it leads to."""

from datetime import timedelta
from typing import Any

import pytest

from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee, Form, Subject
from domain.complaint_stages import (
    COMPLAINT_TRANSITIONS,
    CONSIDERED,
    FINAL_STAGES,
    OPEN_COMPLAINT_STAGES,
    ComplaintStage,
    ComplaintStep,
)
from domain.events import Event
from domain.paper_kinds import PaperKind
from domain.refusal import InputRefused
from domain.staff import Role
from domain.stages import Stage, Step
from tests.builders import HEAD, OFFICER, an_act
from tests.domain.cases import a_case
from tests.domain.complaints import (
    AN_OFFICER,
    ANOTHER_OFFICER,
    DUE_AT,
    FORWARDING_DUE_AT,
    REGISTERED_AT,
    a_complaint,
    a_refused_case,
    only_at_school,
    refused,
    taken,
)

MEASURE = {"measure": "Ата-анаға құжаттардың көшірмесі берілді", "measure_on": "2026-11-20"}
PEOPLES_STEPS = [*ComplaintStep, Step.RECORD_DELIVERY]


def an_act_on(stage: ComplaintStage, step: ComplaintStep | Step, **changes: Any) -> Any:
    """The act by whoever may do it at that stage."""
    at_the_body = stage is ComplaintStage.IN_CONSIDERATION
    if at_the_body and step in {ComplaintStep.DECIDE, ComplaintStep.EXTEND}:
        changes = {"actor": OFFICER, **changes}
    return an_act(step, **changes)


@pytest.mark.parametrize(
    ("stage", "step"), sorted(key for key in COMPLAINT_TRANSITIONS if key[1] != "calendar_changed")
)
def test_par_9_every_transition_of_the_table_happens(stage: ComplaintStage, step: str) -> None:
    known = next(one for one in PEOPLES_STEPS if one == step)
    to_the_body = {"addressee": Addressee.QUALITY_BODY} if step == ComplaintStep.FORWARD else {}
    complaint = a_complaint(stage, form=Form.PAPER, **to_the_body)
    assert taken(an_act_on(stage, known), complaint).stage in COMPLAINT_TRANSITIONS[stage, step]


@pytest.mark.parametrize("stage", ComplaintStage)
@pytest.mark.parametrize("step", PEOPLES_STEPS)
def test_par_9_every_step_that_is_not_in_the_table_is_refused(
    stage: ComplaintStage, step: ComplaintStep | Step
) -> None:
    if (stage, step) not in COMPLAINT_TRANSITIONS:
        assert refused(an_act(step), a_complaint(stage)).code == "wrong_stage"


def test_a_complaint_is_open_or_final_and_nothing_else() -> None:
    assert {stage for stage in ComplaintStage if stage.is_final} == FINAL_STAGES
    assert set(ComplaintStage) == OPEN_COMPLAINT_STAGES | FINAL_STAGES
    assert CONSIDERED < OPEN_COMPLAINT_STAGES


# R9.2, R9.5 - the head; R9.3, R9.6 - the authorised body


@pytest.mark.parametrize("step", [ComplaintStep.DECIDE, ComplaintStep.EXTEND])
def test_r9_2_a_complaint_to_the_head_is_considered_by_the_head_of_that_school_only(
    step: ComplaintStep,
) -> None:
    complaint = a_complaint()
    assert taken(an_act(step), complaint, standing=only_at_school(Role.HEAD)).stage
    for role in (Role.CLERK, Role.SPECIALIST):
        assert refused(an_act(step), complaint, standing=only_at_school(role)).code == "wrong_role"
    assert refused(an_act(step), complaint, standing=AN_OFFICER).code == "other_school"


@pytest.mark.parametrize("step", [ComplaintStep.DECIDE, ComplaintStep.EXTEND, ComplaintStep.REGISTER])
def test_r9_3_a_complaint_to_the_authorised_body_is_considered_by_its_officers_only(
    step: ComplaintStep,
) -> None:
    stage = ComplaintStage.AT_AUTHORITY if step is ComplaintStep.REGISTER else ComplaintStage.IN_CONSIDERATION
    act, complaint = an_act(step, actor=OFFICER), a_complaint(stage)
    assert taken(act, complaint, standing=AN_OFFICER).stage
    assert refused(act, complaint, standing=ANOTHER_OFFICER).code == "other_school"
    assert refused(act, complaint, standing=only_at_school(Role.HEAD)).code == "wrong_role"


def test_d3_the_head_forwards_and_neither_the_clerk_nor_the_body_does() -> None:
    act, complaint = an_act(ComplaintStep.FORWARD), a_complaint(ComplaintStage.FORWARDING)
    forwarded = taken(act, complaint, standing=only_at_school(Role.HEAD))
    assert forwarded.stage is ComplaintStage.AT_AUTHORITY
    for somebody in (only_at_school(Role.CLERK), only_at_school(Role.SPECIALIST), AN_OFFICER):
        assert refused(act, complaint, standing=somebody).code == "wrong_role"


def test_the_applicant_may_take_a_complaint_back_and_nothing_else() -> None:
    for step in ComplaintStep:
        act = an_act(step, actor="applicant")
        if step is ComplaintStep.WITHDRAW:
            assert taken(act, a_complaint()).stage is ComplaintStage.WITHDRAWN
        else:
            stage = next(at for at, known in COMPLAINT_TRANSITIONS if known == step)
            assert refused(act, a_complaint(stage)).code == "not_for_applicants"


BY_REQUEST = {"actor": "at001-clerk", "reason": "Ата-ананың 20.11.2026 жазбаша өтініші бойынша"}


def test_the_clerk_takes_a_complaint_on_paper_back_only_on_a_written_request() -> None:
    act = an_act(ComplaintStep.WITHDRAW, actor="at001-clerk")
    on_paper, clerk = a_complaint(form=Form.PAPER), only_at_school(Role.CLERK)
    assert refused(act, on_paper, standing=clerk).code == "withdrawal_without_reason"
    on_request = an_act(ComplaintStep.WITHDRAW, **BY_REQUEST)
    assert taken(on_request, on_paper, standing=clerk).stage is ComplaintStage.WITHDRAWN


def test_nobody_takes_back_for_the_applicant_what_came_electronically_and_the_head_nothing() -> None:
    act = an_act(ComplaintStep.WITHDRAW, **BY_REQUEST)
    assert refused(act, a_complaint(), standing=only_at_school(Role.CLERK)).code == "wrong_role"
    on_paper = a_complaint(form=Form.PAPER)
    assert refused(act, on_paper, standing=only_at_school(Role.HEAD)).code == "wrong_role"


def test_the_school_does_not_take_back_what_the_body_has() -> None:
    act = an_act(ComplaintStep.WITHDRAW, **BY_REQUEST)
    complaint = a_complaint(ComplaintStage.IN_CONSIDERATION, form=Form.PAPER)
    assert refused(act, complaint, standing=only_at_school(Role.CLERK)).code == "wrong_role"
    assert taken(act, complaint, standing=AN_OFFICER).stage is ComplaintStage.WITHDRAWN


# the decision


@pytest.mark.parametrize("field", ["reasons"])
def test_r9_5_a_decision_without_reasons_is_no_decision(field: str) -> None:
    with pytest.raises(InputRefused) as error:
        an_act(ComplaintStep.DECIDE, **{field: " "})
    assert field in error.value.problems[0].where


def test_r9_5_the_reply_is_a_paper_and_keeps_the_term_to_answer() -> None:
    effects = taken(an_act(ComplaintStep.DECIDE), a_complaint())
    assert (effects.papers, effects.events) == ((PaperKind.COMPLAINT_REPLY,), (Event.COMPLAINT_DECIDED,))
    assert effects.stops == (ComplaintTermKind.CONSIDERATION,)


@pytest.mark.parametrize(
    ("step", "stage", "kept"),
    [
        (ComplaintStep.DECIDE, ComplaintStage.EXTENDED, {ComplaintTermKind.CONSIDERATION}),
        (ComplaintStep.SETTLE, ComplaintStage.FORWARDING, {ComplaintTermKind.FORWARDING}),
        (ComplaintStep.WITHDRAW, ComplaintStage.REGISTERED, set()),
        (ComplaintStep.WITHDRAW, ComplaintStage.FORWARDING, set()),
    ],
)
def test_par_9_the_end_of_a_complaint_keeps_the_term_that_it_was_for_and_the_others_lapse(
    step: ComplaintStep, stage: ComplaintStage, kept: set[ComplaintTermKind]
) -> None:
    effects = taken(an_act(step), a_complaint(stage))
    assert set(effects.stops) == kept
    assert set(effects.lapses) == set(ComplaintTermKind) - kept


def test_a_complaint_upheld_against_a_refusal_has_the_case_decided_anew() -> None:
    assert taken(an_act(ComplaintStep.DECIDE), a_complaint()).reopens


OF_INACTION: dict[str, Any] = {
    "object": Subject.INACTION,
    "attacked_act": None,
    "attacked_outcome": None,
    "attacked_by": None,
}


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.REGISTERED, Stage.WITH_SPECIALISTS])
def test_a_complaint_upheld_against_an_inaction_has_the_case_decided_anew(stage: Stage) -> None:
    case = a_case(stage, due_at=REGISTERED_AT - timedelta(hours=1))
    assert taken(an_act(ComplaintStep.DECIDE), a_complaint(**OF_INACTION), case).reopens


def test_a_term_that_still_runs_is_not_prolonged_by_a_complaint_of_inaction() -> None:
    case, complaint = a_case(due_at=REGISTERED_AT), a_complaint(**OF_INACTION)
    assert refused(an_act(ComplaintStep.DECIDE), complaint, case).code == "measure_missing"
    assert not taken(an_act(ComplaintStep.DECIDE, **MEASURE), complaint, case).reopens


def test_a_refusal_given_meanwhile_is_not_replaced_by_a_complaint_of_inaction() -> None:
    case = a_refused_case(due_at=REGISTERED_AT - timedelta(hours=1))
    assert not taken(an_act(ComplaintStep.DECIDE, **MEASURE), a_complaint(**OF_INACTION), case).reopens


@pytest.mark.parametrize("step", [ComplaintStep.DECIDE, ComplaintStep.SETTLE])
def test_what_another_complaint_has_reopened_is_not_reopened_again(step: ComplaintStep) -> None:
    stage = ComplaintStage.FORWARDING if step is ComplaintStep.SETTLE else ComplaintStage.REGISTERED
    changes = MEASURE if step is ComplaintStep.DECIDE else {}
    assert not taken(an_act(step, **changes), a_complaint(stage), a_refused_case(round=2)).reopens


@pytest.mark.parametrize("ruling", ["partly", "rejected"])
def test_a_complaint_not_wholly_upheld_leaves_the_case_as_it_is(ruling: str) -> None:
    measure = MEASURE if ruling == "partly" else {}
    assert not taken(an_act(ComplaintStep.DECIDE, ruling=ruling, **measure), a_complaint()).reopens


@pytest.mark.parametrize("ruling", ["upheld", "partly"])
@pytest.mark.parametrize("of", ["order", "action", "late order"])
def test_where_nothing_is_decided_anew_the_reply_names_the_measure_and_its_day(ruling: str, of: str) -> None:
    complaint = {
        "order": a_complaint(attacked_outcome=Stage.ORDER_ISSUED),
        "action": a_complaint(object=Subject.ACTION, attacked_outcome=None),
        "late order": a_complaint(object=Subject.INACTION, attacked_outcome=None),
    }[of]
    case = a_case(Stage.ORDER_ISSUED)
    assert refused(an_act(ComplaintStep.DECIDE, ruling=ruling), complaint, case).code == "measure_missing"
    effects = taken(an_act(ComplaintStep.DECIDE, ruling=ruling, **MEASURE), complaint, case)
    assert not effects.reopens


def test_a_measure_without_its_day_is_refused() -> None:
    with pytest.raises(InputRefused) as error:
        an_act(ComplaintStep.DECIDE, measure="Көшірме берілді")
    assert error.value.problems[0].code == "measure_without_day"


def test_d5_a_head_who_decides_on_an_act_of_the_heads_own_is_recorded_and_not_barred() -> None:
    own = taken(an_act(ComplaintStep.DECIDE, actor=HEAD), a_complaint(attacked_by=HEAD))
    other = taken(an_act(ComplaintStep.DECIDE, actor=HEAD), a_complaint(attacked_by="at001-head-before"))
    assert (own.conflict, other.conflict) == (True, False)


# D4 - the extension


def test_d4_the_term_is_extended_once_with_a_paper_for_the_complainant() -> None:
    effects = taken(an_act(ComplaintStep.EXTEND, working_days=10), a_complaint())
    assert (effects.stage, effects.extends_by) == (ComplaintStage.EXTENDED, 10)
    assert effects.papers == (PaperKind.EXTENSION_NOTICE,)
    again = refused(an_act(ComplaintStep.EXTEND), a_complaint(ComplaintStage.EXTENDED))
    assert again.code == "wrong_stage"


@pytest.mark.parametrize("days", [11, 15, 100])
def test_d4_the_term_is_extended_by_at_most_ten_working_days(days: int) -> None:
    assert (
        refused(an_act(ComplaintStep.EXTEND, working_days=days), a_complaint()).code == "extension_too_long"
    )


@pytest.mark.parametrize("days", [0, -1, "5", 2.5, True])
def test_d4_an_extension_is_a_number_of_working_days(days: object) -> None:
    with pytest.raises(InputRefused):
        an_act(ComplaintStep.EXTEND, working_days=days)


@pytest.mark.parametrize("field", ["reason", "ground"])
def test_d4_an_extension_needs_its_ground_and_its_reason(field: str) -> None:
    with pytest.raises(InputRefused) as error:
        an_act(ComplaintStep.EXTEND, **{field: ""})
    assert field in error.value.problems[0].where


def test_d4_a_term_is_extended_while_it_runs_and_not_after() -> None:
    act = an_act(ComplaintStep.EXTEND)
    assert taken(act, a_complaint(), at=DUE_AT).extends_by
    assert refused(act, a_complaint(), at=DUE_AT + timedelta(seconds=1)).code == "extension_too_late"


def test_d4_who_complained_on_paper_is_to_be_told_in_three_working_days_and_that_is_watched() -> None:
    on_paper = taken(an_act(ComplaintStep.EXTEND), a_complaint(form=Form.PAPER))
    in_the_cabinet = taken(an_act(ComplaintStep.EXTEND), a_complaint(form=Form.ELECTRONIC))
    assert (on_paper.starts, in_the_cabinet.starts) == ((ComplaintTermKind.EXTENSION_NOTICE,), ())
    told = taken(an_act(Step.RECORD_DELIVERY), a_complaint(ComplaintStage.EXTENDED, form=Form.PAPER))
    assert told.stops == (ComplaintTermKind.EXTENSION_NOTICE,)


def test_d4_what_came_electronically_is_told_in_the_cabinet_and_not_delivered_by_hand() -> None:
    complaint = a_complaint(ComplaintStage.EXTENDED)
    assert refused(an_act(Step.RECORD_DELIVERY), complaint).code == "delivered_by_cabinet"
    twice = a_complaint(ComplaintStage.DECIDED, form=Form.PAPER, delivered=True)
    assert refused(an_act(Step.RECORD_DELIVERY), twice).code == "already_delivered"


# D3 - through the school


def test_d3_forwarding_ends_the_schools_term_and_begins_the_wait_for_the_bodys_registration() -> None:
    effects = taken(an_act(ComplaintStep.FORWARD), a_complaint(ComplaintStage.FORWARDING))
    assert effects.papers == (PaperKind.COVERING_LETTER,)
    assert effects.stops == (ComplaintTermKind.FORWARDING,)
    assert effects.starts == (ComplaintTermKind.REGISTRATION,)


@pytest.mark.parametrize(
    "stage", [ComplaintStage.AT_AUTHORITY, ComplaintStage.IN_CONSIDERATION, ComplaintStage.EXTENDED]
)
def test_d3_the_case_file_follows_a_complaint_that_the_body_has_already(stage: ComplaintStage) -> None:
    complaint = a_complaint(stage, addressee=Addressee.QUALITY_BODY)
    effects = taken(an_act(ComplaintStep.FORWARD), complaint)
    assert (effects.stage, effects.papers) == (stage, (PaperKind.COVERING_LETTER,))
    assert (effects.starts, effects.stops) == ((), (ComplaintTermKind.FORWARDING,))


def test_d3_the_case_file_is_sent_once_and_only_to_the_body_that_considers_the_complaint() -> None:
    act = an_act(ComplaintStep.FORWARD)
    assert refused(act, a_complaint(ComplaintStage.AT_AUTHORITY, forwarded=True)).code == "already_forwarded"
    assert refused(act, a_complaint(ComplaintStage.EXTENDED)).code == "not_for_the_body"


def test_d3_the_school_owes_the_case_file_also_when_the_body_was_first() -> None:
    effects = taken(an_act(ComplaintStep.REGISTER), a_complaint(ComplaintStage.FORWARDING))
    assert ComplaintTermKind.FORWARDING not in {*effects.stops, *effects.lapses}


@pytest.mark.parametrize("stage", [ComplaintStage.FORWARDING, ComplaintStage.AT_AUTHORITY])
def test_r9_4_the_fifteen_days_run_from_the_registration_at_the_body(stage: ComplaintStage) -> None:
    effects = taken(an_act(ComplaintStep.REGISTER), a_complaint(stage))
    assert effects.starts == (ComplaintTermKind.CONSIDERATION,)
    assert effects.papers == (PaperKind.COMPLAINT_CONFIRMATION,)


def test_d3_the_school_settles_a_complaint_of_its_refusal_by_deciding_anew() -> None:
    effects = taken(an_act(ComplaintStep.SETTLE), a_complaint(ComplaintStage.FORWARDING))
    assert (effects.stage, effects.reopens) == (ComplaintStage.SETTLED, True)


def test_d3_the_school_settles_only_while_it_may_still_forward() -> None:
    act, complaint = an_act(ComplaintStep.SETTLE), a_complaint(ComplaintStage.FORWARDING)
    assert taken(act, complaint, at=FORWARDING_DUE_AT).stage is ComplaintStage.SETTLED
    late = refused(act, complaint, at=FORWARDING_DUE_AT + timedelta(seconds=1))
    assert late.code == "settled_too_late"


def test_d3_a_complaint_of_inaction_is_settled_only_by_an_outcome() -> None:
    complaint = a_complaint(
        ComplaintStage.FORWARDING, object=Subject.INACTION, attacked_act=None, attacked_outcome=None
    )
    act = an_act(ComplaintStep.SETTLE)
    assert refused(act, complaint, a_case(Stage.WITH_SPECIALISTS)).code == "not_settled"
    settled = taken(act, complaint, a_case(Stage.ORDER_ISSUED))
    assert (settled.stage, settled.reopens) == (ComplaintStage.SETTLED, False)


def test_only_the_head_settles() -> None:
    act, complaint = an_act(ComplaintStep.SETTLE), a_complaint(ComplaintStage.FORWARDING)
    assert refused(act, complaint, standing=only_at_school(Role.CLERK)).code == "wrong_role"
