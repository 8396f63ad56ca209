"""Reading the register for people and programs: a case by its number, its papers."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.register.calendar import read_calendar
from activities.register.complaints.reading import ComplaintStatus, read_complaints
from activities.register.conflicts import unknown_case
from activities.register.facts import FactStatus, read_facts
from activities.register.on_duty import ActingFor, acting_for_of
from activities.register.pool import Connection, Pool, Row
from activities.register.shown import LocalTime, NextAct, shown, with_people
from activities.register.statements import fetch_one, sql
from domain.awaited import awaited
from domain.complaint_stages import ComplaintStage
from domain.events import Event
from domain.grades import PaperLanguage
from domain.package import Defect, Finding, defects
from domain.paper_kinds import PaperKind
from domain.recounting import Recount
from domain.refusal import Problem
from domain.stages import Stage
from domain.standard import Channel, DocumentKind
from domain.term import working_days_late
from domain.verdict import VerdictKind
from domain.wording import Wording


class _Reading(BaseModel):
    model_config = ConfigDict(frozen=True)


class ActStatus(_Reading):
    """An act with its verdict, pending until it is given; `reason` is for people, `reason_code` for programs."""

    act_id: str
    seq: int
    kind: str
    decision: str | None
    """What the head decided; None for other acts."""
    actor: str
    """The staff id, or `applicant`."""
    acting_for: ActingFor | None
    """Of a taken act of somebody who acted as head: by which order, and for whom."""
    at: LocalTime
    complaint: str | None = None
    """The number of the complaint that it is about; None for an act of the application."""
    verdict: VerdictKind | Literal["pending"]
    reason: str | None
    reason_code: str | None
    effect: str | None = None
    """What a change of the calendar did to the term, in words; None of other acts."""


class ActAnswer(_Reading):
    """What the actor is told: the verdict, or that it is pending; `stage` is where the case stands then.

    `next` is what the case waits for at the moment of reading.
    """

    act_id: str
    number: str
    verdict: VerdictKind | Literal["pending"]
    reason: str | None
    reason_code: str | None
    stage: Stage | ComplaintStage
    channel: Channel
    next: NextAct | None
    complaint: str | None = None
    """Of an act that files a complaint, the number that the complaint got."""


class FindingStatus(_Reading):
    """A defect of the package as the check or the refusal found it, with the words that the refusal uses."""

    document: DocumentKind
    defect: Defect
    number: str | None
    expired_on: date | None
    note: str | None
    words: Wording
    set_aside: bool = False
    """Whether the answer to a complaint has set it aside, so that no refusal rests on it again (par. 9)."""


class PaperStatus(_Reading):
    """A paper of the case; `sha256` is of its bytes, None until they are rendered."""

    id: UUID
    kind: PaperKind
    number: str
    issued_at: LocalTime
    sha256: str | None


class IssuedPaper(PaperStatus):
    """A paper with the facts it tells; `template` and `size` in bytes are None until it is rendered."""

    case_id: UUID
    round: int
    subject: str
    """What it is about where a round has several of its kind; empty where it can have one only."""
    template: str | None
    size: int | None
    facts: dict[str, Any]

    @property
    def languages(self) -> tuple[PaperLanguage, ...]:
        """The languages in which it is issued, in their order."""
        return tuple(PaperLanguage(language) for language in self.facts["languages"])


class TermVersion(_Reading):
    """The term of a round as it was counted, first or anew; the last of the present round is in force."""

    round: int
    version: int
    due_day: date
    due_at: LocalTime
    provisional: bool
    cause: str
    """What it was counted for: `receipt`, or the id of an act."""
    act: str | None
    """Of a term counted anew, who changed the working calendar, and by which act."""


class TimelineEntry(_Reading):
    """Something that happened to the case."""

    at: LocalTime
    event: Event
    actor: str | None
    """The staff id, or `applicant`; None for what no person did."""
    acting_for: str | None
    """For whom the actor acted as head, by the staff id."""
    complaint: str | None = None
    """The number of the complaint to which it happened."""


class Status(_Reading):
    """All that is shown of a case, without personal data; its JSON is that of `uide status --json`."""

    number: str
    case_id: UUID
    channel: Channel
    stage: Stage
    outcome: Stage | None
    registration_number: str | None
    received_at: LocalTime
    effective_day: date
    due_day: date
    due_at: LocalTime
    strict_due_day: date
    """The inner target: the due day if the effective day were day 1."""
    provisional: bool
    """Whether the term reaches into a year that is not confirmed, so that the due day can still move."""
    answered_at: LocalTime | None
    late_working_days: int | None
    """By how many working days the answer, or the withdrawal, came after the term; 0 in time."""
    overdue: bool
    """Whether a breach was declared; stays true when the answer came late."""
    round: int
    next: NextAct | None
    """What the school has to do; None where it has nothing to do."""
    findings: tuple[FindingStatus, ...]
    """What the last check or refusal found, in the order of the standard's list."""
    acts: tuple[ActStatus, ...]
    papers: tuple[PaperStatus, ...]
    terms: tuple[TermVersion, ...]
    """Every version of the terms of all rounds, with what caused it."""
    after: str | None
    """The number of the case that this one follows (D6)."""
    followed_by: tuple[str, ...]
    """The numbers of the cases that follow this one."""
    period_ends: date | None
    """The last day of the teaching at home that was ordered."""
    facts: tuple[FactStatus, ...] = ()
    """What was asked of information systems; nothing for a case that was filed before they were."""
    complaints: tuple[ComplaintStatus, ...] = ()
    timeline: tuple[TimelineEntry, ...]


