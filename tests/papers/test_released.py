"""What was released is never changed: facts that an older version stored give the bytes that it gave."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from activities.papers import render_paper
from tests.papers.readers import TEMPLATES

RELEASED = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in Path(__file__).parent.glob("released/*.json")
}
PAPERS = [(version, kind) for version, papers in RELEASED.items() for kind in papers]


@pytest.mark.parametrize(("version", "kind"), PAPERS)
def test_a_paper_of_a_released_version_keeps_its_bytes(version: str, kind: str) -> None:
    paper: dict[str, Any] = RELEASED[version][kind]
    rendered = render_paper(TEMPLATES, version, paper["facts"])
    assert hashlib.sha256(rendered).hexdigest() == paper["sha256"]


def test_every_version_but_the_one_in_work_has_its_released_papers() -> None:
    versions = {folder.name for folder in TEMPLATES.folder.iterdir() if folder.is_dir()}
    assert versions - {TEMPLATES.current} == set(RELEASED)
