"""The terms of complaints in the register: counted on the calendar and hours of whoever has to keep them."""

from datetime import datetime
from uuid import UUID

from activities.register.calendar import read_calendar
from activities.register.pool import Connection
from activities.register.statements import fetch_one, sql
from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee
from domain.complaint_term import extended, working_days_of
from domain.legal_time import legal_date
from domain.office_hours import OfficeHours
from domain.term import Term, count_term, milestones
from domain.working_calendar import WorkingCalendar


async def start_term(
    connection: Connection,
    complaint_id: UUID,
    kind: ComplaintTermKind,
    addressee: Addressee,
    keeper: str,
    at: datetime,
    cause: str,
) -> None:
    """Starts the term at the moment `at` for the office with the BIN `keeper`; `cause` is the act that starts it."""
    hours, calendar = await read_office(connection, keeper)
    days = working_days_of(kind, addressee, legal_date(at))
    term = count_term(at, days, hours, calendar)
    await insert_complaint_term(connection, complaint_id, kind, 1, at, 0, term, hours, calendar, cause)


async def extend_term(connection: Connection, complaint_id: UUID, by: int, keeper: str, cause: str) -> None:
    """Extends the term to answer by working days from its old due day (D4)."""
    kind = ComplaintTermKind.CONSIDERATION
    rows = await connection.fetch(sql("list_complaint_terms"), complaint_id)
    old = next(row for row in rows if row["kind"] == kind)
    hours, calendar = await read_office(connection, keeper)
    term = extended(old["due_day"], by, hours, calendar)
    await insert_complaint_term(
        connection,
        complaint_id,
        kind,
        old["version"] + 1,
        old["starts_at"],
        by,
        term.model_copy(update={"working_days": old["working_days"]}),
        hours,
        calendar,
        cause,
    )


async def insert_complaint_term(  # noqa: PLR0913, PLR0917 - the columns of a term
    connection: Connection,
    complaint_id: UUID,
    kind: ComplaintTermKind,
    version: int,
    starts_at: datetime,
    extended_by: int,
    term: Term,
    hours: OfficeHours,
    calendar: WorkingCalendar,
    cause: str,
) -> None:
    """Enters a version of the term with its explanation and milestones."""
    watch = milestones(term.due_day, hours, calendar)
    await connection.execute(
        sql("insert_complaint_term"),
        complaint_id,
        kind,
        version,
        starts_at,
        term.working_days,
        extended_by,
        term.week,
        term.effective_day,
        term.due_day,
        term.due_at,
        term.provisional,
        term.calendar_version,
        watch.reminder_at,
        watch.last_day_at,
        [day.model_dump(mode="json") for day in term.days],
        cause,
    )


async def read_office(connection: Connection, bin_: str) -> tuple[OfficeHours, WorkingCalendar]:
    """The hours and the calendar of a school or an authorised body; LookupError when neither has the BIN."""
    row = await fetch_one(connection, "read_office", bin_)
    hours = OfficeHours(opens=row["opens"], closes=row["closes"])
    return hours, await read_calendar(connection, row["week"])
