"""What the authorised body asks of its schools: cases without an answer in time (D1, Q22)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from activities.register.authorised_body import check_authorised_body
from activities.register.calendar import read_calendar
from activities.register.pool import Pool, Row
from activities.register.statements import sql
from domain.legal_time import local_time
from domain.standard import Channel
from domain.term import working_days_late
from domain.working_calendar import WorkingCalendar


def _local(value: datetime | None) -> datetime | None:
    return local_time(value) if value else None


class EndOfSilence(StrEnum):
    """By what a silence ended: the answer of the school, the applicant's withdrawal, or a complaint upheld."""

    ORDER_ISSUED = "ORDER_ISSUED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    REOPENED = "REOPENED"


class SilentRound(BaseModel):
    """A round of a case that had no answer when its term was over; of persons it tells nothing."""

    model_config = ConfigDict(frozen=True)

    number: str
    round: int
    school: str
    """The BIN."""
    name_kk: str
    name_ru: str
    channel: Channel
    due_at: Annotated[AwareDatetime, AfterValidator(local_time)]
    late_working_days: int
    """Working days of the school begun since the due moment: until the answer, or until now."""
    answered_at: Annotated[AwareDatetime | None, AfterValidator(_local)]
    answered_by: EndOfSilence | None
    complaints: tuple[str, ...]
    """The numbers of the complaints filed in this round."""


async def read_silence(pool: Pool, body: str, now: datetime) -> list[SilentRound]:
    """The silent rounds of the body's schools; those still without an answer first, the most overdue before others.

    `InputRefused` for a BIN under which no school stands.
    """
    async with pool.acquire() as connection:
        await check_authorised_body(connection, body)
        calendars = {week: await read_calendar(connection, week) for week in (5, 6)}
        rows = await connection.fetch(sql("list_silence"), body, now)
    return sorted((_silent(row, now, calendars) for row in rows), key=_order)


def _silent(row: Row, now: datetime, calendars: Mapping[int, WorkingCalendar]) -> SilentRound:
    until = row["answered_at"] or now
    late = working_days_late(row["due_at"], until, calendars[row["week"]])
    return SilentRound(**dict(row), late_working_days=late)


def _order(silent: SilentRound) -> tuple[bool, int, datetime, str]:
    return silent.answered_at is not None, -silent.late_working_days, silent.due_at, silent.number
