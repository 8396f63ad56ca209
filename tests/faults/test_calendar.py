"""The short form of the scenario."""

from pathlib import Path

import pytest

from tests.faults import calendar
from tests.faults.figures import Size


@pytest.mark.timeout(1200)
async def test_every_term_is_counted_anew_once_while_the_worker_is_killed(stand_folder: Path) -> None:
    figures = await calendar.run(stand_folder, Size.SHORT, print)
    assert figures.violations == []
