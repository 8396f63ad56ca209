"""What a ruling has set aside counts no more, wherever the head decides (par. 9; decision 0017)."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.acts import Act
from domain.case import Case
from domain.package import Defect, Document, Finding, defects
from domain.procedure import ActRefused, consider
from domain.stages import Stage, Step
from domain.standard import DocumentKind, RefusalGround
from tests.builders import an_act
from tests.domain.cases import (
    ANYONE,
    CONCLUSION,
    EXPIRED_CONCLUSION,
    LETTER,
    NO_CONCLUSION,
    NO_LETTER,
    OVERRULED,
    a_case,
    a_check,
    an_office_case,
    checked,
    refused,
    taken,
)

EXPIRED_PAPER = Document(kind=DocumentKind.VKK_CONCLUSION, number="0012", period_to=date(2026, 5, 25))
NOT_GOOD = "Бұл басқа баланың қорытындысы"
EXPIRED_NAMED = {
    "document": "VKK_CONCLUSION",
    "defect": "EXPIRED",
    "number": "0012",
    "expired_on": "2026-05-25",
}


def not_counted(*kinds: str) -> Act:
    """A check that counts no paper of these kinds."""
    every = ("APPLICATION", "VKK_CONCLUSION")
    return a_check(*(checked(kind, present=kind not in kinds, note=NOT_GOOD) for kind in every))


def after(check: Act, case: Case) -> Case:
    """The case as the check leaves it."""
    effects = taken(check, case)
    known = {"stage": effects.stage, "check": check.content, "findings": effects.findings}
    return case.model_copy(update={**known, "registration_number": "1-Ө"})


# of which papers a finding can speak


@pytest.mark.parametrize(
    ("finding", "papers", "speaks"),
    [
        pytest.param(NO_CONCLUSION, (LETTER,), False, id="missing: none of its kind is there"),
        pytest.param(NO_CONCLUSION, (LETTER, CONCLUSION), True, id="missing: one was filed and not counted"),
        pytest.param(EXPIRED_CONCLUSION, (EXPIRED_PAPER,), True, id="expired: the one with its number"),
        pytest.param(EXPIRED_CONCLUSION, (CONCLUSION,), False, id="expired: another number"),
        pytest.param(EXPIRED_CONCLUSION, (), False, id="expired: none is there"),
        pytest.param(
            EXPIRED_CONCLUSION,
            (LETTER.model_copy(update={"number": "0012"}),),
            False,
            id="expired: its number on a paper of another kind",
        ),
    ],
)
def test_a_finding_can_speak_of_papers_that_are_there(
    finding: Finding, papers: tuple[Document, ...], speaks: bool
) -> None:
    assert finding.can_speak_of(papers) is speaks


# refusing


def test_par_9_a_refusal_rests_on_what_is_left() -> None:
    case = an_office_case(
        Stage.REFUSAL_PROPOSED,
        documents=(EXPIRED_PAPER,),
        findings=(NO_LETTER, EXPIRED_CONCLUSION),
        set_aside=(EXPIRED_CONCLUSION,),
    )
    assert taken(an_act(Step.REFUSE), case).findings == (NO_LETTER,)
    both = [RefusalGround.INCOMPLETE_PACKAGE, RefusalGround.EXPIRED_DOCUMENT]
    assert refused(an_act(Step.REFUSE, grounds=both), case).code == "grounds_do_not_fit"


def test_par_9_nothing_can_be_refused_when_nothing_is_left() -> None:
    case = a_case(Stage.REFUSAL_PROPOSED, findings=(EXPIRED_CONCLUSION,), set_aside=(EXPIRED_CONCLUSION,))
    act = an_act(Step.REFUSE, grounds=["EXPIRED_DOCUMENT"])
    assert refused(act, case).code == "refusal_without_finding"


@pytest.mark.parametrize("case_of", [a_case, an_office_case], ids=["portal", "office"])
def test_par_9_the_head_does_not_name_again_what_was_set_aside(case_of: Callable[..., Case]) -> None:
    case = case_of(
        Stage.REFUSAL_PROPOSED,
        documents=(EXPIRED_PAPER,),
        findings=(NO_LETTER, EXPIRED_CONCLUSION),
        set_aside=(EXPIRED_CONCLUSION,),
    )
    assert refused(an_act(Step.REFUSE, findings=[EXPIRED_NAMED]), case).code == "ground_set_aside"


def test_par_4_on_the_portal_the_head_may_name_what_stands() -> None:
    case = a_case(Stage.REFUSAL_PROPOSED, documents=(EXPIRED_PAPER,), findings=(EXPIRED_CONCLUSION,))
    act = an_act(Step.REFUSE, grounds=["EXPIRED_DOCUMENT"], findings=[EXPIRED_NAMED])
    assert taken(act, case).findings == (EXPIRED_CONCLUSION,)


# admitting


def test_par_9_what_was_set_aside_needs_no_reason_of_the_head_any_more() -> None:
    case = an_office_case(
        Stage.REFUSAL_PROPOSED,
        documents=(LETTER, EXPIRED_PAPER),
        findings=(EXPIRED_CONCLUSION,),
        set_aside=(EXPIRED_CONCLUSION,),
    )
    assert taken(an_act(Step.ADMIT), case).stage is Stage.WITH_SPECIALISTS
    assert refused(an_act(Step.ADMIT, overruled=[OVERRULED]), case).code == "findings_not_answered"


def test_par_9_a_paper_that_was_filed_counts_when_the_word_against_it_was_set_aside() -> None:
    case = after(not_counted("VKK_CONCLUSION"), an_office_case())
    assert CONCLUSION not in case.package
    ruled = case.model_copy(update={"set_aside": (NO_CONCLUSION,)})
    assert ruled.package == (LETTER, CONCLUSION)
    assert taken(an_act(Step.ADMIT), ruled).stage is Stage.WITH_SPECIALISTS


def test_par_9_without_a_conclusion_nobody_is_admitted_in_the_first_round_either() -> None:
    case = an_office_case(Stage.REGISTERED, documents=(LETTER,), set_aside=(NO_CONCLUSION,))
    problem = refused(an_act(Step.ADMIT), case)
    assert problem.code == "document_missing"
    assert NO_CONCLUSION.words.en in problem.what


def test_par_4_a_document_that_is_absent_still_stands_beside_one_that_was_set_aside() -> None:
    case = after(not_counted("APPLICATION", "VKK_CONCLUSION"), an_office_case(documents=(LETTER,)))
    ruled = case.model_copy(update={"set_aside": (NO_LETTER,)})
    problem = refused(an_act(Step.ADMIT), ruled)
    assert problem.code == "missing_document_overruled"
    assert NO_LETTER.words.en not in problem.what
    assert [found.document for found in taken(an_act(Step.REFUSE), ruled).findings or ()] == [
        DocumentKind.VKK_CONCLUSION
    ]


# the head is never left without a step


@given(
    filed=st.sets(st.sampled_from([LETTER, CONCLUSION, EXPIRED_PAPER])),
    absent=st.sets(st.sampled_from(["APPLICATION", "VKK_CONCLUSION"])),
    ruled=st.sets(st.sampled_from([NO_LETTER, NO_CONCLUSION, EXPIRED_CONCLUSION])),
    checked_first=st.booleans(),
)
def test_par_9_whatever_was_set_aside_the_head_refuses_or_admits(
    filed: set[Document], absent: set[str], ruled: set[Finding], checked_first: bool
) -> None:
    documents = tuple(sorted(filed, key=lambda document: (document.kind, document.number or "")))
    of_none = {kind for kind in ("APPLICATION", "VKK_CONCLUSION") if kind not in {d.kind for d in documents}}
    check, case = not_counted(*(absent | of_none)), an_office_case(documents=documents)
    ruling = {"set_aside": tuple(finding for finding in ruled if finding.can_speak_of(documents))}
    if checked_first:
        case = after(check, case).model_copy(update=ruling)
    else:
        case = after(check, case.model_copy(update=ruling))
    left = case.standing_findings
    refusal = an_act(
        Step.REFUSE, grounds=sorted({finding.ground for finding in left}) or ["INCOMPLETE_PACKAGE"]
    )
    overruled = [{**OVERRULED, "document": kind, "defect": defect} for kind, defect in sorted(defects(left))]
    admitted = is_taken(an_act(Step.ADMIT, overruled=overruled), case)
    assert is_taken(refusal, case) == bool(left)
    assert admitted == all(finding.defect is Defect.EXPIRED for finding in left)
    assert not admitted or DocumentKind.VKK_CONCLUSION in {document.kind for document in case.package}


def is_taken(act: Act, case: Case) -> bool:
    try:
        consider(act, case, ANYONE)
    except ActRefused:
        return False
    return True
