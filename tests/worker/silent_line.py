"""A line to PostgreSQL that can fall silent: connections stay open, and nothing comes through any more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


class SilentLine:
    """A listener on this machine in front of the server's socket."""

    def __init__(self, server_socket: Path, user: str, database: str) -> None:
        self._server_socket = server_socket
        self._target = f"{user}@127.0.0.1", database
        self._open = asyncio.Event()
        self._open.set()
        self._waited_for = asyncio.Event()
        self._port = 0
        self._connections: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def to(cls, url: str) -> AsyncIterator["SilentLine"]:
        """A line to the database of this address, which names the folder of the server's socket."""
        parts = urlsplit(url)
        query = parse_qs(parts.query)
        server_socket = Path(query["host"][0]) / f".s.PGSQL.{query['port'][0]}"
        line = cls(server_socket, parts.netloc.removesuffix("@"), parts.path)
        listener = await asyncio.start_server(line._connect, "127.0.0.1", 0)
        line._port = listener.sockets[0].getsockname()[1]
        try:
            yield line
        finally:
            listener.close()
            await line._end()

    @property
    def url(self) -> str:
        """The address of the database behind this line."""
        user, database = self._target
        return f"postgresql://{user}:{self._port}{database}?sslmode=disable"

    def falls_silent(self) -> None:
        """Nothing comes through from now on."""
        self._open.clear()

    async def is_waited_for(self) -> None:
        """Returns when somebody has said something that does not come through."""
        await self._waited_for.wait()

    def speaks_again(self) -> None:
        """What was held back comes through, and all that follows."""
        self._open.set()

    async def _end(self) -> None:
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.current_task()
        assert connection is not None, "it is one of the listener's"
        self._connections.add(connection)
        with suppress(OSError, asyncio.CancelledError):
            await self._carry(reader, writer)
        self._connections.discard(connection)
        writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_unix_connection(self._server_socket)
        ways = [
            asyncio.create_task(self._pass_on(reader, forth)),
            asyncio.create_task(self._pass_on(back, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            forth.close()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if not self._open.is_set():
                    self._waited_for.set()
                await self._open.wait()
                writer.write(data)
                await writer.drain()
