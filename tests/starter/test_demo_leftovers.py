"""A demo that was killed leaves its folder; the next one removes it, and no other."""

from pathlib import Path

from starter.demo.leftovers import remove_leftovers
from starter.embedded.data_folder import DataFolder


async def test_the_folder_of_a_killed_demo_is_removed_and_that_of_a_running_one_stays(tmp_path: Path) -> None:
    with DataFolder(tmp_path / "demo-killed").locked(), DataFolder(tmp_path / "other-killed").locked():
        pass
    (tmp_path / "demo-beginning").mkdir()
    (tmp_path / "demo-link").symlink_to(tmp_path / "other-killed")
    with DataFolder(tmp_path / "demo-running").locked():
        await remove_leftovers(tmp_path, "demo-")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"demo-beginning", "demo-link", "demo-running", "other-killed"}
    assert (tmp_path / "other-killed" / "lock").exists()
