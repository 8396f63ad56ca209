"""Receiving an application: one transaction, which is the legal moment of receipt (paragraphs 4 and 5)."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from pydantic import BaseModel, ConfigDict

from activities.doorbell import CaseName
from activities.register.again import find_earlier, read_taken_over, take_over
from activities.register.audit import Action
from activities.register.calendar import read_calendar
from activities.register.conflicts import (
    CHILD_HAS_OPEN_CASE,
    REQUEST_IS_FILED_ONCE,
    child_has_open_case,
    request_id_used,
    violates,
)
from activities.register.directory import read_school, read_standing
from activities.register.house_rules import HouseRules
from activities.register.inquiries import open_inquiries
from activities.register.issue import Decided, Hands, issue_paper
from activities.register.packages import add_documents
from activities.register.pool import Connection, Pool
from activities.register.records import LockedCase, lock_case
from activities.register.statements import sql
from activities.register.terms import OF_RECEIPT, insert_term
from domain.again import expired_by
from domain.application import Application, check_age
from domain.events import Event
from domain.legal_time import legal_date
from domain.numbers import case_number
from domain.package import Document, Finding
from domain.paper_source import EarlierCase
from domain.papers import PaperKind
from domain.refusal import InputRefused
from domain.school import School
from domain.staff import APPLICANT, Role
from domain.standard import Channel, Standard, standard_on
from domain.term import count_term


class Filed(BaseModel):
    """What the applicant is told at once."""

    model_config = ConfigDict(frozen=True)

    number: str
    case_id: UUID
    received_at: datetime
    due_at: datetime
    created: bool
    """False when this very request had been filed before: nothing was written."""
    after: str | None = None
    """The number of the case that this one follows."""
    taken_over: int = 0
    """How many papers of that case have joined the package."""
    expired: tuple[Finding, ...] = ()
    """Those of them that are no longer valid on the day of filing; the clerk's check will find them."""

    @property
    def case(self) -> CaseName:
        """The case as its doorbell knows it, in its first run."""
        return CaseName(self.case_id, self.number)


async def file_application(
    pool: Pool, application: Application, received_at: datetime, child_hash: bytes, rules: HouseRules
) -> Filed:
    """Enters the application with number, standard and term; raises `InputRefused` and then has written nothing.

    `received_at` comes from the acceptor's clock. The same request filed again gets the first answer.
    """
    try:
        async with pool.acquire() as connection, connection.transaction():
            return await _find(connection, application) or await _file(
                connection, application, received_at, child_hash, rules
            )
    except asyncpg.UniqueViolationError as error:
        async with pool.acquire() as connection:
            if violates(error, REQUEST_IS_FILED_ONCE) and (filed := await _find(connection, application)):
                return filed
            if violates(error, CHILD_HAS_OPEN_CASE):
                raise await _open_case(connection, application, child_hash) from None
        raise


async def _find(connection: Connection, application: Application) -> Filed | None:
    row = await connection.fetchrow(sql("find_request"), application.request_id)
    if row is None:
        return None
    if row["content_hash"] != application.content_hash:
        raise request_id_used()
    return Filed(
        number=row["number"],
        case_id=row["case_id"],
        received_at=row["received_at"],
        due_at=row["due_at"],
        created=False,
        **_again(application, await read_taken_over(connection, row["case_id"]), row["received_at"]),
    )


def _again(application: Application, taken: tuple[Document, ...], received_at: datetime) -> dict[str, Any]:
    expired = expired_by(taken, legal_date(received_at))
    return {"after": application.after, "taken_over": len(taken), "expired": expired}


async def _open_case(connection: Connection, application: Application, child_hash: bytes) -> InputRefused:
    row = await connection.fetchrow(sql("find_open_case_of_child"), child_hash, application.applicant.iin)
    return child_has_open_case(row["number"] if row and row["same_applicant"] else None)


