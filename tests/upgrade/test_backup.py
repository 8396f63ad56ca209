"""A copy of the register is whole while the service works, and is read back into an empty place only."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr
from temporalio.client import Client

from activities.register.reading import read_status
from activities.register.sweeping import mark_started
from activities.register.verify import verify
from domain.stages import Stage, Step
from starter.embedded.postgres import APP_ROLE, OWNER_ROLE, postgres_program
from starter.place import Place
from starter.register_access import open_register
from tests.activities.stories import a_refused_case, a_waiting_case, an_ordered_case
from tests.builders import a_child, an_act, an_application
from tests.databases import Databases, Register
from tests.workflows.service import Service
from tools.backup_register import back_up
from tools.register_copy import DUMP, MANIFEST, SUMS, CopyRefused, read_copy, rows_by_table, write_sums
from tools.restore_register import restore_to_database, restore_to_folder
from worker.key_ring import KeyRing, KeyRingUnusable
from workflows.application import ApplicationProcedure
from workflows.doorbell import TemporalDoorbell

PG_DUMP, PG_RESTORE = postgres_program("pg_dump"), postgres_program("pg_restore")
FALSE = Path(shutil.which("false") or "")


@dataclass(frozen=True)
class Copies:
    """A register with cases, and where its copies go."""

    register: Register
    folder: Path
    keys: Path
    ring: Path

    async def make(self, keys_to: Path | None = None) -> tuple[Path, Path]:
        """A copy, and the copy of the key ring."""
        place = _place(self.register.owner_url, self.ring)
        copy = await back_up(place, self.folder, keys_to or self.keys, PG_DUMP)
        return copy, next(iter(self.keys.iterdir()))


def _place(owner_url: str, ring: Path) -> Place:
    app_url = owner_url.replace(OWNER_ROLE, APP_ROLE)
    return Place(database_url=SecretStr(app_url), owner_url=SecretStr(owner_url), key_ring=ring)


@pytest.fixture
async def copies(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copies:
    monkeypatch.delenv("TEMPORAL_ADDRESS", raising=False)
    for case in (an_ordered_case, a_refused_case, a_waiting_case):
        await case(register)
    KeyRing.create(tmp_path / "copied-ring.json", datetime.now(UTC))
    return Copies(register, tmp_path / "copies", tmp_path / "keys", tmp_path / "copied-ring.json")


@pytest.fixture
async def empty(databases: Databases, tmp_path: Path) -> AsyncIterator[Place]:
    """A database without any table, and no key ring yet."""
    async with databases.empty() as owner_url:
        yield _place(owner_url, tmp_path / "restored" / "key-ring.json")


@asynccontextmanager
async def acts_keep_coming(register: Register) -> AsyncIterator[None]:
    """Applications are filed and checked one after another for as long as the block runs."""
    stop, filed = asyncio.Event(), asyncio.Event()

    async def file_on() -> None:
        for number in range(10, 1000):
            if stop.is_set():
                return
            case = await register.file(an_application(child=a_child(number)))
            await register.do(case, an_act(Step.CHECK_PACKAGE))
            filed.set()

    coming = asyncio.create_task(file_on())
    await filed.wait()
    yield
    stop.set()
    await coming


async def rows(url: SecretStr) -> dict[str, int]:
    connection = await asyncpg.connect(url.get_secret_value())
    try:
        return await rows_by_table(connection)
    finally:
        await connection.close()


async def test_a_copy_that_is_made_while_acts_come_is_read_back_whole(copies: Copies, empty: Place) -> None:
    async with acts_keep_coming(copies.register):
        copy, keys = await copies.make()
    restored = await restore_to_database(copy, keys, empty, PG_RESTORE)
    assert restored.report.violations == ()
    assert await rows(empty.owner_url) == restored.manifest.rows
    assert empty.key_ring
    assert empty.key_ring.read_bytes() == copies.ring.read_bytes()


async def chains(url: SecretStr) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url.get_secret_value())
    try:
        links = await connection.fetch("SELECT * FROM link ORDER BY case_id, position")
        ends = await connection.fetch("SELECT case_id, links, head FROM procedure ORDER BY case_id")
        own = await connection.fetch("SELECT * FROM register_link ORDER BY record, position")
        return [*links, *ends, *own, *await connection.fetch("SELECT * FROM register_chain ORDER BY record")]
    finally:
        await connection.close()


async def test_the_chains_of_hashes_are_carried_as_they_are_and_go_on_in_the_restored_register(
    copies: Copies, empty: Place
) -> None:
    copy, keys = await copies.make()
    assert (await restore_to_database(copy, keys, empty, PG_RESTORE)).report.violations == ()
    assert await chains(empty.owner_url) == await chains(SecretStr(copies.register.owner_url))
    async with open_register(empty.database_url) as pool:
        restored = replace(copies.register, pool=pool)
        await restored.file(an_application(child=a_child(4)))
        assert (await verify(pool)).violations == ()


async def test_what_is_accepted_after_the_copy_is_not_in_it_and_the_copy_says_until_when_it_is(
    copies: Copies, empty: Place
) -> None:
    copy, keys = await copies.make()
    later = await copies.register.file(an_application(child=a_child(4)))
    told = (await restore_to_database(copy, keys, empty, PG_RESTORE)).manifest
    assert told.last_act
    assert told.last_act.act_id == "w-check"
    assert (await rows(empty.owner_url))["application"] == told.rows["application"] == 3
    assert told.made_at < await copies.register.pool.fetchval(
        "SELECT written_at FROM application WHERE case_id = $1", later.case_id
    )


async def test_the_service_has_its_rights_in_the_restored_register_and_no_others(
    copies: Copies, empty: Place
) -> None:
    copy, keys = await copies.make()
    await restore_to_database(copy, keys, empty, PG_RESTORE)
    connection = await asyncpg.connect(empty.database_url.get_secret_value())
    assert await connection.fetchval("SELECT count(*) FROM application") == 3
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("DELETE FROM journal")
    await connection.close()


async def test_a_copy_is_for_its_owner_alone_and_the_keys_are_elsewhere(copies: Copies) -> None:
    copy, keys = await copies.make()
    assert (copy.stat().st_mode & 0o777, keys.stat().st_mode & 0o777) == (0o700, 0o600)
    assert {file.name for file in copy.iterdir()} == {DUMP, MANIFEST, SUMS}
    with pytest.raises(CopyRefused, match="Keep the keys away"):
        await copies.make(keys_to=copies.folder / "keys")


async def test_a_register_is_never_restored_over_another(copies: Copies, tmp_path: Path) -> None:
    copy, keys = await copies.make()
    with pytest.raises(CopyRefused, match="not empty"):
        await restore_to_database(copy, keys, _place(copies.register.owner_url, copies.ring), PG_RESTORE)
    with pytest.raises(CopyRefused, match="not empty"):
        await restore_to_folder(copy, keys, tmp_path, PG_RESTORE)
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("harm", ["changed", "cut off", "missing"])
async def test_a_damaged_copy_is_told_before_anything_is_made(
    copies: Copies, tmp_path: Path, harm: str
) -> None:
    copy, keys = await copies.make()
    content = (copy / DUMP).read_bytes()
    (copy / DUMP).unlink()
    if harm != "missing":
        (copy / DUMP).write_bytes(content[:-1] if harm == "cut off" else content[:-1] + b"x")
    with pytest.raises(CopyRefused):
        await restore_to_folder(copy, keys, tmp_path / "data", PG_RESTORE)
    assert not (tmp_path / "data").exists()


def test_a_copy_whose_papers_are_illegible_is_told_as_such(tmp_path: Path) -> None:
    for name in (DUMP, MANIFEST):
        (tmp_path / name).write_bytes(b"{}")
    write_sums(tmp_path)
    with pytest.raises(CopyRefused, match="not what a backup writes"):
        read_copy(tmp_path)
    (tmp_path / SUMS).write_bytes(b"\xff\xfe")
    with pytest.raises(CopyRefused, match="no whole copy"):
        read_copy(tmp_path)


async def test_a_key_ring_of_another_register_is_refused(
    copies: Copies, empty: Place, tmp_path: Path
) -> None:
    copy, _ = await copies.make()
    KeyRing.create(tmp_path / "other.json", datetime.now(UTC))
    with pytest.raises(CopyRefused, match="strangers"):
        await restore_to_database(copy, tmp_path / "other.json", empty, PG_RESTORE)
    assert await rows(empty.owner_url) == {}


async def test_a_copy_that_cannot_be_made_leaves_nothing_behind(copies: Copies) -> None:
    with pytest.raises(CopyRefused, match="ended with 1"):
        await back_up(_place(copies.register.owner_url, copies.ring), copies.folder, copies.keys, FALSE)
    assert list(copies.folder.iterdir()) == []
    copies.ring.unlink()
    with pytest.raises(KeyRingUnusable):
        await copies.make()


async def test_a_copy_that_was_cut_off_is_told_and_stays_until_somebody_removes_it(copies: Copies) -> None:
    cut_off = copies.folder / ".unfinished"
    cut_off.mkdir(parents=True)
    with pytest.raises(CopyRefused, match="remove that folder"):
        await copies.make()
    cut_off.rmdir()
    await copies.make()


async def test_a_temporal_that_knows_more_than_the_copy_is_refused_and_another_is_not(
    copies: Copies, empty: Place, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", client.service_client.config.target_host)
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", os.devnull)
    doorbell = await TemporalDoorbell.at(client)
    other = await copies.register.file(an_application(child=a_child(4)))
    await mark_started(copies.register.pool, other.case, doorbell.namespace_id)
    copy, keys = await copies.make()
    with pytest.raises(CopyRefused, match="knows more of them"):
        await restore_to_database(copy, keys, empty, PG_RESTORE)
    monkeypatch.setenv("TEMPORAL_NAMESPACE", "not-there-yet")
    assert (await restore_to_database(copy, keys, empty, PG_RESTORE)).report.violations == ()


async def test_a_workflow_that_ran_before_believes_more_than_the_restored_register_knows(
    copies: Copies, empty: Place, service: Service
) -> None:
    filed = await service.file(an_application(child=a_child(4)))
    copy, keys = await copies.make()
    async with service.working():
        await service.do(filed, an_act(Step.CHECK_PACKAGE))
    await restore_to_database(copy, keys, empty, PG_RESTORE)
    async with open_register(empty.database_url) as pool:
        older = await Service.at(replace(copies.register, pool=pool), service.client)
        async with older.working():
            believed = await older.handle(filed.case_id).query(ApplicationProcedure.progress)
        assert believed is not None
        assert believed.stage is Stage.REGISTERED
        assert (await read_status(pool, filed.number)).stage is Stage.RECEIVED
