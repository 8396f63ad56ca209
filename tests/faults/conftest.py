"""A folder for each scenario, with a path short enough for PostgreSQL's socket."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest


@pytest.fixture
def stand_folder() -> Iterator[Path]:
    folder = Path(mkdtemp(prefix="uide-faults-"))
    yield folder / "stand"
    shutil.rmtree(folder, ignore_errors=True)
