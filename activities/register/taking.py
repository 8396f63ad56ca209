"""Taking an act: its one verdict and all its effects in one transaction under the case row's lock."""

from datetime import datetime
from uuid import UUID

import asyncpg

from activities.register.case_view import read_case, read_progress
from activities.register.complaints.filing import enter_complaint
from activities.register.conflicts import reason_against
from activities.register.directory import read_school, read_standing
from activities.register.house_rules import HouseRules
from activities.register.inquiries import dispute_fact
from activities.register.issue import Decided, Hands, issue_paper
from activities.register.milestones import declare_breach_before
from activities.register.packages import add_documents_of_act
from activities.register.pool import Connection, Pool, Row
from activities.register.records import LockedCase
from activities.register.recounting import recount_term
from activities.register.reopening import reopen_or_link
from activities.register.seals import seal_problem
from activities.register.statements import fetch_one, sql
from activities.register.turns import Judge, Queue, take_in_turn, write_verdict
from domain.acts import (
    Act,
    ActKind,
    AddDocuments,
    CheckPackage,
    DisputeFact,
    FileComplaint,
    Refuse,
    Withdraw,
    restore_act,
)
from domain.case import Case
from domain.complaint_window import window_until
from domain.events import Event
from domain.numbers import Book
from domain.paper_source import Withdrawal
from domain.procedure import ActRefused, Taken, consider
from domain.staff import APPLICANT
from domain.stages import Stage, Step
from domain.standard import Channel
from domain.verdict import Answer, Verdict

_AFTER_THE_OUTCOME = frozenset({Step.FILE_COMPLAINT, Step.REOPEN_CASE, Step.CALENDAR_CHANGED})
"""Steps that leave the outcome of a round as it is."""


async def take_act(pool: Pool, case_id: UUID, act_id: str, now: datetime, rules: HouseRules) -> Answer:
    """The verdict on the act; a repeated call changes nothing and gives the first answer.

    Acts are taken in the order of their `seq`: while an earlier one waits, the answer names it instead.
    What violates a constraint of the law is refused by its name; data that cannot be read is an error.
    """

    async def judge(locked: LockedCase, row: Row) -> Verdict:
        # A change of the calendar says itself whether a term that nobody watched is over.
        if row["kind"] != ActKind.CALENDAR_CHANGED:
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
        return await write_verdict(locked, row["act_id"], locked.stage, None, reason, now)

    return await _take(pool, case_id, act_id, refuse)


async def _take(pool: Pool, case_id: UUID, act_id: str, judge: Judge) -> Answer:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(sql("lock_child_of_reopening"), act_id)
        turn = await take_in_turn(connection, Queue(case_id), act_id, judge)
        progress = await read_progress(connection, case_id)
        assert progress is not None, "the case is locked"
        if turn.verdict is None:
            return Answer(earlier=turn.first, progress=progress)
        return Answer(verdict=turn.verdict, kind=turn.kind, following=turn.first, progress=progress)


async def _judge(locked: LockedCase, row: Row, now: datetime, rules: HouseRules) -> Verdict:
    act = restore_act(row["act_id"], ActKind(row["kind"]), row["actor"], row["content"])
    case = await read_case(locked)
    standing = await read_standing(locked.connection, act.actor, case.school, row["at"])
    problem = seal_problem(row, rules)
    taken: Taken | None = None
    if problem is None:
        try:
            taken = consider(act, case, standing)
        except ActRefused as refused:
            problem = refused.problem
    if taken and taken.reopens:
        taken = await reopen_or_link(locked, act, taken, row["at"])
    if taken and act.step is Step.CALENDAR_CHANGED:
        taken = await recount_term(locked, act, taken, max(row["at"], now), rules)
    if taken:
        await _carry_out(locked, act, case, taken, row, rules)
    return await write_verdict(locked, act.act_id, locked.stage, taken, problem, now)


async def _carry_out(
    locked: LockedCase, act: Act, case: Case, taken: Taken, row: Row, rules: HouseRules
) -> None:
    at: datetime = row["at"]
    locked.stage = taken.stage
    connection = locked.connection
    if isinstance(act.content, AddDocuments):
        await add_documents_of_act(connection, locked.case_id, act.act_id, row["content"])
    if isinstance(act.content, DisputeFact):
        await dispute_fact(connection, locked.case_id, act.act_id, act.content.fact)
    if taken.registers:
        await locked.number(await read_school(connection, case.school), Book.REGISTRATION, at)
    signed_by = None if act.actor == APPLICANT else act.actor
    hands = Hands(signed_by=signed_by, acting=taken.acting, checked_by=case.checked_by)
    # A round can have several receipts: one of the visit, and one for each time that papers were added.
    subject = act.act_id if isinstance(act.content, AddDocuments) else ""
    for paper in taken.papers:
        await issue_paper(locked, paper, at, _decided(act, case, taken), hands, rules, subject=subject)
    complaint_id: UUID | None = None
    if isinstance(act.content, FileComplaint) and taken.complaint:
        complaint_id = await enter_complaint(locked, act, act.content, taken.complaint, at, rules)
    for event in taken.events:
        await locked.journal(event, at, act.actor, act.act_id, complaint_id)
    if taken.stage.is_outcome and act.step not in _AFTER_THE_OUTCOME:
        await _conclude(connection, locked, act, case, at)


def _decided(act: Act, case: Case, taken: Taken) -> Decided:
    if isinstance(act.content, AddDocuments):
        return Decided(documents=tuple(added.facts for added in act.content.documents), supplementary=True)
    if isinstance(act.content, Withdraw):
        by_office = act.actor != APPLICANT
        return Decided(
            documents=case.documents,
            withdrawal=Withdrawal(by_office=by_office, reason=act.content.reason),
        )
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
        if await connection.fetchval(sql("answer_outcome"), locked.case_id, locked.round, at):
            await _note_if_late(locked, act, at)
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
    if not sent_later and locked.stage is not Stage.WITHDRAWN:
        await _note_if_late(locked, act, at)


async def _note_if_late(locked: LockedCase, act: Act, at: datetime) -> None:
    """D1: the answer of the school after the term is taken all the same, and stands in the journal as late."""
    term = await fetch_one(locked.connection, "read_term", locked.case_id, locked.round)
    if at > term["due_at"]:
        await locked.journal(Event.ANSWERED_LATE, at, act.actor, act.act_id)
