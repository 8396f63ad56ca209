"""Reasoned refusal of further consideration (par. 4): R4.7, R4.8, R4.9, Q8, Q9."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.case import Case
from domain.events import Event
from domain.package import Document, Finding
from domain.papers import PaperKind
from domain.procedure import ActRefused
from domain.stages import Stage, Step
from domain.standard import DocumentKind, RefusalGround
from tests.builders import an_act
from tests.domain.cases import (
    CONCLUSION,
    EXPIRED_CONCLUSION,
    FILED,
    LETTER,
    NO_CONCLUSION,
    NO_LETTER,
    a_case,
    an_office_case,
    refused,
    taken,
)

INCOMPLETE, EXPIRED = RefusalGround.INCOMPLETE_PACKAGE, RefusalGround.EXPIRED_DOCUMENT
LAST_VALID_DAY = {
    "document": "VKK_CONCLUSION",
    "defect": "EXPIRED",
    "number": "0011",
    "expired_on": "2026-11-16",
    "note": "Қорытындының екінші бетінде басқа күн тұр",
}
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


def test_par_4_the_heads_own_findings_stand_beside_those_of_the_check_and_drop_none() -> None:
    case = an_office_case(Stage.REFUSAL_PROPOSED, documents=(CONCLUSION,), findings=(NO_LETTER,))
    act = an_act(Step.REFUSE, grounds=[INCOMPLETE, EXPIRED], findings=[LAST_VALID_DAY])
    assert taken(act, case).findings == (NO_LETTER, Finding.model_validate(LAST_VALID_DAY))
    too_few = an_act(Step.REFUSE, grounds=[EXPIRED], findings=[LAST_VALID_DAY])
    assert refused(too_few, case).code == "grounds_do_not_fit"


def test_par_4_a_finding_of_the_check_that_the_head_restates_is_named_once_and_keeps_its_note() -> None:
    noted = NO_LETTER.model_copy(update={"note": "Өтініште қол жоқ"})
    case = an_office_case(Stage.REFUSAL_PROPOSED, findings=(noted,))
    restated = {"document": "APPLICATION", "defect": "MISSING", "note": "Өтінішке қол қойылмаған"}
    again = Finding.model_validate(restated)
    assert taken(an_act(Step.REFUSE), case).findings == (noted,)
    assert taken(an_act(Step.REFUSE, findings=[restated]), case).findings == (again,)


def filed(number: str, last_day: date | None) -> Document:
    return Document(kind=DocumentKind.VKK_CONCLUSION, number=number, valid_until=last_day)


def refused_as_expired(case: Case, **changes: Any) -> str | None:
    act = an_act(Step.REFUSE, grounds=[EXPIRED], findings=[{**LAST_VALID_DAY, **changes}])
    try:
        taken(act, case)
    except ActRefused as refusal:
        return refusal.problem.code
    return None


@pytest.mark.parametrize(
    ("documents", "changes", "code"),
    [
        pytest.param((), {}, "expired_document_not_filed", id="nothing filed"),
        pytest.param(
            (CONCLUSION,), {"number": "9999"}, "expired_document_not_filed", id="a number of nobody"
        ),
        pytest.param((CONCLUSION,), {"number": None}, None, id="the only one needs no number"),
        pytest.param((CONCLUSION,), {"note": None}, "changed_without_reason", id="filed without an end"),
        pytest.param((filed("0011", date(2026, 11, 16)),), {"note": None}, None, id="the day that was filed"),
        pytest.param(
            (filed("0011", date(2026, 11, 15)),), {"note": None}, "changed_without_reason", id="another day"
        ),
        pytest.param((CONCLUSION, filed("0010", None)), {}, "valid_document_filed", id="a valid one beside"),
        pytest.param(
            (CONCLUSION, filed("0010", None)),
            {"number": None},
            "expired_document_not_filed",
            id="which of two",
        ),
        pytest.param((CONCLUSION, filed("0010", date(2026, 1, 1))), {}, None, id="an expired one beside"),
    ],
)
def test_par_4_r4_9_the_head_calls_expired_only_a_paper_of_the_package_and_says_why(
    documents: tuple[Document, ...], changes: dict[str, Any], code: str | None
) -> None:
    case = an_office_case(Stage.REGISTERED, documents=(LETTER, *documents))
    assert refused_as_expired(case, **changes) == code


def test_par_4_r4_7_an_own_finding_names_the_number_of_the_paper_that_was_filed() -> None:
    act = an_act(Step.REFUSE, grounds=[EXPIRED], findings=[{**LAST_VALID_DAY, "number": None}])
    (finding,) = taken(act, an_office_case(Stage.REGISTERED)).findings or ()
    assert finding.number == CONCLUSION.number


def test_par_4_r4_9_a_refusal_without_any_finding_is_impossible() -> None:
    assert refused(an_act(Step.REFUSE), an_office_case(Stage.REGISTERED)).code == "refusal_without_finding"


@pytest.mark.parametrize(
    "ground", [RefusalGround.UNRELIABLE_DATA, RefusalGround.NOT_CONFORMING, RefusalGround.NO_CONSENT]
)
def test_q8_grounds_beyond_incomplete_and_expired_are_off(ground: RefusalGround) -> None:
    problem = refused(an_act(Step.REFUSE, grounds=[INCOMPLETE, ground]), proposed(NO_CONCLUSION))
    assert problem.code == "ground_not_allowed"
    assert all(allowed in problem.why for allowed in (INCOMPLETE, EXPIRED))
    assert problem.instead == f"What was found here fits {INCOMPLETE}: use that"


@pytest.mark.parametrize(
    "grounds", [[EXPIRED], [INCOMPLETE, EXPIRED]], ids=["another ground", "one ground too many"]
)
def test_par_4_r4_9_each_ground_rests_on_a_document_that_is_named(grounds: list[RefusalGround]) -> None:
    problem = refused(an_act(Step.REFUSE, grounds=grounds), proposed(NO_CONCLUSION))
    assert problem.code == "grounds_do_not_fit"
    assert problem.instead == f"Use {INCOMPLETE}"
    assert NO_CONCLUSION.words.en in problem.what


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
