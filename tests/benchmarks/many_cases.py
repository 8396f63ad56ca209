"""Fills a register with many cases: copies, made in the database, of cases that went their way through the service.

Every row goes through the constraints and triggers of the register, so the copies are as sound as what they copy.
"""

import math
from collections.abc import Callable
from uuid import UUID

import asyncpg

from activities.register.complaints.taking import take_complaint_act
from activities.register.intake import Filed
from activities.register.papers import list_papers_to_render, store_paper_bytes
from activities.register.pool import Connection
from activities.register.taking import take_act
from activities.register.turns import Queue
from domain.complaint_stages import ComplaintStep
from tests.activities.calendar_stories import an_order, enter, write_acts
from tests.activities.complaint_stories import a_refusal, complained, does, reopens
from tests.activities.stories import a_refused_case, a_waiting_case, an_ordered_case
from tests.builders import CLERK, OFFICER, a_child, an_act, an_application, local
from tests.databases import RULES, Register

AT_ONCE = 1000
"""Copies in one transaction."""

_COPY = "md5(%s::text || ':' || n.n)::uuid"
_ACT = "CASE WHEN r.act_id IS NULL THEN NULL ELSE r.act_id || ':' || n.n END"
_CASE = _COPY % "r.case_id"
_CAUSE = "CASE r.cause WHEN 'receipt' THEN r.cause ELSE r.cause || ':' || n.n END"
_COMPLAINT = _COPY % "r.complaint_id"
_COMPLAINT_NUMBER = "(SELECT c.number FROM copied_complaint AS c WHERE c.n = n.n AND c.old = %s)"
_PAPER_NUMBER = (
    "coalesce(p.number, "
    + _COMPLAINT_NUMBER % "r.number"
    + ", CASE WHEN r.complaint_id IS NULL THEN n.number ELSE r.number END)"
)
_FACTS = (
    f"jsonb_set(jsonb_set(r.facts, '{{number}}', to_jsonb({_PAPER_NUMBER})),"
    " '{case,number}', to_jsonb(n.number))"
)
_OF_THE_CASE, _OF_ITS_COMPLAINTS = (
    "r.case_id = '{case}'",
    "r.complaint_id IN (SELECT complaint_id FROM complaint WHERE case_id = '{case}')",
)
_ACTS = {"act_id": _ACT, "complaint_id": _COMPLAINT}
STEPS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("application", _OF_THE_CASE, {"number": "n.number", "request_id": "r.request_id || ':' || n.n"}),
    ("procedure", _OF_THE_CASE, {"child_hash": "'\\x' || md5(r.case_id::text || n.n) || md5('' || n.n)"}),
    ("attachment", _OF_THE_CASE, {"attachment_id": _COPY % "r.attachment_id", "act_id": _ACT}),
    # A complaint names the act that filed it, and the acts about it name the complaint.
    ("act", _OF_THE_CASE + " AND r.complaint_id IS NULL", _ACTS),
    (
        "complaint",
        _OF_THE_CASE,
        {
            **_ACTS,
            "number": _COMPLAINT_NUMBER % "r.number",
            "attacked_act": "r.attacked_act || ':' || n.n",
        },
    ),
    ("act", _OF_ITS_COMPLAINTS, _ACTS),
    ("act_result", _OF_THE_CASE, {"act_id": _ACT}),
    ("document", _OF_THE_CASE, {"act_id": _ACT, "attachment_id": _COPY % "r.attachment_id"}),
    ("term", _OF_THE_CASE, {"cause": _CAUSE}),
    ("milestone", _OF_THE_CASE, {}),
    ("complaint_term", _OF_ITS_COMPLAINTS, {"complaint_id": _COMPLAINT, "cause": _CAUSE}),
    ("complaint_term_end", _OF_ITS_COMPLAINTS, _ACTS),
    ("complaint_milestone", _OF_ITS_COMPLAINTS, {"complaint_id": _COMPLAINT}),
    ("set_aside", _OF_THE_CASE, {"complaint_id": _COMPLAINT}),
    ("outcome", _OF_THE_CASE, {"act_id": _ACT}),
    (
        "legal_number",
        _OF_THE_CASE,
        {
            "seq": "(SELECT c.seq FROM copied_number AS c WHERE c.n = n.n AND c.old = r.number AND c.book = r.book)",
            "number": "(SELECT c.number FROM copied_number AS c WHERE c.n = n.n AND c.old = r.number"
            " AND c.book = r.book)",
        },
    ),
    (
        "paper",
        _OF_THE_CASE,
        {
            "paper_id": _COPY % "r.paper_id",
            "complaint_id": _COMPLAINT,
            "number": _PAPER_NUMBER,
            "facts": _FACTS,
        },
    ),
    (
        "cabinet_message",
        _OF_THE_CASE,
        {"message_id": _COPY % "r.message_id", "paper_id": _COPY % "r.paper_id"},
    ),
    ("journal", _OF_THE_CASE, _ACTS),
    (
        "outbox",
        _OF_THE_CASE,
        {
            "body": "CASE WHEN r.body ? 'number' THEN jsonb_set(r.body, '{number}', to_jsonb(n.number)) ELSE r.body END"
        },
    ),
    (
        "audit",
        _OF_THE_CASE,
        {
            "details": "CASE WHEN r.details ? 'act_id' THEN"
            " jsonb_set(r.details, '{act_id}', to_jsonb(r.details ->> 'act_id' || ':' || n.n)) ELSE r.details END"
        },
    ),
)
"""Tables in the order of writing: which of their rows are copied, and what in a copy is not as in the row r."""
BOOKS = {
    "NOTICE_OF_ACCEPTANCE": "OUTGOING",
    "REFUSAL": "OUTGOING",
    "ORDER": "ORDER",
    "COVERING_LETTER": "OUTGOING",
    "EXTENSION_NOTICE": "OUTGOING",
    "COMPLAINT_REPLY": "OUTGOING",
}
"""Where papers have their numbers; those that the body writes have none of these."""


