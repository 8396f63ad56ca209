"""Issuing the papers of a complaint: number and facts in the act's transaction; the bytes are rendered later."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from activities.register.case_on_paper import case_on_paper
from activities.register.complaints.complaint_on_paper import complaint_on_paper
from activities.register.directory import read_school, read_staff_member
from activities.register.house_rules import HouseRules
from activities.register.records import LockedCase
from activities.register.signing import read_acting_for
from activities.register.statements import fetch_one, sql
from domain.acts import Act
from domain.complaint_source import ComplaintSource
from domain.events import Event
from domain.headship import Acting
from domain.numbers import Book
from domain.paper_kinds import PaperKind
from domain.papers import PaperSource, paper_facts
from domain.school import School
from domain.staff import APPLICANT


async def issue_complaint_paper(
    case: LockedCase,
    complaint_id: UUID,
    kind: PaperKind,
    at: datetime,
    act: Act,
    rules: HouseRules,
    acting: Acting | None = None,
) -> None:
    """Gives the paper its number and keeps its facts; call it when complaint and terms stand as `act` leaves them.

    `acting` says by which order the actor signs as acting head.

    The complainant finds it in the cabinet, and whoever complained on paper gets it handed over; a covering letter goes
    to the authorised body. A complaint has one paper of a kind, and a confirmation of each of its registrations.
    """
    connection = case.connection
    application = await fetch_one(connection, "read_application", case.case_id)
    school = await read_school(connection, case.school_bin)
    complaint = await complaint_on_paper(case, complaint_id, act, at)
    source = PaperSource(
        kind=kind,
        number=await _number(case, school, kind, complaint, at),
        issued_at=at,
        school=school,
        complaint=complaint,
        signed_by=None if act.actor == APPLICANT else await read_staff_member(connection, act.actor),
        acting_for=await read_acting_for(connection, acting),
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
        _subject(complaint_id, kind, act),
        complaint_id,
    )
    await _send(case, kind, paper_id, complaint, at)


async def _number(
    case: LockedCase, school: School, kind: PaperKind, complaint: ComplaintSource, at: datetime
) -> str:
    """A body keeps its books itself: its papers carry its incoming number, or until it has one the complaint's."""
    if complaint.by_body and kind is not PaperKind.COVERING_LETTER:
        return complaint.body_number or complaint.number
    if kind is PaperKind.COMPLAINT_CONFIRMATION:
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
