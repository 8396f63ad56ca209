"""The terms as stored: what the acts and the law make of each, counted again on the calendar of then."""

from collections.abc import AsyncIterator
from datetime import date, datetime

from activities.register.checks.by_law import ByLaw, is_extension, not_by_law, of_the_term
from activities.register.checks.found import Found
from activities.register.checks.second_count import KAZAKHSTAN, SecondCount
from activities.register.checks.walk import each_row, first_of
from activities.register.pool import Connection, Row
from activities.register.statements import sql
from domain.legal_time import local_time
from domain.working_calendar import WorkingCalendar

_LIBRARY = WorkingCalendar().calendar_version.rpartition("/")[0]


async def terms_are_counted_right(connection: Connection) -> list[Found]:
    """Every term runs from the act, and for the working days, that the law says, and is counted so.

    The days are counted again, of cases and complaints; those of another library of holidays stand as they are.
    """
    return await first_of(_wrong_terms(connection))


async def _wrong_terms(connection: Connection) -> AsyncIterator[Found]:
    calendars = _Calendars(await connection.fetch(sql("list_calendar_overrides")))
    async for row in each_row(connection, "list_counted_terms"):
        law = of_the_term(row)
        if isinstance(law, Found):
            yield law
            continue
        for found in not_by_law(row, law):
            yield found
        library, _, version = row["calendar_version"].rpartition("/")
        if library == _LIBRARY:
            for found in _compare(row, law, calendars.of(row["week"], int(version))):
                yield found


class _Calendars:
    """The calendars as they were after each change."""

    def __init__(self, overrides: list[Row]) -> None:
        self._overrides = sorted(overrides, key=lambda row: row["version"])
        self._known: dict[tuple[int, int], SecondCount] = {}

    def of(self, week: int, version: int) -> SecondCount:
        if (week, version) not in self._known:
            changed: dict[date, bool] = {
                row["day"]: row["kind"] == "WORK"
                for row in self._overrides
                if row["version"] <= version and row["week"] in (None, week)
            }
            self._known[week, version] = SecondCount(week, changed)
        return self._known[week, version]


def _compare(row: Row, law: ByLaw, calendar: SecondCount) -> list[Found]:
    # The school may have changed its hours since: the term itself says which it was counted with.
    opens, closes = local_time(row["last_day_at"]).time(), local_time(row["due_at"]).time()
    if is_extension(row):
        # D4: from the day that the version before ended. A recount counts as a whole, from the beginning.
        starts_at = datetime.combine(row["due_day_before"], opens, KAZAKHSTAN)
        counted = calendar.term(starts_at, law.extended_by, opens, closes)
    else:
        counted = calendar.term(law.starts_at, law.working_days + law.extended_by, opens, closes)
    right = {
        "effective_day": counted.effective_day,
        "due_day": counted.days[-1],
        "due_at": counted.due_at,
        "strict_due_day": counted.strict_due_day,
        "reminder_at": counted.reminder_at,
        "last_day_at": counted.last_day_at,
        "days": [day.isoformat() for day in counted.days],
    }
    said = {**row, "days": [day["date"] for day in row["explanation"] if day["counted"]]}
    return [
        Found(
            subject=row["number"], what=f"{name} of the term is {_shown(said[name])}", instead=_shown(value)
        )
        for name, value in right.items()
        if said[name] is not None and said[name] != value
    ]


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


async def open_terms_end_in_office_hours(connection: Connection) -> list[Found]:
    """While a case is open its due moment lies on the due day, when the office is open or just closes."""
    return await first_of(
        Found(
            subject=row["number"],
            what=f"due at {local_time(row['due_at']):%d.%m.%Y %H:%M}",
            instead=f"{row['due_day']:%d.%m.%Y} between {row['opens']:%H:%M} and {row['closes']:%H:%M}",
        )
        async for row in each_row(connection, "list_terms_of_receipt")
        if row["is_open"] and not _in_office_hours(row)
    )


def _in_office_hours(row: Row) -> bool:
    due = local_time(row["due_at"])
    return bool(due.date() == row["due_day"] and row["opens"] < due.time() <= row["closes"])
