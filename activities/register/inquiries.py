"""What information systems are asked about a case, in the register: what is due, what came, what did not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from activities.gateway.client import Answered
from activities.gateway.questions import People, Question, question
from activities.register.audit import Action
from activities.register.pool import Connection, Pool, Row
from activities.register.records import LockedCase, lock_case
from activities.register.statements import sql
from domain.application import Capacity
from domain.events import Event
from domain.inquiry import (
    FactKind,
    FactResult,
    FullName,
    Unanswered,
    facts_to_ask,
    pause_after,
    pause_after_answer,
)


@dataclass(frozen=True)
class Inquiry:
    """One question about a case whose moment has come."""

    case_id: UUID
    attempts: int
    question: Question


@dataclass(frozen=True)
class Found:
    """An answer to one question, with its moment."""

    inquiry: Inquiry
    answered: Answered
    at: datetime

    @property
    def kind(self) -> FactKind:
        """What it is about."""
        return self.inquiry.question.kind

    @property
    def result(self) -> FactResult:
        """What it says of what was filed."""
        return self.answered.reply.result(self.inquiry.question.filed)


async def open_inquiries(connection: Connection, case_id: UUID, capacity: Capacity) -> None:
    """Notes, with the application, what is to be asked; whoever asks does it when this is committed."""
    for kind in facts_to_ask(capacity):
        await connection.execute(sql("insert_inquiry"), case_id, kind)


async def list_inquiries_to_make(pool: Pool, now: datetime, limit: int) -> list[Inquiry]:
    """The questions of open cases whose moment has come, those that wait longest first."""
    rows = await pool.fetch(sql("list_inquiries_to_make"), now, limit)
    return [_inquiry(row) for row in rows]


async def end_inquiries(pool: Pool, now: datetime) -> None:
    """Lets be what is due of cases whose procedure has ended; those with an outcome are not asked about anyway."""
    await pool.execute(sql("end_inquiries"), now)


async def note_failed(pool: Pool, inquiry: Inquiry, why: Unanswered, at: datetime) -> None:
    """Notes an attempt without an answer; the pause until the next one grows."""
    next_attempt_at = at + pause_after(inquiry.attempts + 1)
    await pool.execute(
        sql("note_inquiry_failed"), inquiry.case_id, inquiry.question.kind, why, at, next_attempt_at
    )


async def enter_facts(pool: Pool, case_id: UUID, found: Sequence[Found], began: datetime) -> int:
    """Enters answers to the questions of one case, asked since `began`; how many of them are news.

    A case that has its outcome by now gets none, and no question gets two answers of one asking.
    """
    async with pool.acquire() as connection, connection.transaction():
        locked = await lock_case(connection, case_id)
        if locked is None or locked.stage.is_outcome:
            return 0
        entered = [one for one in found if await _enter(connection, one, began)]
        if entered:
            await _tell(locked, entered)
    return len(entered)


async def _enter(connection: Connection, found: Found, began: datetime) -> bool:
    case_id, reply = found.inquiry.case_id, found.answered.reply
    pause = pause_after_answer(found.result)
    next_attempt_at = found.at + pause if pause else None
    if not await connection.fetchval(
        sql("note_inquiry_answered"), case_id, found.kind, began, next_attempt_at
    ):
        return False
    await connection.execute(
        sql("insert_fact"),
        case_id,
        found.kind,
        found.result,
        reply.differs_from(found.inquiry.question.filed),
        reply.content,
        reply.source,
        found.answered.request_id,
        found.at,
    )
    return True


async def _tell(locked: LockedCase, entered: Iterable[Found]) -> None:
    results = {one.kind: one.result for one in entered}
    at = max(one.at for one in entered)
    await locked.note(Action.FACTS, at, facts=results)
    await locked.journal(Event.FACTS_RECEIVED, at)
    await locked.save()


async def list_fact_kinds(connection: Connection, case_id: UUID) -> tuple[FactKind, ...]:
    """The kinds of facts that an information system has answered anything about."""
    rows = await connection.fetch(sql("list_fact_kinds"), case_id)
    return tuple(FactKind(row["kind"]) for row in rows)


async def dispute_fact(connection: Connection, case_id: UUID, act_id: str, kind: FactKind) -> None:
    """Enters that the act disputes the last answer of that kind, and has it asked for again."""
    await connection.execute(sql("insert_fact_dispute"), act_id, case_id, kind)
    await connection.execute(sql("ask_again"), case_id, kind)


def _inquiry(row: Row) -> Inquiry:
    people = People(
        applicant_iin=row["applicant_iin"],
        applicant=_name(row, "applicant"),
        child_iin=row["child_iin"],
        child=_name(row, "child"),
        school_bin=row["school_bin"],
    )
    return Inquiry(
        case_id=row["case_id"], attempts=row["attempts"], question=question(FactKind(row["kind"]), people)
    )


def _name(row: Row, whose: str) -> FullName:
    parts: dict[str, Any] = {part: row[f"{whose}_{part}"] for part in ("surname", "first_name", "patronymic")}
    return FullName(**parts)
