"""The service with a key ring that other processes can read."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio.client import Client

from domain.vocabulary import NAMESPACE
from starter.embedded.temporal_server import EmbeddedTemporal
from tests.databases import Register
from tests.workflows.service import Service
from worker.key_ring import KeyRing
from worker.plugin import uide_plugin


@pytest.fixture
def own_ring(tmp_path: Path) -> Path:
    path = tmp_path / "key-ring.json"
    KeyRing.create(path, datetime.now(UTC))
    return path


@pytest.fixture
def temporal_address(temporal: EmbeddedTemporal) -> str:
    return temporal.address


@pytest.fixture
async def service(register: Register, temporal_address: str, own_ring: Path) -> AsyncIterator[Service]:
    plugins = [uide_plugin(KeyRing.load(own_ring), NAMESPACE)]
    client = await Client.connect(temporal_address, namespace=NAMESPACE, plugins=plugins)
    service = await Service.at(register, client)
    try:
        yield service
    finally:
        await service.close()
