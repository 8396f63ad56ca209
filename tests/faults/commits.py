"""Holds the COMMIT of every client at will: after its record is on disk, or before."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from activities.register.pool import Connection
from starter.embedded.postgres import DATABASE, OWNER_ROLE, SUPERUSER
from tests.faults.stand import Stand

WAITED = 60
"""Looks at the sessions before it is given up; together less than a client's own patience."""


@asynccontextmanager
async def written_but_unanswered(stand: Stand) -> AsyncIterator[None]:
    """Each COMMIT is on disk and waits for a standby that does not exist; a server started again has forgotten it."""
    async with _session(stand, SUPERUSER) as session:
        await session.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        await session.execute("SELECT pg_reload_conf()")
        while await session.fetchval("SHOW synchronous_standby_names") != "nobody":
            await asyncio.sleep(0.02)
        await session.execute("ALTER SYSTEM RESET synchronous_standby_names")
    yield


@asynccontextmanager
async def not_written_yet(stand: Stand) -> AsyncIterator[None]:
    """Each COMMIT of an application or an act sleeps with nothing of it on disk, until the server is started again."""
    async with _session(stand, OWNER_ROLE) as session:
        run = await session.fetchval("SELECT pg_postmaster_start_time()")
        await session.execute(_SLEEP.format(run=run))
        if not await session.fetchval("SELECT true FROM pg_trigger WHERE tgname = 'sleep_in_commit' LIMIT 1"):
            await session.execute(_TRIGGERS)
    yield


async def in_commit(stand: Stand, wait_event: str, wanted: int) -> int:
    """How many sessions wait in their COMMIT for the event: `wanted`, or fewer when no more come."""
    found = 0
    async with _session(stand, SUPERUSER) as session:
        for _ in range(WAITED):
            found = await session.fetchval(_WAITING, wait_event)
            if found >= wanted:
                break
            await asyncio.sleep(0.02)
    return found


@asynccontextmanager
async def _session(stand: Stand, role: str) -> AsyncIterator[Connection]:
    session = await asyncpg.connect(stand.postgres.url(DATABASE, role))
    try:
        yield session
    finally:
        await session.close(timeout=2)


_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = $1 AND query LIKE 'COMMIT%'"
_SLEEP = """
CREATE OR REPLACE FUNCTION sleep_in_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_sleep(60) WHERE pg_postmaster_start_time() = '{run}';
    RETURN NULL;
END $$
"""
_TRIGGERS = """
CREATE CONSTRAINT TRIGGER sleep_in_commit AFTER INSERT ON act
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sleep_in_commit();
CREATE CONSTRAINT TRIGGER sleep_in_commit AFTER INSERT ON application
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sleep_in_commit();
"""
