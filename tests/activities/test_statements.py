"""The statements of counter and worker, each asked of the real server; those of `uide verify` are not among them."""

from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest

import activities
from activities.register.statements import sql
from tests.databases import Register

NAMES = sorted(file.stem for file in (Path(activities.__file__).parent / "sql").glob("*.sql"))


class Asked(Exception):
    """The driver wants to know what a type looks like."""


async def test_no_statement_of_the_counter_has_a_type_that_the_driver_must_ask_for(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks four times on each new connection: by a slow line nobody at the counter would ever be answered."""
    found: list[str] = []

    async def ask(*_: object) -> None:
        found.append(name)
        raise Asked

    monkeypatch.setattr(asyncpg.Connection, "_introspect_types", ask)
    async with register.pool.acquire() as connection:
        for name in NAMES:
            with suppress(Asked):
                await connection.prepare(sql(name))
    assert found == []
