"""What commands tell people to type works when it is typed there."""

import shlex
import sys
from pathlib import Path

import pytest

from starter.cli.called import called, to_copy

PROGRAM = Path(sys.executable).with_name("uide")


def test_on_the_path_it_is_called_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(PROGRAM.parent))
    assert called() == "uide"


def test_beside_the_path_it_is_called_from_the_folder_where_people_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.chdir(PROGRAM.parents[1])
    assert called() == shlex.quote(f"{PROGRAM.parent.name}/uide")


def test_another_program_of_that_name_is_not_taken_for_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "uide").write_text("#!/bin/sh\n")
    (tmp_path / "uide").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert called() == shlex.quote(str(PROGRAM))


def test_a_data_folder_with_a_space_stays_one_word_from_wherever_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(PROGRAM.parent))
    monkeypatch.chdir(tmp_path)
    words = shlex.split(to_copy("status", "AT001-2026-00001", data=Path("my data")))
    assert words == ["uide", "status", "--data", str(tmp_path / "my data"), "AT001-2026-00001"]
    assert to_copy("up") == "uide up"
