from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.common import WorkerDeploymentVersion

from domain.refusal import InputRefused
from tests.worker.rings import a_ring
from worker.connection import TemporalUnreachable, connect
from worker.runtime import build_runtime
from worker.settings import Settings, read_settings

PASSWORD = "planted-password"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Exactly the required variables, and a profile file that is empty."""
    for name in Settings.model_fields.values():
        monkeypatch.delenv(str(name.validation_alias), raising=False)
    for variable in ("TEMPORAL_PROFILE", "TEMPORAL_ADDRESS", "TEMPORAL_TLS", "TEMPORAL_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "temporal.toml").touch()
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "temporal.toml"))
    monkeypatch.setenv("DATABASE_URL", f"postgresql://uide_app:{PASSWORD}@127.0.0.1:5432/uide")
    monkeypatch.setenv("UIDE_KEY_RING", str(tmp_path / "key_ring.json"))
    return monkeypatch


def test_the_required_variables_are_enough() -> None:
    settings = read_settings()
    assert settings.namespace == "uide"
    assert settings.graceful_shutdown == timedelta(seconds=30) > settings.time_for_activities
    assert (settings.metrics_address, settings.health_address) == (None, None)
    assert settings.database_owner_url is None
    assert not settings.allow_unsealed_acts


def test_the_password_of_the_register_may_lie_in_a_file(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text(PASSWORD)
    environment.setenv("DATABASE_URL", "postgresql://uide_app@127.0.0.1:5432/uide")
    environment.setenv("DATABASE_PASSWORD_FILE", str(tmp_path / "password"))
    address = read_settings().database_url.get_secret_value()
    assert address == f"postgresql://uide_app:{PASSWORD}@127.0.0.1:5432/uide"


@pytest.mark.parametrize("variable", ["DATABASE_URL", "UIDE_KEY_RING"])
@pytest.mark.parametrize("empty", [True, False], ids=["empty", "absent"])
def test_a_missing_variable_is_named_with_what_to_do(
    environment: pytest.MonkeyPatch, variable: str, empty: bool
) -> None:
    environment.delenv(variable)
    if empty:
        environment.setenv(variable, "")
    with pytest.raises(InputRefused) as refused:
        read_settings()
    (problem,) = refused.value.problems
    assert problem.where == f"environment.{variable}"
    assert (problem.what, problem.instead[:6]) == ("the variable is not set", "Set it")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", f"mysql://uide:{PASSWORD}@127.0.0.1/uide"),
        ("UIDE_PUBLIC_ADDRESS", "portal.example.org"),
        ("UIDE_PUBLIC_ADDRESS", "ftp://uide.example.kz"),
        ("UIDE_PUBLIC_ADDRESS", "https:///home"),
        ("UIDE_PUBLIC_ADDRESS", "https://uide.example.kz?case=1"),
        ("UIDE_GATEWAY_URL", "systems.example.org"),
        ("UIDE_GATEWAY_URL", "http://gateway.example.kz"),
        ("UIDE_GATEWAY_URL", "http://10.0.0.1:8080"),
        ("UIDE_METRICS_ADDRESS", "localhost:9464"),
        ("UIDE_METRICS_ADDRESS", "127.0.0.1:99999"),
        ("UIDE_HEALTH_ADDRESS", "0.0.0.0"),
        ("UIDE_GRACEFUL_SHUTDOWN_SECONDS", "4"),
        ("UIDE_ALLOW_UNSEALED_ACTS", "perhaps"),
        ("UIDE_WORKER_DEPLOYMENT", "uide.kz"),
        ("UIDE_BUILD_ID", "0.2.0; reboot"),
    ],
)
def test_a_wrong_value_is_named_but_not_repeated(
    environment: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    environment.setenv(variable, value)
    with pytest.raises(InputRefused, match=rf"environment\.{variable}") as refused:
        read_settings()
    assert value not in str(refused.value)


@pytest.mark.parametrize("variable", ["UIDE_WORKER_DEPLOYMENT", "UIDE_BUILD_ID"])
def test_half_a_deployment_is_refused_with_what_to_do(environment: pytest.MonkeyPatch, variable: str) -> None:
    environment.setenv(variable, "one")
    with pytest.raises(InputRefused, match=r"only one of UIDE_WORKER_DEPLOYMENT and .*Set both") as refused:
        read_settings()
    assert refused.value.problems[0].code == "half_a_deployment"


def test_a_worker_is_of_a_version_only_if_it_is_told(environment: pytest.MonkeyPatch) -> None:
    assert read_settings().deployment_version is None
    environment.setenv("UIDE_WORKER_DEPLOYMENT", "uide")
    environment.setenv("UIDE_BUILD_ID", "0.2.0+a1")
    assert read_settings().deployment_version == WorkerDeploymentVersion("uide", "0.2.0+a1")


def test_passwords_do_not_show_and_settings_do_not_change() -> None:
    settings = read_settings()
    assert PASSWORD not in repr(settings)
    assert PASSWORD in settings.database_url.get_secret_value()
    with pytest.raises(ValueError, match="frozen"):
        settings.namespace = "other"  # type: ignore[misc]


def test_the_namespace_comes_from_the_profile_or_from_the_variable(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "temporal.toml").write_text('[profile.default]\nnamespace = "of-the-profile"\n')
    assert read_settings().namespace == "of-the-profile"
    environment.setenv("TEMPORAL_NAMESPACE", "of-the-variable")
    assert read_settings().namespace == "of-the-variable"


def test_an_unknown_profile_is_refused_in_words(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TEMPORAL_PROFILE", "nowhere")
    with pytest.raises(InputRefused, match=r"Profile 'nowhere' not found.*Correct TEMPORAL_PROFILE"):
        read_settings()


async def test_a_server_that_is_away_is_named_with_what_to_do(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    with pytest.raises(TemporalUnreachable, match=r"127\.0\.0\.1:1\. Start it"):
        await connect(read_settings(), a_ring())


def test_metrics_that_cannot_be_served_are_refused_in_words(environment: pytest.MonkeyPatch) -> None:
    # An address of documentation (RFC 5737), of no machine.
    environment.setenv("UIDE_METRICS_ADDRESS", "192.0.2.1:9464")
    with pytest.raises(InputRefused, match="UIDE_METRICS_ADDRESS: nothing can be served"):
        build_runtime(read_settings())


def test_the_public_address_is_printed_with_the_number_of_the_case(environment: pytest.MonkeyPatch) -> None:
    assert read_settings().house_rules.status_address("AT001-2026-00001") is None
    environment.setenv("UIDE_PUBLIC_ADDRESS", "https://uide.example.kz/home/")
    address = read_settings().house_rules.status_address("AT001-2026-00001")
    assert address == "https://uide.example.kz/home/status/AT001-2026-00001"


@pytest.mark.parametrize(
    "address", ["https://gateway.example.kz/uide", "http://127.0.0.1:8090", "http://localhost:8090"]
)
def test_numbers_of_people_go_by_https_or_stay_on_this_machine(
    environment: pytest.MonkeyPatch, address: str
) -> None:
    environment.setenv("UIDE_GATEWAY_URL", f"{address}/")
    assert read_settings().gateway_url == address


def test_without_an_address_no_information_system_is_asked() -> None:
    assert read_settings().gateway_url is None
