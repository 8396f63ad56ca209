"""The embedded stack on one data folder: PostgreSQL, Temporal with UI and codec endpoint, the worker, simulators."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from activities.register.directory import load_directory
from activities.register.migrations import migrate
from domain.legal_time import check_time_zone, legal_date
from domain.school import Directory
from domain.vocabulary import NAMESPACE, SEARCH_ATTRIBUTES
from starter.codec_endpoint import CodecGuard, serve_codec_endpoint
from starter.connection_file import StackConnection, remove_connection, write_connection
from starter.embedded.addresses import Addresses, addresses_of, keep_addresses, require_free
from starter.embedded.child import ChildFailed, end_leftover
from starter.embedded.data_folder import DataFolder
from starter.embedded.postgres import DATABASE, OWNER_ROLE, EmbeddedPostgres
from starter.embedded.simulator import EmbeddedSimulator
from starter.embedded.supervision import Part, Tell
from starter.embedded.temporal_server import EmbeddedTemporal, TemporalOptions
from starter.embedded.worker_process import GRACEFUL_SECONDS, EmbeddedWorker
from worker.codec import EncryptingCodec
from worker.key_ring import KeyRing
from worker.live_key_ring import LiveKeyRing

PUBLIC_ADDRESS = "http://127.0.0.1:8080"
"""Where the portal of this machine is; papers print it."""
DIRECTORY = Path(__file__).with_name("directory.json")


class EmbeddedStack:
    """The processes of the stack and how to reach them."""

    def __init__(self, folder: DataFolder, binary: Path, addresses: Addresses, codec_at: str) -> None:
        self.folder = folder
        self.addresses = addresses
        self.postgres = EmbeddedPostgres(folder)
        options = TemporalOptions(
            port=addresses.temporal_port,
            ui_port=addresses.ui_port,
            codec_endpoint=codec_at,
            namespace=NAMESPACE,
            search_attributes=SEARCH_ATTRIBUTES,
        )
        self.temporal = EmbeddedTemporal(folder, binary, options)
        self.information_systems = EmbeddedSimulator(folder, "information_systems")
        self.monitoring = EmbeddedSimulator(
            folder, "monitoring", "--data", str(folder.root / "monitoring.db")
        )
        self.worker = EmbeddedWorker(folder, self.temporal.address, self._environment)
        self._told: StackConnection | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The processes, in the order in which they need each other."""
        return (
            Part("PostgreSQL", self.postgres, self._tell_where),
            Part("Temporal", self.temporal),
            *(Part(simulator.name, simulator) for simulator in self.simulators),
            Part("the worker", self.worker),
        )

    @property
    def simulators(self) -> tuple[EmbeddedSimulator, ...]:
        """What stands in for other systems."""
        return self.information_systems, self.monitoring

    @property
    def connection(self) -> StackConnection:
        """How other programs of this machine reach the stack."""
        return StackConnection(
            database_url=self.postgres.url(),
            database_owner_url=self._owner_url,
            temporal_address=self.temporal.address,
            namespace=NAMESPACE,
            key_ring=key_ring_file(self.folder),
            ui=self.addresses.ui,
            public_address=PUBLIC_ADDRESS,
            roots=self.folder.roots,
            monitoring_url=self.monitoring.url,
            pid=os.getpid(),
        )

    async def start(self, tell: Tell) -> None:
        """Start every process in turn, and say where they are in the connection file."""
        await self.start_servers(tell)
        tell("starting the worker")
        await self.worker.start()
        keep_addresses(self.folder, self.addresses)
        await self._tell_where()

    async def start_servers(self, tell: Tell) -> None:
        """Start what the worker needs: PostgreSQL with the register up to date, Temporal, the simulators."""
        tell("starting PostgreSQL")
        await self.postgres.start()
        tell("bringing the register up to date")
        await migrate(self._owner_url)
        await load_directory(self._owner_url, _directory())
        tell("starting Temporal")
        await self.temporal.start()
        for simulator in self.simulators:
            tell(f"starting {simulator.name}")
            await simulator.start()

    async def stop(self) -> None:
        """End every process, the one that needs the others first; those that do not run are no error."""
        remove_connection(self.folder.root)
        await self.worker.stop()
        others = (*self.simulators, self.temporal, self.postgres)
        await asyncio.gather(*(process.stop() for process in others))

    @property
    def _owner_url(self) -> str:
        return self.postgres.url(DATABASE, OWNER_ROLE)

    def _environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.postgres.url(),
            "TEMPORAL_ADDRESS": self.temporal.address,
            "TEMPORAL_NAMESPACE": NAMESPACE,
            # A profile of this user may carry TLS and keys of another server.
            "TEMPORAL_CONFIG_FILE": os.devnull,
            "UIDE_KEY_RING": str(key_ring_file(self.folder)),
            "UIDE_ALLOW_UNSEALED_ACTS": "true",
            "UIDE_PUBLIC_ADDRESS": PUBLIC_ADDRESS,
            "UIDE_ROOTS": str(self.folder.roots),
            "UIDE_GATEWAY_URL": self.information_systems.url,
            "UIDE_MONITORING_URL": self.monitoring.url,
            "UIDE_GRACEFUL_SHUTDOWN_SECONDS": str(GRACEFUL_SECONDS),
        }

    async def _tell_where(self) -> None:
        before, self._told = self._told, self.connection
        write_connection(self.folder.root, self._told)
        if before not in (None, self._told):
            # PostgreSQL's socket has moved: its supervisor starts the worker again, with the new one.
            await self.worker.stop()


