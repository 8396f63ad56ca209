"""Taking an act: its one verdict and all its effects in one transaction under the case row's lock."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import asyncpg

from activities.register.audit import Action
from activities.register.case_view import read_case, read_progress
from activities.register.conflicts import reason_against
from activities.register.directory import read_school, read_standing
from activities.register.house_rules import HouseRules
from activities.register.issue import Decided, Hands, issue_paper
from activities.register.milestones import declare_breach_before
from activities.register.packages import add_documents_of_act
from activities.register.pool import Connection, Pool, Row
from activities.register.records import LockedCase, lock_case
from activities.register.statements import sql
from domain.acts import Act, ActKind, AddDocuments, CheckPackage, Refuse, restore_act
from domain.case import Case
from domain.complaint_window import window_until
from domain.numbers import Book
from domain.procedure import ActRefused, Taken, consider
from domain.refusal import Problem
from domain.stages import Stage, Step
from domain.standard import Channel
from domain.verdict import Answer, Verdict, VerdictKind

_NOT_SEALED = Problem(
    code="not_sealed",
    where="act",
    what="the act is not sealed",
    why="This register takes only acts that come with the portal's sign-in",
    instead="Do it through the portal",
)
_SEAL_NOT_VALID = Problem(
    code="seal_not_valid",
    where="act",
    what="the seal of the act is not valid",
    why="It was made with a key that this register does not know",
    instead="Do it again through the portal",
)


class UnknownCase(Exception):
    """There is no such case in this register."""


class UnknownAct(Exception):
    """There is no such act of this case in this register."""


async def take_act(pool: Pool, case_id: UUID, act_id: str, now: datetime, rules: HouseRules) -> Answer:
    """The verdict on the act; a repeated call changes nothing and gives the first answer.

    Acts are taken in the order of their `seq`: while an earlier one waits, the answer names it instead.
    What violates a constraint of the law is refused by its name; data that cannot be read is an error.
    """

    async def judge(locked: LockedCase, row: Row) -> Verdict:
        await declare_breach_before(locked, row["at"], now, rules)
        return await _judge(locked, row, now, rules)

    try:
        return await _take(pool, case_id, act_id, judge)
    except asyncpg.UniqueViolationError as error:
        reason = reason_against(error)
        if reason is None:
            raise

    # What the act did is undone, with all that was locked; it keeps its place and gets its verdict all the same.
    async def refuse(locked: LockedCase, row: Row) -> Verdict:
        await declare_breach_before(locked, row["at"], now, rules)
        return await write_verdict(locked, row["act_id"], None, reason, now)

    return await _take(pool, case_id, act_id, refuse)


async def _take(
    pool: Pool, case_id: UUID, act_id: str, judge: Callable[[LockedCase, Row], Awaitable[Verdict]]
) -> Answer:
    async with pool.acquire() as connection, connection.transaction():
        locked = await lock_case(connection, case_id)
        if locked is None:
            raise UnknownCase(str(case_id))
        row = await connection.fetchrow(sql("find_act"), act_id)
        if row is None or row["case_id"] != case_id:
            raise UnknownAct(act_id)
        first = await _first_waiting(connection, case_id)
        verdict = _verdict_on_file(row)
        if verdict is None and first == act_id:
            verdict = await judge(locked, row)
            first = await _first_waiting(connection, case_id)
        progress = await read_progress(connection, case_id)
        assert progress is not None, "the case is locked"
        if verdict is None:
            return Answer(earlier=first, progress=progress)
        return Answer(verdict=verdict, kind=row["kind"], following=first, progress=progress)


async def _first_waiting(connection: Connection, case_id: UUID) -> str | None:
    act_id: str | None = await connection.fetchval(sql("find_first_waiting_act"), case_id)
    return act_id


async def find_verdict(pool: Pool, case_id: UUID, act_id: str) -> Verdict | None:
    """The verdict on an act of the case, None while it waits for one; `UnknownAct` when it is not on file."""
    async with pool.acquire() as connection:
        row = await connection.fetchrow(sql("find_act"), act_id)
    if row is None or row["case_id"] != case_id:
        raise UnknownAct(act_id)
    return _verdict_on_file(row)


def _verdict_on_file(row: Row) -> Verdict | None:
    if row["verdict"] is None:
        return None
    return Verdict(
        act_id=row["act_id"],
        kind=VerdictKind(row["verdict"]),
        reason=row["reason"],
        stage=Stage(row["stage"]),
    )


async def _judge(locked: LockedCase, row: Row, now: datetime, rules: HouseRules) -> Verdict:
    act = restore_act(row["act_id"], ActKind(row["kind"]), row["actor"], row["content"])
    case = await read_case(locked)
    standing = await read_standing(locked.connection, act.actor, case.school, row["at"])
    problem = _seal_problem(row["seal"], rules.unsealed_allowed)
    taken: Taken | None = None
    if problem is None:
        try:
            taken = consider(act, case, standing)
        except ActRefused as refused:
            problem = refused.problem
    if taken:
        await _carry_out(locked, act, case, taken, row, rules)
    return await write_verdict(locked, act.act_id, taken, problem, now)


def _seal_problem(seal: bytes | None, unsealed_allowed: bool) -> Problem | None:
    # Seals come with the portal's sign-in; until a key is known, none can be valid.
    if seal is None:
        return None if unsealed_allowed else _NOT_SEALED
    return _SEAL_NOT_VALID


async def write_verdict(
    locked: LockedCase, act_id: str, taken: Taken | None, problem: Problem | None, now: datetime
) -> Verdict:
    """Enters the one verdict on an act and saves the case with all that was done under the lock."""
    kind = VerdictKind.TAKEN if taken else VerdictKind.REFUSED
    await locked.note(Action.VERDICT, now, act_id=act_id, verdict=kind, code=problem and problem.code)
    await locked.connection.execute(
        sql("insert_act_result"),
        act_id,
        locked.case_id,
        kind,
        problem and problem.model_dump(),
        locked.stage,
        locked.round,
        taken and taken.model_dump(mode="json"),
        now,
    )
    await locked.connection.execute(sql("count_verdict"), locked.case_id)
    await locked.save()
    return Verdict(act_id=act_id, kind=kind, reason=problem, stage=locked.stage)


async def _carry_out(
    locked: LockedCase, act: Act, case: Case, taken: Taken, row: Row, rules: HouseRules
) -> None:
    at: datetime = row["at"]
    locked.stage = taken.stage
    connection = locked.connection
    if isinstance(act.content, AddDocuments):
        await add_documents_of_act(connection, locked.case_id, act.act_id, row["content"])
    if taken.registers:
        await locked.number(await read_school(connection, case.school), Book.REGISTRATION, at)
    hands = Hands(signed_by=act.actor, checked_by=case.checked_by)
    for paper in taken.papers:
        await issue_paper(locked, paper, at, _decided(act, case, taken), hands, rules)
    for event in taken.events:
        await locked.journal(event, at, act.actor, act.act_id)
    if taken.stage.is_outcome:
        await _conclude(connection, locked, act, case, at)


def _decided(act: Act, case: Case, taken: Taken) -> Decided:
    check = act.content if isinstance(act.content, CheckPackage) else case.check
    return Decided(
        documents=case.model_copy(update={"check": check}).package,
        findings=taken.findings or (),
        reasoning=act.content.reasoning if isinstance(act.content, Refuse) else None,
        admitted=case.admitted,
        plan=case.plan,
    )


async def _conclude(connection: Connection, locked: LockedCase, act: Act, case: Case, at: datetime) -> None:
    if act.step is Step.RECORD_DELIVERY:
        await connection.execute(sql("answer_outcome"), locked.case_id, locked.round, at)
        return
    # Q30: an office refusal counts as sent when it was handed over or posted, not when it was decided.
    sent_later = locked.stage is Stage.REFUSED and case.channel is Channel.OFFICE
    await connection.execute(
        sql("insert_outcome"),
        locked.case_id,
        locked.round,
        locked.stage,
        act.act_id,
        at,
        None if sent_later else at,
        window_until(at),
    )
