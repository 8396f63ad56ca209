"""Where the service is: named in the environment, or the embedded stack that runs on a data folder."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, SecretStr, TypeAdapter, ValidationError

from domain.refusal import InputRefused
from starter.connection_file import ConnectionFileRefused, StackConnection, connection_file, read_connection
from worker.database_address import database_addresses
from worker.settings import PostgresUrl, Settings, read_settings

DEFAULT_DATA = Path(".uide")


class ServiceNotFound(Exception):
    """Neither the environment nor a data folder names a service; the text names both ways to one."""


class Place(BaseModel):
    """The register of the service and, when it is an embedded stack, where the rest of it is."""

    model_config = ConfigDict(frozen=True)

    database_url: SecretStr
    owner_url: SecretStr
    """The role that owns the schema; the same as `database_url` where none was named."""
    key_ring: Path | None = None
    """The file with the keys of the payloads, where one is named."""
    stack: StackConnection | None = None
    paper_templates: Path | None = None
    """A folder of templates of papers in place of those that come with the service."""
    roots: Path | None = None
    """The folder with the roots of the register, where one is named."""
    monitoring_url: str | None = None
    """Where the monitoring system is, where one is named."""

    @property
    def acts_are_unsealed(self) -> bool:
        """Whether this service takes acts that nobody signed; people who look at it are told."""
        allowed = os.environ.get("UIDE_ALLOW_UNSEALED_ACTS", "").lower()
        return self.stack is not None or allowed in ("1", "true", "t", "yes", "y", "on")

    def settings(self) -> Settings:
        """All settings, for what does more than reading; `InputRefused` if the environment lacks one."""
        if self.stack is None:
            return read_settings()
        return Settings(
            DATABASE_URL=self.database_url,
            DATABASE_OWNER_URL=self.owner_url,
            UIDE_KEY_RING=self.stack.key_ring,
            TEMPORAL_NAMESPACE=self.stack.namespace,
            UIDE_ALLOW_UNSEALED_ACTS=True,
            UIDE_METRICS_ADDRESS=None,
            UIDE_PUBLIC_ADDRESS=self.stack.public_address,
            UIDE_MONITORING_URL=self.stack.monitoring_url,
        )


def find_place(data: Path | None = None) -> Place:
    """The stack on `data` if given, else what DATABASE_URL names, else the stack on UIDE_DATA or ./.uide.

    `ServiceNotFound` when there is none, `InputRefused` for a variable that holds no address.
    """
    if data is None and _named_in(os.environ):
        return _place_of(os.environ)
    folder = data or Path(os.environ.get("UIDE_DATA") or DEFAULT_DATA)
    try:
        return _place_of_stack(read_connection(folder))
    except ConnectionFileRefused as refused:
        unset = "" if data else "DATABASE_URL is not set, and "
        raise ServiceNotFound(
            f"{unset}{refused}. Start a stack with uide up and name its folder with --data, "
            "or set DATABASE_URL and UIDE_KEY_RING"
        ) from None


def is_named(data: Path | None = None) -> bool:
    """Whether a service is named at all, whether or not it answers."""
    folder = data or Path(os.environ.get("UIDE_DATA") or DEFAULT_DATA)
    return data is not None or _named_in(os.environ) or connection_file(folder).exists()


def _named_in(environment: Mapping[str, str]) -> bool:
    return bool(environment.get("DATABASE_URL") or environment.get("DATABASE_OWNER_URL"))


def _place_of_stack(stack: StackConnection) -> Place:
    return Place(
        database_url=SecretStr(stack.database_url),
        owner_url=SecretStr(stack.database_owner_url),
        key_ring=stack.key_ring,
        stack=stack,
        paper_templates=_path(os.environ, "UIDE_PAPER_TEMPLATES"),
        roots=stack.roots,
        monitoring_url=stack.monitoring_url,
    )


_URL: TypeAdapter[SecretStr] = TypeAdapter(PostgresUrl)


def _place_of(environment: Mapping[str, str]) -> Place:
    urls = {name: _url(name, address) for name, address in database_addresses(environment).items()}
    return Place(
        database_url=urls.get("DATABASE_URL") or urls["DATABASE_OWNER_URL"],
        owner_url=urls.get("DATABASE_OWNER_URL") or urls["DATABASE_URL"],
        key_ring=_path(environment, "UIDE_KEY_RING"),
        paper_templates=_path(environment, "UIDE_PAPER_TEMPLATES"),
        roots=_path(environment, "UIDE_ROOTS"),
        monitoring_url=environment.get("UIDE_MONITORING_URL") or None,
    )


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    return Path(environment[name]) if environment.get(name) else None


def _url(name: str, value: str) -> SecretStr:
    try:
        return _URL.validate_python(value)
    except ValidationError as error:
        raise InputRefused.from_validation(error, f"environment.{name}") from None
