"""The service on a PostgreSQL and a Temporal that somebody else runs, as docs/deployment.md tells it."""

import os
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.service import ServiceClient
from temporalio.testing import WorkflowEnvironment

from activities.register import rights
from domain.vocabulary import SEARCH_ATTRIBUTES
from starter.embedded.postgres import APP_ROLE, OWNER_ROLE
from tests.databases import DIRECTORY, Databases
from tests.starter.command_runs import EXAMPLES, uide, uide_here
from worker.namespace import RETENTION as YEAR
from worker.namespace import NamespaceRefused, require_namespace

MIGRATE = ("migrate", "--directory", DIRECTORY, "--json")
ACTS = {
    "check-package-complete": "REGISTERED",
    "admit": "WITH_SPECIALISTS",
    "plan": "PLAN_READY",
    "sign-order": "ORDER_ISSUED",
}


@dataclass(frozen=True)
class OwnServers:
    """What the environment names: an empty database, and a server that knows nothing of this service."""

    owner_url: str
    temporal: ServiceClient
    key_ring: Path


@pytest.fixture(scope="module")
async def plain_temporal(temporal_binary: Path) -> AsyncIterator[ServiceClient]:
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(temporal_binary), dev_server_log_level="error"
    ) as server:
        yield server.client.service_client


@pytest.fixture
async def servers(
    plain_temporal: ServiceClient,
    databases: Databases,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> AsyncIterator[OwnServers]:
    for name in [name for name in os.environ if name.startswith(("TEMPORAL_", "UIDE_", "DATABASE_"))]:
        monkeypatch.delenv(name)
    async with databases.empty() as owner_url:
        named = {
            "DATABASE_URL": owner_url.replace(OWNER_ROLE, APP_ROLE),
            "DATABASE_OWNER_URL": owner_url,
            "TEMPORAL_ADDRESS": plain_temporal.config.target_host,
            "TEMPORAL_CONFIG_FILE": os.devnull,
            "TEMPORAL_NAMESPACE": request.node.name.replace("_", "-"),
            "UIDE_KEY_RING": str(tmp_path / "key-ring.json"),
            "UIDE_ALLOW_UNSEALED_ACTS": "true",
        }
        for name, value in named.items():
            monkeypatch.setenv(name, value)
        yield OwnServers(owner_url, plain_temporal, tmp_path / "key-ring.json")


@asynccontextmanager
async def a_worker() -> AsyncIterator[Process]:
    process = await create_subprocess_exec(
        *(sys.executable, "-P", "-m", "worker.main"), stdout=PIPE, stderr=PIPE, env=os.environ
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.communicate()


async def the_namespace_is_ready(servers: OwnServers) -> None:
    await require_namespace(servers.temporal, os.environ["TEMPORAL_NAMESPACE"], YEAR, SEARCH_ATTRIBUTES)


async def why_no_worker_starts() -> str:
    async with a_worker() as worker:
        _, log = await worker.communicate()
    assert worker.returncode == 1
    assert b"worker_cannot_start" in log
    return log.decode()


async def test_a_case_comes_to_its_order_on_servers_that_only_uide_migrate_has_prepared(
    servers: OwnServers,
) -> None:
    prepared = await uide(*MIGRATE)
    assert (prepared.code, prepared.document["key_ring_made"]) == (0, True)
    assert prepared.document["temporal"]["changed"] == ["namespace", *SEARCH_ATTRIBUTES]
    await the_namespace_is_ready(servers)
    async with a_worker():
        filed = await uide_here("submit", EXAMPLES / "portal-admitted.json", "--json")
        for file, stage in ACTS.items():
            acted = await uide_here(
                "act", filed.document["number"], EXAMPLES / "acts" / f"{file}.json", "--json"
            )
            assert (acted.code, acted.document["verdict"], acted.document["stage"]) == (0, "taken", stage)
    assert (await uide_here("verify", "--json")).document["ok"]


async def test_what_is_prepared_is_left_as_it_is(servers: OwnServers) -> None:
    assert (await uide_here(*MIGRATE)).code == 0
    keys = servers.key_ring.read_bytes()
    again = await uide_here(*MIGRATE)
    assert (again.document["applied"], again.document["key_ring_made"]) == ([], False)
    assert again.document["temporal"]["changed"] == []
    assert servers.key_ring.read_bytes() == keys


async def test_a_namespace_that_forgets_too_soon_is_told_and_corrected(servers: OwnServers) -> None:
    request = RegisterNamespaceRequest(namespace=os.environ["TEMPORAL_NAMESPACE"])
    request.workflow_execution_retention_period.FromSeconds(72 * 3600)
    await servers.temporal.workflow_service.register_namespace(request)
    with pytest.raises(NamespaceRefused, match=r"for 3 days, not for 365\. Run: uide migrate"):
        await the_namespace_is_ready(servers)
    changed = (await uide_here(*MIGRATE)).document["temporal"]["changed"]
    assert changed == ["retention", *SEARCH_ATTRIBUTES]
    await the_namespace_is_ready(servers)


async def test_a_worker_without_its_namespace_says_what_to_do(
    servers: OwnServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = os.environ["TEMPORAL_ADDRESS"]
    monkeypatch.delenv("TEMPORAL_ADDRESS")
    assert (await uide_here(*MIGRATE)).document["temporal"] is None
    monkeypatch.setenv("TEMPORAL_ADDRESS", address)
    said = await why_no_worker_starts()
    assert "there is no namespace" in said
    assert "Run: uide migrate" in said


async def test_without_temporal_the_schema_is_made_and_told(
    servers: OwnServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    ended = await uide_here(*MIGRATE)
    assert (ended.code, ended.problems[0]["code"]) == (1, "temporal_away")
    assert "the schema is up to date and the directory is loaded, but" in ended.problems[0]["what"]
    assert len((await uide_here("schools", "--json")).document["schools"]) == 2


async def test_a_role_that_does_not_own_the_database_is_told_what_to_run(
    servers: OwnServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL")
    ended = await uide_here(*MIGRATE)
    assert (ended.code, ended.problems[0]["code"]) == (1, "rights_missing")
    assert 'OWNER TO "uide_app"' in ended.problems[0]["instead"]


async def test_without_the_role_of_the_service_nothing_is_made_and_the_sql_is_told(
    servers: OwnServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "APP_ROLE", "uide_absent")
    ended = await uide_here(*MIGRATE)
    assert (ended.code, ended.problems[0]["code"]) == (1, "rights_missing")
    assert "CREATE ROLE uide_absent LOGIN PASSWORD" in ended.problems[0]["instead"]
    assert (await uide_here("schools", "--json")).problems[0]["code"] == "schema_missing"
