"""The check of a package (par. 4 and 5)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.package import Defect, Document, Finding, package_findings
from domain.standard import Channel, DocumentKind, RefusalGround, standard_on

FILED = date(2026, 11, 22)
YESTERDAY = FILED - timedelta(days=1)
STANDARD = standard_on(FILED)
APPLICATION = Document(kind=DocumentKind.APPLICATION)


def a_conclusion(**changes: Any) -> Document:
    return Document(kind=DocumentKind.VKK_CONCLUSION, number="12", **changes)


def at_the_office(*documents: Document) -> tuple[Finding, ...]:
    return package_findings(STANDARD, Channel.OFFICE, documents, FILED)


def on_the_portal(*documents: Document) -> tuple[Finding, ...]:
    return package_findings(STANDARD, Channel.PORTAL, documents, FILED)


def test_par_4_a_complete_package_has_no_findings() -> None:
    assert at_the_office(APPLICATION, a_conclusion(valid_until=FILED)) == ()


def test_par_4_an_incomplete_package_names_each_missing_document() -> None:
    findings = at_the_office()
    assert [finding.document for finding in findings] == [
        DocumentKind.APPLICATION,
        DocumentKind.VKK_CONCLUSION,
    ]
    assert {finding.ground for finding in findings} == {RefusalGround.INCOMPLETE_PACKAGE}


def test_par_4_an_expired_document_is_named_with_number_and_last_day() -> None:
    (finding,) = at_the_office(APPLICATION, a_conclusion(valid_until=YESTERDAY))
    assert finding.ground is RefusalGround.EXPIRED_DOCUMENT
    assert (finding.number, finding.expired_on) == ("12", YESTERDAY)


def test_par_4_incomplete_and_expired_are_both_found() -> None:
    findings = at_the_office(a_conclusion(valid_until=YESTERDAY))
    assert [finding.defect for finding in findings] == [Defect.MISSING, Defect.EXPIRED]


def test_par_5_on_the_portal_the_request_itself_cannot_be_missing() -> None:
    assert on_the_portal(a_conclusion()) == ()
    assert [finding.document for finding in on_the_portal()] == [DocumentKind.VKK_CONCLUSION]


@pytest.mark.parametrize(
    ("dates", "expired"),
    [
        pytest.param({}, False, id="no dates"),
        pytest.param({"period_from": YESTERDAY}, False, id="open-ended period"),
        pytest.param({"valid_until": FILED}, False, id="filed on the last valid day"),
        pytest.param({"valid_until": YESTERDAY}, True, id="filed on the day after"),
        pytest.param({"period_to": FILED}, False, id="filed on the last day of the period"),
        pytest.param({"period_to": YESTERDAY}, True, id="period over the day before"),
        pytest.param(
            {"valid_until": FILED, "period_to": YESTERDAY}, True, id="valid, but its period is over"
        ),
        pytest.param({"valid_until": YESTERDAY, "period_to": FILED}, True, id="not valid inside its period"),
    ],
)
def test_par_4_expiry_is_judged_by_the_day_of_filing(dates: dict[str, date], expired: bool) -> None:
    assert bool(on_the_portal(a_conclusion(**dates))) is expired


def test_par_4_a_valid_document_makes_an_expired_one_beside_it_harmless() -> None:
    assert on_the_portal(a_conclusion(valid_until=YESTERDAY), a_conclusion(valid_until=FILED)) == ()


def test_par_4_each_of_several_expired_documents_is_named() -> None:
    long_ago = date(2025, 5, 31)
    findings = on_the_portal(a_conclusion(period_to=long_ago), a_conclusion(valid_until=YESTERDAY))
    assert [finding.expired_on for finding in findings] == [long_ago, YESTERDAY]


@pytest.mark.parametrize(
    "kind", [DocumentKind.PMPK_CONCLUSION, DocumentKind.OTHER, DocumentKind.BIRTH_RECORD]
)
def test_par_5_what_may_not_be_demanded_never_counts_against_the_applicant(kind: DocumentKind) -> None:
    assert on_the_portal(a_conclusion(), Document(kind=kind, valid_until=YESTERDAY)) == ()


dates_or_none = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
documents = st.builds(
    Document, kind=st.sampled_from(DocumentKind), valid_until=dates_or_none, period_to=dates_or_none
)


@settings(deadline=None, database=None)
@given(st.sampled_from(Channel), st.lists(documents).map(tuple))
def test_par_5_findings_are_about_demanded_documents_only(
    channel: Channel, package: tuple[Document, ...]
) -> None:
    demanded = {item.kind for item in STANDARD.documents_for(channel) if item.may_be_demanded}
    findings = package_findings(STANDARD, channel, package, FILED)
    assert {finding.document for finding in findings} <= demanded
    assert {finding.ground for finding in findings} <= set(STANDARD.refusal_grounds)


@settings(deadline=None, database=None)
@given(st.lists(documents).map(tuple), documents.filter(lambda document: not document.last_day))
def test_par_5_adding_a_document_without_dates_never_adds_a_finding(
    package: tuple[Document, ...], more: Document
) -> None:
    assert len(at_the_office(*package, more)) <= len(at_the_office(*package))


def test_par_4_a_finding_says_in_words_what_is_wrong() -> None:
    missing, expired = at_the_office(a_conclusion(valid_until=YESTERDAY))
    assert missing.words.ru == "Не представлен документ: заявление (в произвольной форме)"
    assert expired.words.ru.endswith("(ВКК), № 12, последний день действия: 21.11.2026")
    assert expired.words.kk.startswith("Қолданылу мерзімі өтіп кеткен құжат: дәрігерлік")


def test_par_4_a_finding_without_a_number_says_none() -> None:
    (finding,) = on_the_portal(Document(kind=DocumentKind.VKK_CONCLUSION, valid_until=YESTERDAY))
    assert "№" not in finding.words.kk


def test_section_3_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="ends before it begins"):
        a_conclusion(period_from=FILED, period_to=YESTERDAY)


def test_section_3_a_period_of_one_day_is_a_period() -> None:
    assert a_conclusion(period_from=FILED, period_to=FILED).last_day == FILED


@pytest.mark.parametrize("number", ["1\x002", "1\n2", "1\u20282", "", " ", "1" * 301])
def test_section_4_what_papers_print_of_a_document_is_one_printable_line(number: str) -> None:
    with pytest.raises(ValidationError):
        Document(kind=DocumentKind.OTHER, number=number)
