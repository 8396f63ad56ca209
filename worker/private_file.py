"""A file for its owner alone: read only if nobody else can reach it, written whole."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp


class OpenToOthers(Exception):
    """Group or others may read or change the file; `mode` is what it has now."""

    def __init__(self, mode: int) -> None:
        self.mode = mode
        super().__init__(f"mode {mode:04o}")


class AlreadyThere(Exception):
    """A file of that name was there first, and it was left as it is."""


def read_private(path: Path) -> bytes:
    """The content, or `OpenToOthers`, or the `OSError` of opening it."""
    with path.open("rb") as file:
        # Asked of the open file, so that it cannot be exchanged between the question and the reading.
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise OpenToOthers(mode)
        return file.read()


def write_private(path: Path, content: bytes) -> None:
    """The whole file or none of it, with mode 0600; `AlreadyThere` if there is one, else `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _unfinished(path, content) as unfinished:
        _put_in_place(unfinished, path)
    _sync(path.parent)


def replace_private(path: Path, content: bytes) -> None:
    """The whole file in place of the one before, with mode 0600; after an `OSError` the one before is still there."""
    with _unfinished(path, content) as unfinished:
        unfinished.replace(path)
    _sync(path.parent)


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Holds the folder against others who ask for it, also those of other processes; waits for its turn."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _unfinished(path: Path, content: bytes) -> Iterator[Path]:
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _put_in_place(unfinished: Path, path: Path) -> None:
    # A link, unlike a rename, never replaces what somebody else has put there meanwhile.
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        raise AlreadyThere(path) from None


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
