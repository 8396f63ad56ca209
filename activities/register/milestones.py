"""What happens when a milestone of the term is reached: it is marked, and those concerned are told, once."""

from datetime import datetime

from activities.register.audit import Action
from activities.register.case_view import read_progress
from activities.register.house_rules import HouseRules
from activities.register.issue import Decided, Hands, issue_paper
from activities.register.packages import read_documents
from activities.register.records import LockedCase
from activities.register.statements import sql
from domain.events import Event
from domain.legal_time import local_time
from domain.papers import PaperKind
from domain.progress import Milestone

_EVENTS = {
    Milestone.REMINDER: Event.REMINDED,
    Milestone.LAST_DAY: Event.LAST_DAY,
    Milestone.BREACH: Event.TERM_BREACHED,
}


async def announce(
    locked: LockedCase, milestone: Milestone, due_at: datetime, now: datetime, rules: HouseRules
) -> bool:
    """Marks the milestone of the term that ends at `due_at` and tells of it; False when that was done before."""
    first = await locked.connection.fetchval(
        sql("insert_milestone"), locked.case_id, locked.round, milestone, due_at, now
    )
    if first:
        await _tell(locked, milestone, due_at, now, rules)
    return bool(first)


async def declare_breach_before(locked: LockedCase, at: datetime, now: datetime, rules: HouseRules) -> None:
    """Declares the breach if the term had ended without an answer when an act was done at `at`.

    Nobody may have watched at its end: a late answer is marked as late all the same (D1, Q22).
    """
    progress = await read_progress(locked.connection, locked.case_id)
    assert progress is not None, "the case is locked"
    is_open = progress.answered_at is None and not progress.overdue
    if is_open and at >= progress.moment_of(Milestone.BREACH):
        await announce(locked, Milestone.BREACH, progress.due_at, max(now, at), rules)


async def _tell(
    locked: LockedCase, milestone: Milestone, due_at: datetime, now: datetime, rules: HouseRules
) -> None:
    event = _EVENTS[milestone]
    await locked.note(Action.MILESTONE, now, milestone=milestone)
    await locked.journal(event, now)
    await locked.tell("HEAD", event, now)
    if milestone is Milestone.BREACH:
        await locked.tell("QUALITY_CONTROL", event, now)
        subject = await _subject_of_silence(locked, due_at)
        filed = await as_filed(locked)
        await issue_paper(locked, PaperKind.SILENCE_NOTICE, now, filed, Hands(), rules, subject=subject)
        await locked.tell("APPLICANT", event, now)
    await locked.save()


async def _subject_of_silence(locked: LockedCase, due_at: datetime) -> str:
    # A notice that was withdrawn, because the calendar moved the end, is followed by another one in the same round.
    papers = await locked.connection.fetch(sql("list_paper_kinds"), locked.case_id, locked.round)
    told_before = any(paper["kind"] == PaperKind.SILENCE_NOTICE for paper in papers)
    return local_time(due_at).isoformat() if told_before else ""


async def as_filed(locked: LockedCase) -> Decided:
    """The package, and when the case was decided if it was: what the notices of the term tell of it."""
    outcome = await locked.connection.fetchrow(sql("read_outcome"), locked.case_id, locked.round)
    return Decided(
        documents=await read_documents(locked.connection, locked.case_id),
        decided_at=outcome["decided_at"] if outcome else None,
    )
