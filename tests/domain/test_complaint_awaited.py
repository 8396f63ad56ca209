"""Whom a complaint waits for, at each stage."""

import pytest

from domain.acts import OF_A_COMPLAINT
from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee, Form
from domain.complaint_awaited import all_awaited, complaint_awaited
from domain.complaint_stages import COMPLAINT_TRANSITIONS, OPEN_COMPLAINT_STAGES, ComplaintStage
from domain.staff import Role
from domain.stages import Step
from tests.builders import AUTHORISED_BODY, CLERK, OFFICER, SCHOOL, an_act
from tests.domain.complaints import AN_OFFICER, a_complaint, only_at_school, taken

WHO_DECIDES = [
    pytest.param(ComplaintStage.REGISTERED, Addressee.HEAD, Role.HEAD, id="R9.2: the head"),
    pytest.param(ComplaintStage.IN_CONSIDERATION, Addressee.QUALITY_BODY, Role.OFFICER, id="R9.3: the body"),
    pytest.param(ComplaintStage.EXTENDED, Addressee.HEAD, Role.HEAD, id="D4: the head, extended"),
    pytest.param(ComplaintStage.EXTENDED, Addressee.QUALITY_BODY, Role.OFFICER, id="D4: the body, extended"),
]


@pytest.mark.parametrize(("stage", "addressee", "role"), WHO_DECIDES)
def test_par_9_a_complaint_waits_for_whoever_decides_it(
    stage: ComplaintStage, addressee: Addressee, role: Role
) -> None:
    awaited = complaint_awaited(stage, addressee)
    assert awaited is not None
    assert (awaited.role, awaited.act) == (role, "complaint_decision")


@pytest.mark.parametrize("addressee", Addressee)
@pytest.mark.parametrize("stage", ComplaintStage)
def test_an_open_complaint_waits_for_an_act_that_its_stage_allows_and_a_closed_one_for_nobody(
    stage: ComplaintStage, addressee: Addressee
) -> None:
    awaited = complaint_awaited(stage, addressee)
    assert (awaited is None) is (stage not in OPEN_COMPLAINT_STAGES)
    if awaited:
        assert {awaited.act, *awaited.instead} <= OF_A_COMPLAINT
        assert all((stage, act) in COMPLAINT_TRANSITIONS for act in (awaited.act, *awaited.instead))


@pytest.mark.parametrize(
    ("stage", "instead"),
    [
        (ComplaintStage.REGISTERED, ("extend_complaint",)),
        (ComplaintStage.FORWARDING, ("settle_complaint",)),
        (ComplaintStage.AT_AUTHORITY, ()),
        (ComplaintStage.IN_CONSIDERATION, ("extend_complaint",)),
        (ComplaintStage.EXTENDED, ()),
    ],
)
def test_d3_d4_a_complaint_is_extended_once_or_settled_while_the_term_runs(
    stage: ComplaintStage, instead: tuple[str, ...]
) -> None:
    running = complaint_awaited(stage, Addressee.QUALITY_BODY)
    late = complaint_awaited(stage, Addressee.QUALITY_BODY, over=tuple(ComplaintTermKind))
    assert running is not None
    assert late is not None
    assert (running.act, running.instead) == (late.act, instead)
    assert late.instead == ()


@pytest.mark.parametrize("addressee", Addressee)
@pytest.mark.parametrize("stage", ComplaintStage)
def test_q30_a_paper_is_handed_over_where_the_rules_allow_it_and_by_whom_they_allow(
    stage: ComplaintStage, addressee: Addressee
) -> None:
    all_of_it = all_awaited(stage, addressee, over=(), forwarded=True, to_hand_over=True)
    deliveries = [one for one in all_of_it if one.act == "record_delivery"]
    assert bool(deliveries) is ((stage, "record_delivery") in COMPLAINT_TRANSITIONS)
    for awaited in deliveries:
        considered_by = SCHOOL if addressee is Addressee.HEAD else AUTHORISED_BODY
        complaint = a_complaint(stage, addressee=addressee, considered_by=considered_by, form=Form.PAPER)
        officer = awaited.role is Role.OFFICER
        standing = AN_OFFICER if officer else only_at_school(awaited.role)
        delivery = an_act(Step.RECORD_DELIVERY, actor=OFFICER if officer else CLERK)
        assert taken(delivery, complaint, standing=standing).stage is stage


@pytest.mark.parametrize("addressee", Addressee)
@pytest.mark.parametrize("stage", ComplaintStage)
def test_d3_the_school_owes_the_case_file_wherever_the_rules_let_it_send_one(
    stage: ComplaintStage, addressee: Addressee
) -> None:
    owed = all_awaited(stage, addressee, over=(), forwarded=False, to_hand_over=False)
    allowed = (stage, "forward_complaint") in COMPLAINT_TRANSITIONS
    to_forward = [one for one in owed if one.act == "forward_complaint"]
    if stage is ComplaintStage.FORWARDING or addressee is Addressee.QUALITY_BODY:
        assert [one.role for one in to_forward] == [Role.HEAD] * allowed
    else:
        assert to_forward == []
    sent = all_awaited(stage, addressee, over=(), forwarded=True, to_hand_over=False)
    assert len(owed) - len(sent) == (allowed and stage is not ComplaintStage.FORWARDING and bool(to_forward))
