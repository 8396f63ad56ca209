"""Verifying terms from the acts and the law: one that agrees with nothing but itself is named."""

import inspect
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from activities.register.checks import by_law
from activities.register.checks.terms import terms_are_counted_right
from activities.register.complaints.taking import take_complaint_act
from activities.register.complaints.terms import insert_complaint_term, read_office
from activities.register.pool import Connection, open_pool
from activities.register.terms import insert_term
from activities.register.turns import Queue
from activities.register.verify import verify
from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee
from domain.complaint_stages import ComplaintStep
from domain.complaint_term import extended, working_days_of
from domain.periods import COMPLAINT_EXTENSION_LIMIT
from domain.standard import STANDARDS
from domain.term import count_term
from domain.working_calendar import change_of
from tests.activities.calendar_stories import an_order, enter, write_acts
from tests.activities.complaint_stories import a_refusal, complained, does, reopens
from tests.builders import AUTHORISED_BODY, CLERK, OFFICER, SCHOOL, a_child, an_act, an_application, local
from tests.databases import RULES, Databases, Register

CASE = "AT001-2026-00001"
"""Refused, complained of and reopened."""
TO_THE_HEAD = "AT001-2026-S00002"
"""Extended by ten working days."""
FORWARDED = "AT001-2026-S00003"
"""On paper, through the school to the body, extended, and counted anew after a change of the calendar."""
AT_THE_BODY = "AT001-2026-S00004"
"""Filed at the body and registered there three days later."""
FILED, REGISTERED = "2026-11-20 09:00", "2026-11-25 11:00"
CHANGED = "2026-11-27 12:00"


@pytest.fixture(scope="module")
async def told(databases: Databases) -> AsyncIterator[Register]:
    """A register in which terms were begun, extended and moved in every way there is."""
    async with databases.register() as register:
        case = await a_refusal(register)
        upheld = await complained(register, case, FILED, object="DECISION")
        await does(register, case, upheld, an_act(ComplaintStep.DECIDE), "2026-11-23 10:00")
        await reopens(register, case, local("2026-11-23 10:01"))
        silent = await register.file(an_application(child=a_child(2)))
        head = await complained(register, silent, FILED)
        await does(register, silent, head, an_act(ComplaintStep.EXTEND, act_id="h-extend"), REGISTERED)
        body = {"addressee": "QUALITY_BODY"}
        paper = await complained(register, silent, FILED, actor=CLERK, act_id="p-file", **body)
        await does(register, silent, paper, an_act(ComplaintStep.FORWARD), "2026-11-24 11:00")
        await does(register, silent, paper, an_act(ComplaintStep.REGISTER), REGISTERED)
        await does(register, silent, paper, an_act(ComplaintStep.EXTEND, actor=OFFICER), "2026-11-26 10:00")
        there = await complained(register, silent, FILED, actor=OFFICER, act_id="b-file", **body)
        await does(register, silent, there, an_act(ComplaintStep.REGISTER), REGISTERED)
        change = await enter(register, an_order("2026-12-10"), CHANGED)
        await write_acts(register, change.version, CHANGED)
        queue = Queue(silent.case_id, paper.complaint_id)
        act_id = f"calendar-{change.version}-{paper.complaint_id}"
        await take_complaint_act(register.pool, queue, act_id, local(CHANGED), RULES)
        yield register


@pytest.fixture
async def owner(told: Register) -> AsyncIterator[Connection]:
    """The owner's connection; whatever is done with it is undone."""
    pool = await open_pool(told.owner_url, size=1)
    async with pool.acquire() as connection:
        damage = connection.transaction()
        await damage.start()
        yield connection
        await damage.rollback()
    await pool.close()


