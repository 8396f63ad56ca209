"""The file by which other processes find a running embedded stack: where its parts answer, and its key ring."""

import os
from pathlib import Path
from tempfile import mkstemp

from pydantic import BaseModel, ConfigDict, ValidationError

from worker.private_file import OpenToOthers, read_private

FILE_NAME = "connection.json"


class ConnectionFileRefused(Exception):
    """There is no usable connection file in the data folder; the text says why and what to do."""


class StackConnection(BaseModel):
    """Where the parts of a running stack answer; its addresses hold until the stack stops."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    database_url: str
    database_owner_url: str
    temporal_address: str
    namespace: str
    key_ring: Path
    ui: str | None = None
    """The Temporal UI, when the stack has one."""
    public_address: str | None = None
    """Where people find their case, as the papers print it."""
    roots: Path | None = None
    """The folder with the roots of the register."""
    monitoring_url: str | None = None
    """The monitoring system, when the stack has a simulator of it."""
    pid: int
    """The process of `uide up`."""


def connection_file(data: Path) -> Path:
    """Where a stack on this data folder leaves its connection."""
    return data.expanduser().resolve() / FILE_NAME


def write_connection(data: Path, connection: StackConnection) -> None:
    """Writes it whole for its owner alone, in place of the one before."""
    path = connection_file(data)
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{FILE_NAME}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(connection.model_dump_json(indent=2))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def remove_connection(data: Path) -> None:
    """Takes it away when the stack stops; does nothing where there is none."""
    connection_file(data).unlink(missing_ok=True)


def read_connection(data: Path) -> StackConnection:
    """The connection of the stack on this data folder, or `ConnectionFileRefused`."""
    path = connection_file(data)
    try:
        return StackConnection.model_validate_json(read_private(path))
    except FileNotFoundError:
        raise ConnectionFileRefused(
            f"no stack runs on the data folder {path.parent}: there is no {FILE_NAME}"
        ) from None
    except OpenToOthers as error:
        raise ConnectionFileRefused(
            f"{path} has mode {error.mode:04o}, so others may have changed it; run: chmod 600 {path}"
        ) from None
    except (OSError, ValidationError):
        raise ConnectionFileRefused(
            f"{path} cannot be read; stop the stack and start it again with uide up"
        ) from None
