"""What veraPDF says of every kind of paper, empty and full; only `make check-papers` runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from domain.papers import PaperKind
from domain.standard import Channel
from tests.papers.readers import facts_of, rendered
from tests.papers.test_layout import FULL

JARS = Path(sys.prefix) / "verapdf"
ADDRESS = "https://uide.example/status/AT001-2026-00007"


def all_papers(folder: Path) -> list[Path]:
    return [
        paper(folder / f"{kind}-{channel}-{fullness}.pdf", kind, channel, fullness)
        for kind in PaperKind
        for channel in Channel
        for fullness in ("short", "full")
    ]


def paper(path: Path, kind: PaperKind, channel: Channel, fullness: str) -> Path:
    changes = FULL.get(kind, {}) if fullness == "full" else {}
    path.write_bytes(rendered(facts_of(kind, channel=channel, status_address=ADDRESS, **changes)))
    return path


@pytest.mark.verapdf
@pytest.mark.timeout(600)
@pytest.mark.parametrize("standard", ["2a", "ua1"])
def test_verapdf_passes_every_paper(standard: str, tmp_path: Path) -> None:
    papers = all_papers(tmp_path)
    command = ["java", "-cp", f"{JARS}/*", "org.verapdf.apps.GreenfieldCliWrapper", "--format", "text", "-v"]
    checked = subprocess.run([*command, "-f", standard, *papers], capture_output=True, text=True, check=False)
    sys.stdout.write(checked.stdout.replace(f"{tmp_path}/", ""))
    assert checked.stdout.split("\n")[:-1] == [f"PASS {path} {standard}" for path in papers], checked.stdout
