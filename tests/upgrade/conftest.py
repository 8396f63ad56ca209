"""Workers of the released version and of this one, on one register and in a namespace of their own."""

from collections.abc import AsyncIterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from temporalio.client import Client

from tests.databases import Register
from tests.upgrade.operator import Operator
from tests.worker.conftest import environment as environment  # noqa: PLC0414 - a fixture is found by its name
from tests.workflows.service import Service
from worker.live_key_ring import LiveKeyRing
from worker.plugin import uide_plugin

RELEASED = Path(__file__).with_name("releases") / "uide-0.1.0-py3-none-any.whl"


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What makes a Python run the released version in place of this one."""
    folder = tmp_path_factory.mktemp("released")
    with ZipFile(RELEASED) as wheel:
        wheel.extractall(folder)
    return {"PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"}


@pytest.fixture
async def service(environment: dict[str, str], register: Register) -> AsyncIterator[Service]:
    """The service in the namespace of the workers, with their keys."""
    namespace = environment["TEMPORAL_NAMESPACE"]
    plugins = [uide_plugin(LiveKeyRing(Path(environment["UIDE_KEY_RING"])), namespace)]
    client = await Client.connect(environment["TEMPORAL_ADDRESS"], namespace=namespace, plugins=plugins)
    service = await Service.at(register, client)
    yield service
    await service.close()


@pytest.fixture
def operator(environment: dict[str, str], temporal_binary: Path) -> Operator:
    return Operator(temporal_binary, environment["TEMPORAL_ADDRESS"], environment["TEMPORAL_NAMESPACE"])
