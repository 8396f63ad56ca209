"""Deciding a case anew: the next round, at the head's desk, with a term of its own (design: rounds)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from activities.register.calendar import read_calendar
from activities.register.case_view import read_case
from activities.register.directory import read_school
from activities.register.pool import Connection
from activities.register.records import LockedCase, lock_case
from activities.register.statements import fetch_one, sql
from activities.register.terms import insert_term
from domain.acts import Act, ReopenCase
from domain.consequence import OtherCase
from domain.events import Event
from domain.legal_time import local_time
from domain.package import Finding
from domain.procedure import Taken
from domain.standard import standard_version
from domain.term import Term, count_term


class FoundCase(OtherCase):
    """Another case of the child, as the register has it."""

    case_id: UUID
    same_school: bool


async def find_other_case(connection: Connection, case_id: UUID) -> FoundCase | None:
    """What else there is of the child of this case; it stays so while the child and its other cases are locked."""
    row = await connection.fetchrow(sql("find_other_case"), case_id)
    return FoundCase.model_validate(dict(row)) if row else None


async def reopen_or_link(locked: LockedCase, act: Act, taken: Taken, at: datetime) -> Taken:
    """Begins the next round, and tells head and applicant of it with its due moment.

    What the round before decided stays on file as replaced. The term runs from `at`, when the school has the ruling.
    Whoever answered the complaint saw that the child has no other case; one that came all the same, by a service that
    did not ask, goes on instead.
    """
    content = act.content
    assert isinstance(content, ReopenCase), "only the register reopens"
    other = await find_other_case(locked.connection, locked.case_id)
    if other:
        await join(locked, other, content.set_aside, content.complaint_id, at)
        return Taken(stage=locked.stage, events=(Event.REOPENING_LINKED,), linked_case=other.number)
    await locked.connection.execute(sql("replace_outcome"), locked.case_id)
    await locked.connection.execute(sql("reopen_procedure"), locked.case_id, taken.stage)
    locked.round += 1
    term = await _count_the_term(locked, act, at)
    await _set_aside(locked, content.set_aside, content.complaint_id)
    for destination in ("HEAD", "APPLICANT"):
        await locked.tell(destination, Event.REOPENED, at, due_at=local_time(term.due_at).isoformat())
    return taken


async def join(
    locked: LockedCase, other: FoundCase, set_aside: Sequence[Finding], complaint_id: UUID, at: datetime
) -> None:
    """Tells that the child's other case goes on instead; no refusal rests on what is set aside there, either.

    A ruling speaks to the school whose refusal it was: in the case of another school nothing changes, and nothing is
    told there. It speaks of papers: what the other case lacks, it lacks all the same. The timeline of the other case
    has it only where both have one applicant: nobody learns there what another person has complained of (Q21).
    """
    if other.same_school and not other.ordered:
        joined = await lock_case(locked.connection, other.case_id)
        assert joined is not None, "a case is never removed"
        case = await read_case(joined)
        papers = (*case.documents, *case.package)
        spoken_of = [finding for finding in set_aside if finding.can_speak_of(papers)]
        await _set_aside(joined, spoken_of, complaint_id)
        if other.number is not None:
            await joined.journal(Event.RULING_JOINED, at)
        await joined.tell("HEAD", Event.RULING_JOINED, at)
        await joined.save()
    named = {"other_case": other.number} if other.number else {}
    for destination in ("HEAD", "APPLICANT"):
        await locked.tell(destination, Event.REOPENING_LINKED, at, **named)


async def _set_aside(locked: LockedCase, findings: Sequence[Finding], complaint_id: UUID) -> None:
    for finding in findings:
        await locked.connection.execute(
            sql("insert_set_aside"),
            locked.case_id,
            locked.round,
            complaint_id,
            finding.model_dump(mode="json"),
        )


async def _count_the_term(locked: LockedCase, act: Act, at: datetime) -> Term:
    connection = locked.connection
    application = await fetch_one(connection, "read_application", locked.case_id)
    school = await read_school(connection, locked.school_bin)
    calendar = await read_calendar(connection, school.week)
    days = standard_version(application["standard_version"]).term_working_days
    term = count_term(at, days, school.office_hours, calendar)
    await insert_term(
        connection, locked.case_id, locked.round, term, school.office_hours, calendar, cause=act.act_id
    )
    return term
