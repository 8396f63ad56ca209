"""The schema of the register: how it comes to be, what the service may do in it, what it makes unique."""

import asyncio

import asyncpg
import pytest

from activities.register import migrations
from activities.register.intake import Filed
from activities.register.migrations import Migration, MigrationEdited, migrate
from domain.stages import Step
from tests.activities.stories import a_refused_case, an_ordered_case
from tests.builders import an_act
from tests.databases import Databases, Register


async def test_a_fresh_database_is_migrated_once(databases: Databases) -> None:
    async with databases.empty() as owner_url:
        assert await migrate(owner_url) == [migration.name for migration in migrations.migrations()]
        assert await migrate(owner_url) == []


async def test_two_migrations_at_once_do_not_meet(databases: Databases) -> None:
    async with databases.empty() as owner_url:
        first, second = await asyncio.gather(migrate(owner_url), migrate(owner_url))
        assert sorted([first, second]) == [[], [migration.name for migration in migrations.migrations()]]


async def test_an_edited_migration_is_refused(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    async with databases.empty() as owner_url:
        monkeypatch.setattr(migrations, "migrations", lambda: [a_migration("CREATE TABLE a (b int)")])
        assert await migrate(owner_url) == ["0001_a.sql"]
        monkeypatch.setattr(migrations, "migrations", lambda: [a_migration("CREATE TABLE a (b text)")])
        with pytest.raises(MigrationEdited, match=r"0001_a\.sql differs"):
            await migrate(owner_url)


async def test_a_migration_that_fails_leaves_nothing_of_itself(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = "CREATE TABLE a (b int); CREATE TABLE a (b int)"
    async with databases.empty() as owner_url:
        monkeypatch.setattr(migrations, "migrations", lambda: [a_migration(broken)])
        with pytest.raises(asyncpg.DuplicateTableError):
            await migrate(owner_url)
        monkeypatch.setattr(migrations, "migrations", lambda: [a_migration("CREATE TABLE a (b int)")])
        assert await migrate(owner_url) == ["0001_a.sql"]


def a_migration(text: str) -> Migration:
    return Migration(version=1, name="0001_a.sql", text=text)


RECORD = (
    "application", "act", "act_result", "attachment", "document", "term", "milestone", "legal_number",
    "journal", "cabinet_message", "audit", "calendar_change", "calendar_override", "calendar_confirmed_year",
    "recount", "complaint_term", "complaint_term_end", "complaint_milestone", "set_aside",
    "acting_order", "acting_order_end",
    "fact", "fact_dispute",
)  # fmt: skip
CHANGED_IN_PART = (
    "procedure", "outcome", "counter", "paper", "outbox", "complaint", "inquiry", "period", "sending_failure",
    "resend_request",
)  # fmt: skip
DIRECTORY = (
    "school", "staff_member", "staff_role", "school_year", "authorised_body", "body_officer", "schema_migration",
)  # fmt: skip
EVIDENCE = ("linked_record", "link", "register_chain", "register_link")


async def test_the_service_adds_to_the_record_and_changes_nothing_in_it(register: Register) -> None:
    rows = await register.pool.fetch(
        "SELECT tablename, ARRAY(SELECT right_ FROM unnest($1::text[]) AS right_"
        " WHERE has_table_privilege(tablename::text, right_)) AS rights,"
        " has_any_column_privilege(tablename::text, 'UPDATE') AS changes"
        " FROM pg_tables WHERE schemaname = 'public'",
        ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"],
    )
    assert {row["tablename"]: (row["rights"], row["changes"]) for row in rows} == {
        **dict.fromkeys(RECORD, (["SELECT", "INSERT"], False)),
        **dict.fromkeys(CHANGED_IN_PART, (["SELECT", "INSERT"], True)),
        **dict.fromkeys((*DIRECTORY, *EVIDENCE), (["SELECT"], False)),
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET event = 'WITHDRAWN'",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "UPDATE act SET content = '{}'",
        "DELETE FROM act_result",
        "UPDATE audit SET actor = 'nobody'",
        "UPDATE application SET received_at = now()",
        "UPDATE term SET due_at = now()",
        "UPDATE paper SET facts = '{}'",
        "UPDATE fact SET result = 'MATCHES'",
        "DELETE FROM outbox",
        "UPDATE outbox SET body = '{}'",
        "DELETE FROM resend_request",
        "INSERT INTO staff_role SELECT 'at001-clerk', school_bin, 'HEAD', now(), NULL, '-' FROM staff_role",
        "CREATE TABLE mine (a int)",
    ],
)
async def test_an_attempt_of_the_service_to_change_the_record_is_refused(
    register: Register, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await register.pool.execute(statement)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (
            "procedure",
            {
                "stage",
                "round",
                "run",
                "acts",
                "verdicts",
                "entries",
                "messages_out",
                "ended_at",
                "started_in",
            },
        ),
        ("complaint", {"stage", "body_number", "body_registered_at", "ended_at", "started_in"}),
        ("outcome", {"answered_at", "is_current"}),
        ("counter", {"last"}),
        ("paper", {"template", "sha256", "content"}),
        ("inquiry", {"attempts", "next_attempt_at", "last_failure", "failing_since"}),
        ("outbox", {"sent_at", "receipt", "not_sent"}),
        ("sending_failure", {"tries", "cause", "refused", "failed_at", "next_try_at"}),
        ("resend_request", {"sent_at", "receipt"}),
    ],
)
async def test_the_service_may_change_these_columns_and_no_others(
    register: Register, table: str, columns: set[str]
) -> None:
    granted = await register.pool.fetch(
        "SELECT column_name FROM information_schema.columns WHERE table_name = $1"
        " AND has_column_privilege(table_name, column_name, 'UPDATE')",
        table,
    )
    assert {row["column_name"] for row in granted} == columns


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("statement_timeout", "5s"),
        ("lock_timeout", "4s"),
        ("idle_in_transaction_session_timeout", "10s"),
        ("TimeZone", "UTC"),
    ],
)
async def test_no_statement_and_no_lock_is_waited_for_without_end(
    register: Register, setting: str, value: str
) -> None:
    assert await register.pool.fetchval("SELECT current_setting($1)", setting) == value


