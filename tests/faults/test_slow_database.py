"""The short form of the scenario."""

from pathlib import Path

import pytest

from tests.faults import slow_database
from tests.faults.figures import Size


@pytest.mark.timeout(1200)
async def test_a_slow_register_is_told_clearly_and_passes_by_itself(stand_folder: Path) -> None:
    figures = await slow_database.run(stand_folder, Size.SHORT, print)
    assert figures.violations == []
