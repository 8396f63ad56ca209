"""The short form of the scenario."""

from pathlib import Path

import pytest

from tests.faults import full_disk
from tests.faults.figures import Size
from tests.faults.small_disk import can_mount


@pytest.mark.skipif(not can_mount(), reason="this process may not mount a file system")
async def test_a_full_disk_is_told_clearly_and_loses_nothing(stand_folder: Path) -> None:
    figures = await full_disk.run(stand_folder, Size.SHORT, print)
    assert figures.violations == []
