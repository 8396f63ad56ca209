"""The real parts of the service as processes on a folder of their own, to be killed, frozen and started at will."""

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psutil
from pydantic import SecretStr
from temporalio.client import Client

from activities.register.evidence.root_folder import RootFolder
from activities.register.evidence.rooting import agrees_with_roots
from activities.register.pool import AT_THE_COUNTER, AT_WORK, Patience, Pool, close_pool, open_pool
from activities.register.verify import verify
from domain.vocabulary import NAMESPACE, application_workflow_id
from starter.best_effort_doorbell import BestEffortDoorbell
from starter.clock import AcceptorsClock, SystemClock
from starter.embedded.addresses import Addresses, is_free
from starter.embedded.child import Program
from starter.embedded.data_folder import DataFolder
from starter.embedded.postgres import EmbeddedPostgres
from starter.embedded.restartable import Restartable
from starter.embedded.stack import EmbeddedStack, key_ring_file
from starter.embedded.supervision import Tell
from starter.embedded.temporal_binary import temporal_binary
from starter.embedded.temporal_server import ADDRESS
from starter.embedded.worker_process import START_SECONDS, EmbeddedWorker
from starter.place import Place
from starter.service import Service
from tests.databases import RULES
from worker.key_ring import KeyRing
from worker.plugin import uide_plugin
from worker.runtime import build_runtime_without_metrics
from workflows.doorbell import TemporalDoorbell

ROOT = Path(__file__).parents[2]
CLIENTS = 8
"""Connections of those who apply and act."""
QUIET_SECONDS = 180
CONNECTIONS = 250
"""Eight of each of two dozen workers, and those of the clients."""


class StandWorker(EmbeddedWorker):
    """A worker beside the usual one: another program, or another environment."""

    def __init__(self, stand: "Stand", label: str, module: str, environment: Mapping[str, str]) -> None:
        super().__init__(
            stand.folder, stand.temporal.address, lambda: {**stand.worker_environment(), **environment}
        )
        self.name = label
        self._module = module
        self._log = stand.folder.log / f"{label}.log"

    def _program(self) -> Program:
        usual = super()._program()
        return replace(
            usual,
            name=self.name,
            arguments=(sys.executable, "-m", self._module),
            log=self._log,
            record=self._folder.run / f"{self.name}.json",
            environment={**usual.environment, "PYTHONPATH": str(ROOT)},
        )

    async def _asking(self) -> None:
        # Temporal does not list every one of many pollers; and an armed worker may fall with its first task.
        child = self._started()
        for _ in range(START_SECONDS * 10):
            if "worker_started" in self._log.read_text() or is_frozen(self):
                return
            if not child.running:
                if await child.wait() == -signal.SIGKILL:
                    return
                raise child.failure("it did not start")
            await asyncio.sleep(0.1)
        raise child.failure(f"it did not start within {START_SECONDS} seconds")


class StandPostgres(EmbeddedPostgres):
    """The usual server with more room: a frozen worker keeps its connections, and many are frozen at a time."""

    def _flags(self) -> list[str]:
        return [*super()._flags(), "-c", f"max_connections={CONNECTIONS}"]


