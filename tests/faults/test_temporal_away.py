"""The short form of the scenario."""

from pathlib import Path

import pytest

from tests.faults import temporal_away
from tests.faults.figures import Size


@pytest.mark.timeout(1200)
async def test_nothing_is_late_that_was_in_time_although_temporal_was_away(stand_folder: Path) -> None:
    figures = await temporal_away.run(stand_folder, Size.SHORT, print)
    assert figures.violations == []
