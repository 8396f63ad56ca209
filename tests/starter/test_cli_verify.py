"""`uide verify` with its roots, its progress, and Temporal beside it."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from activities.register.evidence.root_folder import RootFolder
from tests.databases import Register
from tests.starter.command_runs import all_of, uide, uide_here


@pytest.fixture
def roots(here: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RootFolder:
    monkeypatch.setenv("UIDE_ROOTS", str(tmp_path / "roots"))
    return RootFolder(tmp_path / "roots")


async def test_a_root_is_written_on_demand_and_the_register_held_against_it(
    here: Register, roots: RootFolder
) -> None:
    await here.file()
    written = (await uide_here("verify", "--no-temporal", "--write-root", "--json")).document
    newest = roots.newest()
    assert newest
    assert written["written_root"] == newest.model_dump(mode="json")
    async with here.owner() as owner:
        await owner.execute("UPDATE procedure SET links = 0, head = NULL; TRUNCATE link")
    ended = await uide_here("verify", "--no-temporal", "--write-root", "--json")
    assert ended.code == 1
    assert "roots_agree" in {violation["check"] for violation in ended.document["violations"]}
    assert (ended.document["newest_root"], ended.document["written_root"]) == (written["written_root"], None)


async def test_people_are_told_of_the_newest_root_or_that_there_is_none(
    here: Register, roots: RootFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "There is no root" in (await uide_here("verify", "--no-temporal")).out
    assert "Written root: " in (await uide_here("verify", "--no-temporal", "--write-root")).out
    assert "The newest root: " in (await uide_here("verify", "--no-temporal")).out
    monkeypatch.delenv("UIDE_ROOTS")
    assert "No folder of roots is named" in (await uide_here("verify", "--no-temporal")).out


async def test_a_root_needs_a_folder(here: Register) -> None:
    ended = await uide_here("verify", "--write-root", "--json")
    assert (ended.code, ended.document["error"]["problems"][0]["code"]) == (2, "no_folder_of_roots")


async def test_temporal_that_is_away_is_told_and_is_no_fault_unless_it_was_asked_for(here: Register) -> None:
    ended = await uide_here("verify", "--json")
    assert (ended.code, ended.document["ok"]) == (0, True)
    assert "does not answer" in ended.document["temporal_not_asked"]
    asked = await uide_here("verify", "--temporal", "--json")
    assert (asked.code, asked.document["error"]["problems"][0]["code"]) == (1, "temporal_away")
    unasked = await uide_here("verify", "--no-temporal", "--json")
    assert unasked.document["temporal_not_asked"] == "it was not to be asked"


async def told_on_a_terminal(*arguments: str) -> str:
    """What the command writes to a terminal as its standard error."""
    ours, theirs = os.openpty()
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("uide"),
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    shown, _ = await asyncio.gather(asyncio.to_thread(all_of, ours), process.communicate())
    return shown


async def test_progress_is_shown_to_a_person_and_not_to_a_program(here: Register) -> None:
    assert "%" in await told_on_a_terminal("verify", "--no-temporal")
    assert "%" not in await told_on_a_terminal("verify", "--no-temporal", "--json")
    assert "%" not in (await uide("verify", "--no-temporal")).err
