"""The short form of the scenario."""

from pathlib import Path

import pytest

from tests.faults import temporal_lost
from tests.faults.figures import Size


@pytest.mark.timeout(1200)
async def test_every_open_case_goes_on_where_it_was_although_temporals_database_is_lost(
    stand_folder: Path,
) -> None:
    figures = await temporal_lost.run(stand_folder, Size.SHORT, print)
    assert figures.violations == []
