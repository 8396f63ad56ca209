"""The short form of the scenario."""

from pathlib import Path

import pytest

from tests.faults import chaos
from tests.faults.figures import Size


@pytest.mark.timeout(1200)
async def test_all_cases_come_to_their_outcome_while_every_process_is_killed(stand_folder: Path) -> None:
    figures = await chaos.run(stand_folder, Size.SHORT, print)
    assert figures.violations == []
