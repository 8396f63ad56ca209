"""How rows come into the chains: whatever the session, the release or the migration."""

import asyncpg
import pytest

from activities.register import migrations
from activities.register.checks.chains import chains_are_unbroken, linked_rows_are_intact
from activities.register.intake import Filed
from activities.register.migrations import migrate
from activities.register.pool import Connection
from activities.register.verify import verify
from tests.activities.stories import a_refused_case, a_waiting_case, an_ordered_case
from tests.databases import Databases, Register


@pytest.fixture
async def told(register: Register) -> Register:
    """A register with an ordered, a refused and a waiting case."""
    for story in (an_ordered_case, a_refused_case, a_waiting_case):
        await story(register)
    return register


async def test_a_session_of_another_zone_and_format_links_the_same_text(register: Register) -> None:
    filed = await register.file()
    async with register.owner() as owner:
        await owner.execute(
            "SET timezone = 'America/New_York'; SET bytea_output = 'escape'; SET datestyle = 'German';"
            "SET intervalstyle = 'iso_8601'; SET extra_float_digits = -10"
        )
        await owner.execute(
            "INSERT INTO milestone SELECT case_id, 1, 'REMINDER', due_at, reminder_at FROM term;"
            "UPDATE staff_role SET valid_until = now() + interval '1 year' WHERE staff_id = 'at001-clerk'"
        )
        assert await chains_as_seen(owner) == ()
    assert filed.created


async def chains_as_seen(connection: Connection) -> tuple[str, ...]:
    """What the chains' checks find on a connection of any settings."""
    async with connection.transaction():
        await connection.execute("SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'")
        found = [*await chains_are_unbroken(connection), *await linked_rows_are_intact(connection)]
    return tuple(one.what for one in found)


async def test_a_column_of_a_later_release_leaves_old_links_right_and_is_linked_from_then_on(
    told: Register,
) -> None:
    async with told.owner() as owner:
        await owner.execute(
            "ALTER TABLE journal ADD COLUMN note text, ADD COLUMN subject text NOT NULL DEFAULT '';"
            "SELECT chain_column('journal', 'note'), chain_column('journal', 'subject', '\"\"')"
        )
        assert await chains_as_seen(owner) == ()
        await owner.execute(
            "INSERT INTO journal (case_id, seq, round, at, event, stage, note, subject)"
            " SELECT case_id, 99, 1, at, event, stage, 'a note', 'a subject' FROM journal WHERE seq = 1"
        )
        assert await chains_as_seen(owner) == ()
        await owner.execute("UPDATE journal SET subject = 'another' WHERE seq = 99")
        assert len(await chains_as_seen(owner)) == 3


async def test_a_new_column_of_the_application_is_linked_with_it(register: Register) -> None:
    async with register.owner() as owner:
        await owner.execute(
            "ALTER TABLE application ADD COLUMN hue text NOT NULL DEFAULT 'none';"
            "SELECT chain_column('application', 'hue', '\"none\"')"
        )
        await register.file()
        assert await chains_as_seen(owner) == ()
        await owner.execute("UPDATE application SET hue = 'blue'")
        assert len(await chains_as_seen(owner)) == 1


async def test_a_table_of_a_later_release_is_chained_with_what_is_in_it(told: Register) -> None:
    async with told.owner() as owner:
        await owner.execute(
            "CREATE TABLE later (case_id uuid REFERENCES application, place integer, said text);"
            "INSERT INTO later SELECT case_id, 1, 'before' FROM application;"
            "SELECT chain_table('later', '{place}');"
            "INSERT INTO later SELECT case_id, 2, 'after' FROM application"
        )
        assert await chains_as_seen(owner) == ()
        await owner.execute("DELETE FROM later WHERE place = 1")
        assert len(await chains_as_seen(owner)) == 3


async def test_what_was_written_before_there_were_chains_is_linked_by_the_migration(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = migrations.migrations()
    async with databases.empty() as owner_url:
        monkeypatch.setattr(migrations, "migrations", lambda: [m for m in every if m.version <= 3])
        await migrate(owner_url)
        owner = await asyncpg.connect(owner_url)
        try:
            await owner.execute(OLD_ROWS)
            monkeypatch.setattr(migrations, "migrations", lambda: every)
            await migrate(owner_url)
            await owner.execute("SET timezone = 'UTC'")
            async with owner.transaction():
                assert await chains_are_unbroken(owner) == await linked_rows_are_intact(owner) == []
            records = await owner.fetch("SELECT record FROM link ORDER BY position")
            assert [row["record"] for row in records] == [
                "application",
                "procedure",
                "term",
                "journal",
                "journal",
            ]
        finally:
            await owner.close()


OLD_ROWS = """
INSERT INTO school VALUES ('010940000013', 'AT001', 'PRIMARY', 'k', 'r', 'k', 'r', '1', 5, '09:00', '18:30', '-',
                           'Т', 'Ш', 'ҮО', '010940000023', 'k', 'r');
INSERT INTO application
SELECT '00000000-0000-4000-8000-000000000001', 'AT001-2026-00001', 'r', 'h', 'PORTAL', '010940000013', 's', now(),
       current_date, 'kk', 'i', 's', 'f', NULL, 'PARENT', NULL, NULL, NULL, 'i', 's', 'f', NULL, 4, 'kk', NULL;
INSERT INTO procedure (case_id, school_bin, child_hash, stage)
SELECT case_id, school_bin, 'x', 'RECEIVED' FROM application;
INSERT INTO term
SELECT case_id, 1, 1, 2, 5, current_date, current_date, now() + interval '2 h', current_date, false, 'c', now(),
       now() + interval '1 h', '[]', 'receipt' FROM application;
INSERT INTO journal
SELECT case_id, seq, 1, now(), 'RECEIVED', 'RECEIVED' FROM application, generate_series(1, 2) AS seq;
"""


async def test_a_directory_loaded_again_adds_no_link_and_a_changed_role_adds_one(register: Register) -> None:
    links = "SELECT links FROM register_chain WHERE record = 'staff_role'"
    before = await register.pool.fetchval(links)
    async with register.owner() as owner:
        await owner.execute("UPDATE staff_role SET act = act")
        assert await register.pool.fetchval(links) == before
        await owner.execute(
            "UPDATE staff_role SET valid_until = now() + interval '1 year' WHERE staff_id = 'at001-head'"
        )
    assert await register.pool.fetchval(links) == before + 1
    assert (await verify(register.pool)).violations == ()


async def test_an_act_that_is_undone_leaves_no_link(register: Register) -> None:
    filed: Filed = await register.file()
    before = await register.pool.fetchval("SELECT links FROM procedure")
    async with register.pool.acquire() as connection:
        undone = connection.transaction()
        await undone.start()
        await connection.execute(
            "INSERT INTO audit (at, actor, action, case_id, details) VALUES (now(), '-', 'act', $1, '{}')",
            filed.case_id,
        )
        await undone.rollback()
    assert await register.pool.fetchval("SELECT links FROM procedure") == before
    assert (await verify(register.pool)).violations == ()
