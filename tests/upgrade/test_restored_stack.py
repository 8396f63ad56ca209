"""A stack is copied while it works and read back into another folder: every case goes on there and ends."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr
from temporalio.client import Client

from activities.register.verify import verify
from domain.acts import Act
from domain.stages import Step
from starter.connection_file import StackConnection, read_connection
from starter.register_access import open_register
from tests.builders import a_child, an_act, an_application
from tests.databases import Register
from tests.system.running_up import RunningUp
from tests.upgrade.every_stage import WAYS, begin_all, end_all
from tests.workflows.service import Service
from worker.live_key_ring import LiveKeyRing
from worker.plugin import uide_plugin

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def running(data: Path) -> AsyncIterator[Service]:
    """`uide up` on the folder, and its service as tests drive it."""
    up = RunningUp(data)
    await up.start()
    try:
        stack = read_connection(data)
        async with open_register(SecretStr(stack.database_url)) as pool:
            yield await Service.at(
                Register(stack.database_owner_url, stack.database_url, pool), await a_client(stack)
            )
    finally:
        await up.end(signal.SIGTERM)


async def a_client(stack: StackConnection) -> Client:
    plugins = [uide_plugin(LiveKeyRing(stack.key_ring), stack.namespace)]
    return await Client.connect(stack.temporal_address, namespace=stack.namespace, plugins=plugins)


async def tool(name: str, *words: object) -> str:
    """What a program of `tools` prints; it has to end with 0."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"tools.{name}", *(str(word) for word in words)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "UIDE_"))},
        cwd=ROOT,
    )
    out, told = await process.communicate()
    assert process.returncode == 0, told.decode()
    assert " s  " in told.decode(), "the time of each step is told"
    return out.decode()


async def restored(service: Service, folder: Path) -> tuple[Path, str, Act]:
    """The folder of the copy, what the restore said of it, and an act that came too late for it."""
    late = an_act(Step.CHECK_PACKAGE)
    filed = await service.file(an_application(child=a_child(len(WAYS) + 1)))
    words = (folder / "copies", "--keys-to", folder / "keys", "--data", folder / "one")
    copying = asyncio.create_task(tool("backup_register", *words))
    while not copying.done():
        # Refused acts: they come all the time, and leave the cases where they are.
        await service.do(filed, an_act(Step.SIGN_ORDER))
    copy = (await copying).strip()
    await service.do(filed, late)
    (keys,) = (folder / "keys").iterdir()
    said = await tool("restore_register", copy, "--key-ring", keys, "--data", folder / "two")
    return folder / "two", said, late


@pytest.mark.timeout(600)
async def test_a_stack_restored_to_another_folder_brings_every_case_to_its_outcome(tmp_path: Path) -> None:
    async with running(tmp_path / "one") as service:
        begun = await begin_all(service)
        data, said, late = await restored(service, tmp_path)
    assert "Whatever was accepted later is not in it" in said
    async with running(data) as service:
        assert not await service.register.pool.fetchval("SELECT true FROM act WHERE act_id = $1", late.act_id)
        started = "SELECT NOT EXISTS (SELECT FROM procedure WHERE started_in IS DISTINCT FROM $1)"
        await service.until(started, service.doorbell.namespace_id)
        await end_all(service, begun)
        assert (await verify(service.register.pool)).violations == ()
