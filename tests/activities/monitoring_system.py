"""The monitoring system of tests: the real simulator, as a process that can be told to misbehave and be killed."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from activities.sending.monitoring import MonitoringSystem
from starter.embedded.data_folder import DataFolder
from starter.embedded.simulator import EmbeddedSimulator
from starter.simulators.monitoring import Mode


class SimulatedMonitoring:
    """The simulator, and a client of it as the worker has one."""

    def __init__(self, simulator: EmbeddedSimulator, system: MonitoringSystem) -> None:
        self._simulator = simulator
        self.system = system

    @property
    def url(self) -> str:
        return self._simulator.url

    async def behave(self, mode: Mode, only: str = "") -> None:
        """From now on; for the keys that begin so, or for all."""
        await self._post("mode", mode=mode, only=only)

    async def forget(self, key: str) -> None:
        """Has it lose what it has acknowledged."""
        assert (await self._post("forget", key=key))["forgotten"]

    async def keep(self, **event: Any) -> None:
        """Has it keep an event that nobody sent."""
        await self._post("keep", **event)

    async def deliveries(self) -> list[str]:
        """The keys that arrived, in their order, each as often as it arrived."""
        return [delivery["key"] for delivery in await self._delivered()]

    async def kept(self) -> list[str]:
        """The keys that were kept, in the order in which they arrived."""
        return [delivery["key"] for delivery in await self._delivered() if delivery["kept"]]

    async def events(self) -> list[dict[str, Any]]:
        """What it has, as the contract shows it."""
        async with httpx.AsyncClient(trust_env=False) as client:
            found: list[dict[str, Any]] = (await client.get(f"{self.url}/v1/events")).json()["events"]
        return found

    async def kill(self) -> None:
        os.kill(self._simulator.pid, signal.SIGKILL)
        await self._simulator.wait()

    async def start(self) -> None:
        await self._simulator.start()

    async def _delivered(self) -> list[dict[str, Any]]:
        async with httpx.AsyncClient(trust_env=False) as client:
            found: list[dict[str, Any]] = (await client.get(f"{self.url}/admin/deliveries")).json()[
                "deliveries"
            ]
        return found

    async def _post(self, what: str, **told: Any) -> dict[str, Any]:
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.post(f"{self.url}/admin/{what}", json=told)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found


@asynccontextmanager
async def simulated_monitoring(folder: Path) -> AsyncIterator[SimulatedMonitoring]:
    """It answers while the block runs; what it has received lies in the folder."""
    data = DataFolder(folder / "monitoring")
    with data.locked():
        simulator = EmbeddedSimulator(data, "monitoring", "--data", str(data.root / "monitoring.db"))
        await simulator.start()
        try:
            async with MonitoringSystem.at(simulator.url) as system:
                yield SimulatedMonitoring(simulator, system)
        finally:
            await simulator.stop()
