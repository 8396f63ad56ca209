"""Holds the COMMIT of every client at will: after its record is on disk, or before."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from activities.register.pool import Connection
from starter.embedded.postgres import DATABASE, OWNER_ROLE, SUPERUSER
from tests.faults.stand import Stand

PATIENCE = 60
"""Looks for as many sessions as wanted; together less than a client's own patience."""
HELD_SECONDS = 60
"""Within them a COMMIT waits; where none does, PostgreSQL is not as these tests need it."""
LAST_LOOK = 1500
"""Looks for one session at least: a client that is slow to come to its COMMIT comes again."""


@asynccontextmanager
async def written_but_unanswered(stand: Stand) -> AsyncIterator[None]:
    """Each COMMIT is on disk and waits for a standby that does not exist; a server started again has forgotten it."""
    async with _session(stand, SUPERUSER) as session, _session(stand, SUPERUSER) as first:
        await session.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        await session.execute("SELECT pg_reload_conf()")
        async with asyncio.timeout(HELD_SECONDS):
            await _wait_in_commit(first, session)
        await session.execute("ALTER SYSTEM RESET synchronous_standby_names")
    yield


async def _wait_in_commit(first: Connection, session: Connection) -> None:
    """Returns when a COMMIT waits. The setting holds for nobody before the checkpointer has read it, too."""
    while True:
        commit = asyncio.create_task(first.execute("SELECT pg_logical_emit_message(true, 'first', 'commit')"))
        while not commit.done():
            if await session.fetchval(_EVENT, first.get_server_pid()) == "SyncRep":
                commit.cancel()
                await asyncio.wait([commit])
                return
            await asyncio.sleep(0.02)
        await commit


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
        for look in range(LAST_LOOK):
            found = await session.fetchval(_WAITING, wait_event)
            if found >= wanted or (found and look >= PATIENCE):
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
_EVENT = "SELECT wait_event FROM pg_stat_activity WHERE pid = $1"
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
