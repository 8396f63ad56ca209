"""The clock of the register's server: it stamps nothing of the law, but others are compared with it."""

from datetime import UTC, datetime, timedelta

from activities.register.pool import Pool
from activities.register.statements import sql

TOLERANCE = timedelta(minutes=1)
"""As exact as the papers, which show minutes; clocks that are kept by NTP differ by much less."""


async def ahead_of_register(pool: Pool) -> timedelta:
    """How far this machine's clock is ahead of the server's, negative if behind; a slow answer is no difference."""
    before = datetime.now(UTC)
    register = await read_clock(pool)
    after = datetime.now(UTC)
    if before <= register <= after:
        return timedelta(0)
    return before - register if register < before else after - register


async def read_clock(pool: Pool) -> datetime:
    """What the clock of the server shows."""
    moment: datetime = await pool.fetchval(sql("read_clock"))
    return moment