class Stand(EmbeddedStack):
    """PostgreSQL, Temporal and any number of workers; the servers run from the start, workers when they are started."""

    def __init__(self, folder: DataFolder, binary: Path) -> None:
        ui, temporal, codec = steady_ports(3)
        addresses = Addresses(ui_port=ui, temporal_port=temporal, codec_port=codec)
        super().__init__(folder, binary, addresses, f"http://{ADDRESS}:{codec}/codec")
        self.postgres = StandPostgres(folder)
        self.more_workers: list[StandWorker] = []
        self._runtime = build_runtime_without_metrics()

    @property
    def place(self) -> Place:
        """For `starter.service.open_service`, as a command finds a stack by its folder."""
        told = self.connection
        return Place(
            database_url=SecretStr(told.database_url),
            owner_url=SecretStr(told.database_owner_url),
            key_ring=told.key_ring,
            stack=told,
        )

    def worker_environment(self) -> dict[str, str]:
        """What a worker of this stand is told, by name."""
        return self._environment()

    def another_worker(
        self, label: str, module: str = "worker.main", environment: Mapping[str, str] | None = None
    ) -> StandWorker:
        """A worker that is not started yet; `environment` goes over what every worker is told."""
        worker = StandWorker(self, label, module, environment or {})
        self.more_workers.append(worker)
        return worker

    async def stop(self) -> None:
        """Ends every process, frozen ones too."""
        running = [worker for worker in self.more_workers if worker.running]
        for process in (*running, *(part.process for part in self.parts)):
            if isinstance(process, Restartable) and process.running:
                thaw(process)
        await asyncio.gather(*(worker.stop() for worker in running))
        await super().stop()

    # who uses it

    @asynccontextmanager
    async def pool(
        self, size: int = 2, patience: Patience = AT_WORK, url: str | None = None
    ) -> AsyncIterator[Pool]:
        """Connections to the register as the service has them, straight or by another address."""
        pool = await open_pool(url or self.postgres.url(), size=size, patience=patience)
        try:
            yield pool
        finally:
            await close_pool(pool)

    async def client(self) -> Client:
        """A client that reads and writes as the service does."""
        plugins = [uide_plugin(self.key_ring, NAMESPACE)]
        return await Client.connect(
            self.temporal.address, namespace=NAMESPACE, plugins=plugins, runtime=self._runtime
        )

    @property
    def key_ring(self) -> KeyRing:
        """The keys of this stand."""
        return KeyRing.load(key_ring_file(self.folder))

    @asynccontextmanager
    async def service(
        self, clock: AcceptorsClock | None = None, size: int = CLIENTS, url: str | None = None
    ) -> AsyncIterator[Service]:
        """The service as its commands use it, for many at once; Temporal may be away."""

        async def doorbell() -> TemporalDoorbell:
            return await TemporalDoorbell.at(await self.client())

        async with self.pool(size, AT_THE_COUNTER, url) as pool:
            bell = BestEffortDoorbell(pool, doorbell)
            yield Service(pool, self.key_ring, bell, clock or SystemClock(), RULES)

    # what is looked at in the end

    async def verify(self) -> list[str]:
        """What `uide verify` finds, against the roots that were carried away too."""
        roots = {
            f"agrees_with_{folder.name}": agrees_with_roots(RootFolder(folder))
            for folder in sorted(self.folder.root.glob(f"{self.folder.roots.name}*"))
        }
        async with self.pool() as pool:
            found = (await verify(pool, besides=roots)).violations
        return [f"verify: {one.check}: {one.subject}: {one.what}" for one in found]

    async def repeated_activities(self) -> int:
        """Attempts of activities after the first, as the histories of all cases tell."""
        client = await self.client()
        async with self.pool() as pool:
            cases = [row["case_id"] for row in await pool.fetch("SELECT case_id FROM application")]
        again = 0
        for case_id in cases:
            async for event in client.get_workflow_handle(
                application_workflow_id(case_id)
            ).fetch_history_events():
                again += max(event.activity_task_started_event_attributes.attempt - 1, 0)
        return again

    async def quiesce(self, seconds: float = QUIET_SECONDS) -> None:
        """Waits until no act is without verdict and no paper without bytes; `AssertionError` names the cases."""
        async with self.pool() as pool:
            for _ in range(int(seconds * 5)):
                waiting = await pool.fetch(_WAITING)
                if not waiting:
                    return
                await asyncio.sleep(0.2)
        raise AssertionError(f"not quiet within {seconds:g} s: {[row['number'] for row in waiting]}")


_WAITING = """
SELECT number
FROM procedure AS p JOIN application USING (case_id)
WHERE verdicts < acts OR EXISTS (SELECT FROM paper WHERE paper.case_id = p.case_id AND content IS NULL)
"""


@asynccontextmanager
async def a_stand(root: Path, tell: Tell = lambda _: None) -> AsyncIterator[Stand]:
    """Both servers on the folder, without a worker; nothing runs any more afterwards. A short path, for the socket."""
    folder = DataFolder(root)
    with folder.locked():
        KeyRing.load_or_create(key_ring_file(folder), datetime.now(UTC))
        stand = Stand(folder, temporal_binary())
        try:
            await stand.start_servers(tell)
            yield stand
        finally:
            await stand.stop()


# what can be done to a process


async def kill(process: Restartable) -> None:
    """kill -9 of the process with all its children; returns when it has ended."""
    family = _family(process)
    for one in family:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    await process.wait()


def freeze(process: Restartable) -> None:
    """Stops the process with its children where they are (SIGSTOP)."""
    _signal(process, signal.SIGSTOP)


def thaw(process: Restartable) -> None:
    """Lets a frozen process go on (SIGCONT)."""
    _signal(process, signal.SIGCONT)


def is_frozen(process: Restartable) -> bool:
    """Whether somebody, perhaps the process itself, has stopped it where it was."""
    if not process.running:
        return False
    try:
        return psutil.Process(process.pid).status() == psutil.STATUS_STOPPED
    except psutil.NoSuchProcess:
        return False


def _signal(process: Restartable, number: signal.Signals) -> None:
    for one in _family(process):
        with suppress(psutil.NoSuchProcess):
            one.send_signal(number)


def _family(process: Restartable) -> list[psutil.Process]:
    # The parent first: a PostgreSQL that sees its children die begins to recover by itself.
    try:
        parent = psutil.Process(process.pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def steady_ports(count: int) -> list[int]:
    """Free ports that the system gives to nobody while their server is away."""
    drawn = random.SystemRandom().sample(range(15000, 30000), 1000)
    return [port for port in drawn if is_free(port)][:count]