async def _file(
    connection: Connection,
    application: Application,
    received_at: datetime,
    child_hash: bytes,
    rules: HouseRules,
) -> Filed:
    school = await read_school(connection, application.school)
    check_age(application, legal_date(received_at))
    await _check_clerk(connection, application, received_at)
    await connection.execute(sql("lock_child"), child_hash)
    if await connection.fetchval(sql("find_open_case_of_child"), child_hash, application.applicant.iin):
        # It may be this very request, filed by another call since the first look.
        if filed := await _find(connection, application):
            return filed
        raise await _open_case(connection, application, child_hash)
    earlier = await find_earlier(connection, application)
    calendar = await read_calendar(connection, school.week)
    standard = standard_on(legal_date(received_at))
    term = count_term(received_at, standard.term_working_days, school.office_hours, calendar)
    case_id = uuid4()
    number = await _next_case_number(connection, school, received_at)
    await connection.execute(
        sql("insert_application"), *_columns(application, case_id, number, standard, received_at), earlier
    )
    await connection.execute(sql("insert_procedure"), case_id, school.bin, child_hash)
    await add_documents(connection, case_id, application.filed)
    taken = await take_over(connection, case_id, earlier) if earlier else ()
    await open_inquiries(connection, case_id, application.applicant.capacity)
    await insert_term(connection, case_id, 1, term, school.office_hours, calendar, cause=OF_RECEIPT)
    await _receive(connection, case_id, application, taken, received_at, rules)
    return Filed(
        number=number,
        case_id=case_id,
        received_at=received_at,
        due_at=term.due_at,
        created=True,
        **_again(application, taken, received_at),
    )


async def _check_clerk(connection: Connection, application: Application, at: datetime) -> None:
    if application.accepted_by is None:
        return
    standing = await read_standing(connection, application.accepted_by, application.school, at)
    if Role.CLERK not in standing.roles:
        raise InputRefused.of(
            "not_the_clerk",
            "application.accepted_by",
            "the person is not an office employee of this school now",
            "Paragraph 4: the employee of the school's office takes the papers and gives the receipt",
            "Name the clerk who took the papers by the id of the staff directory",
        )


async def _next_case_number(connection: Connection, school: School, at: datetime) -> str:
    year = legal_date(at).year
    return case_number(
        school.code, year, await connection.fetchval(sql("next_number"), school.bin, "CASE", year)
    )


def _columns(
    application: Application, case_id: UUID, number: str, standard: Standard, received_at: datetime
) -> tuple[Any, ...]:
    applicant, child = application.applicant, application.child
    return (
        case_id,
        number,
        application.request_id,
        application.content_hash,
        application.channel,
        application.school,
        standard.version,
        received_at,
        legal_date(received_at),
        application.language,
        applicant.iin,
        applicant.name.surname,
        applicant.name.first_name,
        applicant.name.patronymic,
        applicant.capacity,
        applicant.phone,
        applicant.email,
        applicant.address,
        child.iin,
        child.name.surname,
        child.name.first_name,
        child.name.patronymic,
        application.wish.grade,
        application.wish.language_of_instruction,
        application.accepted_by,
    )


async def _receive(
    connection: Connection,
    case_id: UUID,
    application: Application,
    taken: tuple[Document, ...],
    received_at: datetime,
    rules: HouseRules,
) -> None:
    case = await lock_case(connection, case_id)
    assert case is not None, "the case was written in this transaction"
    actor = application.accepted_by or APPLICANT
    await case.note(Action.RECEIVE, received_at, actor, channel=application.channel)
    await case.journal(Event.RECEIVED, received_at, application.accepted_by)
    if taken:
        await case.journal(Event.PAPERS_TAKEN_OVER, received_at, application.accepted_by)
    if application.channel is Channel.OFFICE:
        await _receive_at_the_office(case, application, taken, received_at, rules)
    await case.save()


async def _receive_at_the_office(
    case: LockedCase,
    application: Application,
    taken: tuple[Document, ...],
    received_at: datetime,
    rules: HouseRules,
) -> None:
    earlier = EarlierCase(number=application.after, documents=taken) if application.after else None
    decided = Decided(documents=tuple(document.facts for document in application.filed), earlier=earlier)
    hands = Hands(signed_by=application.accepted_by)
    await issue_paper(case, PaperKind.RECEIPT, received_at, decided, hands, rules)
    await case.journal(Event.RECEIPT_ISSUED, received_at, application.accepted_by)