async def plant(owner: Connection, number: str, kind: str, version: int = 1, **other: Any) -> None:
    """Writes the term anew with something else in it, counted as the service would have counted it."""
    terms = await owner.fetch(
        "SELECT t.* FROM complaint_term AS t JOIN complaint USING (complaint_id)"
        " WHERE number = $1 AND kind = $2 AND version <= $3 ORDER BY version DESC",
        *(number, kind, version),
    )
    said, *before = ({**terms[0], **other}, *terms[1:])
    at_the_school = number == TO_THE_HEAD or kind == "FORWARDING"
    hours, calendar = await read_office(owner, SCHOOL if at_the_school else AUTHORISED_BODY)
    calendar = calendar.as_of(change_of(said["calendar_version"]))
    if before and not before[0]["extended_by"]:
        term = extended(before[0]["due_day"], said["extended_by"], hours, calendar)
    else:
        term = count_term(said["starts_at"], said["working_days"] + said["extended_by"], hours, calendar)
    await owner.execute(
        "DELETE FROM complaint_term WHERE (complaint_id, kind, version) = ($1, $2, $3)",
        *(said["complaint_id"], kind, version),
    )
    await insert_complaint_term(
        owner,
        said["complaint_id"],
        ComplaintTermKind(kind),
        version,
        said["starts_at"],
        said["extended_by"],
        term.model_copy(update={"working_days": said["working_days"]}),
        hours,
        calendar,
        said["cause"],
    )


async def named(owner: Connection) -> set[tuple[str, str, str]]:
    """What the check of the terms finds: whose, what is on file, what should be."""
    return {(found.subject, found.what, found.instead) for found in await terms_are_counted_right(owner)}


def whose(found: set[tuple[str, str, str]]) -> set[str]:
    return {subject for subject, _, _ in found}


async def test_terms_as_the_service_begins_extends_and_moves_them_violate_nothing(told: Register) -> None:
    assert (await verify(told.pool)).violations == ()
    kinds = await told.pool.fetch("SELECT kind, max(version) AS version FROM complaint_term GROUP BY kind")
    assert {row["kind"]: row["version"] for row in kinds} == {
        "CONSIDERATION": 3,
        "FORWARDING": 1,
        "REGISTRATION": 1,
        "EXTENSION_NOTICE": 2,
    }
    assert await told.pool.fetchval("SELECT max(round) FROM term") == 2


EVERY = [
    (TO_THE_HEAD, "CONSIDERATION", 1),
    (TO_THE_HEAD, "CONSIDERATION", 2),
    (FORWARDED, "FORWARDING", 1),
    (FORWARDED, "REGISTRATION", 1),
    (FORWARDED, "CONSIDERATION", 1),
    (FORWARDED, "CONSIDERATION", 2),
    (FORWARDED, "CONSIDERATION", 3),
    (FORWARDED, "EXTENSION_NOTICE", 1),
    (AT_THE_BODY, "REGISTRATION", 1),
    (AT_THE_BODY, "CONSIDERATION", 1),
]


@pytest.mark.parametrize(("number", "kind", "version"), EVERY)
async def test_what_these_tests_plant_is_a_term_as_the_service_writes_it(
    owner: Connection, number: str, kind: str, version: int
) -> None:
    await plant(owner, number, kind, version)
    assert await named(owner) == set()


@pytest.mark.parametrize(("number", "kind", "version"), EVERY)
async def test_par_9_a_term_of_other_working_days_is_named_however_well_it_is_counted(
    owner: Connection, number: str, kind: str, version: int
) -> None:
    await plant(owner, number, kind, version, working_days=4)
    found = await named(owner)
    assert whose(found) == {number}
    assert "working_days of the term is 4" in {what for _, what, _ in found}


async def test_r9_6_five_working_days_at_the_body_are_named(owner: Connection) -> None:
    await plant(owner, AT_THE_BODY, "CONSIDERATION", working_days=5)
    assert (AT_THE_BODY, "working_days of the term is 5", "15") in await named(owner)


@pytest.mark.parametrize(("number", "kind", "version"), EVERY)
async def test_r9_4_a_term_that_runs_from_another_moment_is_named(
    owner: Connection, number: str, kind: str, version: int
) -> None:
    starts_at = await owner.fetchval(
        "SELECT min(starts_at) FROM complaint_term JOIN complaint USING (complaint_id)"
        " WHERE number = $1 AND kind = $2",
        *(number, kind),
    )
    await plant(owner, number, kind, version, starts_at=starts_at - timedelta(minutes=1))
    found = await named(owner)
    assert whose(found) == {number}
    assert {what.split()[0] for _, what, _ in found} == {"starts_at"}


