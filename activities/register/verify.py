"""Verifying the register: reads everything, changes nothing, names whatever does not hold.

One pass may take long, in constant memory; it never holds up the service.
"""

import asyncpg
from pydantic import BaseModel, ConfigDict

from activities.register.checks.acts import acts_are_intact, steps_are_allowed
from activities.register.checks.case_numbers import case_numbers_have_no_gap
from activities.register.checks.found import Check, Found
from activities.register.checks.rows import CHECKS_OF_ROWS
from activities.register.checks.terms import open_terms_end_in_office_hours, terms_are_counted_right
from activities.register.checks.walk import PATIENCE_SECONDS
from activities.register.pool import Connection, Pool

CHECKS: dict[str, Check] = {
    **CHECKS_OF_ROWS,
    "steps_are_allowed": steps_are_allowed,
    "acts_are_intact": acts_are_intact,
    "case_numbers_have_no_gap": case_numbers_have_no_gap,
    "terms_are_counted_right": terms_are_counted_right,
    "open_terms_end_in_office_hours": open_terms_end_in_office_hours,
}
"""Every invariant by its name."""


class Violation(Found):
    """An invariant that does not hold."""

    check: str


class Report(BaseModel):
    """What was looked into and what does not hold."""

    model_config = ConfigDict(frozen=True)

    checks: tuple[str, ...]
    violations: tuple[Violation, ...]


async def verify(pool: Pool) -> Report:
    """All checks on one state of the register, in a transaction that can only read."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        # The limits of the pool are for a single case; here the server also waits while a check counts.
        await connection.execute(f"SET LOCAL statement_timeout = '{PATIENCE_SECONDS}s'")
        await connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        await connection.execute(_UNHURRIED)
        return await look_into(connection)


_UNHURRIED = "SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout'"
"""Older servers do not know it."""


async def look_into(connection: Connection) -> Report:
    """All checks on the register as this connection sees it."""
    violations = [
        Violation(check=name, **dict(found))
        for name, check in CHECKS.items()
        for found in await _look(connection, check)
    ]
    return Report(checks=tuple(CHECKS), violations=tuple(violations))


async def _look(connection: Connection, check: Check) -> list[Found]:
    try:
        async with connection.transaction():
            return await check(connection)
    except (ValueError, TypeError, LookupError, asyncpg.DataError) as unreadable:
        # Damaged data must not hide what the other checks find; its words may be personal.
        what = f"data on file cannot be read ({type(unreadable).__name__})"
        return [Found(subject="register", what=what, instead="data as the service writes it")]
