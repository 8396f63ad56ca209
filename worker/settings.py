"""What the environment decides, read once at the start of a process and handed on as one frozen object."""

import os
import re
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from temporalio.common import WorkerDeploymentVersion
from temporalio.envconfig import ClientConfig, ClientConnectConfig

from activities.register.house_rules import HouseRules
from activities.sending.post import MailServer
from domain.person import Email
from domain.refusal import InputRefused, Problem, invalid
from domain.vocabulary import NAMESPACE
from worker.database_address import database_addresses
from worker.mail_settings import mail_address, mail_server

CLOSING = timedelta(seconds=4)
"""What a stop takes after the activities have ended: answers to Temporal, connections."""
SHORTEST_STOP = CLOSING + timedelta(seconds=1)

_HELP = {
    "DATABASE_URL": (
        "It names the PostgreSQL of the register and has no default",
        "Set it, for example postgresql://uide_app:PASSWORD@127.0.0.1:5432/uide",
    ),
    "UIDE_KEY_RING": (
        "It names the file with the keys of the payloads and has no default",
        "Set it to the path of the key ring; `uide migrate` on an empty register makes the file",
    ),
}


def _postgres_url(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("postgresql://", "postgres://")):
        raise invalid(
            "database_url",
            "the value is not an address of PostgreSQL",
            "The register is kept in PostgreSQL",
            "Write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        )
    return url


def _socket_address(address: str) -> str:
    host, _, port = address.rpartition(":")
    try:
        ip_address(host.strip("[]"))
        usable = 0 < int(port) < 65536
    except ValueError:
        usable = False
    if not usable:
        raise invalid(
            "socket_address",
            "the value is not a numeric address with a port",
            "It is served on one address of this machine, and names are not looked up",
            "Write it as 127.0.0.1:9464",
        )
    return address


def _deployment_word(word: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", word):
        raise invalid(
            "deployment_name",
            "the value is not a name of up to 64 letters, digits, _ and -",
            "Temporal parts the name of a deployment from its build by a point or a colon",
            "Write it as uide",
        )
    return word


def _build_word(word: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,127}", word):
        raise invalid(
            "build_id",
            "the value is not a word of up to 128 letters, digits and ._+-",
            "Operators type it in commands",
            "Name the release, as 0.2.0",
        )
    return word


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    return bool(usable) and address.isascii() and not (parts.query or parts.fragment or parts.username)


def _web_address(address: str) -> str:
    if not _is_web_address(address):
        raise invalid(
            "web_address",
            "the value is not a plain address of the web",
            "It is printed on every paper and stands in its QR code, so that people find their case",
            "Write it as https://uide.example.kz",
        )
    return address.rstrip("/")


def _system_address(address: str) -> str:
    if not _is_web_address(address):
        raise invalid(
            "system_address",
            "the value is not a plain address of the web",
            "Another system is asked or told there, over HTTP",
            "Write it as https://gateway.example.kz",
        )
    host = urlsplit(address).hostname or ""
    if not address.startswith("https:") and host != "localhost" and not _is_loopback(host):
        raise invalid(
            "system_address_in_clear",
            "the address is not one of https",
            "Numbers and names of people go there, and nobody on the way may read them",
            "Begin it with https, or run the connector on this machine, at 127.0.0.1",
        )
    return address.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


SystemAddress = Annotated[str, AfterValidator(_system_address)]
"""Where another system is: by https, or on this machine."""

PostgresUrl = Annotated[SecretStr, AfterValidator(_postgres_url)]


def _namespace_of_the_profile() -> str:
    return temporal_profile().get("namespace", NAMESPACE)


class Settings(BaseSettings):
    """The environment of a worker or starter. Secrets have no default and show themselves only when asked.

    A starter that brings its own stack names the values itself: `Settings(DATABASE_URL=...,
    UIDE_KEY_RING=...)`. The address of Temporal and its TLS are not here: `worker.connection` reads them
    from the profile.
    """

    model_config = SettingsConfigDict(
        frozen=True, case_sensitive=True, hide_input_in_errors=True, env_ignore_empty=True, extra="forbid"
    )

    database_url: PostgresUrl = Field(validation_alias="DATABASE_URL")
    database_owner_url: PostgresUrl | None = Field(default=None, validation_alias="DATABASE_OWNER_URL")
    """The role that owns the schema, for migrations only."""
    key_ring: Path = Field(validation_alias="UIDE_KEY_RING")
    namespace: str = Field(
        default_factory=_namespace_of_the_profile, min_length=1, validation_alias="TEMPORAL_NAMESPACE"
    )
    """Temporal's namespace, `uide` unless told; the payloads of one cannot be read in another."""
    allow_unsealed_acts: bool = Field(default=False, validation_alias="UIDE_ALLOW_UNSEALED_ACTS")
    metrics_address: Annotated[str, AfterValidator(_socket_address)] | None = Field(
        default=None, validation_alias="UIDE_METRICS_ADDRESS"
    )
    public_address: Annotated[str, AfterValidator(_web_address)] | None = Field(
        default=None, validation_alias="UIDE_PUBLIC_ADDRESS"
    )
    """Where people find the portal; without a slash at its end."""
    gateway_url: SystemAddress | None = Field(default=None, validation_alias="UIDE_GATEWAY_URL")
    """The gateway of the information systems; without one nothing is asked (docs/information-systems.md)."""
    monitoring_url: SystemAddress | None = Field(default=None, validation_alias="UIDE_MONITORING_URL")
    """The monitoring system; without one events are kept and not sent (docs/monitoring.md)."""
    smtp_url: Annotated[str, AfterValidator(mail_address)] | None = Field(
        default=None, validation_alias="UIDE_SMTP_URL"
    )
    smtp_password_file: Path | None = Field(default=None, validation_alias="UIDE_SMTP_PASSWORD_FILE")
    mail_from: Email | None = Field(default=None, validation_alias="UIDE_MAIL_FROM")
    paper_templates: Path | None = Field(default=None, validation_alias="UIDE_PAPER_TEMPLATES")
    """A folder of templates of papers in place of the built-in ones (docs/papers.md)."""
    roots: Path | None = Field(default=None, validation_alias="UIDE_ROOTS")
    """A folder outside the database for the daily roots (docs/evidence.md); without it none are written."""
    health_address: Annotated[str, AfterValidator(_socket_address)] | None = Field(
        default=None, validation_alias="UIDE_HEALTH_ADDRESS"
    )
    graceful_shutdown_seconds: int = Field(
        default=30, ge=SHORTEST_STOP.seconds, validation_alias="UIDE_GRACEFUL_SHUTDOWN_SECONDS"
    )
    worker_deployment: Annotated[str, AfterValidator(_deployment_word)] | None = Field(
        default=None, validation_alias="UIDE_WORKER_DEPLOYMENT"
    )
    build_id: Annotated[str, AfterValidator(_build_word)] | None = Field(
        default=None, validation_alias="UIDE_BUILD_ID"
    )

    @model_validator(mode="after")
    def _deployment_is_whole(self) -> Self:
        if (self.worker_deployment is None) != (self.build_id is None):
            raise invalid(
                "half_a_deployment",
                "only one of UIDE_WORKER_DEPLOYMENT and UIDE_BUILD_ID is set",
                "Temporal gives tasks to a build of a deployment, and both are needed to name it",
                "Set both to run versioned, or neither",
            )
        return self

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Self:
        if (self.smtp_url is None) != (self.mail_from is None):
            raise invalid(
                "half_a_mail_server",
                "only one of UIDE_SMTP_URL and UIDE_MAIL_FROM is set",
                "A letter needs a server that takes it and an address in whose name it goes",
                "Set both to send e-mail, or neither",
            )
        return self

    @property
    def mail_server(self) -> MailServer | None:
        """The server that takes our letters, with its password; `InputRefused` if its file cannot be read."""
        if self.smtp_url is None or self.mail_from is None:
            return None
        return mail_server(self.smtp_url, self.mail_from, self.smtp_password_file)

    @property
    def deployment_version(self) -> WorkerDeploymentVersion | None:
        """The build as which this worker asks for tasks; None asks without a version."""
        if self.worker_deployment is None or self.build_id is None:
            return None
        return WorkerDeploymentVersion(self.worker_deployment, self.build_id)

    @property
    def house_rules(self) -> HouseRules:
        """What was decided here about acts and papers."""
        return HouseRules(unsealed_allowed=self.allow_unsealed_acts, public_address=self.public_address)

    @property
    def graceful_shutdown(self) -> timedelta:
        """How long a worker that was told to stop may take until its process has ended."""
        return timedelta(seconds=self.graceful_shutdown_seconds)

    @property
    def time_for_activities(self) -> timedelta:
        """How much of it running activities have to end by themselves."""
        return self.graceful_shutdown - CLOSING


def read_settings() -> Settings:
    """The settings of this process, or `InputRefused` that names each variable and what to do."""
    addresses: dict[str, Any] = {**database_addresses(os.environ)}
    try:
        return Settings(**addresses)
    except ValidationError as error:
        refused = InputRefused.from_validation(error, root="environment")
        raise InputRefused(_in_words(problem) for problem in refused.problems) from None


def temporal_profile() -> ClientConnectConfig:
    """Address, namespace and TLS by Temporal's own variables and profile file (`temporalio.envconfig`)."""
    try:
        return ClientConfig.load_client_connect_config()
    except RuntimeError as error:
        raise InputRefused.of(
            "temporal_profile",
            "environment.TEMPORAL_*",
            str(error),
            "Address, namespace and TLS of Temporal come from these variables and the profile file",
            "Correct TEMPORAL_PROFILE, TEMPORAL_CONFIG_FILE or the file they name",
        ) from error


def _in_words(problem: Problem) -> Problem:
    variable = problem.where.removeprefix("environment.")
    if problem.code != "missing" or variable not in _HELP:
        return problem
    why, instead = _HELP[variable]
    return problem.model_copy(update={"what": "the variable is not set", "why": why, "instead": instead})
