"""Every variable that docker-compose.yml sets is read, and every one that is read is set."""

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from starter.cli import main as console_script
from tests.deployment.composition import ROOT, SECRETS, Service, read_composition
from worker.database_address import PASSWORD_FILES
from worker.settings import Settings, read_settings, temporal_profile

SERVICES = read_composition().services
OURS = [service for service in SERVICES.values() if service.image.startswith("uide:")]
EACH_OF_OURS = pytest.mark.parametrize("service", OURS, ids=lambda service: service.name)
OF_THE_SDK = {"TEMPORAL_ADDRESS", "TEMPORAL_CONFIG_FILE"}
OF_THE_SERVER = {"TEMPORAL_SERVER_CONFIG_FILE_PATH", "TEMPORAL_ALLOW_NO_AUTH"}


@EACH_OF_OURS
def test_the_service_reads_every_variable_that_it_is_given(service: Service) -> None:
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    assert service.environment.keys() - known - set(PASSWORD_FILES.values()) - OF_THE_SDK == set()


def test_the_worker_is_told_everything_but_what_only_some_want() -> None:
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    of_migrations = {"DATABASE_OWNER_URL"}
    wanted_by_some = {
        "UIDE_PAPER_TEMPLATES",
        "UIDE_WORKER_DEPLOYMENT",
        "UIDE_BUILD_ID",
        "UIDE_SMTP_PASSWORD_FILE",
    }
    assert known - SERVICES["worker"].environment.keys() == of_migrations | wanted_by_some


@EACH_OF_OURS
def test_the_service_can_work_with_what_it_is_given(
    service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in service.environment.items():
        monkeypatch.setenv(name, value.replace(SECRETS, f"{tmp_path}/"))
    for secret in service.secrets:
        (tmp_path / secret).write_text("from-a-file")
    settings = read_settings()
    assert ":from-a-file@postgres:5432/uide" in settings.database_url.get_secret_value()
    assert temporal_profile()["target_host"] == "temporal:7233"
    assert settings.key_ring.parent == Path("/var/lib/uide")


@EACH_OF_OURS
def test_every_program_of_the_service_is_there(service: Service) -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    commands = [service.command, service.document.get("healthcheck", {}).get("test", ["CMD", "uide"])[1:]]
    for program, *arguments in commands:
        if program == "python":
            assert arguments[0] == "-m"
            assert importlib.import_module(arguments[1]).__doc__
        else:
            assert scripts[program] == f"{console_script.__module__}:{console_script.__name__}"


def hosts(service: Service) -> set[str]:
    values = "\n".join(service.environment.values())
    return set(re.findall(r"(?:^|@)([a-z-]+):\d+", values, re.MULTILINE)) | {
        value for name, value in service.environment.items() if name.endswith("_HOST")
    }


def test_a_service_shares_a_network_with_each_that_it_calls() -> None:
    calls = {(service.name, host) for service in SERVICES.values() for host in hosts(service)}
    assert {("worker", "temporal"), ("worker", "postgres"), ("temporal", "postgres")} <= calls
    for caller, called in calls:
        networks = [set(SERVICES[name].document["networks"]) for name in (caller, called)]
        assert networks[0] & networks[1], (caller, called)


def test_the_configuration_of_temporal_reads_what_the_composition_sets() -> None:
    temporal = SERVICES["temporal"]
    text = temporal.mounted(temporal.environment["TEMPORAL_SERVER_CONFIG_FILE_PATH"]).read_text()
    read, optional = (set(re.findall(rf'env "(\w+)"{end}', text)) for end in ("", r" \| default"))
    given = temporal.environment.keys() - OF_THE_SERVER - {"SQL_PLUGIN"}
    assert given <= read
    assert read - optional <= given
    assert f"pluginName: {temporal.environment['SQL_PLUGIN']}" in text


@pytest.mark.parametrize(
    ("name", "script", "of_the_tool"),
    [
        (
            "postgres",
            "/docker-entrypoint-initdb.d/init.sh",
            {"POSTGRES_INITDB_ARGS", "POSTGRES_PASSWORD_FILE"},
        ),
        ("temporal-schema", "/etc/uide/schema.sh", {"SQL_PLUGIN", "SQL_HOST", "SQL_PORT", "SQL_USER"}),
    ],
)
def test_a_script_reads_what_the_composition_sets(name: str, script: str, of_the_tool: set[str]) -> None:
    service = SERVICES[name]
    text = service.mounted(script).read_text()
    read = set(re.findall(r"\$([A-Z]\w+)", text))
    assert read == service.environment.keys() - of_the_tool


def test_the_number_of_history_shards_stays() -> None:
    text = SERVICES["temporal"].mounted("/etc/uide/config.yaml").read_text()
    assert re.findall(r"numHistoryShards: (\d+)", text) == ["128"]


def test_no_time_is_skipped_outside_of_tests() -> None:
    text = SERVICES["temporal"].mounted("/etc/uide/dynamic-config.yaml").read_text()
    assert re.search(r"^frontend.WorkflowTimeSkippingEnabled:\n  - value: false$", text, re.MULTILINE)
