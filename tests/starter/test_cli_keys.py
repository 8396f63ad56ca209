"""`uide keys`: what it shows, what it changes, and what it never tells."""

import os
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from starter.connection_file import StackConnection, write_connection
from tests.starter.command_runs import uide_here
from worker.key_ring import KeyRing


@pytest.fixture
def ring(no_place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key ring, and nothing else of a service."""
    path = no_place / "key-ring.json"
    KeyRing.create(path, datetime.now(UTC))
    monkeypatch.setenv("UIDE_KEY_RING", os.fspath(path))
    return path


async def test_a_new_key_is_read_with_first_and_written_with_when_it_is_promoted(ring: Path) -> None:
    first = KeyRing.load(ring).primary_id
    added = (await uide_here("keys", "add", "--json")).document["added"]
    assert KeyRing.load(ring).primary_id == first
    promoted = await uide_here("keys", "promote", added, "--json")
    assert [(key["id"], key["primary"]) for key in promoted.document["keys"]] == [
        (first, False),
        (added, True),
    ]
    assert KeyRing.load(ring).primary_id == added


async def test_whoever_adds_a_key_is_told_what_comes_next(ring: Path) -> None:
    told = await uide_here("keys", "add")
    added = KeyRing.load(ring).keys[-1].id
    assert f"Copy {ring} to every machine" in told.out
    assert f"keys promote {added}" in told.out


async def test_the_command_that_is_told_works_as_it_is_printed(ring: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    stack = StackConnection(
        database_url=nowhere,
        database_owner_url=nowhere,
        temporal_address="127.0.0.1:1",
        namespace="uide",
        key_ring=ring,
        pid=os.getpid(),
    )
    write_connection(ring.parent, stack)
    printed = (await uide_here("keys", "add", "--data", ring.parent)).out.splitlines()[-1]
    assert (await uide_here(*shlex.split(printed)[1:])).code == 0
    assert KeyRing.load(ring).primary_id == KeyRing.load(ring).keys[-1].id


async def test_a_ring_behind_a_link_is_changed_where_it_lies(
    ring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = ring.with_name("link.json")
    link.symlink_to(ring)
    monkeypatch.setenv("UIDE_KEY_RING", os.fspath(link))
    added = (await uide_here("keys", "add", "--json")).document["added"]
    assert link.is_symlink()
    assert KeyRing.load(ring).keys[-1].id == added


async def test_no_command_shows_a_key_itself(ring: Path) -> None:
    said = [await uide_here("keys", *words) for words in (("list",), ("list", "--json"), ("add", "--json"))]
    secrets = [
        line.split('"')[3]
        for line in ring.read_text().splitlines()
        if "secret" in line or "child_key" in line
    ]
    assert len(secrets) == 3
    assert not [secret for secret in secrets for ended in said if secret in ended.out + ended.err]


async def test_a_key_that_is_not_in_the_ring_is_refused_and_nothing_changes(ring: Path) -> None:
    content = ring.read_bytes()
    refused = await uide_here("keys", "promote", "k0000000000000000", "--json")
    assert (refused.code, refused.problems[0]["code"]) == (2, "key_unknown")
    assert ring.read_bytes() == content


async def test_without_a_ring_the_command_says_where_to_name_one(
    ring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.unlink()
    missing = await uide_here("keys", "list", "--json")
    assert (missing.code, missing.problems[0]["code"]) == (1, "key_ring_unusable")
    monkeypatch.delenv("UIDE_KEY_RING")
    assert (await uide_here("keys", "list", "--json")).problems[0]["code"] == "service_not_found"
