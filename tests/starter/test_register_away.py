"""A register that goes away: whoever files is told "not now", and sends the same again without harm."""

import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import mkdtemp

import psutil
import pytest

from activities.register.pool import BoundedPool
from domain.application import Application
from domain.stages import Step
from starter.embedded.data_folder import DataFolder
from starter.embedded.postgres import EmbeddedPostgres
from starter.place import find_place
from starter.register_access import RegisterAway
from starter.service import Service, open_service
from tests.builders import an_act, an_application
from tests.databases import Databases, Register


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """Here it is asked how soon the answer comes."""


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[EmbeddedPostgres]:
    """A PostgreSQL that may be killed; at the same address when it is started again."""
    root = Path(mkdtemp(prefix="uide-"))
    folder = DataFolder(root / "data")
    with folder.locked():
        own = EmbeddedPostgres(folder)
        await own.start()
        try:
            yield own
        finally:
            await own.stop()
            shutil.rmtree(root)


@pytest.fixture(scope="module")
async def own_databases(server: EmbeddedPostgres) -> Databases:
    made = Databases(server)
    await made.prepare()
    return made


@pytest.fixture
async def register(own_databases: Databases) -> AsyncIterator[Register]:
    async with own_databases.register() as fresh:
        yield fresh


@pytest.fixture
async def service(here: Register) -> AsyncIterator[Service]:
    async with open_service(find_place()) as opened:
        yield opened


def signal_all(server: EmbeddedPostgres, number: signal.Signals) -> None:
    parent = psutil.Process(server.pid)
    for process in (parent, *parent.children()):
        process.send_signal(number)


async def is_told_not_now(service: Service, application: Application) -> None:
    with pytest.raises(RegisterAway, match=r"not now: .* send the same again"):
        await service.submit(application)


async def test_no_wait_of_those_who_file_is_as_long_as_two_seconds(service: Service) -> None:
    pool = service._pool
    assert isinstance(pool, BoundedPool)
    waits = pool.patience
    assert waits.lock < waits.statement < waits.command <= 1.6
    assert max(waits.acquire, waits.connect) <= 1.6


async def test_a_register_that_falls_silent_is_not_waited_for(
    server: EmbeddedPostgres, service: Service
) -> None:
    application = an_application()
    signal_all(server, signal.SIGSTOP)
    try:
        # It could not be told anything if our own limits did not end the wait.
        await is_told_not_now(service, application)
        await is_told_not_now(service, application)
        with pytest.raises(RegisterAway):
            await service.act("AT001-2026-00001", an_act(Step.WITHDRAW))
    finally:
        signal_all(server, signal.SIGCONT)
    filed, _ = await service.submit(application)
    assert filed.created


async def test_a_command_is_not_kept_waiting_by_a_silent_register(
    server: EmbeddedPostgres, here: Register
) -> None:
    signal_all(server, signal.SIGSTOP)
    try:
        with pytest.raises(RegisterAway, match="TimeoutError"):
            async with open_service(find_place()):
                pass
    finally:
        signal_all(server, signal.SIGCONT)


async def test_after_a_kill_of_the_register_the_same_service_files_as_before(
    server: EmbeddedPostgres, service: Service
) -> None:
    application = an_application()
    await service.submit(application)
    signal_all(server, signal.SIGKILL)
    await server.wait()
    await is_told_not_now(service, application)
    await server.start()
    again, _ = await service.submit(application)
    assert not again.created
