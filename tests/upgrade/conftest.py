"""Workers of the released versions and of this one, on one register and in a namespace of their own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from temporalio.client import Client

from tests.databases import Register
from tests.upgrade.every_stage import COMPLAINED, WAYS, Way
from tests.upgrade.operator import Operator
from tests.worker.conftest import environment as environment  # noqa: PLC0414 - a fixture is found by its name
from tests.workflows.service import Service
from worker.live_key_ring import LiveKeyRing
from worker.plugin import uide_plugin

RELEASES = Path(__file__).with_name("releases")


@dataclass(frozen=True)
class Release:
    """A version that was released, by its wheel."""

    version: str
    variables: dict[str, str]
    """What makes a Python run that version in place of this one."""
    ways: tuple[Way, ...]
    """The cases that its workers carry before ours do."""

    @property
    def folder(self) -> str:
        return self.variables["PYTHONPATH"]


WAYS_OF = {"0.1.0": WAYS[::3], "0.2.0": (*WAYS, COMPLAINED)}
"""All ways of the release before this one, a complaint included; of the older one every third, without."""


@pytest.fixture(scope="session", params=WAYS_OF)
def released(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Each release in turn."""
    return unpacked(request.param, tmp_path_factory.mktemp("released"))


@pytest.fixture(scope="session")
def release_before(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release that this one takes the place of."""
    return unpacked(max(WAYS_OF), tmp_path_factory.mktemp("before"))


def unpacked(version: str, folder: Path) -> Release:
    with ZipFile(RELEASES / f"uide-{version}-py3-none-any.whl") as wheel:
        wheel.extractall(folder)
    return Release(version, {"PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"}, WAYS_OF[version])


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
