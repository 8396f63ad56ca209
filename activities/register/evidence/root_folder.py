"""The folder of the roots, outside the database: one line for each, and the heads that it stands for.

A line names the line before it by its SHA-256, and its heads by theirs. Lines are only added.
"""

import fcntl
import gzip
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from domain.legal_time import legal_date

ROOTS = "roots.jsonl"
NONE_BEFORE = "0" * 64
REGISTER = "register/"
"""Before the name of a record whose chain is the register's own, where else the id of a case stands."""


class Root(BaseModel):
    """One line: the state of all chains at a moment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: AwareDatetime
    cases: int
    links: int
    """Of all chains together."""
    contradicts: int
    """How many chains were not what the root before it says, as far as they were named."""
    root: str
    """SHA-256 of the heads, a line each: case or record, links, last hash."""
    previous: str
    """SHA-256 of the line before, without its line feed; zeros in the first."""

    @property
    def heads(self) -> str:
        """The name of the file with the heads, compressed."""
        return f"heads-{self.at.astimezone(UTC):%Y%m%dT%H%M%S%fZ}.gz"


class Head(NamedTuple):
    """How long a chain was, and its last hash in hex."""

    chain: str
    links: int
    hash: str


class RootsDamaged(Exception):
    """A file of the folder is not what was written; the text says which."""


class RootFolder:
    """The roots in a folder, which is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def roots(self) -> list[Root]:
        """All roots in their order; `RootsDamaged` if a line is not the one that was written."""
        if not self._lines.exists():
            return []
        roots = []
        before = NONE_BEFORE
        for number, line in enumerate(self._lines.read_bytes().splitlines(), start=1):
            try:
                root = Root.model_validate_json(line)
            except ValidationError:
                raise RootsDamaged(f"line {number} of {ROOTS} is no root") from None
            if root.previous != before:
                raise RootsDamaged(f"line {number} of {ROOTS} does not follow the line before it")
            roots.append(root)
            before = hashlib.sha256(line).hexdigest()
        return roots

    def newest(self) -> Root | None:
        """The last root; `RootsDamaged` as `roots` says."""
        roots = self.roots()
        return roots[-1] if roots else None

    def heads(self, root: Root) -> Iterator[Head]:
        """The heads of a root; `RootsDamaged`, at their end, if they are not those that were written."""
        digest = hashlib.sha256()
        try:
            with gzip.open(self.path / root.heads, "rb") as file:
                for line in file:
                    digest.update(line)
                    chain, links, last = line.decode("ascii").split()
                    yield Head(chain, int(links), last)
        except (OSError, EOFError, ValueError) as error:
            raise RootsDamaged(f"{root.heads} cannot be read ({type(error).__name__})") from None
        if digest.hexdigest() != root.root:
            raise RootsDamaged(f"{root.heads} is not what was written")

    @contextmanager
    def adding(self) -> Iterator["NewRoot"]:
        """A root to be written; OSError if the folder cannot be written to, or somebody writes one just now."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._lines.open("ab") as lines:
            fcntl.flock(lines, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with NewRoot(self.path) as new:
                yield new
                lines.write(new.line)
                lines.flush()
                os.fsync(lines.fileno())

    def has_one_of(self, at: datetime) -> bool:
        """Whether there is a root of that local day."""
        newest = self.newest()
        return newest is not None and legal_date(newest.at) == legal_date(at)

    @property
    def _lines(self) -> Path:
        return self.path / ROOTS


class NewRoot:
    """Heads that are being written, and their line."""

    def __init__(self, folder: Path) -> None:
        self.line = b""
        self._folder = folder
        self._unfinished = folder / ".heads-unfinished.gz"
        self._file = gzip.open(self._unfinished, "wb")  # noqa: SIM115 - closed with this object
        self._digest = hashlib.sha256()
        self._cases = 0
        self._links = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._unfinished.unlink(missing_ok=True)

    def add(self, head: Head) -> None:
        """One more head; cases by id come before the register's own chains."""
        line = f"{head.chain} {head.links} {head.hash}\n".encode("ascii")
        self._digest.update(line)
        self._file.write(line)
        self._links += head.links
        self._cases += not head.chain.startswith(REGISTER)

    def finish(self, at: datetime, contradicts: int) -> Root:
        """Puts the heads in their place; the line is added when the block ends."""
        self._file.close()
        with self._unfinished.open("rb") as written:
            os.fsync(written.fileno())
        root = Root(
            at=at,
            cases=self._cases,
            links=self._links,
            contradicts=contradicts,
            root=self._digest.hexdigest(),
            previous=self._before(),
        )
        self._unfinished.rename(self._folder / root.heads)
        self.line = root.model_dump_json().encode() + b"\n"
        return root

    def _before(self) -> str:
        lines = (self._folder / ROOTS).read_bytes().splitlines()
        return hashlib.sha256(lines[-1]).hexdigest() if lines else NONE_BEFORE
