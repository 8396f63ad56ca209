"""The place where commands of a test find the service: a register of their own, and Temporal away."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from activities.register.pool import AT_WORK
from starter import service
from starter.embedded.temporal_server import free_ports
from tests.databases import Register
from worker.key_ring import KeyRing


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands wait for the register as long as a worker does: what they answer is asked here, not how soon."""
    monkeypatch.setattr(service, "AT_THE_COUNTER", AT_WORK)


@pytest.fixture
def no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which no service is found."""
    for variable in (
        "DATABASE_URL",
        "DATABASE_OWNER_URL",
        "UIDE_KEY_RING",
        "UIDE_DATA",
        "UIDE_ALLOW_UNSEALED_ACTS",
        "UIDE_ROOTS",
    ):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def here(no_place: Path, register: Register, monkeypatch: pytest.MonkeyPatch) -> Register:
    """The register that the environment names; nothing answers where Temporal should be."""
    monkeypatch.setenv("DATABASE_URL", register.app_url)
    monkeypatch.setenv("DATABASE_OWNER_URL", register.owner_url)
    KeyRing.create(no_place / "key-ring.json", datetime.now(UTC))
    monkeypatch.setenv("UIDE_KEY_RING", str(no_place / "key-ring.json"))
    monkeypatch.setenv("UIDE_ALLOW_UNSEALED_ACTS", "true")
    monkeypatch.setenv("TEMPORAL_ADDRESS", f"127.0.0.1:{free_ports(1)[0]}")
    return register
