"""Bringing the schema of the register up to date."""

import hashlib
from importlib.resources import files

import asyncpg
from pydantic import BaseModel

from activities.register.rights import require_rights

_LOCK = 0x75696465
"""Advisory lock: two migrations at once would race for the same file."""


class Migration(BaseModel):
    """One numbered file; once applied anywhere it is never edited."""

    version: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


class MigrationEdited(Exception):
    """A migration was changed after it had been applied to this database."""


def migrations() -> list[Migration]:
    """All migrations in order."""
    entries = (
        entry for entry in files("activities").joinpath("migrations").iterdir() if entry.name.endswith(".sql")
    )
    return sorted(
        (
            Migration(version=int(entry.name[:4]), name=entry.name, text=entry.read_text(encoding="utf-8"))
            for entry in entries
        ),
        key=lambda migration: migration.version,
    )


async def migrate(owner_url: str) -> list[str]:
    """Applies what is not yet applied, each file in its own transaction; returns their names, empty when up to date.

    `RightsMissing` before anything is changed when this role may not do it.
    """
    connection = await asyncpg.connect(owner_url, timeout=10)
    try:
        await require_rights(connection)
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migration ("
            " version integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL,"
            " applied_at timestamptz NOT NULL DEFAULT now())"
        )
        return [m.name for m in migrations() if await _apply(connection, m)]
    finally:
        await connection.close()


async def _apply(connection: "asyncpg.Connection[asyncpg.Record]", migration: Migration) -> bool:
    applied = await connection.fetchval(
        "SELECT sha256 FROM schema_migration WHERE version = $1", migration.version
    )
    if applied == migration.sha256:
        return False
    if applied is not None:
        raise MigrationEdited(
            f"{migration.name} differs from what was applied to this database. An applied migration is never "
            "edited: restore the file and put the change into a new migration."
        )
    async with connection.transaction():
        await connection.execute(migration.text)
        await connection.execute(
            "INSERT INTO schema_migration (version, name, sha256) VALUES ($1, $2, $3)",
            migration.version,
            migration.name,
            migration.sha256,
        )
    return True
