"""Which Temporal program is taken, and what is said when there is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from starter.embedded.temporal_binary import OLDEST_SERVER, server_version, temporal_binary


def ask(**environment: str | Path) -> "subprocess.CompletedProcess[str]":
    """The program's own answer, on a machine where no download can come."""
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "PATH": "/nowhere"}
    command = [sys.executable, "-m", "starter.embedded.temporal_binary"]
    variables = nowhere | {name: str(value) for name, value in environment.items()}
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60, check=False)


def a_program(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "temporal"
    program.write_text(f"#!/bin/sh\necho 'temporal version 9.9.9 (Server {version}, UI 2.0.0)'\n")
    program.chmod(0o755)
    return program


def test_the_program_of_this_machine_is_new_enough_to_skip_time() -> None:
    assert server_version(temporal_binary()) >= OLDEST_SERVER


def test_a_named_program_is_taken(tmp_path: Path) -> None:
    named = a_program(tmp_path, "1.33.1")
    assert ask(TEMPORAL_CLI=named).stderr == f"temporal: using {named}\n"


@pytest.mark.parametrize("version", ["1.31.4", "0.99.0"])
def test_a_named_program_that_is_too_old_is_refused(tmp_path: Path, version: str) -> None:
    answer = ask(TEMPORAL_CLI=a_program(tmp_path, version))
    assert answer.returncode == 1
    assert "TEMPORAL_CLI does not name a usable" in answer.stderr
    assert "older than 1.32" in answer.stderr


def test_a_named_program_that_is_not_there_is_refused(tmp_path: Path) -> None:
    answer = ask(TEMPORAL_CLI=tmp_path / "absent")
    assert answer.returncode == 1
    assert f"{tmp_path / 'absent'} does not run: No such file or directory." in answer.stderr


def test_a_cache_that_cannot_be_written_is_named_with_the_variable_that_moves_it(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    answer = ask(XDG_CACHE_HOME=tmp_path / "cache")
    assert answer.returncode == 1
    assert f"{tmp_path / 'cache' / 'uide'} cannot be used: " in answer.stderr
    assert "XDG_CACHE_HOME" in answer.stderr


def test_a_program_on_the_path_is_taken_before_anything_is_downloaded(tmp_path: Path) -> None:
    found = a_program(tmp_path / "bin", "1.32.0")
    answer = ask(PATH=f"{tmp_path / 'bin'}:/bin:/usr/bin", XDG_CACHE_HOME=tmp_path / "cache")
    assert answer.stderr == f"temporal: using {found}\n"
    assert not (tmp_path / "cache").exists()


def test_without_any_way_every_way_tried_is_told_with_its_reason(tmp_path: Path) -> None:
    a_program(tmp_path / "bin", "1.20.0")
    answer = ask(PATH=f"{tmp_path / 'bin'}:/bin", XDG_CACHE_HOME=tmp_path / "cache")
    assert answer.returncode == 1
    for reason in (
        "older than 1.32",
        "is not there yet",
        "the download of Temporal",
        "no Go",
        "TEMPORAL_CLI=",
    ):
        assert reason in answer.stderr
