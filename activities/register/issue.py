"""Issuing papers: number and facts in the act's transaction; the bytes are rendered from the facts later."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict

from activities.register.calendar import read_calendar
from activities.register.case_on_paper import case_on_paper
from activities.register.directory import read_school, read_staff_member
from activities.register.house_rules import HouseRules
from activities.register.pool import Connection
from activities.register.records import LockedCase
from activities.register.signing import read_acting_for
from activities.register.statements import fetch_one, sql
from domain.acts import Admit, SubmitPlan
from domain.events import Event
from domain.headship import Acting
from domain.numbers import Book
from domain.package import Document, Finding
from domain.paper_source import Correction, EarlierCase, OrderedPeriod, Withdrawal
from domain.papers import PaperKind, PaperSource, paper_facts
from domain.school import School, StaffMember
from domain.standard import Channel
from domain.term import working_days_late

_BOOKS = {
    PaperKind.NOTICE_OF_ACCEPTANCE: Book.OUTGOING,
    PaperKind.REFUSAL: Book.OUTGOING,
    PaperKind.ORDER: Book.ORDER,
}
_TOLD_WITH = {
    PaperKind.RECEIPT: Event.RECEIPT_ISSUED,
    PaperKind.NOTICE_OF_ACCEPTANCE: Event.NOTICE_SENT,
    PaperKind.REFUSAL: Event.REFUSED,
    PaperKind.ORDER: Event.ORDER_ISSUED,
}
"""Papers of which the applicant is told that they are there; of the others whoever issues them tells."""
_FIRST_ANSWERS = {PaperKind.NOTICE_OF_ACCEPTANCE, PaperKind.REFUSAL}
_ANSWERS = {PaperKind.REFUSAL, PaperKind.ORDER}
"""They say by how many working days they are late (D1)."""


class Decided(BaseModel):
    """The package and what was decided about it, as far as a paper tells of them."""

    model_config = ConfigDict(frozen=True)

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...] = ()
    reasoning: str | None = None
    admitted: Admit | None = None
    plan: SubmitPlan | None = None
    decided_at: AwareDatetime | None = None
    correction: Correction | None = None
    withdrawal: Withdrawal | None = None
    earlier: EarlierCase | None = None
    supplementary: bool = False
    """Whether `documents` were added to an application and are receipted for themselves."""
    period: OrderedPeriod | None = None


class Hands(BaseModel):
    """Through whose hands a paper went, by their ids in the staff directory."""

    model_config = ConfigDict(frozen=True)

    signed_by: str | None = None
    acting: Acting | None = None
    """By which order `signed_by` signs as acting head."""
    checked_by: str | None = None
    """Whose check of the package stands."""


async def issue_paper(
    case: LockedCase,
    kind: PaperKind,
    at: datetime,
    decided: Decided,
    hands: Hands,
    rules: HouseRules,
    *,
    subject: str = "",
) -> None:
    """Gives the paper its number and keeps its facts; the applicant finds it in the cabinet and is told of it.

    `subject` tells apart the papers of one kind that a round can have.
    """
    connection = case.connection
    application = await fetch_one(connection, "read_application", case.case_id)
    school = await read_school(connection, case.school_bin)
    number = await case.number(school, _BOOKS[kind], at) if kind in _BOOKS else application["number"]
    source = await _source(case, kind, at, decided, hands, rules, application, school, number)
    paper_id = uuid4()
    await connection.execute(
        sql("insert_paper"),
        paper_id,
        case.case_id,
        case.round,
        kind,
        number,
        at,
        paper_facts(source),
        application["channel"] == Channel.PORTAL and kind in _FIRST_ANSWERS,
        subject,
    )
    await connection.execute(sql("insert_cabinet_message"), uuid4(), case.case_id, paper_id, at)
    if kind in _TOLD_WITH and not subject:
        await case.tell("APPLICANT", _TOLD_WITH[kind], at)


async def _source(  # noqa: PLR0913, PLR0917 - a paper draws on everything
    case: LockedCase,
    kind: PaperKind,
    at: datetime,
    decided: Decided,
    hands: Hands,
    rules: HouseRules,
    application: Any,
    school: School,
    number: str,
) -> PaperSource:
    connection = case.connection
    about = await case_on_paper(case, application, rules)
    return PaperSource(
        kind=kind,
        number=number,
        issued_at=at,
        school=school,
        signed_by=await _staff_member(connection, hands.signed_by),
        acting_for=await read_acting_for(connection, hands.acting),
        executor=await _staff_member(connection, hands.checked_by if kind is PaperKind.REFUSAL else None),
        late_working_days=await _lateness(connection, school, about["due_at"], at)
        if kind in _ANSWERS
        else None,
        **about,
        **decided.model_dump(),
    )


async def _lateness(connection: Connection, school: School, due_at: datetime, at: datetime) -> int:
    return working_days_late(due_at, at, await read_calendar(connection, school.week))


async def _staff_member(connection: Connection, staff_id: str | None) -> StaffMember | None:
    return await read_staff_member(connection, staff_id) if staff_id else None
