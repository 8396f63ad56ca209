"""Verifying the register: sound cases pass, and each invariant is seen when it is broken."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from activities.register.checks.found import Found
from activities.register.pool import Connection, Pool, open_pool
from activities.register.verify import CHECKS, look_into, verify
from domain.stages import Step
from tests.activities.stories import a_refused_case, a_waiting_case, an_ordered_case
from tests.builders import an_act
from tests.databases import Databases, Register

ORDERED = "AT001-2026-00001"
REFUSED = "AT001-2026-00002"
WAITING = "AT001-2026-00003"
COMPLAINT = "AT001-2026-S00001"
BOOK_OF_ORDERS = "010940000013, book ORDER, 2026"


@pytest.fixture(scope="module")
async def told(databases: Databases) -> AsyncIterator[Register]:
    """A register with an ordered, a refused and a waiting case, and a complaint about the refusal."""
    async with databases.register() as register:
        await an_ordered_case(register)
        refused = await a_refused_case(register)
        await a_waiting_case(register)
        await register.do(refused, an_act(Step.FILE_COMPLAINT, act_id="k-file"))
        yield register


@pytest.fixture(scope="module")
async def owner(told: Register) -> AsyncIterator[Pool]:
    pool = await open_pool(told.owner_url, size=1)
    try:
        yield pool
    finally:
        await pool.close()


async def test_cases_that_went_their_way_violate_nothing(told: Register) -> None:
    report = await verify(told.pool)
    assert report.violations == ()
    assert set(report.checks) == set(CHECKS)


async def test_verifying_cannot_write(told: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    async def meddle(connection: Connection) -> list[Found]:
        await connection.execute("UPDATE procedure SET acts = 9")
        return []

    monkeypatch.setitem(CHECKS, "meddling", meddle)
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await verify(told.pool)


async def test_verifying_has_the_time_that_a_whole_register_takes(
    told: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[str] = []

    async def look(connection: Connection) -> list[Found]:
        limits.append(await connection.fetchval("SHOW statement_timeout"))
        limits.append(await connection.fetchval("SHOW idle_in_transaction_session_timeout"))
        limits.append(await connection.fetchval("SHOW transaction_timeout"))
        return []

    monkeypatch.setitem(CHECKS, "limits", look)
    await verify(told.pool)
    assert limits == ["5min", "0", "0"]


async def test_verifying_tells_how_far_it_is(told: Register) -> None:
    seen: list[tuple[str, float, int]] = []
    await verify(told.pool, tell=lambda *step: seen.append(step))
    assert {name for name, _, _ in seen} == set(CHECKS)
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    assert seen[-1] == ("linked_rows_are_intact", len(CHECKS), len(CHECKS))


PLANTED = {
    "case_is_whole": (ORDERED, "DELETE FROM term WHERE case_id = {ordered}"),
    "acts_have_no_gap": (ORDERED, "UPDATE procedure SET acts = acts + 1 WHERE case_id = {ordered}"),
    "verdicts_are_counted": (WAITING, "UPDATE procedure SET verdicts = 1 WHERE case_id = {waiting}"),
    "verdict_belongs_to_its_act": (
        REFUSED,
        "UPDATE act_result SET case_id = {refused} WHERE act_id = 'o-check'",
    ),
    "verdict_has_its_reason": (REFUSED, "UPDATE act_result SET reason = '{{}}' WHERE act_id = 'r-admit'"),
    "verdicts_came_in_order": (
        ORDERED,
        "UPDATE act_result SET written_at = written_at + interval '1 h' WHERE act_id = 'o-check'",
    ),
    "effects_are_in_the_journal": (
        ORDERED,
        "UPDATE journal SET act_id = NULL WHERE event = 'PLAN_SUBMITTED'",
    ),
    "outcome_fits_stage": (ORDERED, "UPDATE outcome SET is_current = false WHERE case_id = {ordered}"),
    "outcome_rests_on_its_act": (
        ORDERED,
        "UPDATE outcome SET decided_at = decided_at + interval '1 h' WHERE case_id = {ordered}",
    ),
    "one_order_per_case": (REFUSED, "UPDATE outcome SET kind = 'ORDER_ISSUED' WHERE case_id = {refused}"),
    "one_open_case_per_child": (
        f"{ORDERED} and {WAITING}",
        "DROP INDEX one_open_case_per_child;"
        "UPDATE procedure SET stage = 'RECEIVED', child_hash = 'x' WHERE case_id IN ({ordered}, {waiting})",
    ),
    "registered_by_the_check": (
        WAITING,
        "UPDATE legal_number SET case_id = {waiting} WHERE book = 'REGISTRATION' AND case_id = {ordered}",
    ),
    "numbers_have_no_gap": (BOOK_OF_ORDERS, "UPDATE counter SET last = last + 1 WHERE book = 'ORDER'"),
    "number_names_its_place": (ORDERED, "UPDATE legal_number SET number = '9-ҮО' WHERE book = 'ORDER'"),
    "portal_is_answered_once": (ORDERED, "UPDATE paper SET round = 2 WHERE kind = 'NOTICE_OF_ACCEPTANCE'"),
    "office_gave_its_receipt": (
        REFUSED,
        "UPDATE paper SET issued_at = issued_at + interval '1 h' WHERE kind = 'RECEIPT'",
    ),
    "paper_tells_its_facts": (
        ORDERED,
        "UPDATE paper SET facts = jsonb_set(facts, '{{number}}', '\"9-ҮО\"') WHERE kind = 'ORDER'",
    ),
    "paper_number_is_in_its_book": (ORDERED, "UPDATE paper SET number = '9-ҮО' WHERE kind = 'ORDER'"),
    "papers_are_rendered": (
        WAITING,
        "INSERT INTO paper (paper_id, case_id, round, kind, number, issued_at, facts, is_first_answer, written_at)"
        " VALUES (gen_random_uuid(), {waiting}, 1, 'RECEIPT', 'n', now(), '{{}}', false, now() - interval '61 min')",
    ),
    "paper_bytes_are_intact": (
        ORDERED,
        "ALTER TABLE paper DROP CONSTRAINT paper_hash_is_of_its_bytes;"
        "UPDATE paper SET template = 't', content = '%PDF-', sha256 = '0' WHERE kind = 'ORDER'",
    ),
    "paper_is_in_the_cabinet": (ORDERED, "DELETE FROM cabinet_message WHERE case_id = {ordered}"),
    "attachments_are_intact": (
        ORDERED,
        "ALTER TABLE attachment DROP CONSTRAINT attachment_check1;"
        "UPDATE attachment SET sha256 = '0' WHERE case_id = {ordered}",
    ),
    "documents_belong_to_their_case": (
        ORDERED,
        "UPDATE document SET act_id = 'r-check' WHERE case_id = {ordered}",
    ),
    "application_follows_its_own": (
        WAITING,
        "UPDATE application SET after_case = {refused} WHERE case_id = {waiting}",
    ),
    "papers_are_taken_over_from_followed_cases": (
        WAITING,
        "UPDATE document SET taken_from = {ordered} WHERE case_id = {waiting}",
    ),
    "order_has_its_period": (ORDERED, "UPDATE period SET ends = ends + 1"),
    "journal_has_no_gap": (ORDERED, "UPDATE journal SET seq = seq + 1 WHERE event = 'ORDER_ISSUED'"),
    "outbox_has_no_gap": (ORDERED, "UPDATE outbox SET seq = seq + 100 WHERE event = 'ORDER_ISSUED'"),
    "monitoring_is_told": (ORDERED, "UPDATE outbox SET destination = 'HEAD' WHERE event = 'ORDER_ISSUED'"),
    "terms_move_by_an_act": (
        WAITING,
        "INSERT INTO term SELECT case_id, round, 2, working_days, week, effective_day, due_day, due_at,"
        " strict_due_day, provisional, calendar_version, reminder_at, last_day_at, explanation, cause"
        " FROM term WHERE case_id = {waiting}",
    ),
    "breach_is_true": (
        ORDERED,
        "INSERT INTO milestone SELECT case_id, 1, 'BREACH', due_at, due_at FROM term WHERE case_id = {ordered}",
    ),
    "audit_knows_what_was_done": (
        ORDERED,
        "DELETE FROM audit WHERE action = 'verdict' AND details ->> 'act_id' = 'o-plan'",
    ),
    "steps_are_allowed": (ORDERED, "UPDATE act_result SET stage = 'REGISTERED' WHERE act_id = 'o-plan'"),
    "acts_are_intact": (
        ORDERED,
        "UPDATE act SET content = jsonb_set(content, '{{grade}}', '5') WHERE act_id = 'o-admit'",
    ),
    "case_numbers_have_no_gap": (
        WAITING,
        "UPDATE application SET number = 'AT001-2026-00009' WHERE case_id = {waiting}",
    ),
    "decisions_are_of_the_head": (
        ORDERED,
        'UPDATE act_result SET effects = effects || \'{{"acting": {{"order_id": "x"}}}}\' WHERE act_id = \'o-admit\'',
    ),
    "terms_are_counted_right": (ORDERED, "UPDATE term SET due_day = due_day + 1 WHERE case_id = {ordered}"),
    "complaint_numbers_have_no_gap": (
        "AT001-2026-S00002",
        "UPDATE counter SET last = last + 1 WHERE book = 'COMPLAINT'",
    ),
    "complaint_rests_on_its_act": (
        COMPLAINT,
        "UPDATE complaint SET registered_at = registered_at - interval '1 h'",
    ),
    "complaint_breach_is_true": (
        COMPLAINT,
        "INSERT INTO complaint_milestone"
        " SELECT complaint_id, kind, 'BREACH', due_at, due_at - interval '1 h' FROM complaint_term",
    ),
    "complaint_paper_has_its_number": (
        REFUSED,
        "UPDATE paper SET number = '9' WHERE kind = 'COMPLAINT_CONFIRMATION'",
    ),
    "complaint_steps_are_allowed": (COMPLAINT, "UPDATE complaint SET stage = 'DECIDED'"),
    "chains_are_unbroken": (ORDERED, "UPDATE link SET hash = 'x' WHERE position = 3 AND case_id = {ordered}"),
    "linked_rows_are_intact": (ORDERED, "UPDATE journal SET actor = '-' WHERE event = 'ORDER_ISSUED'"),
    "open_terms_end_in_office_hours": (
        WAITING,
        "UPDATE term SET due_at = due_at + interval '1 h' WHERE case_id = {waiting}",
    ),
}
"""For each check: whose invariant is broken, and by what statement of the owner."""


async def violated(owner: Pool, statement: str) -> set[tuple[str, str]]:
    """The checks that see the damage, and whom they name; the damage is undone."""
    async with owner.acquire() as connection:
        ids = [
            await connection.fetchval("SELECT case_id FROM application WHERE number = $1", number)
            for number in (ORDERED, REFUSED, WAITING)
        ]
        ordered, refused, waiting = (f"'{case_id}'" for case_id in ids)
        damage = connection.transaction()
        await damage.start()
        try:
            await connection.execute(statement.format(ordered=ordered, refused=refused, waiting=waiting))
            report = await look_into(connection)
        finally:
            await damage.rollback()
    return {(violation.check, violation.subject) for violation in report.violations}


def but_for_the_chains(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Whatever is changed by hand breaks a chain as well."""
    return {(check, subject) for check, subject in found if check not in CHAINS}


