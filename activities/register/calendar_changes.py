"""Changes of the working calendar in the register: entered once, listed, and how far terms were counted anew."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from activities.doorbell import CaseName
from activities.register.audit import Action, note
from activities.register.calendar import read_calendar
from activities.register.pool import TRANSACTION_SECONDS, Connection, Pool
from activities.register.statements import fetch_one, sql
from domain.calendar_change import (
    DayOrder,
    YearConfirmation,
    check_confirmation,
    check_order,
    confirmation_on_file,
    version_on_file,
)
from domain.legal_time import legal_date, local_time
from domain.working_calendar import OverrideKind, Week

LATE_COMMIT = timedelta(seconds=TRANSACTION_SECONDS)
"""What was counted with the calendar before a change is committed by then, or not at all."""


class CalendarChange(BaseModel):
    """A change of the calendar, with its day or its year, and how far it has been carried out."""

    model_config = ConfigDict(frozen=True)

    version: int
    act: str
    entered_by: str
    entered_at: Annotated[AwareDatetime, AfterValidator(local_time)]
    day: date | None
    kind: OverrideKind | None
    week: Week | None
    """None for both weeks, and where a year was confirmed."""
    year: int | None
    """The year that it confirms."""
    waiting: int
    """Cases and complaints whose term runs and has still to be counted anew."""
    written: int
    """Those that have got the register's act, `calendar_changed`."""
    taken: int
    """Those of which that act has its verdict."""
    finished_at: AwareDatetime | None
    """When nothing was left to do."""

    @property
    def is_carried_out(self) -> bool:
        """Whether every term that ran has been counted anew, as far as can be seen now."""
        return self.finished_at is not None or (self.waiting == 0 and self.taken == self.written)


class Entered(BaseModel):
    """What whoever enters a change is told."""

    model_config = ConfigDict(frozen=True)

    version: int
    created: bool
    """False when this very change had been entered before: nothing was written."""


async def enter_change(pool: Pool, change: DayOrder | YearConfirmation, at: datetime) -> Entered:
    """Enters the change as the next version of the calendar; `InputRefused` leaves nothing written.

    `at` is of the clock of whoever accepts it. The same change again gets the first version.
    """
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(sql("lock_calendar"))
        if on_file := await _check(connection, change, legal_date(at)):
            return Entered(version=on_file, created=False)
        by = change.entered_by
        version: int = await connection.fetchval(sql("insert_calendar_change"), change.act, by, at)
        if isinstance(change, DayOrder):
            row = (version, change.day, change.kind, change.week)
            await connection.execute(sql("insert_calendar_override"), *row)
            codes: dict[str, Any] = {"day": change.day.isoformat(), "kind": change.kind, "week": change.week}
        else:
            await connection.execute(sql("insert_confirmed_year"), version, change.year)
            codes = {"year": change.year}
        await note(connection, at, by, Action.CALENDAR, None, version=version, **codes)
        return Entered(version=version, created=True)


async def _check(connection: Connection, change: DayOrder | YearConfirmation, today: date) -> int | None:
    calendar = await read_calendar(connection, Week.FIVE_DAYS)
    if isinstance(change, DayOrder):
        on_file = version_on_file(change, calendar)
        if on_file is None:
            check_order(change, calendar, today)
    else:
        on_file = confirmation_on_file(change, calendar)
        if on_file is None:
            check_confirmation(change, calendar, today)
    return on_file


async def list_changes(pool: Pool) -> tuple[CalendarChange, ...]:
    """All changes in the order in which they were entered."""
    rows = await pool.fetch(sql("list_calendar_changes"), None)
    return tuple(CalendarChange.model_validate(dict(row)) for row in rows)


async def read_change(pool: Pool, version: int) -> CalendarChange:
    """The change of that version; LookupError when there is none."""
    async with pool.acquire() as connection:
        return CalendarChange.model_validate(
            dict(await fetch_one(connection, "list_calendar_changes", version))
        )


# counting anew


async def list_unfinished_recounts(pool: Pool) -> list[int]:
    """The versions after which terms may still have to be counted anew."""
    return [row["version"] for row in await pool.fetch(sql("list_unfinished_recounts"))]


async def list_cases_to_recount(pool: Pool, version: int, after: UUID | None, limit: int) -> list[CaseName]:
    """Cases whose term runs and has not got the act of this version yet, by id, after the one given."""
    return _named(await pool.fetch(sql("list_terms_to_recount"), version, after, limit))


async def list_complaints_to_recount(
    pool: Pool, version: int, after: UUID | None, limit: int
) -> list[CaseName]:
    """Complaints with a term that runs and that have not got the act of this version yet, by id."""
    return _named(await pool.fetch(sql("list_complaints_to_recount"), version, after, limit))


def _named(rows: list[Any]) -> list[CaseName]:
    return [CaseName(**row) for row in rows]


async def finish_recount(pool: Pool, version: int, now: datetime) -> None:
    """Notes that all is counted anew, if it is so and nothing counted before can still be committed."""
    await pool.execute(sql("finish_recount"), version, now, LATE_COMMIT)
