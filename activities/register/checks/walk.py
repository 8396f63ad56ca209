"""Reading the whole register for a check: patiently, in portions, and no more of it at a time than fits."""

import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from asyncpg.cursor import CursorFactory

from activities.register.checks.found import Found
from activities.register.pool import Connection, Row
from activities.register.statements import sql

PATIENCE_SECONDS = 300
"""For one statement over the whole register; the limits of the pool are for a single case."""
MOST_FOUND = 100
"""So many violations a check names; of a register that lost a table there would be millions."""
_ROWS_AT_ONCE = 500
_CASES_AT_ONCE = 1000
_ALL_IDS = 1 << 128

Tell = Callable[[float], None]
_telling: ContextVar[Tell] = ContextVar("_telling", default=lambda _: None)


@contextmanager
def telling(tell: Tell) -> Iterator[None]:
    """Within the block checks that walk in portions tell which share of the register they have seen."""
    token = _telling.set(tell)
    try:
        yield
    finally:
        _telling.reset(token)


async def make_unhurried(connection: Connection) -> None:
    """Lifts the limits of the pool, which are for a single case, until this transaction ends."""
    await connection.execute(f"SET LOCAL statement_timeout = '{PATIENCE_SECONDS}s'")
    # Here the server also waits while a check counts.
    await connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    await connection.execute(_UNHURRIED)


_UNHURRIED = "SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout'"
"""Older servers do not know it."""


async def fetch_first(connection: Connection, statement: str, *arguments: Any) -> list[Row]:
    """The first rows of a statement that finds violations, one more than a check names."""
    cursor = await connection.cursor(statement, *arguments, timeout=PATIENCE_SECONDS)
    return await cursor.fetch(MOST_FOUND + 1, timeout=PATIENCE_SECONDS)


def each_row(connection: Connection, name: str) -> "CursorFactory[Row]":
    """The rows that the statement finds, to be walked through in a transaction, however many they are."""
    return connection.cursor(sql(name), prefetch=_ROWS_AT_ONCE, timeout=PATIENCE_SECONDS)


async def first_of(found: AsyncIterator[Found]) -> list[Found]:
    """As many violations as a check names, and one more if there are more."""
    first = []
    async for violation in found:
        first.append(violation)
        if len(first) > MOST_FOUND:
            break
    return first


async def each_portion(connection: Connection) -> AsyncIterator[tuple[UUID, UUID]]:
    """The first and the last id of portions of cases, which together are all ids that there can be."""
    cases = await connection.fetchval(sql("evidence/count_cases"))
    number = cases // _CASES_AT_ONCE + 1
    edges = [_ALL_IDS * edge // number for edge in range(number + 1)]
    for seen, (begins, ends) in enumerate(itertools.pairwise(edges), start=1):
        yield UUID(int=begins), UUID(int=ends - 1)
        _telling.get()(seen / number)