async def a_reopened_case(register: Register) -> Filed:
    """A refusal of which the applicant complained to the head, who upheld it: the case is in its second round."""
    filed = await a_refusal(register, child=a_child(5))
    complaint = await complained(register, filed, "2026-11-19 12:00", object="DECISION")
    await does(register, filed, complaint, an_act(ComplaintStep.DECIDE), "2026-11-20 15:00")
    await reopens(register, filed, local("2026-11-20 15:01"))
    return filed


async def a_recounted_case(register: Register) -> Filed:
    """A case of which somebody complained to the body, on paper, before a change of the calendar moved both terms."""
    filed = await register.file(an_application(child=a_child(4)))
    about = {"addressee": "QUALITY_BODY", "actor": CLERK}
    complaint = await complained(register, filed, "2026-11-18 09:00", **about)
    await does(register, filed, complaint, an_act(ComplaintStep.FORWARD), "2026-11-18 11:00")
    await does(register, filed, complaint, an_act(ComplaintStep.REGISTER), "2026-11-18 12:00")
    await does(register, filed, complaint, an_act(ComplaintStep.EXTEND, actor=OFFICER), "2026-11-18 13:00")
    moment = "2026-11-18 14:00"
    change = await enter(register, an_order("2026-11-19"), moment)
    await write_acts(register, change.version, moment)
    act_id = f"calendar-{change.version}-"
    await take_act(register.pool, filed.case_id, act_id + str(filed.case_id), local(moment), RULES)
    queue = Queue(filed.case_id, complaint.complaint_id)
    await take_complaint_act(register.pool, queue, act_id + str(queue.complaint_id), local(moment), RULES)
    return filed


STORIES = (a_recounted_case, an_ordered_case, a_refused_case, a_waiting_case, a_reopened_case)
"""The change of the calendar comes first: it would write acts for whatever else runs."""


async def tell_stories(register: Register) -> list[UUID]:
    """A case of each story, all papers with bytes."""
    ids = [(await story(register)).case_id for story in STORIES]
    for case_id in ids:
        for paper in await list_papers_to_render(register.pool, case_id):
            await store_paper_bytes(register.pool, paper.paper_id, "2026-11", b"%PDF-1.7 synthetic")
    return ids


async def multiply(owner_url: str, stories: list[UUID], cases: int, tell: Callable[[int], None]) -> None:
    """Copies the cases in turn until there are so many."""
    connection = await asyncpg.connect(owner_url)
    try:
        made = await connection.fetchval("SELECT count(*) FROM application")
        turn, share = 0, math.ceil((cases - made) / len(stories))
        while made < cases:
            copies = min(AT_ONCE, share, cases - made)
            async with connection.transaction():
                await _copy(connection, stories[turn % len(stories)], made, copies)
            made, turn = made + copies, turn + 1
            tell(made)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


