"""The embedded PostgreSQL: what it keeps, what it refuses, and what it must never write down."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest

from starter.embedded.data_folder import DataFolder, DataFolderRefused
from starter.embedded.postgres import APP_ROLE, DATABASE, OWNER_ROLE, EmbeddedPostgres


@asynccontextmanager
async def a_server(folder: DataFolder) -> AsyncIterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(folder)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@asynccontextmanager
async def a_session(
    server: EmbeddedPostgres, role: str = OWNER_ROLE
) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(server.url(DATABASE, role))
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    made = DataFolder(tmp_path / "data")
    with made.locked():
        yield made


async def test_what_was_committed_is_there_after_a_restart(folder: DataFolder) -> None:
    async with a_server(folder) as server, a_session(server) as session:
        await session.execute("CREATE TABLE kept AS SELECT lower('ӘҒҚҢӨҰҮҺІ') AS letters")
    async with a_server(folder) as server, a_session(server) as session:
        assert await session.fetchval("SELECT letters FROM kept") == "әғқңөұүһі"


async def test_a_killed_server_is_noticed_and_goes_on_with_all_that_was_committed(folder: DataFolder) -> None:
    async with a_server(folder) as server:
        async with a_session(server) as session:
            await session.execute("CREATE TABLE kept AS SELECT 1 AS number")
            os.kill(server.pid, signal.SIGKILL)
            assert await server.wait() == -signal.SIGKILL
        assert not server.running
        async with a_server(folder) as next_server, a_session(next_server) as session:
            assert await session.fetchval("SELECT number FROM kept") == 1


async def test_a_pid_file_left_behind_that_names_a_stranger_does_not_stop_the_start(
    folder: DataFolder,
) -> None:
    async with a_server(folder) as server:
        left = (folder.postgres / "postmaster.pid").read_text().splitlines()
        assert left[0] == str(server.pid)
    (folder.postgres / "postmaster.pid").write_text("\n".join([str(os.getpid()), *left[1:]]))
    async with a_server(folder) as server:
        assert server.running


async def test_the_application_may_connect_but_not_make_tables(folder: DataFolder) -> None:
    async with a_server(folder) as server, a_session(server, APP_ROLE) as session:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await session.execute("CREATE TABLE mine (a int)")


async def test_the_log_never_holds_what_a_statement_was_about(folder: DataFolder) -> None:
    async with a_server(folder) as server, a_session(server) as session:
        await session.execute("CREATE TABLE child (iin text UNIQUE)")
        await session.execute("INSERT INTO child VALUES ($1)", "planted-iin")
        with pytest.raises(asyncpg.UniqueViolationError):
            await session.execute("INSERT INTO child VALUES ($1)", "planted-iin")
        with pytest.raises(asyncpg.DataError):
            await session.execute("SELECT 'planted-name'::date")
    log = (folder.log / "postgres.log").read_text()
    assert "ready to accept connections" in log
    assert "planted" not in log


async def test_the_data_and_the_socket_are_closed_to_everybody_else(folder: DataFolder) -> None:
    async with a_server(folder):
        for closed in (folder.root, folder.postgres, folder.run / "postgres"):
            assert closed.stat().st_mode & 0o077 == 0


async def test_a_folder_with_a_path_too_long_for_a_socket_works_too(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / ("long" * 25))
    with folder.locked():
        async with a_server(folder) as server, a_session(server) as session:
            assert await session.fetchval("SELECT 1") == 1


PARENT = """
import asyncio, sys
from pathlib import Path
from starter.embedded.data_folder import DataFolder
from starter.embedded.postgres import EmbeddedPostgres

async def main():
    folder = DataFolder(Path(sys.argv[1]))
    with folder.locked():
        server = EmbeddedPostgres(folder)
        await server.start()
        print(server.pid, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start ends what was left")
async def test_the_server_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    arguments = (sys.executable, "-c", PARENT, str(tmp_path / "data"))
    parent = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    server = psutil.Process(int(await parent.stdout.readline()))
    parent.kill()
    await parent.wait()
    while server.is_running() and server.status() != psutil.STATUS_ZOMBIE:
        await asyncio.sleep(0.05)


def test_a_second_one_on_the_same_folder_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    refused = pytest.raises(DataFolderRefused, match=f"in use by process {os.getpid()}")
    with folder.locked(), refused, folder.locked():
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = pytest.raises(DataFolderRefused, match="cannot be made")
    with refused, DataFolder(tmp_path / "file" / "data").locked():
        pass
