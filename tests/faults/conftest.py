"""A folder for each scenario, with a path short enough for PostgreSQL's socket."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest


@contextmanager
def short_folder() -> Iterator[Path]:
    folder = Path(mkdtemp(prefix="uide-faults-"))
    try:
        yield folder / "stand"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def stand_folder() -> Iterator[Path]:
    with short_folder() as folder:
        yield folder
