"""Accepting an act: it is written as it arrived, before anyone is told; the verdict comes later."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from pydantic import BaseModel, ConfigDict

from activities.messages import Message
from activities.register.audit import Action
from activities.register.conflicts import ACT_IS_WRITTEN_ONCE, act_id_used, unknown_case, violates
from activities.register.packages import insert_attachment
from activities.register.pool import Connection, Pool
from activities.register.records import LockedCase, lock_case
from activities.register.statements import sql
from activities.register.taking import UnknownCase, write_verdict
from domain.acts import Act, AddDocuments
from domain.attachment import MAX_TOTAL_BYTES
from domain.refusal import InputRefused, Problem
from domain.verdict import Verdict, VerdictKind

Clock = Callable[[UUID], Awaitable[datetime]]
"""The acceptor's clock for a case, read while the case is locked: what is written later was not done earlier.

For a signal sent by hand it says when the workflow heard it, which is before the lock.
"""


class Accepted(BaseModel):
    """The act is on file under this id."""

    model_config = ConfigDict(frozen=True)

    act_id: str
    case_id: UUID
    repeated: bool
    """Whether the very same act had been accepted before: nothing was written."""


async def accept_act(pool: Pool, number: str, act: Act, clock: Clock) -> Accepted:
    """Writes the act of a person; `InputRefused` for an unknown case or a used id leaves nothing written.

    `clock` answers the business time of the act.
    """
    async with pool.acquire() as connection:
        case_id = await connection.fetchval(sql("find_case"), number)
    if case_id is None:
        raise unknown_case()
    return await write_act(pool, case_id, act, clock, via="STARTER")


async def write_act(pool: Pool, case_id: UUID, act: Act, clock: Clock, *, via: str) -> Accepted:
    """Writes the act into its case; the same act written before is left as it is."""
    try:
        async with pool.acquire() as connection, connection.transaction():
            return await _write(connection, case_id, act, clock, via)
    except asyncpg.UniqueViolationError as error:
        if violates(error, ACT_IS_WRITTEN_ONCE):
            raise act_id_used() from None
        raise


async def _write(connection: Connection, case_id: UUID, act: Act, clock: Clock, via: str) -> Accepted:
    locked = await lock_case(connection, case_id)
    if locked is None:
        raise UnknownCase(str(case_id))
    row = await connection.fetchrow(sql("find_act"), act.act_id)
    if row is not None:
        if row["case_id"] != case_id or row["content_hash"] != act.content_hash:
            raise act_id_used()
        return Accepted(act_id=act.act_id, case_id=case_id, repeated=True)
    await _check_room(connection, case_id, act)
    await _insert(
        locked, act.act_id, act.kind, act.actor, act.record, act.content_hash, await clock(case_id), via
    )
    if isinstance(act.content, AddDocuments):
        for document in act.content.documents:
            if document.file:
                await insert_attachment(connection, case_id, act.act_id, document.file)
    return Accepted(act_id=act.act_id, case_id=case_id, repeated=False)


async def _check_room(connection: Connection, case_id: UUID, act: Act) -> None:
    if not isinstance(act.content, AddDocuments):
        return
    added = sum(len(document.file.content) for document in act.content.documents if document.file)
    if await connection.fetchval(sql("total_attachment_size"), case_id) + added > MAX_TOTAL_BYTES:
        raise InputRefused.of(
            "attachment_too_large",
            "act.content.documents",
            "the files of the case would be larger than 5 MB together",
            "The portal carries no more than that for one application",
            "Scan at a lower resolution, or bring the paper to the school's office",
        )


async def _insert(  # noqa: PLR0913, PLR0917 - the columns of an act
    locked: LockedCase,
    act_id: str,
    kind: str,
    actor: str,
    record: dict[str, Any],
    content_hash: str,
    at: datetime,
    via: str,
) -> None:
    seq = await locked.connection.fetchval(sql("count_act"), locked.case_id)
    await locked.connection.execute(
        sql("insert_act"), act_id, locked.case_id, seq, kind, actor, record, content_hash, None, None, at, via
    )
    await locked.note(Action.ACCEPT, at, actor, act_id=act_id, kind=kind)


async def write_unreadable(
    pool: Pool, case_id: UUID, message: Message, problem: Problem, now: datetime
) -> Verdict:
    """Keeps a message sent by hand that is no act: its hash and size as an act that is refused at once.

    The verdict names the act by the id that the sender knows.
    """
    async with pool.acquire() as connection, connection.transaction():
        locked = await lock_case(connection, case_id)
        if locked is None:
            raise UnknownCase(str(case_id))
        verdict = Verdict(act_id=message.act_id, kind=VerdictKind.REFUSED, reason=problem, stage=locked.stage)
        if await connection.fetchrow(sql("find_act"), message.message_id):
            return verdict
        record = {"unreadable": {"sha256": message.sha256, "bytes": message.size}}
        await _insert(
            locked, message.message_id, message.kind, "unknown", record, message.sha256, message.at, "SIGNAL"
        )
        await write_verdict(locked, message.message_id, None, problem, now)
        return verdict