def next_act(stage: Stage, channel: Channel, *, answered: bool, delivered: bool = True) -> NextAct | None:
    """What `domain.awaited` says of the case, as it is shown."""
    next_ = awaited(stage, channel, answered=answered, delivered=delivered)
    return shown(next_) if next_ else None


async def read_status(pool: Pool, number: str, now: datetime | None = None) -> Status:
    """The case as it stands at one moment; `InputRefused` for a number that no case has.

    Whose turn it is, is told for `now`, the present moment unless another is given.
    """
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        row = await _find(connection, number)
        acts = await connection.fetch(sql("list_acts"), row["case_id"])
        papers = await connection.fetch(sql("list_papers"), row["case_id"])
        terms = await connection.fetch(sql("list_terms"), row["case_id"])
        journal = await connection.fetch(sql("list_journal"), row["case_id"])
        findings = await _read_findings(connection, row["case_id"], row["round"])
        complaints = await read_complaints(connection, row["case_id"], now)
        awaited_now = _awaited_by(row, row["stage"])
        turn = await with_people(connection, awaited_now, row["school_bin"], row["case_id"], now)
        late = await _lateness(connection, row)
        facts = await read_facts(connection, row["case_id"])
    return Status(
        **dict(row),
        next=turn,
        late_working_days=late,
        findings=findings,
        acts=tuple(_act(act) for act in acts),
        papers=tuple(PaperStatus.model_validate(dict(paper)) for paper in papers),
        terms=tuple(TermVersion.model_validate(dict(term)) for term in terms),
        facts=facts,
        complaints=complaints,
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


async def _lateness(connection: Connection, row: Row) -> int | None:
    if row["answered_at"] is None:
        return None
    return working_days_late(row["due_at"], row["answered_at"], await read_calendar(connection, row["week"]))


async def read_act_answer(pool: Pool, act_id: str) -> ActAnswer:
    """What the actor of an accepted act is told; LookupError when there is no such act."""
    async with pool.acquire() as connection:
        row = await fetch_one(connection, "read_act_answer", act_id)
        turn = await _next_after(connection, row)
    return ActAnswer.model_validate({**_with_verdict(row), "next": turn})


async def has_applications(register: Pool | Connection) -> bool:
    """Whether anything was ever filed here."""
    return bool(await register.fetchval(sql("has_application")))


async def _next_after(connection: Connection, act: Row) -> NextAct | None:
    if act["complaint_id"] is None:
        awaited_now = _awaited_by(act, act["present_stage"])
        return await with_people(connection, awaited_now, act["school_bin"], act["case_id"], None)
    complaints = await read_complaints(connection, act["case_id"])
    return next(one.next for one in complaints if one.complaint_id == act["complaint_id"])


def _awaited_by(row: Row, stage: str) -> NextAct | None:
    answered = row["answered_at"] is not None
    return next_act(Stage(stage), Channel(row["channel"]), answered=answered, delivered=row["delivered"])


async def _read_findings(connection: Connection, case_id: UUID, round_: int) -> tuple[FindingStatus, ...]:
    findings = await connection.fetchval(sql("read_findings"), case_id, round_)
    found = [Finding.model_validate(finding) for finding in findings or ()]
    rulings = await connection.fetch(sql("list_set_aside"), case_id)
    ruled = defects([Finding.model_validate(ruling["finding"]) for ruling in rulings])
    return tuple(_finding(finding, set_aside=not ruled.isdisjoint(defects([finding]))) for finding in found)


def _finding(finding: Finding, *, set_aside: bool) -> FindingStatus:
    return FindingStatus(**finding.model_dump(), words=finding.words, set_aside=set_aside)


def _effect(act: Row) -> str | None:
    recounts = [Recount.model_validate(recount) for recount in act["recounts"] or ()]
    return "; ".join(map(str, recounts)) or None


def _act(row: Row) -> ActStatus:
    return ActStatus.model_validate(
        {**_with_verdict(row), "acting_for": acting_for_of(row), "effect": _effect(row)}
    )


def _with_verdict(row: Row) -> dict[str, Any]:
    reason = Problem.model_validate(row["reason"]) if row["reason"] else None
    return {
        **row,
        "verdict": row["verdict"] or "pending",
        "reason": str(reason) if reason else None,
        "reason_code": reason.code if reason else None,
    }