CHAINS = ("chains_are_unbroken", "linked_rows_are_intact")


@pytest.mark.parametrize("check", CHECKS)
async def test_a_broken_invariant_is_named_with_its_case(owner: Pool, check: str) -> None:
    subject, statement = PLANTED[check]
    assert (check, subject) in await violated(owner, statement)


TERMS = {
    "effective_day": "effective_day = effective_day - 1",
    "due_at": "due_at = due_at + interval '1 day'",
    "strict_due_day": "strict_due_day = strict_due_day - 1",
    "reminder_at": "reminder_at = reminder_at - interval '1 day'",
    "last_day_at": "last_day_at = last_day_at - interval '1 day', reminder_at = reminder_at - interval '1 day'",
    "days": "explanation = jsonb_set(explanation, '{{1,counted}}', 'false')",
}


@pytest.mark.parametrize("what", TERMS)
async def test_section_6_every_part_of_a_term_is_counted_again(owner: Pool, what: str) -> None:
    planted = f"UPDATE term SET {TERMS[what]} WHERE case_id = {{ordered}}"  # noqa: S608 - of this file
    assert ("terms_are_counted_right", ORDERED) in await violated(owner, planted)


async def test_r9_5_the_terms_of_complaints_are_counted_again(owner: Pool) -> None:
    planted = "UPDATE complaint_term SET due_day = due_day + 1"
    assert ("terms_are_counted_right", COMPLAINT) in await violated(owner, planted)


