"""Versioned deployment: a build gets tasks only when an operator says so, and says so itself."""

import asyncio
import shlex
from pathlib import Path
from typing import Any

import pytest
from temporalio.common import WorkerDeploymentVersion
from temporalio.service import ConnectConfig, ServiceClient

from tests.worker.running_worker import running_worker
from worker.deployment import Deployed, read_deployed

ATTEMPTS = 50
QUIET: Any = {"stdout": asyncio.subprocess.DEVNULL, "stderr": asyncio.subprocess.DEVNULL}
VERSION = WorkerDeploymentVersion("uide", "0.2.0-rc.1")


@pytest.fixture
def versioned(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "UIDE_WORKER_DEPLOYMENT": "uide", "UIDE_BUILD_ID": VERSION.build_id}


async def typed(binary: Path, command: str, address: str) -> None:
    """What an operator types, with the answer yes; again until Temporal has heard of the build."""
    _, *words = shlex.split(command)
    for _ in range(ATTEMPTS):
        process = await asyncio.create_subprocess_exec(binary, *words, "--yes", "--address", address, **QUIET)
        if await process.wait() == 0:
            return
        await asyncio.sleep(0.2)
    pytest.fail(f"the command was refused {ATTEMPTS} times: {command}")


async def test_a_build_gets_no_tasks_until_the_command_it_tells_is_typed(
    versioned: dict[str, str], temporal_binary: Path
) -> None:
    address = versioned["TEMPORAL_ADDRESS"]
    service = await ServiceClient.connect(ConnectConfig(target_host=address))
    asked = (service, versioned["TEMPORAL_NAMESPACE"], VERSION)
    async with running_worker(versioned) as worker:
        told = await worker.said("worker_version_is_not_current")
        assert await read_deployed(*asked) == Deployed(current=False, ramping=False)
        await typed(temporal_binary, told["command"], address)
        assert (await read_deployed(*asked)).gets_tasks
    async with running_worker(versioned) as worker:
        assert (await worker.said("worker_version"))["current"]


async def test_a_worker_without_a_version_says_nothing_of_versions(environment: dict[str, str]) -> None:
    async with running_worker(environment) as worker:
        await worker.said("worker_started")
        assert "version" not in worker.text
