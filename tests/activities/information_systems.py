"""The information systems of tests: the real simulator, as a process that can be told to misbehave and be killed."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from activities.gateway.client import Gateway, open_gateway
from starter.embedded.data_folder import DataFolder
from starter.embedded.simulator import EmbeddedSimulator
from starter.simulators.information_systems import Mode


class InformationSystems:
    """The simulator and a client of it, as the worker has one."""

    def __init__(self, simulator: EmbeddedSimulator, gateway: Gateway) -> None:
        self._simulator = simulator
        self.gateway = gateway

    @property
    def url(self) -> str:
        return self._simulator.url

    async def behave(self, mode: Mode) -> None:
        async with httpx.AsyncClient() as client:
            told = await client.post(f"{self.url}/admin/mode", json={"mode": mode})
        told.raise_for_status()

    async def asked(self) -> dict[str, int]:
        """How often it was asked for what."""
        async with httpx.AsyncClient() as client:
            counted: dict[str, int] = (await client.get(f"{self.url}/admin/asked")).json()
        return counted

    async def kill(self) -> None:
        os.kill(self._simulator.pid, signal.SIGKILL)
        await self._simulator.wait()

    async def start(self) -> None:
        await self._simulator.start()


@asynccontextmanager
async def information_systems(folder: Path) -> AsyncIterator[InformationSystems]:
    """They answer while the block runs."""
    data = DataFolder(folder / "data")
    with data.locked():
        simulator = EmbeddedSimulator(data, "information_systems")
        await simulator.start()
        try:
            async with open_gateway(simulator.url) as gateway:
                assert gateway is not None
                yield InformationSystems(simulator, gateway)
        finally:
            await simulator.stop()


def a_name(**changes: Any) -> dict[str, Any]:
    """A name as an information system writes it."""
    return {"surname": "ҮЛГІБАЕВА", "first_name": "ГАУҺАР", "patronymic": "ҚАНАҒАТҚЫЗЫ", **changes}
