"""Fills a register with many cases: copies, made in the database, of cases that went their way through the service.

Every row goes through the constraints and triggers of the register, so the copies are as sound as what they copy.
"""

from collections.abc import Callable
from uuid import UUID

import asyncpg

from activities.register.papers import list_papers_to_render, store_paper_bytes
from activities.register.pool import Connection
from tests.activities.stories import a_refused_case, a_waiting_case, an_ordered_case
from tests.databases import Register

AT_ONCE = 1000
"""Copies in one transaction."""

_COPY = "md5(%s::text || ':' || n.n)::uuid"
_ACT = "CASE WHEN r.act_id IS NULL THEN NULL ELSE r.act_id || ':' || n.n END"
_CASE = _COPY % "r.case_id"
CHANGES = {
    "application": {"number": "n.number", "request_id": "r.request_id || ':' || n.n"},
    "procedure": {"child_hash": "'\\x' || md5(r.case_id::text || n.n) || md5('' || n.n)"},
    "attachment": {"attachment_id": _COPY % "r.attachment_id", "act_id": _ACT},
    "act": {"act_id": _ACT},
    "act_result": {"act_id": _ACT},
    "document": {"act_id": _ACT, "attachment_id": _COPY % "r.attachment_id"},
    "term": {},
    "milestone": {},
    "outcome": {"act_id": _ACT},
    "legal_number": {
        "seq": "(SELECT c.seq FROM copied_number AS c WHERE c.n = n.n AND c.old = r.number AND c.book = r.book)",
        "number": "(SELECT c.number FROM copied_number AS c WHERE c.n = n.n AND c.old = r.number AND c.book = r.book)",
    },
    "paper": {
        "paper_id": _COPY % "r.paper_id",
        "number": "coalesce(p.number, n.number)",
        "facts": "jsonb_set(jsonb_set(r.facts, '{number}', to_jsonb(coalesce(p.number, n.number))),"
        " '{case,number}', to_jsonb(n.number))",
    },
    "cabinet_message": {"message_id": _COPY % "r.message_id", "paper_id": _COPY % "r.paper_id"},
    "journal": {"act_id": _ACT},
    "outbox": {
        "body": "CASE WHEN r.body ? 'number' THEN jsonb_set(r.body, '{number}', to_jsonb(n.number)) ELSE r.body END"
    },
    "audit": {
        "details": "CASE WHEN r.details ? 'act_id' THEN"
        " jsonb_set(r.details, '{act_id}', to_jsonb(r.details ->> 'act_id' || ':' || n.n)) ELSE r.details END"
    },
}
"""For each table in the order of writing: what in a copy is not as in the row r that is copied."""
BOOKS = {"NOTICE_OF_ACCEPTANCE": "OUTGOING", "REFUSAL": "OUTGOING", "ORDER": "ORDER"}


async def tell_stories(register: Register) -> list[UUID]:
    """An ordered, a refused and a waiting case, all papers with bytes."""
    ids = [(await story(register)).case_id for story in (an_ordered_case, a_refused_case, a_waiting_case)]
    for case_id in ids:
        for paper in await list_papers_to_render(register.pool, case_id):
            await store_paper_bytes(register.pool, paper.paper_id, "2026-11", b"%PDF-1.7 synthetic")
    return ids


async def multiply(owner_url: str, stories: list[UUID], cases: int, tell: Callable[[int], None]) -> None:
    """Copies the cases in turn until there are so many."""
    connection = await asyncpg.connect(owner_url)
    try:
        made = await connection.fetchval("SELECT count(*) FROM application")
        turn = 0
        while made < cases:
            copies = min(AT_ONCE, cases - made)
            async with connection.transaction():
                await _copy(connection, stories[turn % len(stories)], made, copies)
            made, turn = made + copies, turn + 1
            tell(made)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


async def _copy(connection: Connection, case_id: UUID, before: int, copies: int) -> None:
    await connection.execute("DROP TABLE IF EXISTS copy, copied_number")
    await connection.execute(_NUMBER_CASES.format(case=case_id, before=before, copies=copies))
    await connection.execute(_NUMBER_PAPERS.format(case=case_id, copies=copies))
    for table, changes in CHANGES.items():
        columns = await connection.fetchval(_COLUMNS, table)
        changed = ", ".join(f"'{name}', {value}" for name, value in {"case_id": _CASE, **changes}.items())
        papers = _OF_PAPERS if table == "paper" else ""
        await connection.execute(
            f"INSERT INTO {table} ({columns}) SELECT {_prefixed(columns)}"  # noqa: S608 - names of this file
            f" FROM {table} AS r CROSS JOIN copy AS n {papers}"
            f" CROSS JOIN LATERAL jsonb_populate_record(r, jsonb_build_object({changed})) AS x"
            f" WHERE r.case_id = '{case_id}' ORDER BY n.n"
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
_OF_PAPERS = (
    "LEFT JOIN copied_number AS p ON p.n = n.n AND p.old = r.number AND p.book = CASE r.kind "
    + " ".join(f"WHEN '{kind}' THEN '{book}'" for kind, book in BOOKS.items())
    + " END"
)
