"""The chains of hashes: whatever is written is linked with it, and what is changed afterwards is named."""

import asyncio
import hashlib
import re

import asyncpg
import pytest

from activities.register.evidence.chain import read_chain
from activities.register.evidence.records import read_linked_records
from activities.register.papers import list_papers_to_render, store_paper_bytes
from activities.register.verify import verify
from domain.stages import Step
from tests.activities.stories import a_refused_case, a_waiting_case, an_ordered_case
from tests.builders import a_child, an_act, an_application
from tests.databases import Register

CHAINS = {"chains_are_unbroken", "linked_rows_are_intact"}


@pytest.fixture
async def told(register: Register) -> Register:
    """A register with an ordered case whose papers have bytes, a refused and a waiting case."""
    filed = await an_ordered_case(register)
    for paper in await list_papers_to_render(register.pool, filed.case_id):
        await store_paper_bytes(register.pool, paper.paper_id, "2026-11", b"%PDF-1.7 synthetic")
    for story in (a_refused_case, a_waiting_case):
        await story(register)
    assert (await verify(register.pool)).violations == ()
    return register


async def all_named(register: Register, *damage: str) -> list[tuple[str, str]]:
    """What the chains say of the damage that the owner does: the check, and case and words of each violation."""
    async with register.owner() as owner:
        for statement in damage:
            await owner.execute(statement)
    violations = (await verify(register.pool)).violations
    return [(one.check, f"{one.subject}: {one.what}") for one in violations if one.check in CHAINS]


async def named(register: Register, *damage: str) -> dict[str, str]:
    """The first that each check of the chains says."""
    return dict(reversed(await all_named(register, *damage)))


async def test_every_row_of_a_case_is_linked_with_it(told: Register) -> None:
    async with told.pool.acquire() as connection:
        for row in await connection.fetch("SELECT case_id, links, head FROM procedure"):
            chain = await read_chain(connection, row["case_id"])
            assert [link.position for link in chain] == list(range(1, row["links"] + 1))
            assert chain[-1].hash == row["head"].hex()
            assert [link.record for link in chain[:2]] == ["application", "procedure"]
            for record in await read_linked_records(connection):
                if query := record.of_cases("= $1"):
                    rows = await connection.fetchval(f"SELECT count(*) FROM ({query}) AS r", row["case_id"])  # noqa: S608
                    assert rows == sum(link.record == record.record for link in chain), record.record


async def test_a_chain_is_recomputed_with_nothing_but_sha_256(told: Register) -> None:
    async with told.pool.acquire() as connection:
        case_id = await connection.fetchval("SELECT case_id FROM procedure WHERE stage = 'ORDER_ISSUED'")
        before = str(case_id)
        for link in await read_chain(connection, case_id):
            assert link.row_text is not None
            assert hashlib.sha256(link.row_text.encode()).hexdigest() == link.row_sha256
            lines = (before, str(link.position), link.record, link.row_key, link.row_sha256)
            before = hashlib.sha256("\n".join(lines).encode()).hexdigest()
            assert link.hash == before


