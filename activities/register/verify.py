"""Verifying the register: reads everything, changes nothing, names whatever does not hold.

One pass may take long, in constant memory; it never holds up the service.
"""

from collections.abc import Callable, Mapping

import asyncpg
from pydantic import BaseModel, ConfigDict

from activities.register.checks.acts import acts_are_intact, steps_are_allowed
from activities.register.checks.chains import chains_are_unbroken, linked_rows_are_intact
from activities.register.checks.complaints import complaint_steps_are_allowed
from activities.register.checks.found import Check, Found
from activities.register.checks.rows import CHECKS_OF_ROWS
from activities.register.checks.terms import open_terms_end_in_office_hours, terms_are_counted_right
from activities.register.checks.walk import MOST_FOUND, make_unhurried, telling
from activities.register.pool import Connection, Pool

CHECKS: dict[str, Check] = {
    **CHECKS_OF_ROWS,
    "steps_are_allowed": steps_are_allowed,
    "complaint_steps_are_allowed": complaint_steps_are_allowed,
    "acts_are_intact": acts_are_intact,
    "terms_are_counted_right": terms_are_counted_right,
    "open_terms_end_in_office_hours": open_terms_end_in_office_hours,
    "chains_are_unbroken": chains_are_unbroken,
    "linked_rows_are_intact": linked_rows_are_intact,
}
"""Every invariant by its name."""

Progress = Callable[[str, float, int], None]
"""Told the name of the check that is being looked into, how many checks are done, and how many there are."""


class Violation(Found):
    """An invariant that does not hold."""

    check: str


class Report(BaseModel):
    """What was looked into and what does not hold."""

    model_config = ConfigDict(frozen=True)

    checks: tuple[str, ...]
    violations: tuple[Violation, ...]
    cut_short: tuple[str, ...] = ()
    """The checks that found more than are named."""


def _silently(_check: str, _done: float, _all: int) -> None:
    return


async def verify(
    pool: Pool, *, besides: Mapping[str, Check] | None = None, tell: Progress = _silently
) -> Report:
    """All checks, and those `besides`, on one state of the register, in a transaction that can only read."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        await make_unhurried(connection)
        return await look_into(connection, besides=besides, tell=tell)


async def look_into(
    connection: Connection, *, besides: Mapping[str, Check] | None = None, tell: Progress = _silently
) -> Report:
    """All checks on the register as this connection sees it, in a transaction of the caller."""
    # Texts of rows are in UTC; a check reads to its end, or to the first violations of a damaged register.
    await connection.execute("SET LOCAL timezone = 'UTC'")
    await connection.execute("SET LOCAL bytea_output = 'hex'")
    await connection.execute("SET LOCAL cursor_tuple_fraction = 1")
    checks = {**CHECKS, **(besides or {})}
    violations: list[Violation] = []
    cut_short = []
    for done, (name, check) in enumerate(checks.items()):
        tell(name, done, len(checks))
        with telling(lambda share, name=name, done=done: tell(name, done + share, len(checks))):  # type: ignore[misc]
            found = await _look(connection, check)
        violations += [Violation(check=name, **dict(one)) for one in found[:MOST_FOUND]]
        if len(found) > MOST_FOUND:
            cut_short.append(name)
    return Report(checks=tuple(checks), violations=tuple(violations), cut_short=tuple(cut_short))


async def _look(connection: Connection, check: Check) -> list[Found]:
    try:
        async with connection.transaction():
            return await check(connection)
    except (ValueError, TypeError, LookupError, asyncpg.DataError) as unreadable:
        # Damaged data must not hide what the other checks find; its words may be personal.
        what = f"data on file cannot be read ({type(unreadable).__name__})"
        return [Found(subject="register", what=what, instead="data as the service writes it")]
