"""What is proven of docker-compose.yml on this machine, step by step; a step that is not so is `Unproven`."""

import asyncio
import contextlib
import json
import os
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import httpx
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, GetClusterInfoRequest
from temporalio.service import ConnectConfig, RPCError, ServiceClient

from domain.vocabulary import NAMESPACE
from starter.demo.run import play_stories
from starter.embedded.stack import DIRECTORY
from starter.place import find_place
from tests.deployment import debian_postgres, image
from tests.deployment.composition import FILE, ROOT
from tests.deployment.native import ADDRESS, Native, free_ports
from tests.deployment.programs import LOADER, UI_MODULE, folder_of_module
from worker.namespace import RETENTION

ANSWER_SECONDS = 60
OURS = ("migrations", "worker", "uide")

Tell = Callable[[str], None]
Step = Callable[[Native, Tell], Awaitable[str]]


class Unproven(Exception):
    """A step did not happen as the composition says it does."""


def require(so: bool, otherwise: str) -> None:
    """`Unproven` with the text unless it is so."""
    if not so:
        raise Unproven(otherwise)


async def composition(native: Native, tell: Tell) -> str:
    """The loader that docker compose itself uses takes the file."""
    return f"read by compose-go {LOADER.version}: {await asyncio.to_thread(_said, LOADER.kept, FILE)}"


async def secrets(native: Native, tell: Tell) -> str:
    """The script makes what the composition mounts."""
    await asyncio.to_thread(_said, ROOT / "deploy" / "make-secrets.sh", native.secrets)
    return f"{len(list(native.secrets.iterdir()))} passwords by make-secrets.sh, read from files alone"


async def postgres(native: Native, tell: Tell) -> str:
    """Roles and databases are made by the init script, and nobody gets into a database that is not his."""
    await debian_postgres.start(native)
    for role, database in (("uide_app", "temporal"), ("temporal", "uide"), ("postgres", "uide")):
        with contextlib.suppress(
            asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidPasswordError
        ):
            await (await _connect(native, role, database)).close()
            raise Unproven(f"{role} gets into the database {database}")
    connection = await _connect(native, "uide_owner", "uide")
    version = await connection.fetchval("SHOW server_version")
    await connection.close()
    return f"PostgreSQL {version} with postgresql.conf, pg_hba.conf, init.sh; each role reaches its own database only"


async def schema(native: Native, tell: Tell) -> str:
    """The job makes Temporal's tables; a second run changes nothing."""
    await native.job("temporal-schema")
    made = await _schema_versions(native)
    await native.job("temporal-schema")
    require(made == await _schema_versions(native), "the second run of schema.sh changed the versions")
    return f"schema.sh, run twice: temporal {made[0]}, visibility {made[1]}"


async def temporal(native: Native, tell: Tell) -> str:
    """The server starts with the mounted configuration."""
    ports = zip(_PORTS, free_ports(len(_PORTS)), strict=True)
    dynamic = native.folder / "dynamic-config.yaml"
    mounted = native.service("temporal").mounted("/etc/uide/dynamic-config.yaml").read_text()
    dynamic.write_text(mounted.replace("value: false", "value: true"))
    native.only_here(
        "temporal",
        **{name: str(port) for name, port in ports},
        FRONTEND_PORT=str(native.ports["frontend"]),
        DYNAMIC_CONFIG_FILE_PATH=str(dynamic),
    )
    await native.start("temporal")
    service = await _answering(native)
    info = await service.workflow_service.get_cluster_info(GetClusterInfoRequest())
    require(info.history_shard_count == 128, f"{info.history_shard_count} history shards")
    return f"server {info.server_version}, {info.history_shard_count} history shards, stores {info.persistence_store}"


async def migrations(native: Native, tell: Tell) -> str:
    """The service is installed as its image installs it; the job makes schema, keys and namespace."""
    programs = await asyncio.to_thread(image.install, native.folder)
    for name in OURS:
        path = os.pathsep.join((str(programs), native.environment(name)["PATH"]))
        native.only_here(name, PATH=path, PYTHONSAFEPATH="1")
    for volume in ("keys", "roots"):
        native.volume(volume).mkdir(mode=0o700)
    where = f"import worker, sys; sys.exit({str(programs.parent)!r} not in worker.__file__)"
    await native.job("uide", "python", "-c", where)
    await native.job("migrations")
    await native.job("migrations", "uide", "migrate", "--directory", str(DIRECTORY))
    service = await _answering(native)
    told = await service.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=NAMESPACE))
    kept = told.config.workflow_execution_retention_ttl.ToTimedelta()
    require(kept == RETENTION, f"the namespace keeps histories for {kept}")
    return f"uide migrate, run twice: schema, key ring, namespace {NAMESPACE} ({kept.days} days)"


async def worker(native: Native, tell: Tell) -> str:
    """The worker is well by the health check of the composition."""
    await native.start("worker")
    await native.healthy("worker")
    return "worker.main, installed as in the image; worker.health says that it is well"


