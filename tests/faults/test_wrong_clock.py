"""The short form of the scenario."""

from pathlib import Path

import pytest

from tests.faults import wrong_clock
from tests.faults.figures import Size


@pytest.mark.skipif(
    wrong_clock.faketime_library() is None, reason="the package faketime is not installed and could not be"
)
async def test_a_wrong_clock_stamps_nothing_and_breaches_no_term(stand_folder: Path) -> None:
    figures = await wrong_clock.run(stand_folder, Size.SHORT, print)
    assert figures.violations == []
