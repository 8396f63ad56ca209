"""The way of a starter to the register: open for one piece of work, or a clear word that it is away."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import asyncpg
from pydantic import SecretStr

from activities.register.pool import AT_WORK, CONNECTION_LOST, Patience, Pool, close_pool, open_pool


class RegisterAway(Exception):
    """The register does not answer now; what was not confirmed may be sent again as it is."""


class SchemaMissing(Exception):
    """The database answers, but it has not the tables of this version, or not for this role."""


_AWAY = (
    *CONNECTION_LOST,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)


@contextmanager
def telling_if_away() -> Iterator[None]:
    """`RegisterAway` or `SchemaMissing` for whatever the database answers within the block instead of working."""
    try:
        yield
    except (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError) as error:
        raise SchemaMissing("the database has no register of this version. Run: uide migrate") from error
    except asyncpg.InsufficientPrivilegeError as error:
        raise SchemaMissing(
            "the role of this database may not do this. Run uide migrate as its owner (DATABASE_OWNER_URL)"
        ) from error
    except asyncpg.DiskFullError as error:
        raise RegisterAway(_DISK_FULL) from error
    except _AWAY as error:
        raise RegisterAway(_NOT_NOW.format(cause=_cause(error))) from error


@asynccontextmanager
async def open_register(
    url: SecretStr, *, size: int = 2, patience: Patience = AT_WORK
) -> AsyncIterator[Pool]:
    """Connections as long as the block lasts; `RegisterAway` when the database goes away, before or within it."""
    with telling_if_away():
        pool = await open_pool(url.get_secret_value(), size=size, patience=patience)
        try:
            yield pool
        finally:
            await close_pool(pool)


_DISK_FULL = (
    "not now: the register (PostgreSQL) has no room left on its disk. Make room there, nothing needs to be started "
    "again, and send the same again: what was already received is not received twice"
)
_NOT_NOW = (
    "not now: the register (PostgreSQL) does not answer ({cause}). Start it (uide up brings one), or correct "
    "DATABASE_URL, and send the same again: what was already received is not received twice"
)


def _cause(error: BaseException) -> str:
    # The texts of a server's errors can quote data; the class says enough.
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else type(error).__name__
