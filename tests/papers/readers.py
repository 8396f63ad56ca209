"""How tests read a paper: the text a person sees in the PDF, one language at a time."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from activities.papers import Templates, render_paper
from domain.grades import PaperLanguage
from domain.paper_source import Correction
from domain.papers import PaperKind, paper_facts
from domain.standard import Channel
from tests.domain.paper_sources import a_source

TEMPLATES = Templates.built_in()
CORRECTION = Correction(
    act="Сынақ министрлігінің № 1 бұйрығы",
    old_due_at=datetime(2026, 11, 24, 13, 30, tzinfo=UTC),
    notice_issued_at=datetime(2026, 11, 24, 13, 31, tzinfo=UTC),
)


def facts_of(kind: PaperKind, **changes: Any) -> dict[str, Any]:
    correction = {"correction": CORRECTION} if kind is PaperKind.CORRECTING_NOTICE else {}
    return paper_facts(a_source(kind, **(correction | changes)))


def rendered(facts: Mapping[str, Any]) -> bytes:
    return render_paper(TEMPLATES, TEMPLATES.current, facts)


def pdf_of(kind: PaperKind, **changes: Any) -> PdfReader:
    return PdfReader(BytesIO(rendered(facts_of(kind, **changes))))


def text_of(pdf: PdfReader) -> str:
    """All pages; the ends of lines, and hyphens at them, as within a line."""
    text = " ".join(page.extract_text() for page in pdf.pages)
    return re.sub(r"(?<=\w)-\s+(?=\w)", "-", " ".join(text.split()))


def says(kind: PaperKind, language: PaperLanguage, **changes: Any) -> str:
    """The part of the paper in that language."""
    facts = facts_of(kind, **changes) | {"languages": [language]}
    return text_of(PdfReader(BytesIO(rendered(facts))))


def assert_all_in(text: str, *wanted: str) -> None:
    assert [words for words in wanted if " ".join(words.split()) not in text] == []


OFFICE, PORTAL = Channel.OFFICE, Channel.PORTAL
