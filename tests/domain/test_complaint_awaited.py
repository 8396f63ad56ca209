"""Whom a complaint waits for, at each stage."""

import pytest

from domain.acts import OF_A_COMPLAINT
from domain.complaint_acts import Addressee
from domain.complaint_awaited import complaint_awaited
from domain.complaint_stages import COMPLAINT_TRANSITIONS, OPEN_COMPLAINT_STAGES, ComplaintStage
from domain.staff import Role

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
        assert awaited.act in OF_A_COMPLAINT
        assert (stage, awaited.act) in COMPLAINT_TRANSITIONS
