"""A long look at the whole register on one of its states, beside the work of the service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from activities.register.checks.walk import make_unhurried
from activities.register.pool import Connection, Pool


@asynccontextmanager
async def reading_unhurried(pool: Pool) -> AsyncIterator[Connection]:
    """A connection whose transaction can only read, as long as it takes."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        await make_unhurried(connection)
        yield connection
