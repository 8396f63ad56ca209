"""Databases of the register for tests: each test gets its own, copied from one that is migrated and filled."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg

from activities.register.acceptance import Accepted, accept_act
from activities.register.directory import load_directory
from activities.register.house_rules import HouseRules
from activities.register.intake import Filed, file_application
from activities.register.migrations import migrate
from activities.register.pool import Connection, Pool, open_pool
from activities.register.taking import take_act
from domain.acts import Act
from domain.application import Application
from domain.school import Directory
from domain.verdict import Verdict
from starter.embedded.postgres import APP_ROLE, OWNER_ROLE, SUPERUSER, EmbeddedPostgres
from tests.builders import RECEIVED_AT, an_application, at, child_hash, local

DIRECTORY = Path(__file__).parents[1] / "starter" / "embedded" / "directory.json"
RULES = HouseRules(unsealed_allowed=True, public_address="https://uide.example.kz")
"""By which the service works in tests."""
_TEMPLATE = "register_of_tests"


@dataclass(frozen=True)
class Register:
    """A register with the schools of the embedded stack and no case yet."""

    owner_url: str
    app_url: str
    pool: Pool
    """Connections of the role `uide_app`."""

    @asynccontextmanager
    async def owner(self) -> AsyncIterator[Connection]:
        """A connection of the owner, for what the service itself may not do."""
        connection = await asyncpg.connect(self.owner_url)
        try:
            yield connection
        finally:
            await connection.close()

    async def file(self, application: Application | None = None, received_at: str | None = None) -> Filed:
        """Files an application, an ordinary one of the portal unless told otherwise."""
        application = application or an_application()
        moment = local(received_at) if received_at else RECEIVED_AT
        return await file_application(self.pool, application, moment, child_hash(application), RULES)

    async def accept(self, filed: Filed, act: Act, moment: str | None = None) -> Accepted:
        """Accepts an act at a local moment, an hour after receipt unless told otherwise."""
        return await accept_act(self.pool, filed.number, act, at(_or_an_hour_later(filed, moment)))

    async def take(self, filed: Filed, act: Act, moment: str | None = None) -> Verdict | None:
        """The verdict on an accepted act; None while an earlier one waits."""
        now = _or_an_hour_later(filed, moment)
        return (await take_act(self.pool, filed.case_id, act.act_id, now, RULES)).verdict

    async def do(self, filed: Filed, *acts: Act, moment: str | None = None) -> Verdict:
        """Accepts and takes acts one after another; the verdict on the last."""
        verdict = None
        for act in acts:
            await self.accept(filed, act, moment)
            verdict = await self.take(filed, act, moment)
        assert verdict is not None, "no earlier act waits"
        return verdict


def _or_an_hour_later(filed: Filed, moment: str | None) -> datetime:
    return local(moment) if moment else filed.received_at + timedelta(hours=1)


class Databases:
    """Makes databases on one server, and drops them."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self._server = server
        self._names = (f"test_{number}" for number in itertools.count(1))

    async def prepare(self) -> None:
        """Makes the database that every register is copied from."""
        await self._execute(f"CREATE DATABASE {_TEMPLATE} OWNER {OWNER_ROLE} TEMPLATE template0")
        owner_url = self._server.url(_TEMPLATE, OWNER_ROLE)
        await migrate(owner_url)
        await load_directory(owner_url, Directory.model_validate_json(DIRECTORY.read_text("utf-8")))

    @asynccontextmanager
    async def empty(self) -> AsyncIterator[str]:
        """A database without any table; the url of its owner."""
        async with self._database("template0") as name:
            yield self._server.url(name, OWNER_ROLE)

    @asynccontextmanager
    async def register(self) -> AsyncIterator[Register]:
        """A register of its own."""
        async with self._database(_TEMPLATE) as name:
            app_url = self._server.url(name, APP_ROLE)
            pool = await open_pool(app_url)
            try:
                yield Register(self._server.url(name, OWNER_ROLE), app_url, pool)
            finally:
                await pool.close()

    @asynccontextmanager
    async def _database(self, template: str) -> AsyncIterator[str]:
        name = next(self._names)
        await self._execute(f"CREATE DATABASE {name} OWNER {OWNER_ROLE} TEMPLATE {template}")
        try:
            yield name
        finally:
            await self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._server.url("postgres", SUPERUSER))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
