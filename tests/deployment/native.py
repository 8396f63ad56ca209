"""The services of docker-compose.yml as processes of this machine.

Command lines, variables, mounted files, secrets and health checks are those of the file. Different are only
addresses and ports, the places of files, and what `only_here` adds.
"""

import asyncio
import os
import pwd
import random
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from starter.embedded.child import Child, ChildFailed, Program
from tests.deployment.composition import SECRETS, Composition, Mount, Service

ADDRESS = "127.0.0.1"
HEALTHY_SECONDS = 120


class Native:
    """Starts, asks and ends them; `path` is where programs are looked for, `secrets` where the files lie."""

    def __init__(self, composition: Composition, folder: Path, path: str) -> None:
        self.folder = folder
        self.secrets = folder / "secrets"
        self._composition = composition
        self._path = path
        self._running: dict[str, Child] = {}
        self._only_here: dict[str, Mapping[str, str]] = {}
        names = ("postgres", "frontend", "frontend-metrics", "worker-metrics", "worker-health", "ui")
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        for part in ("log", "run", "volumes"):
            (folder / part).mkdir()

    def service(self, name: str) -> Service:
        return self._composition.services[name]

    def only_here(self, name: str, **environment: str) -> None:
        """Variables that the composition does not set."""
        self._only_here[name] = environment

    def volume(self, name: str) -> Path:
        return self.folder / "volumes" / name

    def log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"

    # processes

    async def start(self, name: str, *arguments: str, owner: str | None = None) -> Child:
        """Starts a service with further arguments, as the user `owner`."""
        command = [self._here(name, word) for word in self.service(name).command]
        child = await self._begin(name, name, [*command, *arguments], owner)
        self._running[name] = child
        return child

    async def job(self, name: str, *command: str, owner: str | None = None) -> None:
        """Runs the command of a service, or another one in its place, to its end; `ChildFailed` unless it is 0."""
        words = command or [self._here(name, word) for word in self.service(name).command]
        child = await self._begin(name, f"{name}-job", list(words), owner)
        try:
            code = await child.wait()
            if code != 0:
                raise child.failure(f"`{' '.join(words)}` ended with {code}")
        finally:
            await child.stop()

    async def healthy(self, name: str) -> None:
        """Waits until the health check of the composition succeeds."""
        child = self._running[name]
        for _ in range(HEALTHY_SECONDS * 2):
            if not child.running:
                raise child.failure("it ended by itself")
            if await self._is_healthy(name):
                return
            await asyncio.sleep(0.5)
        raise child.failure(f"it was not healthy within {HEALTHY_SECONDS} seconds")

    async def stop(self, name: str) -> int:
        """Ends a service as the composition does; its exit code."""
        child = self._running.pop(name)
        patience = str(self.service(name).document.get("stop_grace_period", "10s"))
        await child.stop(float(patience.removesuffix("s")))
        return await child.wait()

    async def stop_all(self) -> None:
        """Ends what still runs, the last one started first."""
        for name in reversed(self._running.copy()):
            await self.stop(name)

    async def _is_healthy(self, name: str) -> bool:
        words = [self._here(name, word) for word in self.service(name).document["healthcheck"]["test"][1:]]
        try:
            await self.job(name, *words)
        except ChildFailed:
            return False
        return True

    async def _begin(self, name: str, record: str, command: list[str], owner: str | None) -> Child:
        environment = self.environment(name)
        program = shutil.which(command[0], path=environment["PATH"])
        if program is None:
            raise FileNotFoundError(f"{name}: there is no program {command[0]} on this machine")
        user = pwd.getpwnam(owner) if owner else None
        return await Child.start(
            Program(
                name=name,
                arguments=(program, *command[1:]),
                log=self.log(record),
                record=self.folder / "run" / f"{record}.json",
                owner=(user.pw_uid, user.pw_gid) if user else None,
                environment=environment,
                withheld=frozenset(os.environ),
            )
        )

    # what a container is told, said for this machine

    def environment(self, name: str) -> dict[str, str]:
        """All variables of the service, as its process has them here."""
        told = {key: self._here(name, value) for key, value in self.service(name).environment.items()}
        moved = {key: value for key, value in self._addresses().items() if key in told}
        return {"PATH": self._path, "LANG": "C.UTF-8"} | told | moved | dict(self._only_here.get(name, {}))

    def _addresses(self) -> dict[str, str]:
        at = {name: f"{ADDRESS}:{port}" for name, port in self.ports.items()}
        return {
            "SQL_HOST": ADDRESS,
            "SQL_PORT": str(self.ports["postgres"]),
            "FRONTEND_IP": ADDRESS,
            "METRICS_ADDRESS": at["frontend-metrics"],
            "UIDE_METRICS_ADDRESS": at["worker-metrics"],
            "UIDE_HEALTH_ADDRESS": at["worker-health"],
            "TEMPORAL_UI_PORT": str(self.ports["ui"]),
        }

    def _here(self, name: str, said: str) -> str:
        places = {SECRETS: f"{self.secrets}/"}
        places |= {mount.target: str(self._place(mount)) for mount in self.service(name).mounts}
        places |= {
            "postgres:5432": f"{ADDRESS}:{self.ports['postgres']}",
            "temporal:7233": f"{ADDRESS}:{self.ports['frontend']}",
            "--listen_addresses=*": f"--listen_addresses={ADDRESS}",
        }
        for there, here in places.items():
            said = said.replace(there, here)
        return said

    def _place(self, mount: Mount) -> Path:
        return mount.file if mount.is_of_the_checkout else self.volume(mount.source)


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on, below 32768: Temporal's membership refuses others, and no connection takes them."""
    found: list[int] = []
    while len(found) < count:
        port = random.randrange(10_000, 32_000)  # noqa: S311
        try:
            socket.create_server((ADDRESS, port)).close()
        except OSError:
            continue
        if port not in found:
            found.append(port)
    return found
