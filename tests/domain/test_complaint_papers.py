"""Paragraphs 9 and 10: what the register keeps of a paper about a complaint."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.complaint import ComplaintTermKind, Via
from domain.complaint_source import PassedTerm
from domain.paper_kinds import ABOUT_COMPLAINTS
from domain.papers import PaperKind, paper_facts
from tests.domain.complaint_sources import AT_THE_BODY, PASSED_AT, TO_THE_BODY, a_complaint
from tests.domain.paper_sources import a_source


def told(kind: PaperKind, **changes: Any) -> dict[str, Any]:
    facts = paper_facts(a_source(kind, complaint=a_complaint(**changes)))
    complaint: dict[str, Any] = facts["about_complaint"]
    return complaint


@pytest.mark.parametrize("kind", sorted(ABOUT_COMPLAINTS))
def test_par_9_no_paper_about_a_complaint_without_the_complaint(kind: PaperKind) -> None:
    with pytest.raises(ValueError, match="lacks the complaint"):
        paper_facts(a_source(kind, complaint=None))


@pytest.mark.parametrize(
    ("kind", "lacking", "named"),
    [
        (PaperKind.COMPLAINT_REPLY, {"answer": None}, "lacks what was decided"),
        (PaperKind.COVERING_LETTER, {"forwarding": None}, "lacks the act that forwards"),
        (PaperKind.EXTENSION_NOTICE, {"extension": None}, "lacks the extension"),
        (PaperKind.EXTENSION_NOTICE, {"old_due_at": None}, "or an earlier term"),
        (PaperKind.COMPLAINT_TERM_NOTICE, {"passed": None}, "lacks a term that is over"),
        (PaperKind.COMPLAINT_CORRECTING_NOTICE, {"moved": None}, "lacks an earlier term"),
        (
            PaperKind.EXTENSION_NOTICE,
            {"old_due_at": datetime(2026, 12, 1, 13, 30, tzinfo=UTC)},
            "earlier term",
        ),
    ],
)
def test_par_9_no_paper_without_what_it_must_say(
    kind: PaperKind, lacking: dict[str, Any], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        told(kind, **lacking)


@pytest.mark.parametrize("kind", sorted(ABOUT_COMPLAINTS))
def test_no_paper_keeps_the_grounds_of_a_complaint(kind: PaperKind) -> None:
    assert "grounds" not in str(told(kind))


@pytest.mark.parametrize("kind", sorted(set(PaperKind) - ABOUT_COMPLAINTS - {PaperKind.CORRECTING_NOTICE}))
def test_other_papers_of_a_case_do_not_speak_of_its_complaints(kind: PaperKind) -> None:
    assert paper_facts(a_source(kind))["about_complaint"] is None


@pytest.mark.parametrize(
    ("changes", "by_body"),
    [
        pytest.param({}, False, id="to the head"),
        pytest.param(TO_THE_BODY, False, id="to the body, still at the school"),
        pytest.param(AT_THE_BODY, True, id="registered by the body"),
        pytest.param({**TO_THE_BODY, "via": Via.AUTHORITY}, True, id="received by the body itself"),
        pytest.param(
            {**AT_THE_BODY, "passed": PassedTerm(kind=ComplaintTermKind.FORWARDING, due_at=PASSED_AT)},
            False,
            id="of the case file that the school owes it",
        ),
    ],
)
def test_par_9_whoever_has_the_complaint_speaks(changes: dict[str, Any], by_body: bool) -> None:
    untold = {"passed": None, "moved": None}
    kind = PaperKind.COMPLAINT_TERM_NOTICE if "passed" in changes else PaperKind.COMPLAINT_CONFIRMATION
    source = a_source(kind, complaint=a_complaint(**{**untold, **changes}))
    assert (paper_facts(source)["issued_by"] is not None) is by_body


def test_d2_the_months_of_a_late_complaint_are_those_in_force() -> None:
    assert told(PaperKind.COMPLAINT_CONFIRMATION, late=True)["late_months"] == 3
    assert told(PaperKind.COMPLAINT_CONFIRMATION)["late_months"] is None