@pytest.mark.parametrize(
    ("number", "kind", "cause"),
    [
        (AT_THE_BODY, "CONSIDERATION", "b-file"),
        (FORWARDED, "CONSIDERATION", "p-file"),
        (FORWARDED, "REGISTRATION", "p-file"),
        (FORWARDED, "FORWARDING", "b-file"),
        (TO_THE_HEAD, "CONSIDERATION", "h-extend"),
    ],
    ids=[
        "R9.6 filing is not the body's registration",
        "R9.6 nor through the school",
        "nothing is forwarded",
        "of another",
        "own extension",
    ],
)
async def test_a_term_that_begins_with_an_act_that_begins_none_is_named(
    owner: Connection, number: str, kind: str, cause: str
) -> None:
    starts_at = await owner.fetchval("SELECT at FROM act WHERE act_id = $1", cause)
    await plant(owner, number, kind, cause=cause, starts_at=starts_at)
    assert number in whose(await named(owner))


async def test_a_term_from_an_act_that_was_refused_is_named(owner: Connection) -> None:
    await owner.execute(
        'UPDATE act_result SET verdict = \'refused\', effects = NULL, reason = \'{"code": "x", "what": "y"}\''
        " WHERE act_id = (SELECT act_id FROM act WHERE kind = 'register_complaint' AND complaint_id ="
        " (SELECT complaint_id FROM complaint WHERE number = $1))",
        AT_THE_BODY,
    )
    assert AT_THE_BODY in whose(await named(owner))


async def test_a_term_of_a_kind_that_the_complaint_does_not_have_is_named(owner: Connection) -> None:
    await owner.execute("UPDATE complaint_term SET kind = 'FORWARDING' WHERE cause = 'b-file'")
    assert AT_THE_BODY in whose(await named(owner))


async def test_d4_an_extension_by_twelve_days_is_named_where_its_act_says_ten(owner: Connection) -> None:
    await plant(owner, TO_THE_HEAD, "CONSIDERATION", 2, extended_by=12)
    found = await named(owner)
    assert whose(found) == {TO_THE_HEAD}
    assert (TO_THE_HEAD, "extended_by of the term is 12", "10") in found


async def test_d4_an_extension_by_twelve_days_is_named_though_its_act_says_so(owner: Connection) -> None:
    await owner.execute(
        "UPDATE act SET content = jsonb_set(content, '{working_days}', '12') WHERE act_id = 'h-extend'"
    )
    await plant(owner, TO_THE_HEAD, "CONSIDERATION", 2, extended_by=12)
    assert (TO_THE_HEAD, "at most 10") in {(subject, instead) for subject, _, instead in await named(owner)}


async def test_d4_a_second_extension_is_named_also_by_the_same_act(owner: Connection) -> None:
    await owner.execute(
        "INSERT INTO complaint_term SELECT complaint_id, kind, 3, starts_at, working_days, extended_by, week,"
        " effective_day, due_day, due_at, provisional, calendar_version, reminder_at, last_day_at, explanation, cause"
        " FROM complaint_term WHERE cause = 'h-extend' AND version = 2"
    )
    assert (TO_THE_HEAD, "one extension, of the term to answer") in {
        (subject, instead) for subject, _, instead in await named(owner)
    }


async def test_d4_an_extension_of_a_term_that_is_not_to_answer_is_named(owner: Connection) -> None:
    await owner.execute(
        "INSERT INTO complaint_term SELECT complaint_id, kind, 2, starts_at, working_days, 10, week, effective_day,"
        " due_day, due_at, provisional, calendar_version, reminder_at, last_day_at, explanation, 'planted'"
        " FROM complaint_term JOIN complaint USING (complaint_id) WHERE number = $1 AND kind = 'FORWARDING'",
        FORWARDED,
    )
    await owner.execute(
        "UPDATE complaint_term SET cause = (SELECT act_id FROM act WHERE kind = 'extend_complaint' AND complaint_id ="
        " complaint_term.complaint_id) WHERE cause = 'planted'"
    )
    assert (FORWARDED, "one extension, of the term to answer") in {
        (subject, instead) for subject, _, instead in await named(owner)
    }


