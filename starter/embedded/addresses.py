"""Where the embedded stack listens: chosen at the first start and kept in the data folder, so that bookmarks stay."""

import contextlib
import secrets
import socket
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_serializer

from starter.embedded.child import ChildFailed
from starter.embedded.data_folder import DataFolder
from starter.embedded.temporal_server import ADDRESS, free_ports
from worker.private_file import OpenToOthers, read_private, write_private

USUAL_PORTS = (7233, 8233, 8234)
"""Of Temporal, its UI and the codec endpoint, when nobody else has them; the first is where clients look first."""

HIGHEST_PORT = 65535 - len(USUAL_PORTS) + 1


class Addresses(BaseModel):
    """Ports on 127.0.0.1, and the token that opens the codec endpoint."""

    model_config = ConfigDict(frozen=True)

    ui_port: int = Field(ge=1, le=65535)
    temporal_port: int = Field(ge=1, le=65535)
    codec_port: int = Field(ge=1, le=65535)
    codec_token: SecretStr = Field(default_factory=lambda: SecretStr(secrets.token_urlsafe(32)))

    @field_serializer("codec_token", when_used="json")
    def _in_clear(self, token: SecretStr) -> str:
        return token.get_secret_value()

    @property
    def ui(self) -> str:
        """The address of the Temporal UI."""
        return f"http://{ADDRESS}:{self.ui_port}"

    @property
    def origins(self) -> tuple[str, ...]:
        """From where a browser may use the codec endpoint: the UI under either name of this machine."""
        return self.ui, f"http://localhost:{self.ui_port}"


def addresses_of(folder: DataFolder, port: int | None = None) -> Addresses:
    """Those kept in the folder, or new ones; another `port` moves the UI there and the others to the ports after it."""
    kept = _kept(_file(folder))
    if kept is not None and port in (None, kept.ui_port):
        return kept
    return Addresses.model_validate(_chosen(port) | ({"codec_token": kept.codec_token} if kept else {}))


def taken_ports(folder: DataFolder, port: int | None = None) -> tuple[int, ...]:
    """The usual ports that somebody else has, if that is why the folder will get others."""
    if port is not None or _kept(_file(folder)) is not None:
        return ()
    return tuple(port for port in sorted(USUAL_PORTS) if not is_free(port))


def require_free(addresses: Addresses) -> None:
    """`ChildFailed` names the first of the ports that somebody else has."""
    for port in (addresses.ui_port, addresses.temporal_port, addresses.codec_port):
        if not is_free(port):
            raise ChildFailed(
                f"port {port} of {ADDRESS} cannot be used. Stop the program that listens on it, "
                "or choose other ports with --port."
            )


def keep_addresses(folder: DataFolder, addresses: Addresses) -> None:
    """Keep them for the next start; to be called when they have turned out to be usable."""
    file = _file(folder)
    if addresses != _kept(file):
        file.unlink(missing_ok=True)
        write_private(file, addresses.model_dump_json().encode())


def _file(folder: DataFolder) -> Path:
    return folder.root / "addresses.json"


def _kept(file: Path) -> Addresses | None:
    # A file that cannot be used is only a loss of bookmarks: others are chosen.
    with contextlib.suppress(FileNotFoundError, OpenToOthers, ValidationError):
        return Addresses.model_validate_json(read_private(file))
    return None


def _chosen(port: int | None) -> dict[str, Any]:
    if port is not None:
        return {"ui_port": port, "temporal_port": port + 1, "codec_port": port + 2}
    temporal, ui, codec = USUAL_PORTS if all(map(is_free, USUAL_PORTS)) else free_ports(3)
    return {"ui_port": ui, "temporal_port": temporal, "codec_port": codec}


def is_free(port: int) -> bool:
    """Whether nothing listens on the port of this machine's loopback now."""
    try:
        socket.create_server((ADDRESS, port)).close()
    except OSError:
        return False
    return True