@asynccontextmanager
async def embedded_stack(
    data: Path, binary: Path, tell: Tell, port: int | None = None
) -> AsyncIterator[EmbeddedStack]:
    """The stack on the data folder while the block runs; nothing of it is left behind afterwards.

    `binary` is the Temporal program. `DataFolderRefused` when another process has the folder, `ChildFailed`
    when something does not start.
    """
    check_time_zone(legal_date(datetime.now(UTC)))
    folder = DataFolder(data)
    if not folder.used_before:
        require_free(addresses_of(folder, port))  # before anything is made
    with folder.locked():
        await end_leftovers(folder)
        addresses = addresses_of(folder, port)
        require_free(addresses)
        KeyRing.load_or_create(key_ring_file(folder), datetime.now(UTC))
        async with AsyncExitStack() as exits:
            codec_at = await _codec_endpoint(exits, LiveKeyRing(key_ring_file(folder)), addresses)
            stack = EmbeddedStack(folder, binary, addresses, codec_at)
            try:
                await stack.start(tell)
                yield stack
            finally:
                tell("stopping")
                await stack.stop()


def key_ring_file(folder: DataFolder) -> Path:
    """Where the stack on this folder keeps its keys."""
    return folder.root / "key-ring.json"


def _directory() -> Directory:
    return Directory.model_validate_json(DIRECTORY.read_text(encoding="utf-8"))


async def end_leftovers(folder: DataFolder) -> None:
    """What a killed stack has left: ended before anything new could meet it."""
    await asyncio.gather(*(end_leftover(record) for record in folder.run.glob("*.json")))


async def _codec_endpoint(exits: AsyncExitStack, key_ring: LiveKeyRing, addresses: Addresses) -> str:
    """The address of the endpoint, which serves until `exits` closes."""
    guard = CodecGuard(addresses.codec_token.get_secret_value(), NAMESPACE, addresses.origins)
    codec = EncryptingCodec(key_ring, NAMESPACE)
    try:
        return await exits.enter_async_context(serve_codec_endpoint(codec, guard, addresses.codec_port))
    except OSError as refused:
        raise ChildFailed(
            f"the codec endpoint: port {addresses.codec_port} cannot be used ({refused.strerror}). "
            "Stop the program that listens on it, or choose other ports with --port."
        ) from refused
