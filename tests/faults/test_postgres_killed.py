"""The short form of the scenario."""

from pathlib import Path

import pytest

from tests.faults import postgres_killed
from tests.faults.figures import Size


@pytest.mark.timeout(1200)
async def test_nothing_acknowledged_is_lost_or_doubled_although_postgresql_is_killed(
    stand_folder: Path,
) -> None:
    figures = await postgres_killed.run(stand_folder, Size.SHORT, print)
    assert figures.violations == []
