"""Applying again after a refusal or a withdrawal (D6): who may name which earlier case, and what it hands on."""

from datetime import date
from typing import Any

import pytest

from domain.again import EarlierApplication, check_earlier, expired_by, is_taken_over
from domain.documents import DocumentKind
from domain.package import Document
from domain.refusal import InputRefused
from domain.stages import OPEN_STAGES, Stage
from tests.builders import OTHER_SCHOOL, a_child, an_applicant, an_application

NUMBER = "AT001-2026-00001"
AGAIN = an_application(after=NUMBER)


def an_earlier_case(**changes: Any) -> EarlierApplication:
    told = {
        "number": NUMBER,
        "school": AGAIN.school,
        "applicant_iin": AGAIN.applicant.iin,
        "child_iin": AGAIN.child.iin,
        "stage": Stage.REFUSED,
    }
    return EarlierApplication(**{**told, **changes})


def code(earlier: EarlierApplication | None) -> str:
    with pytest.raises(InputRefused) as refused:
        check_earlier(AGAIN, earlier)
    (problem,) = refused.value.problems
    assert problem.where == "application.after"
    return problem.code


@pytest.mark.parametrize("stage", [Stage.REFUSED, Stage.WITHDRAWN])
def test_d6_an_application_may_follow_one_that_was_refused_or_withdrawn(stage: Stage) -> None:
    check_earlier(AGAIN, an_earlier_case(stage=stage))


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_q21_an_application_does_not_follow_one_that_is_still_open(stage: Stage) -> None:
    assert code(an_earlier_case(stage=stage)) == "earlier_case_open"


def test_d6_an_application_does_not_follow_an_order() -> None:
    assert code(an_earlier_case(stage=Stage.ORDER_ISSUED)) == "earlier_case_has_order"


@pytest.mark.parametrize(
    "earlier",
    [
        None,
        an_earlier_case(applicant_iin=an_applicant(iin="851003300025")["iin"]),
        an_earlier_case(child_iin=a_child(2)["iin"]),
    ],
    ids=["no such case", "another applicant", "another child"],
)
def test_d6_a_case_of_other_people_is_as_good_as_none(earlier: EarlierApplication | None) -> None:
    assert code(earlier) == "earlier_case_unknown"


def test_d6_papers_do_not_go_from_one_school_to_another() -> None:
    assert code(an_earlier_case(school=OTHER_SCHOOL)) == "earlier_case_of_another_school"


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_d6_all_papers_are_taken_over_but_the_earlier_application_itself(kind: DocumentKind) -> None:
    own = {DocumentKind.APPLICATION, DocumentKind.ELECTRONIC_REQUEST}
    assert is_taken_over(Document(kind=kind)) is (kind not in own)


@pytest.mark.parametrize(
    ("last_day", "expired"), [("2026-11-16", True), ("2026-11-17", False)], ids=["the day before", "that day"]
)
def test_d6_what_has_expired_by_the_new_day_of_filing_is_named(last_day: str, expired: bool) -> None:
    paper = Document(kind=DocumentKind.VKK_CONCLUSION, number="0012", period_to=date.fromisoformat(last_day))
    found = expired_by((Document(kind=DocumentKind.OTHER), paper), date(2026, 11, 17))
    assert [(f.document, f.number, f.expired_on) for f in found] == (
        [(paper.kind, "0012", paper.period_to)] if expired else []
    )


def test_an_application_that_names_no_earlier_case_keeps_the_hash_that_0_2_0_gave_it() -> None:
    application = an_application(request_id="request-hash")
    assert application.content_hash == "4a7b182c5b157a892f0a33fa9c72025209784c386a645752e4e4939e77ff2a37"
    assert application.content_hash != application.model_copy(update={"after": NUMBER}).content_hash


@pytest.mark.parametrize(
    "number", ["1", "AT001-2026-1", "at001-2026-00001", "AT001-2026-00001\n", "AT001-2026-S00001"]
)
def test_an_earlier_case_is_named_by_its_number(number: str) -> None:
    with pytest.raises(InputRefused) as refused:
        an_application(after=number)
    assert refused.value.problems[0].where == "application.after"
