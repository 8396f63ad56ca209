"""docs/papers.md tells whoever writes a template every fact and every file there is."""

import re
from pathlib import Path

from domain.paper_facts import PaperFacts
from tests.papers.readers import TEMPLATES

TOLD = (Path(__file__).parents[2] / "docs" / "papers.md").read_text(encoding="utf-8")


def test_every_fact_of_a_paper_is_told() -> None:
    told = set(re.findall(r"`(\w+)[.\w]*`", TOLD))
    assert set(PaperFacts.model_fields) - told == set()


def test_every_file_of_a_version_is_told() -> None:
    files = {path.name for path in (TEMPLATES.folder / TEMPLATES.current).iterdir()}
    assert files - set(re.findall(r"`([\w.]+)`", TOLD)) == set()
