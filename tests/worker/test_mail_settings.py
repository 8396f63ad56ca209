"""The mail server, as the environment names it."""

from pathlib import Path

import pytest

from activities.sending.post import MailServer, Security
from domain.refusal import InputRefused
from worker.settings import Settings, read_settings

SENDER = "uide@uide.example.kz"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Exactly the required variables."""
    for name in Settings.model_fields.values():
        monkeypatch.delenv(str(name.validation_alias), raising=False)
    (tmp_path / "temporal.toml").touch()
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "temporal.toml"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://uide_app@127.0.0.1:5432/uide")
    monkeypatch.setenv("UIDE_KEY_RING", str(tmp_path / "key_ring.json"))
    return monkeypatch


def test_without_an_address_no_mail_is_sent() -> None:
    assert read_settings().mail_server is None


@pytest.mark.parametrize(
    ("address", "security", "port"),
    [
        ("smtp://mail.example.kz", Security.STARTTLS, 587),
        ("smtps://mail.example.kz", Security.TLS, 465),
        ("smtps://mail.example.kz:4465", Security.TLS, 4465),
        ("smtp+plain://127.0.0.1:1025", Security.NONE, 1025),
    ],
)
def test_the_address_says_how_the_way_is_kept(
    environment: pytest.MonkeyPatch, address: str, security: Security, port: int
) -> None:
    environment.setenv("UIDE_SMTP_URL", address)
    environment.setenv("UIDE_MAIL_FROM", SENDER)
    server = read_settings().mail_server
    assert server is not None
    assert (server.security, server.port, server.sender, server.username) == (security, port, SENDER, None)


def test_the_password_comes_from_its_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret\n")
    environment.setenv("UIDE_SMTP_URL", "smtp://uide%40example.kz@mail.example.kz")
    environment.setenv("UIDE_MAIL_FROM", SENDER)
    environment.setenv("UIDE_SMTP_PASSWORD_FILE", str(tmp_path / "password"))
    assert read_settings().mail_server == MailServer(
        "mail.example.kz", 587, Security.STARTTLS, SENDER, "uide@example.kz", "secret"
    )


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"UIDE_SMTP_URL": "http://mail.example.kz", "UIDE_MAIL_FROM": SENDER}, "mail_address"),
        ({"UIDE_SMTP_URL": "smtp://u:p@mail.example.kz", "UIDE_MAIL_FROM": SENDER}, "mail_address"),
        ({"UIDE_SMTP_URL": "smtp+plain://mail.example.kz", "UIDE_MAIL_FROM": SENDER}, "mail_in_clear"),
        ({"UIDE_SMTP_URL": "smtp://mail.example.kz"}, "half_a_mail_server"),
        ({"UIDE_MAIL_FROM": SENDER}, "half_a_mail_server"),
        ({"UIDE_SMTP_URL": "smtp://mail.example.kz", "UIDE_MAIL_FROM": "nobody"}, "email"),
        ({"UIDE_SMTP_URL": "smtp://u@mail.example.kz", "UIDE_MAIL_FROM": SENDER}, "half_a_sign_in"),
    ],
)
def test_half_a_mail_server_or_an_open_way_is_refused(
    environment: pytest.MonkeyPatch, variables: dict[str, str], code: str
) -> None:
    for name, value in variables.items():
        environment.setenv(name, value)
    with pytest.raises(InputRefused) as refused:
        assert read_settings().mail_server
    assert [problem.code for problem in refused.value.problems] == [code]
