"""Connections to the register."""

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

if TYPE_CHECKING:
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
    Connection: TypeAlias = PoolConnectionProxy[asyncpg.Record] | asyncpg.Connection[asyncpg.Record]
    Row: TypeAlias = asyncpg.Record
else:
    Pool = asyncpg.Pool
    Connection = PoolConnectionProxy
    Row = asyncpg.Record

STATEMENT_TIMEOUT = "5s"
"""Below the ten seconds an activity has, so that the database gives up before the attempt does."""
LOCK_TIMEOUT = "4s"


async def open_pool(url: str, *, size: int = 8, connect_timeout: float = 5) -> Pool:
    """A pool on the register at `url`; statements end after five seconds, waiting for a lock after four."""
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        timeout=connect_timeout,
        init=_prepare,
        server_settings={
            "application_name": "uide",
            "statement_timeout": STATEMENT_TIMEOUT,
            "lock_timeout": LOCK_TIMEOUT,
            "idle_in_transaction_session_timeout": "10s",
            "timezone": "UTC",
        },
    )


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=_dump, decoder=json.loads)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
