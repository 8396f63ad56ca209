"""`uide up`: a case goes on where it was, whatever is killed; nothing is left behind; one stack a folder."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from activities.register.reading import read_status
from domain.refusal import InputRefused
from domain.stages import Stage
from starter.place import find_place
from starter.register_access import RegisterAway, open_register
from tests.starter.command_runs import EXAMPLES, Ended, uide
from tests.system.running_up import RunningUp


@pytest.fixture(scope="module")
async def up(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningUp]:
    running = RunningUp(tmp_path_factory.mktemp("up") / "data")
    await running.start()
    yield running
    if running.running:
        assert await running.end(signal.SIGTERM) == 0
        assert await running.gone()


async def _submit(up: RunningUp, name: str) -> str:
    filed = await uide("submit", EXAMPLES / f"{name}.json", "--data", up.data, "--json")
    return str(filed.document["number"])


async def _act(up: RunningUp, number: str, file: str) -> Ended:
    return await uide("act", number, EXAMPLES / "acts" / f"{file}.json", "--data", up.data, "--json")


async def _stage(up: RunningUp, number: str) -> Stage | None:
    # While PostgreSQL is away there is nothing to be seen.
    with suppress(RegisterAway, InputRefused):
        async with open_register(find_place(up.data).database_url) as pool:
            return (await read_status(pool, number)).stage
    return None


async def _reaches(up: RunningUp, number: str, stage: Stage) -> bool:
    for _ in range(300):
        if await _stage(up, number) is stage:
            return True
        await asyncio.sleep(0.2)
    return False


async def test_a_second_up_on_the_same_folder_is_refused_and_told_who_has_it(up: RunningUp) -> None:
    second = await uide("up", "--data", up.data, "--json")
    assert second.code == 2
    assert "is in use by process" in second.problems[0]["what"]


async def test_the_connection_the_key_ring_and_the_token_are_for_their_owner_alone(up: RunningUp) -> None:
    for name in ("connection.json", "key-ring.json", "addresses.json"):
        assert (up.data / name).stat().st_mode & 0o777 == 0o600


async def test_a_process_that_is_killed_is_started_again(up: RunningUp) -> None:
    number = await _submit(up, "portal-admitted")
    up.kill("worker")
    await _act(up, number, "check-package-complete")
    assert await _reaches(up, number, Stage.REGISTERED)


async def test_a_case_goes_on_after_everything_was_killed_together_and_no_process_is_left(
    up: RunningUp,
) -> None:
    number = await _submit(up, "portal-silence")
    orphans = set(up.processes())
    await up.end(signal.SIGKILL)
    await up.start()
    assert not orphans & set(up.processes())
    await _act(up, number, "check-package-complete")
    assert await _reaches(up, number, Stage.REGISTERED)
    verified = await uide("verify", "--data", up.data, "--json")
    assert verified.code == 0, verified.out


async def test_ctrl_c_ends_everything_and_the_next_start_is_at_the_same_address(up: RunningUp) -> None:
    before = up.document
    assert await up.end(signal.SIGINT) == 0
    assert await up.gone()
    assert not (up.data / "connection.json").exists()
    await up.start()
    assert up.document == before


async def test_a_port_of_somebody_else_is_named_and_not_kept(up: RunningUp, tmp_path: Path) -> None:
    taken = up.document["ui"].rpartition(":")[2]
    refused = await uide("up", "--data", tmp_path / "other", "--port", taken, "--json")
    assert refused.code == 1
    assert "cannot be used" in refused.problems[0]["what"]
    assert not (tmp_path / "other").exists()