async def test_r9_5_a_step_that_no_complaint_knows_is_named(owner: Pool) -> None:
    planted = "UPDATE act SET complaint_id = (SELECT complaint_id FROM complaint) WHERE act_id = 'r-refuse'"
    assert ("complaint_steps_are_allowed", COMPLAINT) in await violated(owner, planted)


async def test_a_term_is_counted_on_the_calendar_of_its_own_version(owner: Pool) -> None:
    ordered_off = (
        "INSERT INTO calendar_change VALUES (1, 'act', '-', now());"
        "INSERT INTO calendar_override VALUES (1, '2026-11-18', 'OFF', NULL);"
    )
    assert await violated(owner, ordered_off) == set()
    with_it = (
        "UPDATE term SET calendar_version = replace(calendar_version, '/0', '/1') WHERE case_id = {ordered}"
    )
    assert ("terms_are_counted_right", ORDERED) in await violated(owner, ordered_off + with_it)


@pytest.mark.parametrize(
    "planted",
    [
        "UPDATE act SET actor = 'at001-deputy' WHERE act_id = 'o-order'",
        "UPDATE staff_role SET valid_from = '2026-11-18' WHERE role = 'HEAD'",
        "INSERT INTO acting_order (order_id, school_bin, acting, valid_from, valid_until, act, content_hash,"
        " entered_by, entered_at) SELECT 'planted', school_bin, 'at001-deputy', '2026-11-17', '2026-11-18', '-', '-',"
        " staff_id, '2026-11-16' FROM staff_role WHERE staff_id = 'at001-head'",
    ],
    ids=["another person", "a role that had not begun", "an order that ran"],
)
async def test_a_decision_of_somebody_who_was_not_the_head_is_seen(owner: Pool, planted: str) -> None:
    assert ("decisions_are_of_the_head", ORDERED) in await violated(owner, planted)


