"""The figures by which the service is watched: counted in the register, without names or numbers of anybody."""

from datetime import date, datetime, time, timedelta

from pydantic import BaseModel, ConfigDict

from activities.register.pool import Connection, Pool
from activities.register.statements import fetch_one, sql
from domain.complaint import ComplaintTermKind
from domain.complaint_stages import OPEN_COMPLAINT_STAGES, ComplaintStage
from domain.confirmed_years import CONFIRMED_YEARS
from domain.legal_time import legal_date, moment_at
from domain.stages import OPEN_STAGES, Stage

UNTOLD_AFTER = timedelta(minutes=1)
"""The sweep has told Temporal of a case by then, if it runs."""


class OpenCases(BaseModel):
    """The open cases of one stage."""

    model_config = ConfigDict(frozen=True)

    cases: int = 0
    due_today: int = 0
    """Of these, cases whose term ends on this day, or has ended on it."""
    overdue: int = 0
    """Of these, cases whose term passed without an answer."""


class OpenComplaints(BaseModel):
    """The complaints that nobody has answered, settled or taken back."""

    model_config = ConfigDict(frozen=True)

    of_stage: dict[ComplaintStage, int]
    """For every stage that is not final."""
    overdue: dict[ComplaintTermKind, int]
    """By the term that passed without that for which it was set; a complaint may be overdue by two."""


class LeftUndone(BaseModel):
    """What somebody still has to do, with the age of the oldest in seconds: 0 where there is none."""

    model_config = ConfigDict(frozen=True)

    waiting_acts: int
    oldest_waiting_act_seconds: float
    unrendered_papers: int
    oldest_unrendered_paper_seconds: float
    unsent_messages: int
    """Messages that are still to be sent; what nobody will send, for want of an address, is not among them."""
    oldest_unsent_message_seconds: float
    refused_messages: int
    """Of these, messages that the other side will not have: somebody has to look."""
    cases_without_workflow: int
    """Cases of which this Temporal namespace was not told, though the sweep should have done it."""
    complaints_without_workflow: int
    """The same of complaints."""


class Figures(BaseModel):
    """The register in figures at one moment."""

    model_config = ConfigDict(frozen=True)

    open_cases: dict[Stage, OpenCases]
    """For every stage that is no outcome."""
    complaints: OpenComplaints
    refused_acts: dict[str, int]
    """All acts ever refused, by the code of the reason."""
    left_undone: LeftUndone
    inquiries: dict[str, int]
    """The questions to information systems about open cases, by how they stand."""


class Condition(BaseModel):
    """How the register is: whether it takes what is written, and what its clock shows."""

    model_config = ConfigDict(frozen=True)

    writable: bool
    now: datetime


async def read_figures(pool: Pool, namespace_id: str, now: datetime) -> Figures:
    """Counts what is open and what is left undone; today is the day of `now` in Almaty."""
    today = legal_date(now)
    async with pool.acquire() as connection:
        stages = await connection.fetch(
            sql("count_open_cases"),
            moment_at(today, time.min),
            moment_at(today + timedelta(days=1), time.min),
        )
        refused = await connection.fetch(sql("count_refused_acts"))
        asked = await connection.fetch(sql("count_inquiries"))
        complaints = await _count_complaints(connection)
        left = await fetch_one(connection, "count_left_undone", namespace_id, UNTOLD_AFTER, now)
    counted = {row["stage"]: OpenCases.model_validate(dict(row)) for row in stages}
    return Figures(
        open_cases={stage: counted.get(stage, OpenCases()) for stage in OPEN_STAGES},
        complaints=complaints,
        refused_acts={row["code"]: row["acts"] for row in refused},
        left_undone=LeftUndone.model_validate(dict(left)),
        inquiries={row["result"]: row["inquiries"] for row in asked},
    )


async def _count_complaints(connection: Connection) -> OpenComplaints:
    stages = {row["stage"]: row["complaints"] for row in await connection.fetch(sql("count_open_complaints"))}
    terms = {
        row["kind"]: row["complaints"] for row in await connection.fetch(sql("count_overdue_complaints"))
    }
    return OpenComplaints(
        of_stage={stage: stages.get(stage, 0) for stage in OPEN_COMPLAINT_STAGES},
        overdue={kind: terms.get(kind, 0) for kind in ComplaintTermKind},
    )


async def read_condition(pool: Pool) -> Condition:
    """How the register is at this moment."""
    async with pool.acquire() as connection:
        return Condition.model_validate(dict(await fetch_one(connection, "read_condition")))


async def unconfirmed_year(pool: Pool, today: date) -> int | None:
    """The next year, if it is October or later and nobody has confirmed that year's calendar yet."""
    following = today.year + 1
    if today.month < 10:
        return None
    confirmed = {row["year"] for row in await pool.fetch(sql("list_confirmed_years"))}
    return None if following in confirmed | {row.year for row in CONFIRMED_YEARS} else following
