"""Accepting an act: it is written as it arrived, before anyone is told; the verdict comes later."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from pydantic import BaseModel, ConfigDict

from activities.doorbell import CaseName
from activities.messages import Message
from activities.register.audit import Action
from activities.register.complaints.records import stage_of
from activities.register.conflicts import ACT_IS_WRITTEN_ONCE, act_id_used, unknown_case, violates
from activities.register.packages import insert_attachment
from activities.register.pool import Connection, Pool
from activities.register.records import LockedCase, lock_case
from activities.register.statements import sql
from activities.register.turns import Queue, UnknownCase, write_verdict
from domain.acts import OF_A_COMPLAINT, OF_AN_APPLICATION, Act, AddDocuments
from domain.attachment import MAX_TOTAL_BYTES
from domain.refusal import InputRefused, Problem
from domain.staff import REGISTER
from domain.verdict import Verdict, VerdictKind

Clock = Callable[[], Awaitable[datetime]]
"""The acceptor's clock for a case or for one of its complaints, read while the case is locked: what is written later
was not done earlier.

For a signal sent by hand it says when the workflow heard it, which is before the lock.
"""


class WrittenAct(NamedTuple):
    """The act is in its queue."""

    repeated: bool
    """Whether the very same act had been written before: nothing was."""


class Accepted(BaseModel):
    """The act is on file under this id."""

    model_config = ConfigDict(frozen=True)

    act_id: str
    case: CaseName
    repeated: bool
    """Whether the very same act had been accepted before: nothing was written."""


async def accept_act(
    pool: Pool, number: str, act: Act, clock: Callable[[CaseName], Awaitable[datetime]]
) -> Accepted:
    """Writes the act of a person into the case or the complaint with that number.

    `InputRefused` for an unknown number or a used id leaves nothing written. `clock` answers the business time of the
    act.
    """
    case = await find_case(pool, number)
    written = await write_act(pool, Queue.of(case), act, partial(clock, case), via="STARTER")
    return Accepted(case=case, act_id=act.act_id, repeated=written.repeated)


async def find_case(pool: Pool, number: str) -> CaseName:
    """The case or the complaint that people know by the number; `InputRefused` when there is none."""
    row = await pool.fetchrow(sql("find_case"), number)
    if row is None:
        raise unknown_case()
    return CaseName(**row)


async def write_act(pool: Pool, queue: Queue, act: Act, clock: Clock, *, via: str) -> WrittenAct:
    """Writes the act into its case; the same act written before is left as it is."""
    try:
        async with pool.acquire() as connection, connection.transaction():
            return await _write(connection, queue, act, clock, via)
    except asyncpg.UniqueViolationError as error:
        if violates(error, ACT_IS_WRITTEN_ONCE):
            raise act_id_used() from None
        raise


async def _write(connection: Connection, queue: Queue, act: Act, clock: Clock, via: str) -> WrittenAct:
    _check_place(queue, act)
    locked = await lock_case(connection, queue.case_id)
    if locked is None:
        raise UnknownCase(str(queue.case_id))
    row = await connection.fetchrow(sql("find_act"), act.act_id)
    if row is not None:
        same_place = Queue(row["case_id"], row["complaint_id"]) == queue
        if not same_place or row["content_hash"] != act.content_hash:
            raise act_id_used()
        return WrittenAct(repeated=True)
    await _check_room(connection, queue.case_id, act)
    at = await clock()
    await _insert(locked, act.act_id, act.kind, act.actor, act.record, act.content_hash, at, via, queue)
    if isinstance(act.content, AddDocuments):
        for document in act.content.documents:
            if document.file:
                await insert_attachment(connection, queue.case_id, act.act_id, document.file)
    return WrittenAct(repeated=False)


def _check_place(queue: Queue, act: Act) -> None:
    if act.kind not in (OF_AN_APPLICATION if queue.complaint_id is None else OF_A_COMPLAINT):
        of, other = "an application", "a complaint"
        if queue.complaint_id is not None:
            of, other = other, of
        raise InputRefused.of(
            "act_of_another_kind",
            "act.kind",
            f"{act.kind} is done to {other}, and the number is of {of}",
            "Applications and complaints have numbers and acts of their own",
            "Use the number that stands on the receipt, or on the confirmation of the complaint",
        )


async def write_own_act(locked: LockedCase, act: Act, at: datetime, complaint_id: UUID | None = None) -> None:
    """Writes an act of the register itself within the caller's transaction; one that is on file is left as it is."""
    if await locked.connection.fetchrow(sql("find_act"), act.act_id) is None:
        queue = Queue(locked.case_id, complaint_id)
        await _insert(
            locked, act.act_id, act.kind, REGISTER, act.record, act.content_hash, at, "REGISTER", queue
        )


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
    queue: Queue,
) -> None:
    seq = await locked.connection.fetchval(sql("count_act"), locked.case_id)
    await locked.connection.execute(
        sql("insert_act"),
        act_id,
        locked.case_id,
        seq,
        kind,
        actor,
        record,
        content_hash,
        None,
        None,
        at,
        via,
        queue.complaint_id,
    )
    await locked.note(Action.ACCEPT, at, actor, act_id=act_id, kind=kind)


async def write_unreadable(
    pool: Pool, queue: Queue, message: Message, problem: Problem, now: datetime
) -> Verdict:
    """Keeps a message sent by hand that is no act: its hash and size as an act that is refused at once.

    The verdict names the act by the id that the sender knows.
    """
    async with pool.acquire() as connection, connection.transaction():
        locked = await lock_case(connection, queue.case_id)
        if locked is None:
            raise UnknownCase(str(queue.case_id))
        stage = await stage_of(locked, queue.complaint_id)
        verdict = Verdict(act_id=message.act_id, kind=VerdictKind.REFUSED, reason=problem, stage=stage)
        if await connection.fetchrow(sql("find_act"), message.message_id):
            return verdict
        record = {"unreadable": {"sha256": message.sha256, "bytes": message.size}}
        await _insert(
            locked,
            message.message_id,
            message.kind,
            "unknown",
            record,
            message.sha256,
            message.at,
            "SIGNAL",
            queue,
        )
        await write_verdict(locked, message.message_id, stage, None, problem, now)
        return verdict
