"""A simulator of another system, as a child process of the embedded stack: it stands in where the real one would be."""

import asyncio
import sys
from functools import cached_property

from starter.embedded.child import Program
from starter.embedded.data_folder import DataFolder
from starter.embedded.restartable import Restartable
from starter.embedded.temporal_server import ADDRESS, free_ports

START_SECONDS = 60


class EmbeddedSimulator(Restartable):
    """A module of starter.simulators that takes `--port`; it keeps its address as long as the stack runs."""

    def __init__(self, folder: DataFolder, module: str, *arguments: str) -> None:
        super().__init__()
        self.name = f"the simulator of {module.replace('_', ' ')}"
        self._folder = folder
        self._module = module
        self._arguments = arguments

    @cached_property
    def port(self) -> int:
        """On which it listens, on 127.0.0.1."""
        return free_ports(1)[0]

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://{ADDRESS}:{self.port}"

    async def start(self) -> None:
        """Have it answer."""
        module = f"starter.simulators.{self._module}"
        await self._begin(
            Program(
                name=self.name,
                arguments=(sys.executable, "-P", "-m", module, "--port", str(self.port), *self._arguments),
                log=self._folder.log / f"{self._module}.log",
                record=self._folder.run / f"{self._module}.json",
            )
        )
        try:
            await self._answering()
        except BaseException:
            await self.stop()
            raise

    async def _answering(self) -> None:
        child = self._started()
        for _ in range(START_SECONDS * 10):
            if not child.running:
                raise child.failure("it did not start")
            try:
                _, writer = await asyncio.open_connection(ADDRESS, self.port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                await writer.wait_closed()
                return
        raise child.failure(f"it did not answer within {START_SECONDS} seconds")
