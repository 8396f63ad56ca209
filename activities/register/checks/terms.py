"""The terms as stored: counted again from the moment of receipt, while calendar and rules are the same."""

from activities.register.calendar import read_calendar
from activities.register.checks.found import Found
from activities.register.checks.walk import each_row
from activities.register.pool import Connection, Row
from domain.legal_time import local_time
from domain.office_hours import OfficeHours
from domain.term import count_term, milestones
from domain.working_calendar import WorkingCalendar


async def terms_are_counted_right(connection: Connection) -> list[Found]:
    """Counts every term of receipt again; those of an earlier calendar stand as they are."""
    calendars = {week: await read_calendar(connection, week) for week in (5, 6)}
    found = []
    async for row in each_row(connection, "list_terms_of_receipt"):
        calendar = calendars[row["week"]]
        if row["calendar_version"] == calendar.calendar_version:
            found += _compare(row, calendar)
    return found


def _compare(row: Row, calendar: WorkingCalendar) -> list[Found]:
    counted = _count(row, calendar)
    return [
        Found(subject=row["number"], what=f"{name} of the term is {row[name]}", instead=str(right))
        for name, right in counted.items()
        if row[name] != right
    ]


def _count(row: Row, calendar: WorkingCalendar) -> dict[str, object]:
    # The school may have changed its hours since: the term itself says which it was counted with.
    hours = OfficeHours(opens=local_time(row["last_day_at"]).time(), closes=local_time(row["due_at"]).time())
    term = count_term(row["received_at"], row["working_days"], hours, calendar)
    watch = milestones(term.due_day, hours, calendar)
    return {
        "effective_day": term.effective_day,
        "due_day": term.due_day,
        "due_at": term.due_at,
        "strict_due_day": term.strict_due_day,
        "reminder_at": watch.reminder_at,
        "last_day_at": watch.last_day_at,
    }


async def open_terms_end_in_office_hours(connection: Connection) -> list[Found]:
    """While a case is open its due moment lies on the due day, when the office is open or just closes."""
    return [
        Found(
            subject=row["number"],
            what=f"due at {local_time(row['due_at']):%d.%m.%Y %H:%M}",
            instead=f"{row['due_day']:%d.%m.%Y} between {row['opens']:%H:%M} and {row['closes']:%H:%M}",
        )
        async for row in each_row(connection, "list_terms_of_receipt")
        if row["is_open"] and not _in_office_hours(row)
    ]


def _in_office_hours(row: Row) -> bool:
    due = local_time(row["due_at"])
    return bool(due.date() == row["due_day"] and row["opens"] < due.time() <= row["closes"])
