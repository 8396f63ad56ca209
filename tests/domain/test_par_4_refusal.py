"""Reasoned refusal of further consideration (par. 4): R4.7, R4.8, R4.9, Q8, Q9."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.events import Event
from domain.package import Defect, Finding
from domain.papers import PaperKind
from domain.stages import Stage, Step
from domain.standard import DocumentKind, RefusalGround
from tests.builders import an_act
from tests.domain.cases import (
    EXPIRED_CONCLUSION,
    FILED,
    NO_CONCLUSION,
    NO_LETTER,
    a_case,
    an_office_case,
    refused,
    taken,
)

INCOMPLETE, EXPIRED = RefusalGround.INCOMPLETE_PACKAGE, RefusalGround.EXPIRED_DOCUMENT
LAST_VALID_DAY = {"document": "VKK_CONCLUSION", "defect": "EXPIRED", "expired_on": "2026-11-16"}
UNEXPLAINED = {"document": "VKK_CONCLUSION", "defect": "MISSING"}
ABSENT = {**UNEXPLAINED, "note": "Бұл басқа баланың қорытындысы"}


def proposed(*findings: Finding, **changes: Any) -> Any:
    return a_case(Stage.REFUSAL_PROPOSED, findings=findings, **changes)


@pytest.mark.parametrize(
    ("findings", "grounds"),
    [
        pytest.param((NO_CONCLUSION,), [INCOMPLETE], id="incomplete only"),
        pytest.param((EXPIRED_CONCLUSION,), [EXPIRED], id="expired only"),
        pytest.param((NO_LETTER, EXPIRED_CONCLUSION), [INCOMPLETE, EXPIRED], id="both"),
    ],
)
def test_par_4_r4_7_a_refusal_names_all_that_is_missing_and_all_that_has_expired(
    findings: tuple[Finding, ...], grounds: list[RefusalGround]
) -> None:
    effects = taken(an_act(Step.REFUSE, grounds=grounds), proposed(*findings))
    assert effects.findings == findings
    assert effects.papers == (PaperKind.REFUSAL,)
    assert effects.events == (Event.REFUSED,)


@pytest.mark.parametrize("named", [ABSENT, LAST_VALID_DAY], ids=["incomplete", "expired"])
def test_par_4_r4_8_the_head_of_an_office_case_may_refuse_on_an_own_finding_after_the_receipt(
    named: dict[str, str],
) -> None:
    ground = INCOMPLETE if named is ABSENT else EXPIRED
    act = an_act(Step.REFUSE, grounds=[ground], findings=[named])
    effects = taken(act, an_office_case(Stage.REGISTERED))
    assert effects.stage is Stage.REFUSED
    assert effects.findings == (Finding.model_validate(named),)


def test_par_4_the_heads_own_findings_stand_for_those_of_the_check() -> None:
    act = an_act(Step.REFUSE, grounds=[EXPIRED], findings=[LAST_VALID_DAY])
    effects = taken(act, an_office_case(Stage.REFUSAL_PROPOSED, findings=(NO_LETTER,)))
    assert effects.findings == (
        Finding(
            document=DocumentKind.VKK_CONCLUSION, defect=Defect.EXPIRED, expired_on=FILED - timedelta(days=1)
        ),
    )


def test_par_4_r4_9_a_refusal_without_any_finding_is_impossible() -> None:
    assert refused(an_act(Step.REFUSE), an_office_case(Stage.REGISTERED)).code == "refusal_without_finding"


@pytest.mark.parametrize(
    "ground", [RefusalGround.UNRELIABLE_DATA, RefusalGround.NOT_CONFORMING, RefusalGround.NO_CONSENT]
)
def test_q8_grounds_beyond_incomplete_and_expired_are_off(ground: RefusalGround) -> None:
    problem = refused(an_act(Step.REFUSE, grounds=[INCOMPLETE, ground]), proposed(NO_CONCLUSION))
    assert problem.code == "ground_not_allowed"
    assert INCOMPLETE in problem.instead
    assert EXPIRED in problem.instead


@pytest.mark.parametrize(
    "grounds", [[EXPIRED], [INCOMPLETE, EXPIRED]], ids=["another ground", "one ground too many"]
)
def test_par_4_r4_9_each_ground_rests_on_a_document_that_is_named(grounds: list[RefusalGround]) -> None:
    problem = refused(an_act(Step.REFUSE, grounds=grounds), proposed(NO_CONCLUSION))
    assert problem.code == "grounds_do_not_fit"
    assert problem.instead == f"Use {INCOMPLETE}"


def test_par_4_r4_9_no_document_that_is_named_is_left_without_its_ground() -> None:
    case = proposed(NO_LETTER, EXPIRED_CONCLUSION)
    assert refused(an_act(Step.REFUSE, grounds=[INCOMPLETE]), case).code == "grounds_do_not_fit"


@pytest.mark.parametrize(
    ("last_day", "refusable"),
    [(FILED - timedelta(days=1), True), (FILED, False), (None, False)],
    ids=["expired the day before filing", "valid on the day of filing", "no last day"],
)
def test_par_4_the_head_calls_expired_only_what_had_expired_on_the_day_of_filing(
    last_day: date | None, refusable: bool
) -> None:
    named = {**LAST_VALID_DAY, "expired_on": last_day and last_day.isoformat()}
    act, case = (
        an_act(Step.REFUSE, grounds=[EXPIRED], findings=[named]),
        an_office_case(Stage.REGISTERED),
    )
    if refusable:
        assert taken(act, case).stage is Stage.REFUSED
    else:
        assert refused(act, case).code == "not_expired"


@pytest.mark.parametrize("kind", ["PMPK_CONCLUSION", "BIRTH_RECORD", "DISABILITY", "OTHER"])
def test_par_5_r5_8_the_head_cannot_refuse_for_lack_of_what_may_not_be_demanded(kind: str) -> None:
    act = an_act(Step.REFUSE, findings=[{"document": kind, "defect": "MISSING"}])
    assert refused(act, proposed(NO_CONCLUSION)).code == "demand_added"


def test_par_5_r5_8_on_the_portal_nobody_is_refused_for_lack_of_a_letter() -> None:
    act = an_act(Step.REFUSE, findings=[{"document": "APPLICATION", "defect": "MISSING"}])
    assert refused(act, proposed(NO_CONCLUSION)).code == "demand_added"


def test_par_4_the_note_on_a_paper_that_does_not_count_goes_into_the_refusal() -> None:
    noted = NO_CONCLUSION.model_copy(update={"note": "Бұл басқа баланың қорытындысы"})
    assert taken(an_act(Step.REFUSE), proposed(noted)).findings == (noted,)


def test_par_4_the_head_may_say_why_a_paper_that_was_handed_in_does_not_count() -> None:
    findings = taken(an_act(Step.REFUSE, findings=[ABSENT]), an_office_case(Stage.REGISTERED)).findings
    assert findings
    assert findings[0].note == ABSENT["note"]


def test_par_4_the_head_has_to_say_why_a_paper_that_was_handed_in_does_not_count() -> None:
    act = an_act(Step.REFUSE, findings=[UNEXPLAINED])
    assert refused(act, an_office_case(Stage.REGISTERED)).code == "absent_without_reason"


def test_par_5_r5_7_on_the_portal_a_refusal_rests_on_the_findings_of_the_check() -> None:
    act = an_act(Step.REFUSE, findings=[ABSENT])
    assert refused(act, proposed(EXPIRED_CONCLUSION)).code == "own_finding_on_portal"
    assert taken(act, proposed(NO_CONCLUSION)).stage is Stage.REFUSED
