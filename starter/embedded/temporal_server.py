"""The Temporal server of the embedded stack: its history in one file, that survives `kill -9`."""

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from temporalio.service import ConnectConfig, RPCError, ServiceClient

from starter.embedded.child import ChildFailed, Program, end_leftover
from starter.embedded.data_folder import DataFolder
from starter.embedded.restartable import Restartable
from worker.namespace import RETENTION, ensure_namespace

ADDRESS = "127.0.0.1"
START_SECONDS = 60

DYNAMIC_CONFIG = {
    # At the default of 20 a second, tasks of one case start 50 ms apart.
    "history.transferProcessorMaxPollRPS": "1000",
    "history.timerProcessorMaxPollRPS": "1000",
    "history.visibilityProcessorMaxPollRPS": "1000",
    "frontend.WorkflowTimeSkippingEnabled": "true",
    "system.workflowTimeSkippingEnabled": "true",
}


@dataclass(frozen=True)
class TemporalOptions:
    """What the server listens on and knows. Without a `ui_port` there is no user interface."""

    port: int
    ui_port: int | None = None
    codec_endpoint: str | None = None
    namespace: str = "uide"
    search_attributes: Mapping[str, str] = field(default_factory=dict)


class EmbeddedTemporal(Restartable):
    """A Temporal server on the data folder, with the namespace of the procedure."""

    name = "Temporal"

    def __init__(self, folder: DataFolder, binary: Path, options: TemporalOptions) -> None:
        super().__init__()
        self._folder = folder
        self._binary = binary
        self._options = options

    @property
    def address(self) -> str:
        """Host and port for a client."""
        return f"{ADDRESS}:{self._options.port}"

    @property
    def ui(self) -> str | None:
        """The address of the user interface, if there is one."""
        port = self._options.ui_port
        return None if port is None else f"http://{ADDRESS}:{port}"

    async def start(self) -> None:
        """Have the server answer, and its namespace keep ended histories for a year."""
        record = self._folder.run / "temporal.json"
        await end_leftover(record)
        for port in filter(None, (self._options.port, self._options.ui_port)):
            _require_free(port)
        await self._begin(
            Program(
                name=self.name,
                arguments=(str(self._binary), *_arguments(self._folder, self._options)),
                log=self._folder.log / "temporal.log",
                record=record,
            )
        )
        try:
            service = await self._answering()
            await ensure_namespace(
                service, self._options.namespace, RETENTION, self._options.search_attributes
            )
        except BaseException:
            await self.stop()
            raise

    async def _answering(self) -> ServiceClient:
        child = self._started()
        for _ in range(START_SECONDS * 20):
            if not child.running:
                raise child.failure("it did not start")
            try:
                service = await ServiceClient.connect(ConnectConfig(target_host=self.address))
                if await service.check_health():
                    return service
            except (RuntimeError, RPCError):
                await asyncio.sleep(0.05)
        raise child.failure(f"it did not answer within {START_SECONDS} seconds")


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on at the moment."""
    sockets = [socket.create_server((ADDRESS, 0)) for _ in range(count)]
    ports = [listening.getsockname()[1] for listening in sockets]
    for listening in sockets:
        listening.close()
    return ports


def _require_free(port: int) -> None:
    # Else the server of somebody else would answer in place of ours.
    try:
        socket.create_server((ADDRESS, port)).close()
    except OSError as refused:
        raise ChildFailed(
            f"Temporal: port {port} of {ADDRESS} cannot be used ({refused.strerror}). "
            "Stop the program that listens on it, or choose another port."
        ) from refused


def _arguments(folder: DataFolder, options: TemporalOptions) -> list[str]:
    arguments = ["server", "start-dev", "--log-level", "warn", "--ip", ADDRESS, "--port", str(options.port)]
    arguments += ["--db-filename", str(folder.temporal / "temporal.db")]
    arguments += ["--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=FULL"]
    # Named here, too: so the server knows it at once, else only after a second. Retention is set afterwards.
    arguments += ["--namespace", options.namespace]
    arguments += _pairs("--search-attribute", options.search_attributes)
    arguments += _pairs("--dynamic-config-value", DYNAMIC_CONFIG)
    return arguments + _ui(options)


def _ui(options: TemporalOptions) -> list[str]:
    if options.ui_port is None:
        return ["--headless"]
    ui = ["--ui-port", str(options.ui_port), "--ui-disable-news-fetch"]
    return ui if options.codec_endpoint is None else [*ui, "--ui-codec-endpoint", options.codec_endpoint]


def _pairs(flag: str, values: Mapping[str, str]) -> list[str]:
    return [part for name, value in values.items() for part in (flag, f"{name}={value}")]
