"""Counting the term of an application anew after a change of the calendar: the register's own act, in its turn."""

from datetime import datetime

from activities.register.calendar import read_calendar
from activities.register.case_view import read_progress
from activities.register.house_rules import HouseRules
from activities.register.issue import Hands, issue_paper
from activities.register.milestones import as_filed
from activities.register.records import LockedCase
from activities.register.statements import fetch_one, sql
from activities.register.terms import insert_term
from domain.acts import Act, CalendarChanged
from domain.events import Event
from domain.legal_time import local_time
from domain.paper_source import Correction
from domain.papers import PaperKind
from domain.procedure import Taken
from domain.progress import Milestone
from domain.recounting import Found, Recount, StoredTerm, recount


async def recount_term(
    locked: LockedCase, act: Act, taken: Taken, moment: datetime, rules: HouseRules
) -> Taken:
    """The effects of the act with what it did to the term: the new version stands beside the old one, with its cause.

    `moment` is that of the act or of its taking, whichever is later. A later end withdraws an overdue mark by a
    correcting notice; school and applicant are told of an end that moves. A round that was answered stays untouched.
    """
    content = act.content
    assert isinstance(content, CalendarChanged), "only a change of the calendar moves a term"
    progress = await read_progress(locked.connection, locked.case_id)
    assert progress is not None, "the case is locked"
    if progress.answered_at is not None:
        return _with(taken, Recount(found=Found.TERM_IS_OVER, act=content.act))
    row = await fetch_one(locked.connection, "read_running_term", locked.case_id, locked.round)
    stored = StoredTerm.model_validate(dict(row))
    calendar = (await read_calendar(locked.connection, row["week"])).as_of(content.version)
    found, term = recount(stored, calendar, content.version, moment)
    done = Recount(
        found=found,
        act=content.act,
        old_due_at=stored.due_at,
        due_at=term.due_at if found.is_in_force else stored.due_at,
        counted_due_at=term.due_at,
    )
    if found.is_in_force:
        await insert_term(
            locked.connection,
            locked.case_id,
            locked.round,
            term,
            stored.office_hours,
            calendar,
            cause=act.act_id,
            version=row["version"] + 1,
        )
    if found.moves_the_end:
        await _tell(locked, done, moment, rules)
    return _with(taken, done)


def _with(taken: Taken, done: Recount) -> Taken:
    events = (Event.TERM_RECOUNTED,) if done.found.is_in_force else ()
    return taken.model_copy(update={"recounts": (done,), "events": events})


async def _tell(locked: LockedCase, done: Recount, now: datetime, rules: HouseRules) -> None:
    assert done.old_due_at is not None, "a term was counted"
    told = {"act": done.act, **moved(done)}
    await locked.tell("HEAD", Event.TERM_RECOUNTED, now, **told)
    await locked.tell("APPLICANT", Event.TERM_RECOUNTED, now, **told)
    reached = await locked.connection.fetch(
        sql("list_milestones"), locked.case_id, locked.round, done.old_due_at
    )
    if Milestone.BREACH in {entry["kind"] for entry in reached}:
        await _withdraw_the_mark(locked, done.act, done.old_due_at, now, rules)
        await locked.tell("QUALITY_CONTROL", Event.TERM_RECOUNTED, now, **told)


async def _withdraw_the_mark(
    locked: LockedCase, act: str, old_due_at: datetime, now: datetime, rules: HouseRules
) -> None:
    """The applicant was told that the term had passed; the notice of that is withdrawn by another one."""
    issued_at = await locked.connection.fetchval(
        sql("find_silence_notice"), locked.case_id, locked.round, old_due_at
    )
    correction = Correction(act=act, old_due_at=old_due_at, notice_issued_at=issued_at)
    decided = (await as_filed(locked)).model_copy(update={"correction": correction})
    subject = local_time(old_due_at).isoformat()
    await issue_paper(locked, PaperKind.CORRECTING_NOTICE, now, decided, Hands(), rules, subject=subject)


def moved(done: Recount) -> dict[str, str]:
    """From when to when an end moved, as messages tell it: local time with its offset."""
    assert done.old_due_at, "a term was counted"
    assert done.due_at, "a term was counted"
    return {
        "old_due_at": local_time(done.old_due_at).isoformat(),
        "due_at": local_time(done.due_at).isoformat(),
    }