ONE_BYTE = {
    "the journal": (
        "UPDATE journal SET event = 'ORDER_ISSUEd' WHERE event = 'ORDER_ISSUED'",
        r"AT001-2026-00001: journal \d+ is not what was linked at place \d+",
    ),
    "an act": (
        "UPDATE act SET content = jsonb_set(content, '{grade}', '5'), content_hash = '0' WHERE act_id = 'o-admit'",
        r"AT001-2026-00001: act o-admit is not what was linked at place \d+",
    ),
    "a paper": (
        "ALTER TABLE paper DISABLE TRIGGER paper_is_rendered_once;"
        "UPDATE paper SET content = '%PDF-1.7 synthetiC', sha256 = encode(sha256('%PDF-1.7 synthetiC'), 'hex')"
        " WHERE kind = 'ORDER'",
        r"AT001-2026-00001: paper_bytes [0-9a-f-]{36} is not what was linked at place \d+",
    ),
    "the facts of a paper": (
        "UPDATE paper SET facts = jsonb_set(facts, '{grade}', '5') WHERE kind = 'ORDER'",
        r"AT001-2026-00001: paper [0-9a-f-]{36} is not what was linked at place \d+",
    ),
    "an attachment": (
        "UPDATE attachment SET content = set_byte(content, 9, 88),"
        " sha256 = encode(sha256(set_byte(content, 9, 88)), 'hex')"
        " WHERE case_id = (SELECT case_id FROM application WHERE number = 'AT001-2026-00001')",
        r"AT001-2026-00001: attachment [0-9a-f-]{36} is not what was linked at place \d+",
    ),
    "the audit": (
        "UPDATE audit SET actor = 'nobody' WHERE details ->> 'act_id' = 'o-order' AND action = 'accept'",
        r"AT001-2026-00001: audit \d+ is not what was linked at place \d+",
    ),
    "when an office refusal was given": (
        "UPDATE outcome SET answered_at = answered_at - interval '1 day' WHERE kind = 'REFUSED'",
        r"AT001-2026-00002: outcome_answer 1 is not what was linked at place \d+",
    ),
    "a role": (
        "ALTER TABLE staff_role DISABLE TRIGGER USER;"
        "UPDATE staff_role SET role = 'HEAD' WHERE staff_id = 'at001-clerk'",
        r"register: staff_role \S+, linked at place \d+, is gone",
    ),
}


@pytest.mark.parametrize("where", ONE_BYTE)
async def test_one_byte_changed_in_the_journal_an_act_a_paper_or_an_attachment_is_named(
    told: Register, where: str
) -> None:
    statement, words = ONE_BYTE[where]
    found = await named(told, statement)
    assert set(found) == {"linked_rows_are_intact"}
    assert_matches(found["linked_rows_are_intact"], words)


