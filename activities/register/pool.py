"""Connections to the register. Nothing here waits without end, even if the server falls silent."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg
from asyncpg.pool import PoolAcquireContext, PoolConnectionProxy

if TYPE_CHECKING:
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
    Connection: TypeAlias = PoolConnectionProxy[asyncpg.Record] | asyncpg.Connection[asyncpg.Record]
    Row: TypeAlias = asyncpg.Record
else:
    Pool = asyncpg.Pool
    Connection = PoolConnectionProxy
    Row = asyncpg.Record

POOL_SIZE = 8
CLOSE_SECONDS = 2.0
IDLE_SECONDS = 10
"""Between two statements of a transaction."""
TRANSACTION_SECONDS = 30
"""Nobody holds the lock of a case for longer. Three times what an attempt of an activity may take: on a slow register
what was begun goes on when its attempt was given up, and the next attempt finds the verdict.
"""
KNOWS_TRANSACTION_TIMEOUT = 17
"""The first PostgreSQL that can end a session whose transaction takes too long, whatever it is at."""

CONNECTION_LOST = (OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What is raised on this side when the server goes away; the last when it said so just before a query."""


@dataclass(frozen=True)
class Patience:
    """How long a process waits for the register, in seconds; the server gives up first, so that its word is heard."""

    lock: float
    statement: float
    command: float
    """A server that has not even given up by then is not heard any more: TimeoutError, on this side."""
    acquire: float
    """For a free connection, or a new one: TimeoutError after that."""
    connect: float
    """For the first connection of a pool."""


AT_WORK = Patience(lock=4, statement=5, command=7, acquire=3, connect=5)
"""Of a process that tries again by itself; below the ten seconds that an activity has for an attempt."""
AT_THE_COUNTER = Patience(lock=1.2, statement=1.4, command=1.6, acquire=1.6, connect=1.6)
"""Where a person waits for the answer: one of any kind comes within two seconds of the register's silence."""


class BoundedPool(Pool):
    """A pool in which every wait for a connection has its end."""

    patience: Patience = AT_WORK

    def acquire(self, *, timeout: float | None = None) -> "PoolAcquireContext[Row]":
        return super().acquire(timeout=timeout or self.patience.acquire)


class _Connection(asyncpg.Connection):
    """A connection that is cut as soon as the server is not heard: its rollback would not be answered either.

    Its transaction is undone by the server; only that of an unanswered COMMIT may have been done.
    """

    async def execute(self, *arguments: Any, **named: Any) -> str:
        with self._cutting():
            return await super().execute(*arguments, **named)

    async def fetch(self, *arguments: Any, **named: Any) -> Any:
        with self._cutting():
            return await super().fetch(*arguments, **named)

    async def fetchrow(self, *arguments: Any, **named: Any) -> Any:
        with self._cutting():
            return await super().fetchrow(*arguments, **named)

    async def fetchval(self, *arguments: Any, **named: Any) -> Any:
        with self._cutting():
            return await super().fetchval(*arguments, **named)

    def get_reset_query(self) -> str:
        """Between two users of the connection; without `transaction_timeout`, which the server would forget by it."""
        return f"{super().get_reset_query()}\n{self.transaction_limit}"

    @property
    def transaction_limit(self) -> str:
        """Ends what a frozen process left half said: the server takes it for work, neither idle nor a statement."""
        known = self.get_server_version().major >= KNOWS_TRANSACTION_TIMEOUT
        return f"SET transaction_timeout = '{TRANSACTION_SECONDS}s'" if known else ""

    @contextmanager
    def _cutting(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError:
            self.terminate()
            raise


async def open_pool(url: str, *, size: int = POOL_SIZE, patience: Patience = AT_WORK) -> Pool:
    """A pool on the register at `url`; no statement and no wait for a lock is longer than `patience` says.

    A connection, or a server, that does not answer is a TimeoutError.
    """
    pool = BoundedPool(
        url,
        # None is held open for its own sake: a server that is away would be asked, and written about, without end.
        min_size=0,
        max_size=size,
        max_queries=50_000,
        max_inactive_connection_lifetime=300,
        connection_class=_Connection,
        record_class=asyncpg.Record,
        loop=None,
        init=_prepare,
        timeout=patience.connect,
        command_timeout=patience.command,
        server_settings={
            "application_name": "uide",
            "statement_timeout": _milliseconds(patience.statement),
            "lock_timeout": _milliseconds(patience.lock),
            "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
            "timezone": "UTC",
        },
    )
    pool.patience = patience
    await pool
    async with pool.acquire(timeout=patience.connect):
        return pool


async def close_pool(pool: Pool) -> None:
    """Closes the connections; those that are still at work, or do not answer, are cut after two seconds."""
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await pool.close()
    except (*CONNECTION_LOST, asyncpg.PostgresError):
        pool.terminate()


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f}ms"


async def _prepare(connection: Any) -> None:
    # An older server is told nothing: an empty statement has no answer that asyncpg could read.
    if connection.transaction_limit:
        await connection.execute(connection.transaction_limit)
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=_dump, decoder=json.loads)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
