"""Health: a worker says what it lacks, and is not to be killed for what others lack."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from starter.embedded.temporal_server import free_ports
from tests.worker.health_of import health, health_when
from tests.worker.running_worker import running_worker
from tests.worker.silent_line import SilentLine


@pytest.fixture
def address() -> str:
    return f"127.0.0.1:{free_ports(1)[0]}"


async def asked(*arguments: str, address: str | None) -> tuple[int, str]:
    """The health check as an orchestrator runs it; it is given nothing but the address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "worker.health", *arguments),
        env={"PATH": os.environ["PATH"], **({"UIDE_HEALTH_ADDRESS": address} if address else {})},
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


def well(status: int, document: dict[str, Any]) -> bool:
    return status == 200 and document["status"] != "failing"


async def test_a_worker_at_work_is_well_and_its_health_check_ends_with_0(
    environment: dict[str, str], address: str
) -> None:
    async with running_worker({**environment, "UIDE_HEALTH_ADDRESS": address}):
        document = await health_when(address, well)
        assert document["ready"]
        names = {"worker", "register", "clock", "calendar", "temporal", "task_queue", "sweep"}
        assert set(document["checks"]) == names
        for path in ((), ("ready",), ("live",)):
            code, said = await asked(*path, address=address)
            assert (code, '"ok"' in said) == (0, True)


async def test_a_silent_register_leaves_the_worker_alive_but_not_ready(
    environment: dict[str, str], address: str
) -> None:
    async with SilentLine.to(environment["DATABASE_URL"]) as line:
        told = {**environment, "UIDE_HEALTH_ADDRESS": address, "DATABASE_URL": line.url}
        async with running_worker(told):
            await health_when(address, well)
            line.falls_silent()
            document = await health_when(address, lambda status, _: status == 503, "/health/ready")
            assert "does not answer" in document["checks"]["register"]["says"]
            assert await health(address, "/health/live") == (200, {"status": "ok"})
            assert (await asked(address=address))[0] == 1
            line.speaks_again()
            await health_when(address, well)


async def test_a_version_that_is_not_current_is_said_with_what_to_do(
    environment: dict[str, str], address: str
) -> None:
    version = {"UIDE_WORKER_DEPLOYMENT": "uide", "UIDE_BUILD_ID": "1"}
    async with running_worker({**environment, **version, "UIDE_HEALTH_ADDRESS": address}):
        document = await health_when(address, lambda _, found: found["ready"])
    assert document["checks"]["version"]["status"] == "warning"
    assert "temporal worker deployment set-current-version" in document["checks"]["version"]["says"]


@pytest.mark.parametrize("arguments", [(), ("live",), ("quickly",)])
async def test_the_health_check_of_nobody_ends_with_1_and_says_why(
    arguments: tuple[str, ...], address: str
) -> None:
    assert (await asked(*arguments, address=address))[0] == 1
    code, said = await asked(*arguments, address=None)
    assert (code, '"failing"' in said) == (1, True)


async def test_a_health_address_that_is_taken_is_refused_in_words(environment: dict[str, str]) -> None:
    taken = environment["TEMPORAL_ADDRESS"]
    async with running_worker({**environment, "UIDE_HEALTH_ADDRESS": taken}) as worker:
        assert await worker.ended() == 1
        cause = (await worker.said("worker_cannot_start"))["cause"]
    assert "UIDE_HEALTH_ADDRESS: nothing can be served at" in cause
