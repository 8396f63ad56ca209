"""What demos that were killed have left among the temporary files."""

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from starter.embedded.data_folder import DataFolder
from starter.embedded.stack import end_leftovers


async def remove_leftovers(temporary: Path, prefix: str) -> None:
    """Removes the folders of this user's demos that run no more; what cannot be removed stays, without a word."""
    for folder in temporary.glob(f"{prefix}*"):
        with suppress(OSError):
            if _is_own(folder):
                await _remove(folder)


def _is_own(folder: Path) -> bool:
    # The temporary folder is everybody's: a link or a folder of others leads elsewhere.
    about = folder.lstat()
    return stat.S_ISDIR(about.st_mode) and about.st_uid == os.getuid()


async def _remove(folder: Path) -> None:
    with _alone(folder / "lock"):
        await end_leftovers(DataFolder(folder))
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    # A folder without a lock belongs to a demo that is just beginning.
    with lock.open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
