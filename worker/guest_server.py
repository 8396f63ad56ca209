"""A small HTTP server inside a process that has other work: it leaves the signals to its host."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette


class _GuestServer(uvicorn.Server):
    """Leaves the signals to the process it runs in, and says when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: Starlette, listening: socket.socket) -> AsyncIterator[None]:
    """Serves the application on the socket while the block runs; requests are not logged: paths may hold secrets."""
    server = _GuestServer(_config(app))
    task = asyncio.create_task(server.serve([listening]))
    try:
        await server.ready.wait()
        yield
    finally:
        server.should_exit = True
        await task


def _config(app: Starlette) -> uvicorn.Config:
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    # Here, so that what fails fails before anybody waits for the server.
    config.load()
    return config
