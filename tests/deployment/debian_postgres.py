"""PostgreSQL as Debian packages it, on a data folder of its own."""

import os
import pwd
import re
import shutil
import subprocess
from pathlib import Path

from starter.embedded.progress import tell
from tests.deployment.native import ADDRESS, Native

VERSIONS = Path("/usr/lib/postgresql")
USER = "postgres"


class NoPostgres(Exception):
    """There is no PostgreSQL to prove the composition on; the text says what to do."""


def programs() -> Path:
    """The folder with the programs of the newest PostgreSQL of this machine, installed if need be."""
    if not _found():
        _install()
    if os.geteuid() != 0 and pwd.getpwuid(os.geteuid()).pw_name != USER:
        raise NoPostgres(f"pg_hba.conf lets in the user {USER} alone. Run this as root, or as {USER}")
    return max(_found(), key=lambda folder: float(folder.parent.name))


def version(folder: Path) -> str:
    """Such as 15.18."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    return re.search(r"[\d.]+", said.stdout)[0]  # type: ignore[index]


async def start(native: Native) -> None:
    """Makes the cluster as the image does, starts the server and runs the init script that it is given."""
    owner = USER if os.geteuid() == 0 else None
    data, sockets = native.volume("postgres"), native.folder / "run" / "sockets"
    for folder in (data, sockets):
        folder.mkdir(mode=0o700)
        if owner:
            shutil.chown(folder, owner)
    port = str(native.ports["postgres"])
    native.only_here("postgres", PGDATA=str(data), PGPORT=port, PGHOST=str(sockets))
    told = native.environment("postgres")
    await native.job("postgres", *_initdb(told), owner=owner)
    await native.start("postgres", f"--unix_socket_directories={sockets}", owner=owner)
    await native.healthy("postgres")
    script = native.service("postgres").mounted("/docker-entrypoint-initdb.d/init.sh")
    await native.job("postgres", str(script), owner=owner)


def address(native: Native, user: str, database: str, password: str) -> str:
    """A way in by TCP."""
    return f"postgresql://{user}:{password}@{ADDRESS}:{native.ports['postgres']}/{database}"


def _initdb(told: dict[str, str]) -> tuple[str, ...]:
    options = (f"--username={told['POSTGRES_USER']}", f"--pwfile={told['POSTGRES_PASSWORD_FILE']}")
    return ("initdb", *options, *told["POSTGRES_INITDB_ARGS"].split())


def _found() -> list[Path]:
    return [path.parent for path in VERSIONS.glob("*/bin/postgres")]


def _install() -> None:
    advice = "Install PostgreSQL 15 or newer (Debian and Ubuntu: the package postgresql) and run this again"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise NoPostgres(f"there is no PostgreSQL in {VERSIONS}. {advice}")
    tell("installing Debian's PostgreSQL")
    for step in (["update"], ["install", "--yes", "--no-install-recommends", "postgresql"]):
        done = subprocess.run(["apt-get", "-qq", *step], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NoPostgres(f"`apt-get {step[0]}` failed: {done.stderr.strip()[-300:]}. {advice}")
