"""Connections to the register: nothing waits without end, even if the server falls silent."""

from collections.abc import AsyncIterator
from dataclasses import replace

import asyncpg
import pytest

from activities.register import pool as pools
from activities.register.pool import AT_WORK, Pool, close_pool, open_pool
from tests.databases import Register


@pytest.fixture
async def pool(register: Register, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pool]:
    """One connection, and limits short enough for a test."""
    monkeypatch.setattr(pools, "CLOSE_SECONDS", 0.3)
    pool = await open_pool(register.app_url, size=1, patience=replace(AT_WORK, command=1, acquire=2))
    yield pool
    await close_pool(pool)


async def test_a_statement_that_the_server_does_not_end_is_given_up_here(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await connection.execute("SET statement_timeout = 0")
        with pytest.raises(TimeoutError):
            await connection.execute("SELECT pg_sleep(20)")
    assert await pool.fetchval("SELECT 1") == 1


async def test_a_connection_is_not_waited_for_without_end(pool: Pool) -> None:
    async with pool.acquire():
        with pytest.raises(TimeoutError):
            await pool.fetchval("SELECT 1")
    assert await pool.fetchval("SELECT 1") == 1


async def test_a_connection_still_at_work_is_cut_when_the_pool_closes(pool: Pool) -> None:
    connection = await pool.acquire()
    await close_pool(pool)
    with pytest.raises(asyncpg.InterfaceError):
        await connection.fetchval("SELECT 1")


async def test_what_a_frozen_process_has_locked_is_free_again_after_a_while(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "TRANSACTION_SECONDS", 1)
    await register.file()
    pool = await open_pool(register.app_url, size=1)
    await pool.fetchval("SELECT 1")
    async with pool.acquire() as frozen, register.owner() as waiting:
        await frozen.transaction().start()
        await frozen.execute("SELECT FROM procedure FOR UPDATE")
        await frozen.prepare("SELECT 1")  # the server waits for what follows, and calls this active
        assert await waiting.fetch("SELECT FROM procedure FOR UPDATE", timeout=30)
    await close_pool(pool)
