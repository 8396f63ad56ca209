"""A paper is set from its facts and templates alone: the same ones give the same bytes."""

from datetime import UTC, datetime

import pytest

from activities.papers import PaperNotRendered, Templates, render_paper
from domain.papers import PaperKind, paper_facts
from tests.domain.paper_sources import a_source

TEMPLATES = Templates.built_in()


def test_a_paper_is_a_pdf() -> None:
    facts = paper_facts(a_source(PaperKind.RECEIPT))
    assert render_paper(TEMPLATES, TEMPLATES.current, facts).startswith(b"%PDF-1.7")


def test_a_version_that_is_not_there_is_named() -> None:
    facts = paper_facts(a_source(PaperKind.RECEIPT))
    with pytest.raises(PaperNotRendered, match="RECEIPT: the templates have no version 1999-01"):
        render_paper(TEMPLATES, "1999-01", facts)


def test_a_paper_of_a_moment_with_microseconds_is_set() -> None:
    moment = datetime(2026, 11, 24, 5, 7, 9, 123456, tzinfo=UTC)
    facts = paper_facts(a_source(PaperKind.RECEIPT, issued_at=moment))
    assert render_paper(TEMPLATES, TEMPLATES.current, facts)
