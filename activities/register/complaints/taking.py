"""Taking an act about a complaint: its one verdict and all its effects, in one transaction under the case's lock."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from activities.register.acceptance import write_own_act
from activities.register.case_view import read_case
from activities.register.complaints.issue import issue_complaint_paper
from activities.register.complaints.records import LockedComplaint, locked_complaint
from activities.register.complaints.recounting import recount_complaint_terms
from activities.register.complaints.terms import extend_term, start_term
from activities.register.complaints.view import read_complaint_progress
from activities.register.complaints.watching import declare_breaches_before
from activities.register.conflicts import reason_against
from activities.register.directory import read_standing
from activities.register.house_rules import HouseRules
from activities.register.pool import Pool, Row
from activities.register.records import LockedCase
from activities.register.reopening import find_other_case, join
from activities.register.seals import seal_problem
from activities.register.statements import fetch_one, sql
from activities.register.turns import Judge, Queue, take_in_turn, write_verdict
from domain.acts import Act, ActKind, RegisterComplaint, ReopenCase, restore_act
from domain.case import WhenAnswered
from domain.complaint_acts import Addressee
from domain.complaint_procedure import ComplaintTaken, consider_complaint
from domain.complaint_progress import ComplaintAnswer
from domain.consequence import Consequence
from domain.events import Event
from domain.package import Finding
from domain.refusal import ActRefused
from domain.staff import REGISTER
from domain.stages import Stage, Step
from domain.verdict import Verdict


async def take_complaint_act(
    pool: Pool, queue: Queue, act_id: str, now: datetime, rules: HouseRules
) -> ComplaintAnswer:
    """The verdict on the act about the complaint; a repeated call changes nothing and gives the first answer."""

    async def judge(locked: LockedCase, row: Row) -> Verdict:
        complaint = await locked_complaint(locked, row["complaint_id"])
        # A change of the calendar says itself whether a term that nobody watched is over.
        if row["kind"] != ActKind.CALENDAR_CHANGED:
            await declare_breaches_before(complaint, row["at"], now, rules)
        return await _judge(complaint, row, now, rules)

    try:
        return await _take(pool, queue, act_id, judge)
    except asyncpg.UniqueViolationError as error:
        reason = reason_against(error)
        if reason is None:
            raise

    # What the act did is undone, with all that was locked; it keeps its place and gets its verdict all the same.
    async def refuse(locked: LockedCase, row: Row) -> Verdict:
        complaint = await locked_complaint(locked, row["complaint_id"])
        await declare_breaches_before(complaint, row["at"], now, rules)
        return await write_verdict(locked, row["act_id"], complaint.stage, None, reason, now)

    return await _take(pool, queue, act_id, refuse)


async def _take(pool: Pool, queue: Queue, act_id: str, judge: Judge) -> ComplaintAnswer:
    assert queue.complaint_id is not None, "acts of the application have their own procedure"
    async with pool.acquire() as connection, connection.transaction():
        # An answer may depend on the child's other cases.
        await connection.execute(sql("lock_child_of_case"), queue.case_id)
        turn = await take_in_turn(connection, queue, act_id, judge)
        progress = await read_complaint_progress(connection, queue.complaint_id)
        if turn.awaits:
            return ComplaintAnswer(awaits=turn.awaits, progress=progress)
        if turn.verdict is None:
            return ComplaintAnswer(earlier=turn.first, progress=progress)
        return ComplaintAnswer(verdict=turn.verdict, kind=turn.kind, following=turn.first, progress=progress)


async def _judge(complaint: LockedComplaint, row: Row, now: datetime, rules: HouseRules) -> Verdict:
    locked = complaint.case
    act = restore_act(row["act_id"], ActKind(row["kind"]), row["actor"], row["content"])
    other = await find_other_case(locked.connection, locked.case_id)
    when_answered = await _when_answered(locked, row)
    case = (await read_case(locked)).model_copy(update={"other": other, "when_answered": when_answered})
    standing = await read_standing(locked.connection, act.actor, case.school, row["at"])
    problem = seal_problem(row, rules)
    taken: ComplaintTaken | None = None
    if problem is None:
        try:
            taken = consider_complaint(act, row["at"], complaint.read, case, standing)
        except ActRefused as refused:
            problem = refused.problem
    if taken and act.step is Step.CALENDAR_CHANGED:
        taken = await recount_complaint_terms(complaint, act, taken, max(row["at"], now), rules)
    if taken:
        await _carry_out(complaint, act, taken, row["at"], rules)
        if taken.reopens:
            await _ask_to_reopen(complaint, act, await _set_aside(complaint), row["at"])
        if taken.consequence is Consequence.IN_ANOTHER_CASE and other:
            await join(locked, other, await _set_aside(complaint), complaint.complaint_id, row["at"])
        await complaint.save()
    return await write_verdict(locked, act.act_id, complaint.stage, taken, problem, now)


async def _when_answered(locked: LockedCase, row: Row) -> WhenAnswered:
    stood = await fetch_one(locked.connection, "read_stage_when_answered", locked.case_id, row["seq"])
    term = await fetch_one(locked.connection, "read_term", locked.case_id, stood["round"])
    return WhenAnswered(stage=stood["stage"], round=stood["round"], due_at=term["due_at"])


async def _carry_out(
    complaint: LockedComplaint, act: Act, taken: ComplaintTaken, at: datetime, rules: HouseRules
) -> None:
    connection = complaint.case.connection
    before = complaint.read
    complaint.stage = taken.stage
    if isinstance(act.content, RegisterComplaint):
        complaint.body_number = act.content.incoming_number
        complaint.body_registered_at = at
        await complaint.save()
    for kind in (*taken.stops, *taken.lapses):
        kept = kind in taken.stops
        await connection.execute(
            sql("end_complaint_term"), complaint.complaint_id, kind, at, kept, act.act_id
        )
    if taken.extends_by:
        await extend_term(
            connection, complaint.complaint_id, taken.extends_by, complaint.considered_by, act.act_id
        )
    for kind in taken.starts:
        keeper = complaint.considered_by
        await start_term(connection, complaint.complaint_id, kind, before.addressee, keeper, at, act.act_id)
    for paper in taken.papers:
        await issue_complaint_paper(complaint.case, complaint.complaint_id, paper, at, act, rules, taken)
    for event in taken.events:
        await _tell(complaint, act, event, at)


_FOR_THE_HEAD = frozenset(
    {
        Event.COMPLAINT_AT_THE_BODY,
        Event.COMPLAINT_EXTENDED,
        Event.COMPLAINT_DECIDED,
        Event.COMPLAINT_WITHDRAWN,
    }
)
"""What the school learns of, also from the body: a ruling may start a term of its own."""
_FOR_THE_BODY = frozenset({Event.COMPLAINT_SETTLED, Event.COMPLAINT_WITHDRAWN})
"""What ends a complaint of which the body was told when it was filed."""


async def _tell(complaint: LockedComplaint, act: Act, event: Event, at: datetime) -> None:
    of_the_register = act.actor == REGISTER
    await complaint.journal(event, at, None if of_the_register else act.actor, act.act_id)
    if not of_the_register and event is not Event.REOPENING_LINKED:  # told with the case that goes on
        await complaint.tell("APPLICANT", event, at)
        if event in _FOR_THE_HEAD:
            await complaint.tell("HEAD", event, at)
        if event in _FOR_THE_BODY and complaint.read.addressee is Addressee.QUALITY_BODY:
            await complaint.tell("QUALITY_CONTROL", event, at)


async def _set_aside(complaint: LockedComplaint) -> tuple[Finding, ...]:
    """The defects on which the refusal complained of rested."""
    attacked, case = complaint.read, complaint.case
    if attacked.attacked_outcome is not Stage.REFUSED:
        return ()
    rested_on: list[Any] | None = await case.connection.fetchval(
        sql("read_attacked_findings"), case.case_id, attacked.round
    )
    return tuple(Finding.model_validate(finding) for finding in rested_on or ())


async def _ask_to_reopen(
    complaint: LockedComplaint, ruling: Act, set_aside: tuple[Finding, ...], at: datetime
) -> None:
    """The case is decided anew by an act of the register, taken in its turn among the acts of the application."""
    locked = complaint.case
    content = ReopenCase(
        complaint_id=complaint.complaint_id,
        ruling_act_id=ruling.act_id,
        set_aside=set_aside,
    )
    act = Act(
        act_id=_reopening_act_id(complaint.complaint_id),
        kind=ActKind.REOPEN_CASE,
        actor=REGISTER,
        content=content,
    )
    await write_own_act(locked, act, at)


def _reopening_act_id(complaint_id: UUID) -> str:
    """The id of the act by which the register reopens a case because of a complaint."""
    return f"reopen-{complaint_id}"