async def test_a_stage_that_no_act_led_to_is_seen(owner: Pool) -> None:
    planted = "UPDATE procedure SET stage = 'PLAN_READY' WHERE case_id = {ordered}"
    assert ("steps_are_allowed", ORDERED) in await violated(owner, planted)


async def test_a_breach_before_the_end_of_its_term_is_seen(owner: Pool) -> None:
    planted = (
        "INSERT INTO milestone SELECT case_id, 1, 'BREACH', due_at, due_at - interval '1 h' FROM term"
        " WHERE case_id = {waiting}"
    )
    assert ("breach_is_true", WAITING) in await violated(owner, planted)


@pytest.mark.parametrize(
    "planted",
    [
        "DELETE FROM audit WHERE action = 'receive' AND case_id = {refused}",
        "DELETE FROM audit WHERE action = 'accept' AND details ->> 'act_id' = 'r-check'",
        "UPDATE audit SET details = details || '{{\"code\": \"wrong_role\"}}' WHERE details ->> 'act_id' = 'r-admit'",
        "INSERT INTO audit (at, actor, action, case_id, details) VALUES (now(), '-', 'end', {refused}, '{{}}')",
    ],
    ids=["receipt", "act", "reason", "what never happened"],
)
async def test_an_audit_that_tells_another_story_is_seen(owner: Pool, planted: str) -> None:
    assert but_for_the_chains(await violated(owner, planted)) == {("audit_knows_what_was_done", REFUSED)}


RENDERED = (
    "UPDATE paper SET template = {template}, content = {content}, sha256 = {sha256} WHERE kind = 'ORDER'"
)


@pytest.mark.parametrize(
    ("template", "content"), [("'t'", "'PDF'"), ("NULL", "'%PDF-'")], ids=["no PDF", "made by nobody"]
)
async def test_bytes_that_are_no_paper_are_seen(owner: Pool, template: str, content: str) -> None:
    written = RENDERED.format(template=template, content=content, sha256=f"encode(sha256({content}), 'hex')")
    planted = f"ALTER TABLE paper DROP CONSTRAINT paper_is_rendered_as_a_whole; {written}"
    assert but_for_the_chains(await violated(owner, planted)) == {("paper_bytes_are_intact", ORDERED)}


async def test_an_act_that_can_no_longer_be_read_is_named(owner: Pool) -> None:
    planted = "UPDATE act SET content = '{{\"decision\": \"admit\"}}' WHERE act_id = 'o-admit'"
    seen = await violated(owner, planted)
    assert {("steps_are_allowed", ORDERED), ("acts_are_intact", ORDERED)} <= seen


async def test_data_that_stop_one_check_do_not_hide_what_others_find(owner: Pool) -> None:
    planted = (
        "UPDATE paper SET facts = jsonb_set(facts, '{{issued_at}}', '\"planted\"');"
        "UPDATE procedure SET acts = acts + 1 WHERE case_id = {ordered}"
    )
    assert but_for_the_chains(await violated(owner, planted)) == {
        ("paper_tells_its_facts", "register"),
        ("acts_have_no_gap", ORDERED),
    }
