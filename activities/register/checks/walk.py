"""Reading the whole register for a check: patiently, and row by row where there are many."""

from typing import Any

from asyncpg.cursor import CursorFactory

from activities.register.pool import Connection, Row
from activities.register.statements import sql

PATIENCE_SECONDS = 300
"""For one statement over the whole register; the limits of the pool are for a single case."""
_ROWS_AT_ONCE = 500


async def fetch_all(connection: Connection, name: str, *arguments: Any) -> list[Row]:
    """All rows that the statement finds: the violations of an invariant, or what is short for every school."""
    return await connection.fetch(sql(name), *arguments, timeout=PATIENCE_SECONDS)


def each_row(connection: Connection, name: str) -> "CursorFactory[Row]":
    """The rows that the statement finds, to be walked through in a transaction, however many they are."""
    return connection.cursor(sql(name), prefetch=_ROWS_AT_ONCE, timeout=PATIENCE_SECONDS)