async def _copy(connection: Connection, case_id: UUID, before: int, copies: int) -> None:
    await connection.execute("DROP TABLE IF EXISTS copy, copied_number, copied_complaint")
    await connection.execute(_NUMBER_CASES.format(case=case_id, before=before, copies=copies))
    await connection.execute(_NUMBER_PAPERS.format(case=case_id, copies=copies))
    await connection.execute(_NUMBER_COMPLAINTS.format(case=case_id, copies=copies))
    for table, which, changes in STEPS:
        columns = await connection.fetchval(_COLUMNS, table)
        own = {"case_id": _CASE} if "case_id" in columns.split(", ") else {}
        changed = ", ".join(f"'{name}', {value}" for name, value in {**own, **changes}.items())
        papers = _OF_PAPERS if table == "paper" else ""
        await connection.execute(
            f"INSERT INTO {table} ({columns}) SELECT {_prefixed(columns)}"  # noqa: S608 - names of this file
            f" FROM {table} AS r CROSS JOIN copy AS n {papers}"
            f" CROSS JOIN LATERAL jsonb_populate_record(r, jsonb_build_object({changed})) AS x"
            f" WHERE {which.format(case=case_id)} ORDER BY n.n"
        )


def _prefixed(columns: str) -> str:
    return ", ".join(f"x.{name}" for name in columns.split(", "))


_COLUMNS = """
SELECT string_agg(column_name, ', ' ORDER BY ordinal_position)
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' AND is_identity = 'NO'
  AND column_name NOT IN ('links', 'head')
"""
_NUMBER_CASES = """
CREATE TEMP TABLE copy AS
SELECT {before} + i AS n,
       format('%s-%s-%s', s.code, c.year, to_char(c.last + i, 'FM999900000')) AS number
FROM application AS a
JOIN school AS s ON s.bin = a.school_bin
JOIN counter AS c ON c.school_bin = a.school_bin AND c.book = 'CASE'
CROSS JOIN generate_series(1, {copies}) AS i
WHERE a.case_id = '{case}';
UPDATE counter SET last = last + {copies}
WHERE book = 'CASE' AND school_bin = (SELECT school_bin FROM application WHERE case_id = '{case}');
"""
_NUMBER_PAPERS = """
CREATE TEMP TABLE copied_number AS
SELECT n.n, r.book, r.number AS old, r.seq + 0 AS seq, r.number AS number
FROM legal_number AS r CROSS JOIN copy AS n WHERE false;
INSERT INTO copied_number
SELECT n, book, old, seq, regexp_replace(old, '^[0-9]+', seq::text)
FROM (
    SELECT n.n, r.book, r.number AS old,
           c.last + row_number() OVER (PARTITION BY r.book ORDER BY n.n, r.seq) AS seq
    FROM legal_number AS r
    JOIN counter AS c USING (school_bin, book, year)
    CROSS JOIN copy AS n
    WHERE r.case_id = '{case}'
) AS numbered;
CREATE INDEX ON copied_number (n);
ANALYZE copied_number;
UPDATE counter AS c SET last = c.last + given.times
FROM (SELECT school_bin, book, year, count(*) * {copies} AS times FROM legal_number WHERE case_id = '{case}'
      GROUP BY school_bin, book, year) AS given
WHERE (c.school_bin, c.book, c.year) = (given.school_bin, given.book, given.year);
"""
_NUMBER_COMPLAINTS = """
CREATE TEMP TABLE copied_complaint AS
SELECT n.n, k.number AS old, format('%s-%s-S%s', s.code, c.year, to_char(
    c.last + row_number() OVER (ORDER BY n.n, k.number), 'FM999900000')) AS number
FROM complaint AS k
JOIN application AS a USING (case_id)
JOIN school AS s ON s.bin = a.school_bin
JOIN counter AS c ON c.school_bin = a.school_bin AND c.book = 'COMPLAINT'
CROSS JOIN copy AS n
WHERE k.case_id = '{case}';
CREATE INDEX ON copied_complaint (n);
ANALYZE copied_complaint;
UPDATE counter SET last = last + {copies} * (SELECT count(*) FROM complaint WHERE case_id = '{case}')
WHERE book = 'COMPLAINT' AND school_bin = (SELECT school_bin FROM application WHERE case_id = '{case}');
"""
_OF_PAPERS = (
    "LEFT JOIN copied_number AS p ON p.n = n.n AND p.old = r.number AND p.book = CASE r.kind "
    + " ".join(f"WHEN '{kind}' THEN '{book}'" for kind, book in BOOKS.items())
    + " END"
)
