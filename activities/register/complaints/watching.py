"""The watch of a complaint's terms in the register: reminders, breaches, the end. Nothing here decides a complaint."""

from datetime import datetime

from activities.register.audit import Action
from activities.register.complaints.issue import issue_term_notice
from activities.register.complaints.records import LockedComplaint, locked_complaint
from activities.register.complaints.view import read_complaint_progress, running_terms
from activities.register.house_rules import HouseRules
from activities.register.pool import Connection, Pool
from activities.register.records import lock_case
from activities.register.statements import sql
from activities.register.turns import Queue, UnknownCase
from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee
from domain.complaint_progress import ComplaintWatched, RunningTerm
from domain.complaint_source import PassedTerm
from domain.events import Event
from domain.legal_time import local_time
from domain.progress import Milestone

_EVENTS = {
    Milestone.REMINDER: Event.COMPLAINT_REMINDED,
    Milestone.LAST_DAY: Event.COMPLAINT_LAST_DAY,
    Milestone.BREACH: Event.COMPLAINT_TERM_BREACHED,
}


async def reach_complaint_milestone(
    pool: Pool, queue: Queue, kind: ComplaintTermKind, milestone: Milestone, now: datetime, rules: HouseRules
) -> ComplaintWatched:
    """Marks the milestone of the term and tells those concerned, once for a due moment.

    A breach is not declared while an act done in time has no verdict: the acts are named instead.
    """
    async with pool.acquire() as connection, connection.transaction():
        complaint = await _lock(connection, queue)
        term = await _running(connection, complaint, kind)
        waiting: tuple[str, ...] = ()
        if term and term.next_milestone(now) is milestone and term.moment_of(milestone) <= now:
            if milestone is Milestone.BREACH:
                waiting = await _waiting(connection, queue, term.due_at)
            if not waiting:
                await _announce(complaint, term, milestone, now, rules)
                await complaint.save()
        progress = await read_complaint_progress(connection, complaint.complaint_id)
        return ComplaintWatched(progress=progress, waiting=waiting)


async def declare_breaches_before(
    complaint: LockedComplaint, at: datetime, now: datetime, rules: HouseRules
) -> None:
    """Declares the breach of terms that had ended unkept when an act was done at `at`, if nobody watched then."""
    for term in await running_terms(complaint.case.connection, complaint.complaint_id):
        if not term.overdue and at >= term.moment_of(Milestone.BREACH):
            await _announce(complaint, term, Milestone.BREACH, max(now, at), rules)


async def end_complaint(pool: Pool, queue: Queue, now: datetime) -> ComplaintWatched:
    """Ends the procedure of a complaint that was answered, settled or taken back, when no act waits."""
    async with pool.acquire() as connection, connection.transaction():
        complaint = await _lock(connection, queue)
        waiting = await _waiting(connection, queue, None)
        if complaint.stage.is_final and not waiting and not complaint.ended:
            await connection.execute(sql("end_complaint"), complaint.complaint_id, now)
            await complaint.case.note(Action.END, now, complaint=str(complaint.complaint_id))
            await complaint.journal(Event.COMPLAINT_ENDED, now)
            await complaint.save()
        progress = await read_complaint_progress(connection, complaint.complaint_id)
        return ComplaintWatched(progress=progress, waiting=waiting)


async def _lock(connection: Connection, queue: Queue) -> LockedComplaint:
    locked = await lock_case(connection, queue.case_id)
    if locked is None or queue.complaint_id is None:
        raise UnknownCase(str(queue.case_id))
    return await locked_complaint(locked, queue.complaint_id)


async def _running(
    connection: Connection, complaint: LockedComplaint, kind: ComplaintTermKind
) -> RunningTerm | None:
    terms = await running_terms(connection, complaint.complaint_id)
    return next((term for term in terms if term.kind is kind), None)


async def _waiting(connection: Connection, queue: Queue, until: datetime | None) -> tuple[str, ...]:
    rows = await connection.fetch(sql("list_waiting_acts"), queue.case_id, until, queue.complaint_id)
    return tuple(row["act_id"] for row in rows)


async def _announce(
    complaint: LockedComplaint, term: RunningTerm, milestone: Milestone, now: datetime, rules: HouseRules
) -> None:
    first = await complaint.case.connection.fetchval(
        sql("insert_complaint_milestone"), complaint.complaint_id, term.kind, milestone, term.due_at, now
    )
    if not first:
        return
    event = _EVENTS[milestone]
    await complaint.case.note(Action.MILESTONE, now, milestone=milestone, term=term.kind)
    await complaint.journal(event, now)
    told = {"term": term.kind, "due_at": local_time(term.due_at).isoformat()}
    if milestone is not Milestone.BREACH:
        kept_by_the_body = _is_kept_by_the_body(complaint, term.kind)
        await complaint.tell("QUALITY_CONTROL" if kept_by_the_body else "HEAD", event, now, **told)
        return
    # The body hears of it whoever failed, and the applicant is shown the next route (par. 9, 10).
    passed = PassedTerm(kind=term.kind, due_at=term.due_at)
    await issue_term_notice(complaint.case, complaint.complaint_id, passed, now, rules)
    for destination in ("HEAD", "QUALITY_CONTROL", "APPLICANT"):
        await complaint.tell(destination, event, now, **told)


def _is_kept_by_the_body(complaint: LockedComplaint, kind: ComplaintTermKind) -> bool:
    of_the_body = complaint.read.addressee is Addressee.QUALITY_BODY
    return of_the_body and kind is not ComplaintTermKind.FORWARDING
