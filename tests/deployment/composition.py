"""docker-compose.yml as it is written: what each service is, is told, and sees of this checkout."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
SECRETS = "/run/secrets/"


@dataclass(frozen=True)
class Mount:
    """A file or volume that a container sees at `target`."""

    source: str
    target: str
    read_only: bool

    @property
    def is_of_the_checkout(self) -> bool:
        return self.source.startswith("./")

    @property
    def file(self) -> Path:
        return ROOT / self.source


@dataclass(frozen=True)
class Service:
    """One entry under `services`."""

    name: str
    document: dict[str, Any]

    @property
    def image(self) -> str:
        return str(self.document["image"])

    @property
    def version(self) -> str:
        return self.image.partition(":")[2]

    @property
    def environment(self) -> dict[str, str]:
        """As it is where the operator's own environment says nothing: `${NAME:-DEFAULT}` is its default."""
        told = self.document.get("environment", {})
        return {name: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", value) for name, value in told.items()}

    @property
    def command(self) -> list[str]:
        """The whole command line, as far as the file says it."""
        return [*self.document.get("entrypoint", []), *self.document.get("command", [])]

    @property
    def secrets(self) -> list[str]:
        return list(self.document.get("secrets", []))

    @property
    def mounts(self) -> list[Mount]:
        entries = (str(entry).split(":") for entry in self.document.get("volumes", []))
        return [Mount(source, target, mode == ["ro"]) for source, target, *mode in entries]

    @property
    def ports(self) -> list[tuple[str, str, str]]:
        """Address and port on the server, and the port inside of the container."""
        return [
            (address, outside, inside)
            for address, outside, inside in (str(port).split(":") for port in self.document.get("ports", []))
        ]

    @property
    def runs_on(self) -> bool:
        """Whether it is there to stay; the others are jobs and commands."""
        return self.document.get("restart") == "unless-stopped" or "healthcheck" in self.document

    def mounted(self, target: str) -> Path:
        """The file of the checkout that the container sees there."""
        return next(mount.file for mount in self.mounts if mount.target == target)


@dataclass(frozen=True)
class Composition:
    """The whole file."""

    document: dict[str, Any]

    @cached_property
    def services(self) -> dict[str, Service]:
        return {name: Service(name, entry) for name, entry in self.document["services"].items()}

    @property
    def secrets(self) -> dict[str, Path]:
        return {name: ROOT / entry["file"] for name, entry in self.document["secrets"].items()}

    def is_internal(self, network: str) -> bool:
        return bool((self.document["networks"][network] or {}).get("internal"))


def read_composition() -> Composition:
    return Composition(yaml.safe_load(FILE.read_text(encoding="utf-8")))
