"""Reading the register for people and programs: a case by its number, its papers."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from activities.register.conflicts import unknown_case
from activities.register.inbox import InboxItem, Urgency, read_inbox
from activities.register.pool import Connection, Pool, Row
from activities.register.statements import sql
from domain.events import Event
from domain.legal_time import local_time
from domain.paper_kinds import PaperKind
from domain.refusal import Problem
from domain.stages import Stage
from domain.standard import Channel
from domain.verdict import VerdictKind

__all__ = [
    "InboxItem",
    "IssuedPaper",
    "Status",
    "Urgency",
    "read_inbox",
    "read_papers",
    "read_status",
]

LocalTime = Annotated[AwareDatetime, AfterValidator(local_time)]
"""A moment on the clocks of Almaty; in JSON with its offset."""


class _Reading(BaseModel):
    model_config = ConfigDict(frozen=True)


class ActStatus(_Reading):
    """An act with its verdict, pending until it is given; `reason` is for people, `reason_code` for programs."""

    act_id: str
    seq: int
    kind: str
    at: LocalTime
    verdict: VerdictKind | Literal["pending"]
    reason: str | None
    reason_code: str | None


class PaperStatus(_Reading):
    """A paper of the case; `sha256` is of its bytes, None until they are rendered."""

    id: UUID
    kind: PaperKind
    number: str
    issued_at: LocalTime
    sha256: str | None


class IssuedPaper(PaperStatus):
    """A paper with the facts it tells, as `domain.papers.paper_text` takes them."""

    facts: dict[str, Any]


class TimelineEntry(_Reading):
    """Something that happened to the case."""

    at: LocalTime
    event: Event


class Status(_Reading):
    """All that is shown of a case, without personal data; its JSON is that of `uide status --json`."""

    number: str
    case_id: UUID
    channel: Channel
    stage: Stage
    outcome: Stage | None
    received_at: LocalTime
    effective_day: date
    due_day: date
    due_at: LocalTime
    answered_at: LocalTime | None
    overdue: bool
    """Whether a breach was declared; stays true when the answer came late."""
    round: int
    acts: tuple[ActStatus, ...]
    papers: tuple[PaperStatus, ...]
    complaints: tuple[dict[str, Any], ...] = ()
    timeline: tuple[TimelineEntry, ...]


async def read_status(pool: Pool, number: str) -> Status:
    """The case as it stands at one moment; `InputRefused` for a number that no case has."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        row = await _find(connection, number)
        acts = await connection.fetch(sql("list_acts"), row["case_id"])
        papers = await connection.fetch(sql("list_papers"), row["case_id"])
        journal = await connection.fetch(sql("list_journal"), row["case_id"])
    return Status(
        **dict(row),
        acts=tuple(_act(act) for act in acts),
        papers=tuple(PaperStatus.model_validate(dict(paper)) for paper in papers),
        timeline=tuple(TimelineEntry.model_validate(dict(entry)) for entry in journal),
    )


async def read_papers(pool: Pool, number: str) -> tuple[IssuedPaper, ...]:
    """The papers of the case in the order of their issue; `InputRefused` for a number that no case has."""
    async with pool.acquire() as connection:
        row = await _find(connection, number)
        papers = await connection.fetch(sql("list_papers"), row["case_id"])
    return tuple(IssuedPaper.model_validate(dict(paper)) for paper in papers)


async def _find(connection: Connection, number: str) -> Row:
    row = await connection.fetchrow(sql("read_status"), number)
    if row is None:
        raise unknown_case()
    return row


def _act(row: Row) -> ActStatus:
    reason = Problem.model_validate(row["reason"]) if row["reason"] else None
    return ActStatus(
        act_id=row["act_id"],
        seq=row["seq"],
        kind=row["kind"],
        at=row["at"],
        verdict=row["verdict"] or "pending",
        reason=str(reason) if reason else None,
        reason_code=reason.code if reason else None,
    )
