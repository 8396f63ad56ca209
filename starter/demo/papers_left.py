"""The papers of the demo as files, which stay when the demo is gone."""

from collections.abc import Iterator
from pathlib import Path

from starter.demo.evidence import Evidence
from starter.demo.player import DemoFailed
from starter.demo.run import Played
from starter.paper_files import file_name
from worker.private_file import replace_private

FOLDER = Path(".uide-demo") / "papers"
"""In the folder from which the demo is played; each demo puts its papers in the place of those before."""


def names(evidence: Evidence) -> Iterator[str]:
    """The files of the case's papers, in the order of their issue."""
    return (file_name(evidence.status.number, paper) for paper in evidence.papers)


def leave_papers(played: Played, folder: Path) -> None:
    """Writes the papers of all cases; `DemoFailed` if the folder cannot be written to."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for _, evidence in played.cases:
            for name, content in zip(names(evidence), evidence.pdfs, strict=True):
                replace_private(folder / name, content)
    except OSError as refused:
        raise DemoFailed(
            f'step "the papers are left in {folder}": {refused.strerror}. Name another folder with --save'
        ) from refused
