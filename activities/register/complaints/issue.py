"""Issuing the papers of a complaint: number and facts in the act's transaction; the bytes are rendered later."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from activities.register.case_on_paper import case_on_paper
from activities.register.complaints.complaint_on_paper import complaint_on_paper
from activities.register.directory import read_school, read_staff_member
from activities.register.house_rules import HouseRules
from activities.register.issue import Hands
from activities.register.records import LockedCase
from activities.register.signing import read_acting_for
from activities.register.statements import fetch_one, sql
from domain.acts import Act
from domain.complaint import ComplaintTermKind
from domain.complaint_procedure import ComplaintTaken
from domain.complaint_source import ComplaintSource, MovedTerm, PassedTerm
from domain.events import Event
from domain.legal_time import local_time
from domain.numbers import Book
from domain.paper_kinds import PaperKind
from domain.papers import PaperSource, paper_facts
from domain.school import School
from domain.staff import APPLICANT

_WITHOUT_A_BOOK = {
    PaperKind.COMPLAINT_CONFIRMATION,
    PaperKind.COMPLAINT_TERM_NOTICE,
    PaperKind.COMPLAINT_CORRECTING_NOTICE,
}
"""They carry the number of the complaint: nobody writes them."""


async def issue_complaint_paper(
    case: LockedCase,
    complaint_id: UUID,
    kind: PaperKind,
    at: datetime,
    act: Act,
    rules: HouseRules,
    taken: ComplaintTaken | None = None,
) -> None:
    """Gives the paper its number and keeps its facts; call it when complaint and terms stand as `act` leaves them.

    `taken` is what the act does to the complaint; None of the act that files it.

    The complainant finds it in the cabinet, and whoever complained on paper gets it handed over; a covering letter goes
    to the authorised body. A complaint has one paper of a kind, and a confirmation of each of its registrations.
    """
    signed_by = None if act.actor == APPLICANT else act.actor
    complaint = await complaint_on_paper(case, complaint_id, act, at, taken)
    hands = Hands(signed_by=signed_by, acting=taken.acting if taken else None)
    await _issue(case, complaint_id, kind, at, complaint, hands, _subject(complaint_id, kind, act), rules)


async def issue_term_notice(
    case: LockedCase, complaint_id: UUID, told: PassedTerm | MovedTerm, at: datetime, rules: HouseRules
) -> None:
    """Tells the complainant in the cabinet that a term is over, or that it is not any more; signed by nobody."""
    if isinstance(told, PassedTerm):
        kind, was_due_at = PaperKind.COMPLAINT_TERM_NOTICE, told.due_at
    else:
        kind, was_due_at = PaperKind.COMPLAINT_CORRECTING_NOTICE, told.old_due_at
    subject = subject_of_term(complaint_id, told.kind, was_due_at)
    complaint = await complaint_on_paper(case, complaint_id, told, at)
    await _issue(case, complaint_id, kind, at, complaint, Hands(), subject, rules)


def subject_of_term(complaint_id: UUID, kind: ComplaintTermKind, due_at: datetime) -> str:
    """What tells apart the notices about the terms of a complaint: each due moment has its own."""
    return f"{complaint_id}/{kind}/{local_time(due_at).isoformat()}"


async def _issue(  # noqa: PLR0913, PLR0917 - a paper draws on everything
    case: LockedCase,
    complaint_id: UUID,
    kind: PaperKind,
    at: datetime,
    complaint: ComplaintSource,
    hands: Hands,
    subject: str,
    rules: HouseRules,
) -> None:
    connection = case.connection
    application = await fetch_one(connection, "read_application", case.case_id)
    school = await read_school(connection, case.school_bin)
    source = PaperSource(
        kind=kind,
        number=await _number(case, school, kind, complaint, at),
        issued_at=at,
        school=school,
        complaint=complaint,
        signed_by=await read_staff_member(connection, hands.signed_by) if hands.signed_by else None,
        acting_for=await read_acting_for(connection, hands.acting),
        **await case_on_paper(case, application, rules),
    )
    paper_id = uuid4()
    await connection.execute(
        sql("insert_complaint_paper"),
        paper_id,
        case.case_id,
        case.round,
        kind,
        source.number,
        at,
        paper_facts(source),
        subject,
        complaint_id,
    )
    await _send(case, kind, paper_id, complaint, at)


async def _number(
    case: LockedCase, school: School, kind: PaperKind, complaint: ComplaintSource, at: datetime
) -> str:
    """A body keeps its books itself: its papers carry its incoming number, or until it has one the complaint's."""
    if complaint.by_body and kind is not PaperKind.COVERING_LETTER:
        return complaint.body_number or complaint.number
    if kind in _WITHOUT_A_BOOK:
        return complaint.number
    return await case.number(school, Book.OUTGOING, at)


def _subject(complaint_id: UUID, kind: PaperKind, act: Act) -> str:
    registered_twice = kind is PaperKind.COMPLAINT_CONFIRMATION
    return f"{complaint_id}/{act.act_id}" if registered_twice else str(complaint_id)


async def _send(
    case: LockedCase, kind: PaperKind, paper_id: UUID, complaint: ComplaintSource, at: datetime
) -> None:
    if kind is PaperKind.COVERING_LETTER:
        told: dict[str, Any] = {"complaint": complaint.number, "paper": str(paper_id)}
        await case.tell("QUALITY_CONTROL", Event.COMPLAINT_FORWARDED, at, **told)
    else:
        await case.connection.execute(sql("insert_cabinet_message"), uuid4(), case.case_id, paper_id, at)
