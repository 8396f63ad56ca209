"""The short form of the scenario; and papers on a full disk."""

from pathlib import Path

import pytest

from domain.refusal import InputRefused
from starter.paper_files import save_paper
from tests.faults import full_disk
from tests.faults.figures import Size
from tests.faults.small_disk import MEGABYTE, can_mount, small_disks

needs_mount = pytest.mark.skipif(not can_mount(), reason="this process may not mount a file system")


@needs_mount
async def test_a_full_disk_is_told_clearly_and_loses_nothing(stand_folder: Path) -> None:
    figures = await full_disk.run(stand_folder, Size.SHORT, print)
    assert figures.violations == []


@needs_mount
def test_a_paper_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    with small_disks() as disks:
        disks.move(folder, MEGABYTE)
        with pytest.raises(InputRefused, match="No space left on device"):
            save_paper(folder, "order.pdf", b"%" * 2 * MEGABYTE)
        assert list(folder.iterdir()) == []
        assert save_paper(folder, "order.pdf", b"%PDF").read_bytes() == b"%PDF"