def assert_matches(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        raise ValueError(text)


async def test_one_byte_changed_in_the_bytes_alone_is_named_by_their_hash(told: Register) -> None:
    async with told.owner() as owner:
        await owner.execute(
            "ALTER TABLE attachment DROP CONSTRAINT attachment_check1;"
            "UPDATE attachment SET content = set_byte(content, 9, 88)"
        )
    assert {violation.check for violation in (await verify(told.pool)).violations} == {
        "attachments_are_intact"
    }


LAST_ENTRY = (
    "DELETE FROM journal AS j USING application AS a WHERE a.case_id = j.case_id"
    " AND a.number = 'AT001-2026-00001' AND seq = (SELECT max(seq) FROM journal WHERE case_id = a.case_id);"
)


async def test_a_last_row_deleted_is_named(told: Register) -> None:
    counted = (
        "UPDATE procedure SET entries = entries - 1"
        " WHERE case_id = (SELECT case_id FROM application WHERE number = 'AT001-2026-00001');"
    )
    found = await named(told, LAST_ENTRY + counted)
    assert_matches(
        found["linked_rows_are_intact"], r"AT001-2026-00001: journal \d+, linked at place \d+, is gone"
    )


async def test_a_last_row_deleted_with_its_link_is_named(told: Register) -> None:
    found = await named(
        told,
        "DELETE FROM link USING procedure AS p WHERE p.case_id = link.case_id AND link.position = p.links"
        " AND p.stage = 'ORDER_ISSUED'",
    )
    assert_matches(
        found["chains_are_unbroken"], r"AT001-2026-00001: the last link has place \d+, the case knows of \d+"
    )
    assert_matches(found["linked_rows_are_intact"], r"AT001-2026-00001: \w+ \S+ is in no chain")


async def test_a_link_taken_out_of_the_middle_breaks_the_chain_where_it_was(told: Register) -> None:
    found = await named(told, "DELETE FROM link WHERE record = 'term'")
    assert_matches(
        found["chains_are_unbroken"], r"AT001-2026-00001: the chain breaks at place \d+, at \w+ \S+"
    )


async def test_a_row_slipped_in_past_the_triggers_is_named(told: Register) -> None:
    found = await named(
        told,
        "ALTER TABLE journal DISABLE TRIGGER USER;"
        "INSERT INTO journal (case_id, seq, round, at, event, stage)"
        " SELECT case_id, 99, 1, at, event, stage FROM journal LIMIT 1",
    )
    assert_matches(found["linked_rows_are_intact"], r"AT001-2026-0000\d: journal 99 is in no chain")


TABLES = (
    "journal", "audit", "term", "milestone, term", "document", "cabinet_message", "outbox CASCADE", "link",
    "register_link", "act CASCADE", "paper CASCADE", "application CASCADE", "procedure", "staff_role", "linked_record",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
async def test_a_table_truncated_by_its_owner_is_named(told: Register, table: str) -> None:
    found = await all_named(told, f"TRUNCATE {table}")
    assert found
    name = table.split(maxsplit=1)[0].rstrip(",")
    if name not in ("link", "register_link", "milestone", "procedure", "linked_record"):
        gone = re.compile(rf"\S+: {name} \S+, linked at place \d+, is gone")
        assert any(gone.fullmatch(text) for _, text in found)


async def test_so_much_damage_is_told_by_its_first_violations_only(told: Register) -> None:
    for number in range(10, 30):
        await told.file(an_application(child=a_child(number)))
    async with told.owner() as owner:
        await owner.execute("TRUNCATE link")
    report = await verify(told.pool)
    assert report.cut_short == ("linked_rows_are_intact",)
    assert sum(violation.check == "linked_rows_are_intact" for violation in report.violations) == 100


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO link VALUES (gen_random_uuid(), 1, 'act', 'a', '', '')",
        "UPDATE link SET row_sha256 = ''",
        "DELETE FROM link",
        "UPDATE procedure SET links = 0",
        "UPDATE procedure SET head = NULL",
        "INSERT INTO register_chain VALUES ('act', 1, '')",
        "DELETE FROM register_link",
        "DELETE FROM linked_record",
        "SELECT append_link(case_id, 'act', 'a', '') FROM procedure",
        "SELECT append_register_link('act', 'a', '')",
        "SELECT chain_column('act', 'seal')",
    ],
)
async def test_the_service_itself_cannot_write_a_link(told: Register, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await told.pool.execute(statement)


async def test_several_who_write_about_one_case_at_once_make_one_chain(register: Register) -> None:
    filed = await register.file()

    async def note(number: int) -> None:
        await register.pool.execute(
            "INSERT INTO audit (at, actor, action, case_id, details) VALUES (now(), $1, 'act', $2, '{}')",
            f"actor-{number}",
            filed.case_id,
        )

    documents = [an_act(Step.ADD_DOCUMENTS) for _ in range(5)]
    await asyncio.gather(*map(note, range(20)), *(register.accept(filed, act) for act in documents))
    for act in documents:
        await register.take(filed, act)
    assert (await verify(register.pool)).violations == ()


async def test_inputs_that_are_refused_at_once_make_one_chain_of_the_register(register: Register) -> None:
    insert = "INSERT INTO audit (at, actor, action, details) VALUES (now(), 'unknown', 'act', '{}')"
    stray = (
        "INSERT INTO audit (at, actor, action, case_id, details)"
        " VALUES (now(), 'unknown', 'act', gen_random_uuid(), '{}')"
    )
    await asyncio.gather(*(register.pool.execute(statement) for statement in [insert, stray] * 10))
    assert (await verify(register.pool)).violations == ()
    links = await register.pool.fetchval("SELECT links FROM register_chain WHERE record = 'audit'")
    assert links == await register.pool.fetchval("SELECT count(*) FROM audit")