async def test_a_recount_that_leaves_out_the_extension_is_named(owner: Connection) -> None:
    await plant(owner, FORWARDED, "CONSIDERATION", 3, extended_by=0)
    assert (FORWARDED, "extended_by of the term is 0", "10") in await named(owner)


async def test_a_recount_keeps_the_week_in_which_the_term_was_begun(owner: Connection) -> None:
    await owner.execute("UPDATE complaint_term SET week = 6 WHERE version = 3")
    assert (FORWARDED, "week of the term is 6", "5") in await named(owner)


# the application


async def plant_answer(owner: Connection, round_: int, working_days: int, cause: str | None = None) -> None:
    """Writes the term of the round anew, of so many working days, counted as the service would have counted it."""
    row = await owner.fetchrow(
        "SELECT t.case_id, cause, CASE round WHEN 1 THEN received_at ELSE act.at END AS at FROM term AS t"
        " JOIN application USING (case_id) LEFT JOIN act ON act_id = coalesce($3, cause)"
        " WHERE number = $1 AND round = $2",
        *(CASE, round_, cause),
    )
    assert row is not None
    hours, calendar = await read_office(owner, SCHOOL)
    calendar = calendar.as_of(0)
    term = count_term(row["at"], working_days, hours, calendar)
    await owner.execute("DELETE FROM term WHERE case_id = $1 AND round = $2", row["case_id"], round_)
    await insert_term(owner, row["case_id"], round_, term, hours, calendar, cause=cause or row["cause"])


@pytest.mark.parametrize("round_", [1, 2])
async def test_par_5_a_term_of_three_working_days_is_named(owner: Connection, round_: int) -> None:
    await plant_answer(owner, round_, 2)
    assert await named(owner) == set()
    await plant_answer(owner, round_, 3)
    found = await named(owner)
    assert whose(found) == {CASE}
    assert (CASE, "working_days of the term is 3", "2") in found


async def test_a_later_round_that_no_act_of_the_register_began_is_named(owner: Connection) -> None:
    cause = await owner.fetchval("SELECT act_id FROM act WHERE kind = 'complaint_decision'")
    await plant_answer(owner, 2, 2, cause)
    assert whose(await named(owner)) == {CASE}


async def test_the_days_are_compared_also_where_another_library_of_holidays_counted(
    owner: Connection,
) -> None:
    await owner.execute(
        "UPDATE term SET working_days = 3, calendar_version = 'holidays-0.1/0' WHERE round = 2"
    )
    assert await named(owner) == {(CASE, "working_days of the term is 3", "2")}


# the law, written down twice


DAYS = [date(2021, 7, 1), date(2024, 3, 1), date(2026, 11, 22)]


@pytest.mark.parametrize(("kind", "addressee", "via"), by_law.TERMS_OF_COMPLAINTS)
def test_the_working_days_of_complaints_are_the_same_in_both_lists(
    kind: str, addressee: str, via: str
) -> None:
    days = by_law.TERMS_OF_COMPLAINTS[kind, addressee, via].days
    second = [[number for since, number in days if since <= day][-1] for day in DAYS]
    assert second == [working_days_of(ComplaintTermKind(kind), Addressee(addressee), day) for day in DAYS]


def test_the_working_days_of_the_standards_and_of_extensions_are_the_same_in_both_lists() -> None:
    assert {one.version: one.term_working_days for one in STANDARDS} == by_law.STANDARDS
    assert [row.value for row in COMPLAINT_EXTENSION_LIMIT] == [by_law.MOST_EXTENDED]


def test_the_second_list_uses_nothing_of_the_first() -> None:
    source = Path(inspect.getfile(by_law)).read_text(encoding="utf-8")
    assert [word for word in ("from domain", "import domain") if word in source] == []
