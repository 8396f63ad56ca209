"""Connections to the register. Nothing here waits without end, even if the server falls silent."""

import asyncio
import json
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
STATEMENT_TIMEOUT = "5s"
"""Below the ten seconds an activity has, so that the database gives up before the attempt does."""
LOCK_TIMEOUT = "4s"
COMMAND_SECONDS = 7.0
"""A server that has not even given up by then is not heard any more: TimeoutError, on this side."""
ACQUIRE_SECONDS = 3.0
"""For a free connection, or a new one: TimeoutError after that."""
CLOSE_SECONDS = 2.0


class _Pool(Pool):
    """A pool in which every wait for a connection has its end."""

    def acquire(self, *, timeout: float | None = None) -> "PoolAcquireContext[Row]":
        return super().acquire(timeout=timeout or ACQUIRE_SECONDS)


async def open_pool(url: str, *, size: int = POOL_SIZE, connect_timeout: float = 5) -> Pool:
    """A pool on the register at `url`; statements end after five seconds, waiting for a lock after four.

    A connection, or a server, that does not answer is a TimeoutError.
    """
    return await _Pool(
        url,
        min_size=1,
        max_size=size,
        max_queries=50_000,
        max_inactive_connection_lifetime=300,
        connection_class=asyncpg.Connection,
        record_class=asyncpg.Record,
        loop=None,
        init=_prepare,
        timeout=connect_timeout,
        command_timeout=COMMAND_SECONDS,
        server_settings={
            "application_name": "uide",
            "statement_timeout": STATEMENT_TIMEOUT,
            "lock_timeout": LOCK_TIMEOUT,
            "idle_in_transaction_session_timeout": "10s",
            "timezone": "UTC",
        },
    )


async def close_pool(pool: Pool) -> None:
    """Closes the connections; those that are still at work, or do not answer, are cut after two seconds."""
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await pool.close()
    except (TimeoutError, OSError, asyncpg.InterfaceError, asyncpg.PostgresError):
        pool.terminate()


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=_dump, decoder=json.loads)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