async def ui(native: Native, tell: Tell) -> str:
    """The user interface is there to look only."""
    config = native.folder / "ui" / "config"
    config.mkdir(parents=True)
    shipped = folder_of_module("temporal-server", UI_MODULE) / "config" / "docker.yaml"
    (config / "docker.yaml").write_text(f"{shipped.read_text()}\nhost: {ADDRESS}\n")
    await native.start("temporal-ui", "temporal-ui", "--root", str(config.parent), "--env", "docker", "start")
    address = f"http://{ADDRESS}:{native.ports['ui']}"
    async with httpx.AsyncClient(base_url=address, headers={"Sec-Fetch-Site": "same-origin"}) as browser:
        await _well(browser)
        settings = (await browser.get("/api/v1/settings")).json()
        ended = await browser.post(f"/api/v1/namespaces/{NAMESPACE}/workflows/any/terminate", json={})
    require(settings["DisableWriteActions"] is True, "the UI does not say that it is read-only")
    require(ended.status_code == 405, f"ending a case by the UI is answered with {ended.status_code}")
    return f"UI {settings['Version']}, read-only: ending a case is answered with {ended.status_code}"


async def cases(native: Native, tell: Tell) -> str:
    """The cases of the demo come to their outcomes."""
    told = native.environment("uide")
    os.environ.update({name: value for name, value in told.items() if name != "PATH"})
    played = await play_stories(
        find_place(),
        lambda story, words: tell(f"{story.name if story else ''}: {words}"),
        with_information_systems=False,
    )
    outcomes = ", ".join(f"{story.name} {evidence.status.stage}" for story, evidence in played.cases)
    return f"{outcomes}; {played.checks} checks of the register"


async def verify(native: Native, tell: Tell) -> str:
    """The register is whole by the command of the composition."""
    await native.job("uide", "uide", "verify", "--json")
    report = json.loads(native.log("uide-job").read_text().splitlines()[-1])
    require(report["ok"], "uide verify names violations")
    return f"uide verify: {len(report['checks'])} checks, no violation"


async def logs(native: Native, tell: Tell) -> str:
    """No log holds a password, or the number or name of a person."""
    secret = [file.read_text() for file in native.secrets.iterdir()] + _personal()
    files = sorted((native.folder / "log").iterdir())
    for file in files:
        held = [word for word in secret if word in file.read_text(errors="replace")]
        require(not held, f"{file.name} holds {len(held)} of them")
    return f"{len(files)} logs hold none of {len(secret)} passwords, numbers and names"


async def stop(native: Native, tell: Tell) -> str:
    """Everything ends in order, within the time that the composition gives."""
    codes = {name: await native.stop(name) for name in ("temporal-ui", "worker", "temporal", "postgres")}
    require(codes["worker"] == codes["temporal"] == codes["postgres"] == 0, f"exit codes {codes}")
    return "in order, each with exit code 0"


STEPS: tuple[Step, ...] = (
    composition,
    secrets,
    postgres,
    schema,
    temporal,
    migrations,
    worker,
    ui,
    cases,
    verify,
    logs,
    stop,
)

_PORTS = (
    "HISTORY_PORT",
    "MATCHING_PORT",
    "WORKER_PORT",
    "FRONTEND_MEMBERSHIP_PORT",
    "HISTORY_MEMBERSHIP_PORT",
    "MATCHING_MEMBERSHIP_PORT",
    "WORKER_MEMBERSHIP_PORT",
)


def _said(program: Path, argument: Path) -> str:
    done = subprocess.run([program, argument], capture_output=True, text=True, check=False)
    require(done.returncode == 0, f"{program.name}: {done.stderr.strip()}")
    return done.stdout.strip()


async def _connect(native: Native, role: str, database: str) -> "asyncpg.Connection[asyncpg.Record]":
    password = (native.secrets / f"{role}_password").read_text()
    return await asyncpg.connect(debian_postgres.address(native, role, database, password))


async def _schema_versions(native: Native) -> list[str]:
    found = []
    for database in ("temporal", "temporal_visibility"):
        connection = await _connect(native, "temporal", database)
        found.append(await connection.fetchval("SELECT curr_version FROM schema_version"))
        await connection.close()
    return found


async def _answering(native: Native) -> ServiceClient:
    for _ in range(ANSWER_SECONDS * 2):
        with contextlib.suppress(RuntimeError, RPCError):
            service = await ServiceClient.connect(
                ConnectConfig(target_host=f"{ADDRESS}:{native.ports['frontend']}")
            )
            if await service.check_health():
                return service
        await asyncio.sleep(0.5)
    raise Unproven(f"Temporal did not answer within {ANSWER_SECONDS} seconds; see {native.log('temporal')}")


async def _well(browser: httpx.AsyncClient) -> None:
    for _ in range(ANSWER_SECONDS * 2):
        with contextlib.suppress(httpx.TransportError):
            if (await browser.get("/healthz")).is_success:
                return
        await asyncio.sleep(0.5)
    raise Unproven(f"the UI was not well within {ANSWER_SECONDS} seconds")


def _personal() -> list[str]:
    found = []
    for file in (ROOT / "examples").glob("*.json"):
        document = json.loads(file.read_text(encoding="utf-8"))
        for person in (document["applicant"], document["child"]):
            found += [person["iin"], person["name"]["surname"]]
    return found
