"""The working calendar as the register has it: the library's base, with what was ordered and confirmed on top."""

from activities.register.pool import Connection
from activities.register.statements import sql
from domain.confirmed_years import CONFIRMED_YEARS, ConfirmedYear
from domain.legal_time import legal_date
from domain.working_calendar import CalendarOverride, OverrideKind, Week, WorkingCalendar


async def read_calendar(connection: Connection, week: int) -> WorkingCalendar:
    """The calendar of a five- or six-day school with all changes made so far."""
    # First the version: a change that is entered while this reads is wholly in the calendar or not at all.
    version = await connection.fetchval(sql("read_calendar_version"))
    overrides = await connection.fetch(sql("list_calendar_overrides"))
    confirmed = await connection.fetch(sql("list_confirmed_years"))
    return WorkingCalendar(
        week=Week(week),
        overrides=tuple(
            CalendarOverride(
                day=row["day"],
                kind=OverrideKind(row["kind"]),
                act=row["act"],
                week=Week(row["week"]) if row["week"] else None,
                version=row["version"],
            )
            for row in overrides
        ),
        confirmed_years=(
            *CONFIRMED_YEARS,
            *(
                ConfirmedYear(
                    year=row["year"],
                    source=row["act"],
                    checked_on=legal_date(row["entered_at"]),
                    version=row["version"],
                )
                for row in confirmed
            ),
        ),
        version=version,
    ).as_of(version)
