"""The SQL of the register, kept as one statement a file in activities/sql."""

from functools import cache
from importlib.resources import files
from typing import Any

from activities.register.pool import Connection, Row


@cache
def sql(name: str) -> str:
    """The statement `name`; a name without a file is a mistake of the caller."""
    return files("activities").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


async def fetch_one(connection: Connection, name: str, *arguments: Any) -> Row:
    """The one row that the statement finds; LookupError when there is none."""
    row = await connection.fetchrow(sql(name), *arguments)
    if row is None:
        raise LookupError(f"{name} found nothing")
    return row
