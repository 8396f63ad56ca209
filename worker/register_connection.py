"""The way to the register for the worker process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from activities.register.pool import AT_WORK, CONNECTION_LOST, Patience, Pool, close_pool, open_pool
from worker.settings import Settings

REGISTER_AWAY = (asyncpg.PostgresError, *CONNECTION_LOST)
"""What is raised while the register does not answer, or answers that it cannot."""


class RegisterUnreachable(Exception):
    """No database answers at the start; once the worker runs, a register that is away is waited for."""


@asynccontextmanager
async def register_open(settings: Settings, size: int, patience: Patience = AT_WORK) -> AsyncIterator[Pool]:
    """Connections while the block runs; `RegisterUnreachable` if the first one cannot be made."""
    try:
        pool = await open_pool(settings.database_url.get_secret_value(), size=size, patience=patience)
    except REGISTER_AWAY as error:
        # The text of a server's error can quote the address with its password; the class says enough.
        raise RegisterUnreachable(
            f"the register (PostgreSQL) does not answer ({type(error).__name__}). Start it (`uide up` brings one), "
            "or correct DATABASE_URL"
        ) from error
    try:
        yield pool
    finally:
        await close_pool(pool)
