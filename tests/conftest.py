"""The real parts that tests run on: one PostgreSQL and one Temporal server a session, a register a test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from temporalio.client import Client

from domain.vocabulary import NAMESPACE, SEARCH_ATTRIBUTES
from starter.embedded.data_folder import DataFolder
from starter.embedded.postgres import EmbeddedPostgres
from starter.embedded.temporal_binary import temporal_binary as find_temporal
from starter.embedded.temporal_server import EmbeddedTemporal, TemporalOptions, free_ports
from tests.databases import Databases, Register
from tests.worker.rings import a_ring
from worker.key_ring import KeyRing
from worker.plugin import uide_plugin

# A test says whether the code is right, not how busy the machine is.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
async def postgres(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedPostgres]:
    folder = DataFolder(tmp_path_factory.mktemp("postgres") / "data")
    with folder.locked():
        server = EmbeddedPostgres(folder)
        await server.start()
        try:
            yield server
        finally:
            await server.stop()


@pytest.fixture(scope="session")
async def databases(postgres: EmbeddedPostgres) -> Databases:
    made = Databases(postgres)
    await made.prepare()
    return made


@pytest.fixture
async def register(databases: Databases) -> AsyncIterator[Register]:
    async with databases.register() as fresh:
        yield fresh


@pytest.fixture(scope="session")
def temporal_binary() -> Path:
    return find_temporal()


@pytest.fixture(scope="session")
async def temporal(
    tmp_path_factory: pytest.TempPathFactory, temporal_binary: Path
) -> AsyncIterator[EmbeddedTemporal]:
    folder = DataFolder(tmp_path_factory.mktemp("temporal") / "data")
    options = TemporalOptions(port=free_ports(1)[0], namespace=NAMESPACE, search_attributes=SEARCH_ATTRIBUTES)
    with folder.locked():
        server = EmbeddedTemporal(folder, temporal_binary, options)
        await server.start()
        try:
            yield server
        finally:
            await server.stop()


@pytest.fixture(scope="session")
def key_ring() -> KeyRing:
    return a_ring()


@pytest.fixture(scope="session")
async def client(temporal: EmbeddedTemporal, key_ring: KeyRing) -> Client:
    return await Client.connect(
        temporal.address, namespace=NAMESPACE, plugins=[uide_plugin(key_ring, NAMESPACE)]
    )
