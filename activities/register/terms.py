"""The terms of a case in the register: one a round, with every version that a change of the calendar made."""

from uuid import UUID

from activities.register.pool import Connection
from activities.register.statements import sql
from domain.office_hours import OfficeHours
from domain.term import Term, milestones
from domain.working_calendar import WorkingCalendar

OF_RECEIPT = "receipt"
"""The cause of the term that runs from the receipt of the application; others name the act that caused them."""


async def insert_term(  # noqa: PLR0913 - a term with what it was counted by
    connection: Connection,
    case_id: UUID,
    round_: int,
    term: Term,
    hours: OfficeHours,
    calendar: WorkingCalendar,
    *,
    cause: str,
    version: int = 1,
) -> None:
    """Enters a version of a round's term with its explanation and milestones."""
    watch = milestones(term.due_day, hours, calendar)
    await connection.execute(
        sql("insert_term"),
        case_id,
        round_,
        version,
        term.working_days,
        term.week,
        term.effective_day,
        term.due_day,
        term.due_at,
        term.strict_due_day,
        term.provisional,
        term.calendar_version,
        watch.reminder_at,
        watch.last_day_at,
        [day.model_dump(mode="json") for day in term.days],
        cause,
    )
