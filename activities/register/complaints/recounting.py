"""Counting the terms of a complaint anew after a change of the calendar: the register's own act, in its turn."""

from datetime import datetime
from typing import Any

from activities.register.calendar import read_calendar
from activities.register.complaints.issue import issue_term_notice, subject_of_term
from activities.register.complaints.records import LockedComplaint
from activities.register.complaints.terms import insert_complaint_term
from activities.register.house_rules import HouseRules
from activities.register.recounting import moved
from activities.register.statements import sql
from domain.acts import Act, CalendarChanged
from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee
from domain.complaint_procedure import ComplaintTaken
from domain.complaint_source import MovedTerm
from domain.events import Event
from domain.progress import Milestone
from domain.recounting import Found, Recount, StoredTerm, recount


async def recount_complaint_terms(
    complaint: LockedComplaint, act: Act, taken: ComplaintTaken, moment: datetime, rules: HouseRules
) -> ComplaintTaken:
    """The effects of the act with what it did to each term that runs, extended ones with their extension.

    `moment` is that of the act or of its taking, whichever is later. Those who keep a term and the complainant are
    told of an end that moves; a later one withdraws an overdue mark by a correcting notice. Terms that have ended stay
    untouched.
    """
    content = act.content
    assert isinstance(content, CalendarChanged), "only a change of the calendar moves a term"
    terms = await complaint.case.connection.fetch(sql("list_complaint_terms"), complaint.complaint_id)
    done = [await _recount(complaint, act, content, row, moment) for row in terms if row["ended_at"] is None]
    for one in done:
        if one.found.moves_the_end:
            await _tell(complaint, one, moment, rules)
    in_force = any(one.found.is_in_force for one in done)
    return taken.model_copy(
        update={
            "recounts": tuple(done) or (Recount(found=Found.TERM_IS_OVER, act=content.act),),
            "events": (Event.COMPLAINT_TERM_RECOUNTED,) if in_force else (),
        }
    )


async def _recount(
    complaint: LockedComplaint, act: Act, content: CalendarChanged, row: Any, moment: datetime
) -> Recount:
    connection = complaint.case.connection
    stored = StoredTerm.model_validate({**row, "working_days": row["working_days"] + row["extended_by"]})
    calendar = (await read_calendar(connection, row["week"])).as_of(content.version)
    found, term = recount(stored, calendar, content.version, moment)
    if found.is_in_force:
        await insert_complaint_term(
            connection,
            complaint.complaint_id,
            row["kind"],
            row["version"] + 1,
            row["starts_at"],
            row["extended_by"],
            term.model_copy(update={"working_days": row["working_days"]}),
            stored.office_hours,
            calendar,
            act.act_id,
        )
    return Recount(
        term=row["kind"],
        found=found,
        act=content.act,
        old_due_at=stored.due_at,
        due_at=term.due_at if found.is_in_force else stored.due_at,
        counted_due_at=term.due_at,
    )


async def _tell(complaint: LockedComplaint, done: Recount, now: datetime, rules: HouseRules) -> None:
    told = {"complaint": complaint.number, "term": done.term, "act": done.act, **moved(done)}
    event = Event.COMPLAINT_TERM_RECOUNTED
    await complaint.case.tell("HEAD", event, now, **told)
    await complaint.case.tell("APPLICANT", event, now, **told)
    was_overdue = await _was_overdue(complaint, done)
    if was_overdue:
        await _withdraw_the_mark(complaint, done, now, rules)
    if complaint.read.addressee is Addressee.QUALITY_BODY or was_overdue:
        await complaint.case.tell("QUALITY_CONTROL", event, now, **told)


async def _withdraw_the_mark(
    complaint: LockedComplaint, done: Recount, now: datetime, rules: HouseRules
) -> None:
    """The complainant was told that the term had passed; the notice of that is withdrawn by another one."""
    assert done.old_due_at, "a term was counted"
    assert done.due_at, "a term was counted"
    case, kind = complaint.case, ComplaintTermKind(done.term)
    subject = subject_of_term(complaint.complaint_id, kind, done.old_due_at)
    issued_at = await case.connection.fetchval(
        sql("find_complaint_term_notice"), case.case_id, complaint.complaint_id, subject
    )
    moved_term = MovedTerm(
        kind=kind,
        act=done.act,
        old_due_at=done.old_due_at,
        due_at=done.due_at,
        notice_issued_at=issued_at,
    )
    await issue_term_notice(case, complaint.complaint_id, moved_term, now, rules)


async def _was_overdue(complaint: LockedComplaint, done: Recount) -> bool:
    reached = await complaint.case.connection.fetch(sql("list_complaint_milestones"), complaint.complaint_id)
    return (done.term, done.old_due_at, Milestone.BREACH) in {
        (row["term_kind"], row["due_at"], row["kind"]) for row in reached
    }
