"""A line between the service and PostgreSQL on which answers take their time; none is lost or changed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, quote, urlsplit

from starter.embedded.postgres import APP_ROLE, DATABASE, PORT

PIECE = 65536


class SlowLine:
    """Carries connections to the server at `url`; `delay` may be changed while they are open."""

    def __init__(self, url: str, folder: Path) -> None:
        [sockets] = parse_qs(urlsplit(url).query)["host"]
        self._server = Path(sockets) / f".s.PGSQL.{PORT}"
        self._here = folder / f".s.PGSQL.{PORT}"
        self.delay = 0.0
        """Seconds by which each answer of the server comes later."""
        self.carried = 0
        """Connections so far."""

    @property
    def url(self) -> str:
        """The register by way of this line."""
        return f"postgresql://{APP_ROLE}@/{DATABASE}?host={quote(str(self._here.parent))}&port={PORT}"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Takes connections while the block runs."""
        self._connections: set[asyncio.Task[None]] = set()
        listening = await asyncio.start_unix_server(self._connected, self._here)
        try:
            yield
        finally:
            listening.close()
            for connection in self._connections:
                connection.cancel()
            await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        self.carried += 1
        with suppress(OSError, asyncio.CancelledError):
            await self._carry(reader, writer)
        self._connections.discard(task)
        writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_unix_connection(str(self._server))
        ways = [
            asyncio.create_task(self._ask(reader, to_server)),
            asyncio.create_task(self._answer(from_server, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            to_server.close()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(PIECE):
            writer.write(piece)
            await writer.drain()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(PIECE):
            await asyncio.sleep(self.delay)
            writer.write(piece)
            await writer.drain()


@asynccontextmanager
async def a_slow_line(url: str) -> AsyncIterator[SlowLine]:
    """A line to the server of that address, as fast as the server until told otherwise."""
    with TemporaryDirectory(prefix="uide-line-") as folder:
        line = SlowLine(url, Path(folder))
        async with line.open():
            yield line
