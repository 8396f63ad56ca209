"""The one folder with all data of the embedded stack, used by one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class DataFolderRefused(RuntimeError):
    """The data folder cannot be used; the text says why and what to do."""


class DataFolder:
    """Where each part of the embedded stack keeps its data. Readable by its owner only."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().resolve()
        self.postgres = self.root / "postgres"
        self.temporal = self.root / "temporal"
        self.log = self.root / "log"
        self.run = self.root / "run"
        self.roots = self.root / "roots"
        self._lock = self.root / "lock"

    @property
    def used_before(self) -> bool:
        """Whether a stack was ever started on it."""
        return self._lock.exists()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder and hold it alone; the lock ends with this process, however it ends."""
        self._make()
        with self._lock.open("a+") as lock:
            self._hold(lock)
            yield

    def _make(self) -> None:
        try:
            for folder in (self.root, self.temporal, self.log, self.run):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as refused:
            raise DataFolderRefused(
                f"the data folder {self.root} cannot be made: {refused.strerror}. "
                "Name a folder that you may write to with --data."
            ) from refused

    def _hold(self, lock: IO[str]) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise DataFolderRefused(
                f"the data folder {self.root} is in use by process {lock.read().strip() or '(unknown)'}. "
                "Stop that one first, or name another folder with --data."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