async def test_an_act_that_finds_its_case_locked_gives_up(register: Register) -> None:
    filed = await register.file()
    async with register.pool.acquire() as connection, connection.transaction():
        await connection.execute("SELECT FROM procedure FOR UPDATE")
        with pytest.raises(asyncpg.LockNotAvailableError):
            await register.accept(filed, an_act(Step.WITHDRAW))


COPIES = {
    "request_is_filed_once": ("application", "case_id = gen_random_uuid(), number = 'n'"),
    "case_number_is_unique": ("application", "case_id = gen_random_uuid(), request_id = 'r'"),
    "act_is_written_once": ("act", "seq = 99"),
    "act_has_its_place": ("act", "act_id = act_id || '-2'"),
    "one_verdict_per_act": ("act_result", "stage = stage"),
    "one_current_outcome_per_case": ("outcome", "round = 2, kind = 'REFUSED', act_id = 'o-check'"),
    "one_order_per_case": ("outcome", "round = 2, is_current = false, act_id = 'o-check'"),
    "number_is_given_once": ("legal_number", "number = 'n'"),
    "one_registration_per_case": ("legal_number", "seq = seq + 1000"),
    "paper_is_issued_once": ("paper", "paper_id = gen_random_uuid(), is_first_answer = false"),
    "one_first_answer_per_portal_request": ("paper", "paper_id = gen_random_uuid(), kind = 'REFUSAL'"),
    "milestone_is_reached_once": ("milestone", "reached_at = now()"),
    "school_code_is_unique": ("school", "bin = '010940000033'"),
}
"""For each constraint: a table, and the change with which the copy of a row violates just that one."""


@pytest.mark.parametrize("constraint", COPIES)
async def test_what_the_law_makes_unique_is_a_constraint_with_a_name(
    register: Register, constraint: str
) -> None:
    await an_ordered_case(register)
    table, change = COPIES[constraint]
    async with register.owner() as owner:
        await owner.execute(
            "INSERT INTO milestone SELECT case_id, 1, 'REMINDER', due_at, reminder_at FROM term"
        )
        with pytest.raises(asyncpg.UniqueViolationError) as violation:
            await owner.execute(_copy(table, change, constraint))
    assert violation.value.constraint_name == constraint


def _copy(table: str, change: str, constraint: str) -> str:
    which = {
        "one_registration_per_case": "WHERE book = 'REGISTRATION'",
        "one_first_answer_per_portal_request": "WHERE kind = 'NOTICE_OF_ACCEPTANCE'",
    }.get(constraint, "")
    return (
        f"CREATE TEMP TABLE copy AS SELECT * FROM {table} {which} LIMIT 1;"  # noqa: S608 - names of this file
        f"UPDATE copy SET {change}; INSERT INTO {table} SELECT * FROM copy"
    )


async def test_q21_a_second_open_case_of_a_child_is_kept_out_by_its_index(register: Register) -> None:
    first, second = await an_ordered_case(register), await a_refused_case(register)
    async with register.owner() as owner:
        with pytest.raises(asyncpg.UniqueViolationError) as violation:
            await owner.execute("UPDATE procedure SET child_hash = 'same', stage = 'RECEIVED'")
    assert violation.value.constraint_name == "one_open_case_per_child"
    assert first.case_id != second.case_id


async def test_a_procedure_cannot_end_before_its_outcome(register: Register) -> None:
    filed: Filed = await register.file()
    async with register.owner() as owner:
        with pytest.raises(asyncpg.CheckViolationError, match="procedure_ends_after_an_outcome"):
            await owner.execute("UPDATE procedure SET ended_at = now() WHERE case_id = $1", filed.case_id)
