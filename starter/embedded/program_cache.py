"""Where downloaded and built programs stay: outside of the checkout, so that all checkouts share them."""

import fcntl
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starter.embedded.progress import tell


def cache_folder() -> Path:
    """The folder of all programs; XDG_CACHE_HOME names another one."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "uide"


def cached(name: str) -> Path:
    """Where the program of that name and version is, or will be, for this kind of machine."""
    return cache_folder() / f"{name}-{sys.platform}-{platform.machine()}"


@contextmanager
def unfinished() -> Iterator[Path]:
    """A folder for half-made files that no other process uses and that is gone afterwards."""
    folder = cache_folder() / "unfinished"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (cache_folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("another process is preparing Temporal; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
