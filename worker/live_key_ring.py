"""The key ring of a process that runs for long: the file is looked at again, so no key needs a restart."""

from pathlib import Path
from typing import Protocol

from structlog import get_logger

from worker.key_ring import KeyRing, KeyRingUnusable, RingKey

_log = get_logger()

_Seen = tuple[int, int, int] | None


class Keys(Protocol):
    """What the codec needs of a key ring."""

    @property
    def primary_id(self) -> str:
        """The key to write with."""

    def key(self, key_id: str) -> RingKey:
        """The key of that id, or `KeyUnknown`."""

    def gave_out(self, key_id: str) -> bool:
        """Whether the id is no made-up one."""


class LiveKeyRing:
    """The ring of a file as it is now; `KeyRingUnusable` if it cannot be read at the beginning.

    A later file that cannot be read, or that is a ring with another key of the child's hash, is logged once as
    `key_ring_not_taken`, and the ring before it goes on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = _stat(path)
        self._ring = KeyRing.load(path)

    @property
    def primary_id(self) -> str:
        """The key that the file says to write with."""
        return self._current().primary_id

    def key(self, key_id: str) -> RingKey:
        """The key of that id, or `KeyUnknown` while the file does not hold it."""
        return self._current().key(key_id)

    def gave_out(self, key_id: str) -> bool:
        """Whether the id is no made-up one, be its key in the file or not yet."""
        return self._current().gave_out(key_id)

    def _current(self) -> KeyRing:
        seen = _stat(self._path)
        if seen != self._seen:
            self._seen = seen
            self._take_anew()
        return self._ring

    def _take_anew(self) -> None:
        try:
            ring = KeyRing.load(self._path)
        except KeyRingUnusable as error:
            _log.error("key_ring_not_taken", cause=str(error))
            return
        if ring.child_key != self._ring.child_key:
            _log.error(
                "key_ring_not_taken", cause=f"{self._path} is another ring, not this one with other keys"
            )
            return
        self._ring = ring
        _log.info("key_ring_taken", keys=[key.id for key in ring.keys], primary=ring.primary_id)


def _stat(path: Path) -> _Seen:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_ctime_ns
