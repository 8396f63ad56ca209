"""What a worker needs as a process: a key ring file, and a namespace that no other test works in."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.service import ConnectConfig, ServiceClient

from domain.vocabulary import SEARCH_ATTRIBUTES
from starter.embedded.temporal_server import EmbeddedTemporal
from tests.databases import Register
from tests.workflows.service import Service
from worker.key_ring import KeyRing
from worker.namespace import RETENTION, ensure_namespace
from worker.plugin import uide_plugin

_NUMBERS = itertools.count(1)


@pytest.fixture
async def environment(register: Register, temporal: EmbeddedTemporal, tmp_path: Path) -> dict[str, str]:
    """The variables of a worker on this register, and a namespace of its own."""
    namespace = f"worker-{next(_NUMBERS)}"
    service = await ServiceClient.connect(ConnectConfig(target_host=temporal.address))
    await ensure_namespace(service, namespace, RETENTION, SEARCH_ATTRIBUTES)
    KeyRing.create(tmp_path / "key-ring.json", datetime.now(UTC))
    return {
        "DATABASE_URL": register.app_url,
        "UIDE_KEY_RING": str(tmp_path / "key-ring.json"),
        "UIDE_ALLOW_UNSEALED_ACTS": "true",
        "TEMPORAL_ADDRESS": temporal.address,
        "TEMPORAL_NAMESPACE": namespace,
    }


@pytest.fixture
async def service(environment: dict[str, str], register: Register) -> Service:
    """Whoever files and acts, in the namespace of the worker."""
    namespace = environment["TEMPORAL_NAMESPACE"]
    ring = KeyRing.load(Path(environment["UIDE_KEY_RING"]))
    client = await Client.connect(
        environment["TEMPORAL_ADDRESS"], namespace=namespace, plugins=[uide_plugin(ring, namespace)]
    )
    return await Service.at(register, client)
