"""Nothing overflows: long names, many documents and a full plan stay on the page and in their column."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from domain.acts import ForwardComplaint, PlanSubject
from domain.complaint_acts import Subject
from domain.complaint_source import Attacked
from domain.consequence import Consequence
from domain.documents import DocumentKind
from domain.package import Document
from domain.papers import PaperKind
from domain.person import PersonName
from tests.domain.complaint_sources import AT_THE_BODY, EXTENSION, PARTLY, TO_THE_BODY, a_complaint
from tests.domain.paper_sources import HEAD, PLAN, VKK, a_source
from tests.papers.readers import OFFICE, assert_all_in, facts_of, pdf_of, rendered, text_of

A4 = (595, 842)
DOCUMENTS = tuple(
    Document(kind=DocumentKind.OTHER, title=f"{n}-анықтама", number=f"{n}-А", issued_on=date(2026, 9, 1))
    for n in range(1, 40)
)
SUBJECTS = tuple(
    PlanSubject(subject=f"{n}-пән", weekly_hours=Decimal("1.25"), teacher=f"Сынақбаева Ләззат {n}")
    for n in range(1, 16)
)
LONG = "Құжаттар топтамасы толық емес. " * 64
FULL: dict[PaperKind, dict[str, Any]] = {
    PaperKind.RECEIPT: {"documents": (*DOCUMENTS, VKK)},
    PaperKind.NOTICE_OF_ACCEPTANCE: {"documents": (*DOCUMENTS, VKK)},
    PaperKind.REFUSAL: {"reasoning": LONG},
    PaperKind.ORDER: {"plan": PLAN.model_copy(update={"subjects": SUBJECTS})},
    PaperKind.COMPLAINT_CONFIRMATION: {
        "complaint": a_complaint(
            late=True, conflict=True, attacked=Attacked(object=Subject.ACTION, action="Қабылдамады. " * 150)
        )
    },
    PaperKind.COVERING_LETTER: {
        "complaint": a_complaint(
            **TO_THE_BODY, documents=DOCUMENTS, forwarding=ForwardComplaint(note="Түсіндірме. " * 160)
        )
    },
    PaperKind.EXTENSION_NOTICE: {
        "complaint": a_complaint(extension=EXTENSION.model_copy(update={"reason": LONG}), **AT_THE_BODY)
    },
    PaperKind.COMPLAINT_REPLY: {
        "complaint": a_complaint(
            answer=PARTLY.model_copy(update={"reasons": LONG, "measure": LONG}),
            by_the_one_complained_of=True,
            consequence=Consequence.AT_THE_CHECK,
        )
    },
}


def lines_of(pdf: PdfReader) -> list[str]:
    return [line for page in pdf.pages for line in page.extract_text().splitlines()]


@pytest.mark.parametrize("kind", FULL)
def test_every_page_is_a4_and_tells_which_of_how_many_it_is(kind: PaperKind) -> None:
    pages = pdf_of(kind, **FULL[kind]).pages
    assert {tuple(round(side) for side in page.mediabox[2:]) for page in pages} == {A4}
    numbers = [f"{page} / {len(pages)}" for page in range(1, len(pages) + 1)]
    assert [page.extract_text().splitlines()[-1] for page in pages] == numbers


@pytest.mark.parametrize("kind", [PaperKind.RECEIPT, PaperKind.NOTICE_OF_ACCEPTANCE])
def test_forty_documents_have_a_row_each_under_a_header_on_each_page(kind: PaperKind) -> None:
    pdf = pdf_of(kind, **FULL[kind])
    assert_all_in(text_of(pdf), *(f"{n} Өзге құжат, {n}-анықтама {n}-А 01.09.2026" for n in range(1, 40)))
    with_rows = [page.extract_text() for page in pdf.pages if "-анықтама" in page.extract_text()]
    assert len(with_rows) > 1
    assert all("Құжаттың атауы" in page for page in with_rows)


def test_a_plan_of_fifteen_subjects_has_a_row_each_and_its_sum() -> None:
    text = text_of(pdf_of(PaperKind.ORDER, **FULL[PaperKind.ORDER]))
    assert_all_in(text, *(f"{n} {n}-пән 1,25 Сынақбаева Ләззат {n}" for n in range(1, 16)), "18,75")


def test_two_thousand_letters_of_reasoning_are_printed_whole() -> None:
    assert (
        text_of(pdf_of(PaperKind.REFUSAL, **FULL[PaperKind.REFUSAL])).count("топтамасы толық емес.") == 2 * 64
    )


@pytest.mark.parametrize("kind", list(PaperKind))
def test_a_name_of_three_hundred_letters_stays_within_its_line(kind: PaperKind) -> None:
    name = PersonName(surname="Щ" * 100, first_name="Щ" * 100, patronymic="Щ" * 100)
    applicant = a_source(kind).applicant.model_copy(update={"name": name})
    pdf = pdf_of(kind, applicant=applicant)
    runs = [len(run) for line in lines_of(pdf) for run in re.findall(r"Щ[Щ ]*", line)]
    assert sum(run for run in runs) >= 300
    assert max(runs) < 35


@pytest.mark.parametrize("number", ["0123456789" * 30, "АБВГД-" * 50], ids=["digits", "parts"])
def test_a_number_of_three_hundred_signs_stays_within_its_column(number: str) -> None:
    pdf = pdf_of(PaperKind.RECEIPT, documents=(VKK.model_copy(update={"number": number}),))
    runs = [run for line in lines_of(pdf) for run in re.findall(r"[0-9А-Д-]{8,}", line)]
    assert max(len(run) for run in runs) < 24


def test_from_the_second_page_on_the_paper_is_named_at_the_top() -> None:
    pages = pdf_of(PaperKind.RECEIPT, **FULL[PaperKind.RECEIPT]).pages
    running = "Құжаттардың қабылданғаны туралы қолхат № 7-Ш, 25.11.2026"
    tops = [" ".join(page.extract_text().splitlines()[0].split()) for page in pages]
    assert tops == ["№ 1 үлгі мектеп", *[running] * (len(pages) - 1)]


@pytest.mark.parametrize("kind", [PaperKind.EXTENSION_NOTICE, PaperKind.COMPLAINT_REPLY])
def test_long_reasons_of_a_complaint_are_printed_whole(kind: PaperKind) -> None:
    text = text_of(pdf_of(kind, **FULL[kind]))
    parts = {PaperKind.EXTENSION_NOTICE: 1, PaperKind.COMPLAINT_REPLY: 4}[kind]
    assert text.count("топтамасы толық емес.") == parts * 64


@pytest.mark.parametrize("lines", range(4, 48, 4))
def test_a_signature_never_stands_on_a_page_alone(lines: int) -> None:
    facts = facts_of(PaperKind.REFUSAL, channel=OFFICE, reasoning="негіздеме\n" * lines)
    last = PdfReader(BytesIO(rendered(facts | {"languages": ["kk"]}))).pages[-1].extract_text()
    assert_all_in(" ".join(last.split()), "сотқа жүгінуге құқылысыз", HEAD.name.full)
