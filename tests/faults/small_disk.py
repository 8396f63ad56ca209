"""A file system of its own for one folder, small enough to be filled up."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

MEGABYTE = 1024 * 1024


class SmallDisks:
    """Mounts folders on memory of limited size; all are unmounted in the end."""

    def __init__(self) -> None:
        self._mounted: list[Path] = []

    def move(self, folder: Path, spare: int) -> "SmallDisk":
        """The folder with all that is in it on a disk with so many bytes to spare; nobody may be using it."""
        before = folder.with_name(f"{folder.name}.before")
        folder.rename(before)
        kept = before.stat()
        folder.mkdir(mode=0o700)
        used = sum(path.stat().st_blocks * 512 for path in before.rglob("*"))
        mount(folder, used + spare)
        self._mounted.append(folder)
        # tmpfs gives root another owner than the server needs.
        shutil.copystat(before, folder)
        os.chown(folder, kept.st_uid, kept.st_gid)
        subprocess.run(["cp", "-a", f"{before}/.", str(folder)], check=True)
        shutil.rmtree(before)
        return SmallDisk(folder)

    def unmount(self) -> None:
        """To be called when nobody uses the folders any more."""
        for folder in self._mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


class SmallDisk:
    """A disk that can be filled up to the last byte, and given room again."""

    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leaves no room."""
        piece = b"\0" * MEGABYTE
        with self._ballast.open("ab", buffering=0) as ballast:
            while len(piece) > 1:
                try:
                    ballast.write(piece)
                except OSError:
                    piece = piece[: len(piece) // 2]

    def give_room(self) -> None:
        """Takes away what it was filled with."""
        self._ballast.unlink(missing_ok=True)


def mount(folder: Path, size: int) -> None:
    """Puts an empty file system of that size on the folder."""
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True, capture_output=True
    )


@contextmanager
def small_disks() -> Iterator[SmallDisks]:
    """Disks for what runs within the block and has ended at its end."""
    disks = SmallDisks()
    try:
        yield disks
    finally:
        disks.unmount()


def can_mount() -> bool:
    """Whether this process may mount; in most containers it may not."""
    with TemporaryDirectory() as folder:
        try:
            mount(Path(folder), MEGABYTE)
        except (OSError, subprocess.CalledProcessError):
            return False
        subprocess.run(["umount", folder], check=True)
        return True
