"""A file for its owner alone: read only if nobody else can reach it, written whole and only once."""

import os
import stat
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
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(unfinished, path)
        _sync(path.parent)
    finally:
        unfinished.unlink()


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
