"""docker-compose.yml names what exists, is confined, and keeps its secrets in files."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from starter.embedded.postgres import SETTINGS
from starter.embedded.temporal_binary import server_version, temporal_binary
from tests.deployment import image
from tests.deployment.composition import ROOT, SECRETS, Service, read_composition
from tests.deployment.programs import SERVER, UI

COMPOSITION = read_composition()
SERVICES = COMPOSITION.services
EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
STAYING = pytest.mark.parametrize(
    "service", [service for service in SERVICES.values() if service.runs_on], ids=lambda service: service.name
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DOCKERFILE = image.DOCKERFILE.read_text()


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock.read_text(), re.MULTILINE))


# versions


def test_temporal_is_the_one_that_is_built_and_tested_here() -> None:
    server, ui = SERVER.version, UI.version
    told = {service.image for service in SERVICES.values() if "temporalio/" in service.image}
    assert told == {f"temporalio/server:{server}", f"temporalio/admin-tools:{server}", f"temporalio/ui:{ui}"}
    major, minor = server_version(temporal_binary())
    assert server.startswith(f"{major}.{minor}.")


def test_every_image_has_one_exact_version() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    for name in [*bases, *(service.image for service in SERVICES.values())]:
        assert re.search(r":\d+\.\d+(\.\d+)?(-slim)?(-bookworm)?$", name), name
    python = {re.fullmatch(r"python:([\d.]+)-.*", base)[1] for base in bases}  # type: ignore[index]
    assert len(python) == 1
    assert SpecifierSet(PROJECT["requires-python"]).contains(python.pop())
    assert SERVICES["worker"].image == f"uide:{PROJECT['version']}"
    assert int(SERVICES["postgres"].version.split(".")[0]) >= 15


def test_the_image_holds_what_the_service_runs_with_as_it_is_locked() -> None:
    image, tested = pins(ROOT / "deploy" / "requirements.lock"), pins(ROOT / "requirements.lock")
    assert image.items() <= tested.items()
    assert {Requirement(wanted).name for wanted in PROJECT["dependencies"]} <= image.keys()
    assert image.keys().isdisjoint({"pytest", "mypy", "ruff", "uv", "hypothesis"})


def test_the_image_takes_in_every_package_and_what_it_copies_exists() -> None:
    copied = {Path(name) for name in image.copied()}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    sent = (ROOT / ".dockerignore").read_text().splitlines()
    assert {f"!{name}" for name in copied} == {line for line in sent if line.startswith("!")}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "tools"}
    assert packages == {str(name) for name in copied if (ROOT / name).is_dir()}


# confinement


@EVERY_SERVICE
def test_no_service_can_change_its_image_or_gain_rights(service: Service) -> None:
    assert service.document["read_only"] is True
    assert service.document["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service.document["security_opt"]
    assert not {"privileged", "cap_add", "network_mode", "pid"} & service.document.keys()


def test_nothing_runs_as_root() -> None:
    assert SERVICES["postgres"].document["user"] == "postgres"
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["uide"]
    # The images of Temporal say so themselves: USER temporal.
    own = {name for name, service in SERVICES.items() if "temporalio/" not in service.image} - {"postgres"}
    assert all(SERVICES[name].document["build"]["dockerfile"] == "deploy/worker.Dockerfile" for name in own)


@STAYING
def test_what_stays_says_how_it_is_and_is_started_again(service: Service) -> None:
    assert service.document["healthcheck"]["test"][0] == "CMD"
    assert service.document.get("restart") == "unless-stopped" or service.document["profiles"] == ["ops"]


def test_the_worker_has_longer_to_end_than_it_takes() -> None:
    worker = SERVICES["worker"]
    graceful = int(worker.environment["UIDE_GRACEFUL_SHUTDOWN_SECONDS"])
    assert int(worker.document["stop_grace_period"].removesuffix("s")) >= graceful + 10


@EVERY_SERVICE
def test_only_this_server_reaches_a_port(service: Service) -> None:
    assert [port for port in service.ports if port[0] != "127.0.0.1"] == []
    inside = {port for _, _, port in service.ports}
    said = "\n".join(service.environment.values())
    assert [port for port in inside if not re.search(rf"(^|0[.]0[.]0[.]0:){port}$", said, re.MULTILINE)] == []
    outward = {network for network in service.document["networks"] if not COMPOSITION.is_internal(network)}
    # The commands listen on nothing, and one of them asks the monitoring system.
    assert bool(outward) == (bool(service.ports) or service.name == "uide")


def test_the_databases_have_no_way_out() -> None:
    assert SERVICES["postgres"].document["networks"] == ["database"]
    assert SERVICES["temporal"].ports == []


# secrets


@EVERY_SERVICE
def test_no_secret_stands_in_the_environment(service: Service) -> None:
    for name, value in service.environment.items():
        assert "PASSWORD" not in name or name.endswith("_FILE")
        assert not re.search(r"://[^/@]*:[^/@]*@", str(value))
    told = {
        value.removeprefix(SECRETS) for value in map(str, service.environment.values()) if SECRETS in value
    }
    assert told == set(service.secrets)


def test_the_script_makes_every_secret_once_and_for_its_owner(tmp_path: Path) -> None:
    script, folder = ROOT / "deploy" / "make-secrets.sh", tmp_path / "secrets"
    subprocess.run([script, folder], check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert made.keys() == COMPOSITION.secrets.keys() == {file.name for file in COMPOSITION.secrets.values()}
    assert len(set(made.values())) == len(made)
    assert all(re.fullmatch(rb"[0-9a-f]{48}", password) for password in made.values())
    assert folder.stat().st_mode & 0o777 == 0o700
    subprocess.run([script, folder], check=True, capture_output=True)
    assert made == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_secrets_never_get_into_a_commit_or_an_image() -> None:
    ignored = ["git", "check-ignore", *map(str, COMPOSITION.secrets.values())]
    listed = subprocess.run(ignored, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert len(listed.split()) == len(COMPOSITION.secrets)
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"


# what is mounted


@EVERY_SERVICE
def test_every_mounted_file_exists_and_cannot_be_changed(service: Service) -> None:
    files = [mount for mount in service.mounts if mount.is_of_the_checkout]
    assert [mount.source for mount in files if not (mount.file.is_file() and mount.read_only)] == []
    volumes = {mount.source for mount in service.mounts if not mount.is_of_the_checkout}
    assert volumes <= COMPOSITION.document["volumes"].keys()
    scripts = [mount.file for mount in files if mount.source.endswith(".sh")]
    assert all(os.access(script, os.X_OK) for script in scripts)


def test_the_keys_are_changed_by_the_migrations_alone() -> None:
    with_keys = {
        service.name: mount.read_only
        for service in SERVICES.values()
        for mount in service.mounts
        if mount.source == "keys"
    }
    assert with_keys == {"migrations": False, "worker": True, "uide": True}


def test_no_data_of_a_child_get_into_the_log_of_the_database() -> None:
    lines = SERVICES["postgres"].mounted("/etc/uide/postgresql.conf").read_text().splitlines()
    settings = dict(line.split(" = ") for line in lines if " = " in line)
    for name, value in SETTINGS.items():
        if name.startswith(("log_", "fsync", "synchronous", "timezone")):
            assert settings[name].strip("'") == value, name
