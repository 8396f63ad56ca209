"""The password of the register lies in a file, where the environment names one."""

from pathlib import Path

import pytest

from domain.refusal import InputRefused
from worker.database_address import database_address, database_addresses

ADDRESS = "postgresql://uide_app@127.0.0.1:5432/uide?sslmode=require"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text("a/b:c@d\n")
    return path


def test_the_password_of_the_file_is_put_into_the_address(file: Path) -> None:
    environment = {"DATABASE_URL": ADDRESS, "DATABASE_PASSWORD_FILE": str(file)}
    assert database_addresses(environment) == {
        "DATABASE_URL": "postgresql://uide_app:a%2Fb%3Ac%40d@127.0.0.1:5432/uide?sslmode=require"
    }


def test_an_address_without_a_file_stays_as_it_is(file: Path) -> None:
    environment = {"DATABASE_OWNER_URL": ADDRESS, "DATABASE_PASSWORD_FILE": str(file)}
    assert database_address(environment, "DATABASE_OWNER_URL") == ADDRESS
    assert database_address(environment, "DATABASE_URL") is None


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("postgresql://uide_app:secret@127.0.0.1/uide", "has a password of its own"),
        ("postgresql://127.0.0.1/uide", "names no user"),
    ],
)
def test_an_address_that_cannot_take_the_password_is_refused(file: Path, address: str, what: str) -> None:
    environment = {"DATABASE_URL": address, "DATABASE_PASSWORD_FILE": str(file)}
    with pytest.raises(InputRefused, match=what) as refused:
        database_address(environment, "DATABASE_URL")
    assert "secret" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": ADDRESS, "DATABASE_PASSWORD_FILE": str(tmp_path / "absent")}
    with pytest.raises(InputRefused, match="absent cannot be read: No such file") as refused:
        database_address(environment, "DATABASE_URL")
    assert refused.value.problems[0].where == "environment.DATABASE_PASSWORD_FILE"


@pytest.mark.parametrize(("content", "what"), [("\n", "is empty"), ("one\ntwo\n", "has more than one line")])
def test_a_file_that_holds_no_password_is_refused(tmp_path: Path, content: str, what: str) -> None:
    file = tmp_path / "password"
    file.write_text(content, "utf-8")
    with pytest.raises(InputRefused) as refused:
        database_address({"DATABASE_URL": ADDRESS, "DATABASE_PASSWORD_FILE": str(file)}, "DATABASE_URL")
    [problem] = refused.value.problems
    assert problem.code == "password_file_without_password"
    assert problem.what.endswith(what)
