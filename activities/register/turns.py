"""The turns in which acts are taken: those of an application among themselves, and those of each complaint."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from pydantic import BaseModel

from activities.doorbell import CaseName
from activities.register.audit import Action
from activities.register.pool import Connection, Pool, Row
from activities.register.records import LockedCase, lock_case
from activities.register.statements import sql
from domain.act_kinds import ActKind
from domain.complaint_stages import ComplaintStage
from domain.refusal import Problem
from domain.stages import Stage
from domain.verdict import Verdict, VerdictKind


class UnknownCase(Exception):
    """There is no such case in this register."""


class UnknownAct(Exception):
    """There is no such act of this case in this register."""


class Queue(NamedTuple):
    """The acts of an application, or of one complaint of its case."""

    case_id: UUID
    complaint_id: UUID | None = None

    @classmethod
    def of(cls, case: CaseName) -> Self:
        """The acts of the application or complaint that is named."""
        return cls(case.case_id, case.complaint_id)


class Turn(NamedTuple):
    """What became of an act whose turn it was, or not yet."""

    verdict: Verdict | None
    """None while another act has to be judged first: one with a lower `seq` of the same queue, or `awaits`."""
    kind: str
    first: str | None
    """The act of the queue that waits first now."""
    awaits: str | None = None
    """The act of an application that a complaint's answer has to wait for."""


ANSWERS = frozenset({ActKind.COMPLAINT_DECISION, ActKind.SETTLE_COMPLAINT})
"""An answer rests on what the application has come to: what was done there before is judged before."""
_BESIDE_OTHER_CASES = ANSWERS | {ActKind.REOPEN_CASE}
"""Acts that look at the child's other cases, and may write into one of them."""

Judge = Callable[[LockedCase, Row], Awaitable[Verdict]]


async def take_in_turn(connection: Connection, queue: Queue, act_id: str, judge: Judge) -> Turn:
    """Has the act judged if it is the first that waits; a verdict on file stands. `UnknownCase`, `UnknownAct`.

    Runs in the caller's transaction and leaves the case locked, and for an answer or a reopening, before which the
    caller has locked the child, its other cases as well.
    """
    locked = await lock_case(connection, queue.case_id)
    if locked is None:
        raise UnknownCase(str(queue.case_id))
    row = await connection.fetchrow(sql("find_act"), act_id)
    if row is None or Queue(row["case_id"], row["complaint_id"]) != queue:
        raise UnknownAct(act_id)
    first = await _first_waiting(connection, queue)
    verdict = verdict_on_file(row)
    awaits: str | None = None
    if verdict is None and first == act_id:
        if row["kind"] in _BESIDE_OTHER_CASES:
            await connection.execute(sql("lock_other_cases_of_child"), queue.case_id)
        awaits = await _awaited_of_an_application(connection, row)
        if awaits is None:
            verdict = await judge(locked, row)
            first = await _first_waiting(connection, queue)
    return Turn(verdict=verdict, kind=row["kind"], first=first, awaits=awaits)


async def _awaited_of_an_application(connection: Connection, row: Row) -> str | None:
    if row["complaint_id"] is None or row["kind"] not in ANSWERS:
        return None
    act_id: str | None = await connection.fetchval(sql("find_act_before_the_answer"), row["act_id"])
    return act_id


async def _first_waiting(connection: Connection, queue: Queue) -> str | None:
    act_id: str | None = await connection.fetchval(sql("find_first_waiting_act"), *queue)
    return act_id


async def find_verdict(pool: Pool, queue: Queue, act_id: str) -> Verdict | None:
    """The verdict on an act of the queue, None while it waits for one; `UnknownAct` when it is not on file."""
    async with pool.acquire() as connection:
        row = await connection.fetchrow(sql("find_act"), act_id)
    if row is None or Queue(row["case_id"], row["complaint_id"]) != queue:
        raise UnknownAct(act_id)
    return verdict_on_file(row)


def verdict_on_file(row: Row) -> Verdict | None:
    """The verdict that stands beside the act in the row; None while it waits."""
    if row["verdict"] is None:
        return None
    stage = Stage(row["stage"]) if row["complaint_id"] is None else ComplaintStage(row["stage"])
    return Verdict(act_id=row["act_id"], kind=VerdictKind(row["verdict"]), reason=row["reason"], stage=stage)


async def write_verdict(
    locked: LockedCase,
    act_id: str,
    stage: Stage | ComplaintStage,
    effects: BaseModel | None,
    problem: Problem | None,
    now: datetime,
) -> Verdict:
    """Enters the one verdict on an act and saves the case with all that was done under the lock.

    With effects it is taken, with a problem refused; `stage` is where the act has left the case or complaint.
    """
    kind = VerdictKind.TAKEN if effects else VerdictKind.REFUSED
    await locked.note(Action.VERDICT, now, act_id=act_id, verdict=kind, code=problem and problem.code)
    await locked.connection.execute(
        sql("insert_act_result"),
        act_id,
        locked.case_id,
        kind,
        problem and problem.model_dump(),
        stage,
        locked.round,
        effects and effects.model_dump(mode="json"),
        now,
    )
    await locked.connection.execute(sql("count_verdict"), locked.case_id)
    await locked.save()
    return Verdict(act_id=act_id, kind=kind, reason=problem, stage=stage)
