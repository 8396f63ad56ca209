"""What an operator types while a release is exchanged, as docs/upgrade.md tells it."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

ATTEMPTS = 100
DEPLOYMENT = "uide"


@dataclass(frozen=True)
class Operator:
    """Types `temporal worker deployment` commands for the deployment of this service."""

    program: Path
    address: str
    namespace: str

    async def makes_current(self, build: str) -> None:
        """As soon as Temporal knows that the build's workers ask for both kinds of tasks."""
        while not {"activity", "workflow"} <= set(
            (await self._types("describe-version", "--build-id", build)).split()
        ):
            await asyncio.sleep(0.2)
        await self._types("set-current-version", "--build-id", build, "--yes")

    async def makes_unversioned_current(self) -> None:
        await self._types("set-current-version", "--unversioned", "--yes")

    async def ramps(self, build: str, percentage: int) -> None:
        await self._types(
            "set-ramping-version", "--build-id", build, "--percentage", str(percentage), "--yes"
        )

    async def _types(self, *words: str) -> str:
        """Again until Temporal has heard of the build: its worker must have asked for tasks before."""
        for _ in range(ATTEMPTS):
            code, said = await self._typed(*words)
            if code == 0:
                return said
            await asyncio.sleep(0.2)
        raise AssertionError(said)

    async def _typed(self, *words: str) -> tuple[int | None, str]:
        where = ("--address", self.address, "--namespace", self.namespace, "--deployment-name", DEPLOYMENT)
        process = await asyncio.create_subprocess_exec(
            self.program,
            *("worker", "deployment", *words, *where),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        return process.returncode, said.decode()
