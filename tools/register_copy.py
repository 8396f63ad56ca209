"""What a copy of the register consists of, how it is counted, and PostgreSQL's own programs to make and read it."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from activities.register.pool import Connection

DUMP = "register.dump"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"


class CopyRefused(Exception):
    """The copy cannot be made or read back; the text says why and what to do."""


class LastAct(BaseModel):
    """The act that was written last."""

    model_config = ConfigDict(frozen=True)

    act_id: str
    number: str
    seq: int
    at: AwareDatetime


class Manifest(BaseModel):
    """What stands in a copy, so that it can be compared after it was read back. Nothing in it is personal."""

    model_config = ConfigDict(frozen=True)

    made_at: AwareDatetime
    """The moment of the state that was copied; what was accepted later is not in it."""
    release: str
    postgresql: str
    migrations: tuple[str, ...]
    rows: dict[str, int]
    """Rows by table."""
    open_cases: int
    last_act: LastAct | None
    namespaces: tuple[str, ...]
    """The ids of the Temporal namespaces in which the cases that have not ended were started."""
    keys: tuple[str, ...]
    """The ids of the keys of the ring that belongs to this register, as `uide keys list` shows them."""


# The server itself writes what counts a table: their names are in its catalogue.
_TABLES = """
SELECT tablename, format('SELECT count(*) FROM %I.%I', schemaname, tablename) AS counting
FROM pg_tables
WHERE schemaname = 'public'
ORDER BY tablename
"""
_LAST_ACT = """
SELECT a.act_id, f.number, a.seq, a.at
FROM act AS a
JOIN application AS f USING (case_id)
ORDER BY a.written_at DESC
LIMIT 1
"""
_FACTS = """
SELECT transaction_timestamp() AS made_at,
       current_setting('server_version') AS postgresql,
       (SELECT array_agg(name ORDER BY version) FROM schema_migration) AS migrations,
       (SELECT count(*) FROM procedure WHERE is_open) AS open_cases,
       (SELECT coalesce(array_agg(DISTINCT started_in), '{}') FROM procedure
        WHERE ended_at IS NULL AND started_in IS NOT NULL) AS namespaces
"""


async def rows_by_table(connection: Connection) -> dict[str, int]:
    """How many rows each table has, as this connection sees it."""
    tables = await connection.fetch(_TABLES)
    return {table["tablename"]: await connection.fetchval(table["counting"]) for table in tables}


async def read_manifest(connection: Connection, release: str, keys: Iterable[str]) -> Manifest:
    """The manifest of the state that this connection sees."""
    facts = await connection.fetchrow(_FACTS)
    assert facts is not None, "an aggregate always has its row"
    last = await connection.fetchrow(_LAST_ACT)
    return Manifest(
        **dict(facts),
        release=release,
        rows=await rows_by_table(connection),
        last_act=LastAct(**dict(last)) if last else None,
        keys=tuple(keys),
    )


def write_sums(folder: Path) -> None:
    """Writes the sums of the files of a copy, as `sha256sum --check` reads them."""
    lines = [f"{_sum(folder / name)}  {name}\n" for name in (DUMP, MANIFEST)]
    (folder / SUMS).write_text("".join(lines))


def check_sums(folder: Path) -> None:
    """`CopyRefused` unless every file of the copy is there and is what was written."""
    try:
        told = (folder / SUMS).read_text().splitlines()
        changed = [name for name in (DUMP, MANIFEST) if f"{_sum(folder / name)}  {name}" not in told]
    except (OSError, UnicodeDecodeError):
        raise CopyRefused(
            f"{folder} is no whole copy of a register: {SUMS}, {DUMP} and {MANIFEST} belong to it"
        ) from None
    if changed:
        raise CopyRefused(
            f"{folder / changed[0]} is not what was written: its sum differs. Take another copy"
        )


def read_copy(folder: Path) -> Manifest:
    """What the copy says of itself, or `CopyRefused`."""
    check_sums(folder)
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except ValidationError:
        raise CopyRefused(
            f"{folder / MANIFEST} is not what a backup writes. Take another copy, or the release that made it"
        ) from None


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run_program(program: Path, url: str, *arguments: str) -> None:
    """Runs a program of PostgreSQL on the database at `url`; its password is on no command line."""
    parts = urlsplit(url)
    shown = urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@")))
    secret = {"PGPASSWORD": unquote(parts.password)} if parts.password else {}
    done = subprocess.run(
        [program, f"--dbname={shown}", *arguments],
        env={**os.environ, **secret},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CopyRefused(f"{program.name} ended with {done.returncode}: {done.stderr.strip()}")


@contextmanager
def step(what: str) -> Iterator[None]:
    """Says what was done and how many seconds it took."""
    begun = time.monotonic()
    yield
    print(f"{time.monotonic() - begun:7.2f} s  {what}", file=sys.stderr)
