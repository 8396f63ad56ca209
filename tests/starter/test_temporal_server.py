"""The embedded Temporal server: its namespace, what it keeps, and how it fails."""

import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
from temporalio.service import ConnectConfig, ServiceClient

from starter.embedded.child import ChildFailed
from starter.embedded.data_folder import DataFolder
from starter.embedded.temporal_binary import temporal_binary
from starter.embedded.temporal_server import EmbeddedTemporal, TemporalOptions, free_ports
from worker.namespace import NamespaceRefused, ensure_namespace

STAGE = SearchAttributeKey.for_keyword("UideStage")
YEAR = timedelta(days=365)


@asynccontextmanager
async def a_server(folder: DataFolder, port: int | None = None) -> AsyncIterator[EmbeddedTemporal]:
    options = TemporalOptions(port=port or free_ports(1)[0], search_attributes={"UideStage": "Keyword"})
    server = EmbeddedTemporal(folder, temporal_binary(), options)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def start_a_case(server: EmbeddedTemporal) -> None:
    client = await Client.connect(server.address, namespace="uide")
    stage = TypedSearchAttributes([SearchAttributePair(STAGE, "RECEIVED")])
    await client.start_workflow("Any", id="case", task_queue="none", search_attributes=stage)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    made = DataFolder(tmp_path / "data")
    with made.locked():
        yield made


async def test_the_namespace_keeps_ended_histories_for_a_year_after_a_restart_too(folder: DataFolder) -> None:
    for _ in range(2):
        async with a_server(folder) as server:
            service = await ServiceClient.connect(ConnectConfig(target_host=server.address))
            asked = DescribeNamespaceRequest(namespace="uide")
            answer = await service.workflow_service.describe_namespace(asked)
            assert answer.config.workflow_execution_retention_ttl.ToTimedelta() == YEAR


async def test_a_case_survives_the_kill_of_the_server(folder: DataFolder) -> None:
    async with a_server(folder) as server:
        await start_a_case(server)
        os.kill(server.pid, signal.SIGKILL)
        assert await server.wait() == -signal.SIGKILL
        assert not server.running
    async with a_server(folder) as server:
        client = await Client.connect(server.address, namespace="uide")
        case = await client.get_workflow_handle("case").describe()
        assert case.typed_search_attributes[STAGE] == "RECEIVED"


async def test_a_namespace_is_made_with_its_search_attributes_on_a_server_without_it(
    folder: DataFolder,
) -> None:
    async with a_server(folder) as server:
        service = await ServiceClient.connect(ConnectConfig(target_host=server.address))
        for _ in range(2):
            await ensure_namespace(service, "other", YEAR, {"UideDue": "Datetime"})
        with pytest.raises(NamespaceRefused, match="UideDue"):
            await ensure_namespace(service, "other", YEAR, {"UideDue": "Keyword"})


async def test_a_port_that_is_taken_is_named(folder: DataFolder, tmp_path: Path) -> None:
    other = DataFolder(tmp_path / "other")
    async with a_server(folder) as server:
        with other.locked(), pytest.raises(ChildFailed, match=r"port \d+ .* cannot be used"):
            async with a_server(other, port=int(server.address.split(":")[1])):
                pass
