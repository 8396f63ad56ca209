"""What the register and the history say of a played case, and whether that is what had to happen."""

from collections.abc import Iterator
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from activities.register.papers import read_paper_bytes
from activities.register.pool import Pool
from activities.register.reading import IssuedPaper, Status, read_papers, read_status
from activities.register.statements import fetch_one, sql
from domain.complaint import ComplaintTermKind
from domain.events import Event
from domain.grades import PaperLanguage
from domain.legal_time import local_time
from domain.package import Defect
from domain.paper_facts import PaperFacts
from domain.progress import Milestone
from domain.staff import REGISTER
from domain.standard import DocumentKind
from domain.term import TermDay
from domain.verdict import VerdictKind
from starter.demo.stories import Story


class CountedTerm(BaseModel):
    """The term of the case as the register keeps it."""

    model_config = ConfigDict(frozen=True)

    working_days: int
    week: int
    due_at: AwareDatetime
    reminder_at: AwareDatetime
    last_day_at: AwareDatetime
    provisional: bool
    explanation: tuple[TermDay, ...]


class CountedComplaintTerm(BaseModel):
    """A term of a complaint as the register keeps it; an extension is a version of its own."""

    model_config = ConfigDict(frozen=True)

    complaint: str
    kind: ComplaintTermKind
    working_days: int
    extended_by: int
    week: int
    due_at: AwareDatetime
    provisional: bool
    explanation: tuple[TermDay, ...]


class Evidence(BaseModel):
    """All that is on file of one case."""

    model_config = ConfigDict(frozen=True)

    language: PaperLanguage
    """Of the application."""
    status: Status
    term: CountedTerm
    complaint_terms: tuple[CountedComplaintTerm, ...]
    papers: tuple[IssuedPaper, ...]
    pdfs: tuple[bytes, ...]
    """The bytes of each paper; empty where they are missing."""
    timers_gone_off: int

    @property
    def defects(self) -> tuple[tuple[DocumentKind, Defect], ...]:
        """The defects that the refusal names."""
        facts = (PaperFacts.model_validate(paper.facts) for paper in self.papers)
        return tuple((d.kind, d.defect) for fact in facts if fact.refusal for d in fact.refusal.defects)


async def read_term(pool: Pool, case_id: UUID) -> CountedTerm:
    """The term of the case's first round."""
    async with pool.acquire() as connection:
        return CountedTerm.model_validate(dict(await fetch_one(connection, "explain_term", case_id, 1)))


async def read_complaint_terms(pool: Pool, case_id: UUID) -> tuple[CountedComplaintTerm, ...]:
    """The terms of the case's complaints, every version."""
    rows = await pool.fetch(sql("explain_complaint_terms"), case_id)
    return tuple(CountedComplaintTerm.model_validate(dict(row)) for row in rows)


async def gather_evidence(pool: Pool, number: str, language: PaperLanguage, timers_gone_off: int) -> Evidence:
    """Read all that is on file of the case."""
    status = await read_status(pool, number)
    papers = await read_papers(pool, number)
    return Evidence(
        language=language,
        status=status,
        term=await read_term(pool, status.case_id),
        complaint_terms=await read_complaint_terms(pool, status.case_id),
        papers=papers,
        pdfs=tuple([await read_paper_bytes(pool, paper.id) or b"" for paper in papers]),
        timers_gone_off=timers_gone_off,
    )


def faults(story: Story, evidence: Evidence) -> Iterator[str]:
    """Everything that did not happen as it had to, in words."""
    expected, status = story.expected, evidence.status
    pairs = (
        ("outcome", expected.outcome, status.outcome),
        ("overdue mark", expected.overdue, status.overdue),
        ("round", expected.rounds, status.round),
        ("journal", expected.events, _events(status)),
        ("papers", expected.papers, tuple(paper.kind for paper in evidence.papers)),
        ("defects named", expected.defects, evidence.defects),
        (
            "verdicts",
            tuple(VerdictKind.TAKEN for _ in story.acts),
            tuple(act.verdict for act in status.acts if act.actor != REGISTER),
        ),
    )
    for what, wanted, found in pairs:
        if wanted != found:
            yield f"{what}: expected {_text(wanted)}, on file is {_text(found)}"
    for paper, pdf in zip(evidence.papers, evidence.pdfs, strict=True):
        if not pdf.startswith(b"%PDF-"):
            yield f"{paper.kind}: it is no PDF"
    if status.answered_at is None:
        yield "the answer: no moment is on file"
    elif (status.answered_at > status.due_at) != expected.answered_late:
        yield f"the answer: given at {status.answered_at}, due at {status.due_at}"
    if story.silent:
        yield from _faults_of_the_watch(evidence)


_AT_NO_CERTAIN_PLACE = frozenset({Event.FACTS_RECEIVED, Event.COMPLAINT_ENDED})
"""Information systems answer when they answer, and a complaint ends beside its case."""


def _events(status: Status) -> tuple[Event, ...]:
    return tuple(entry.event for entry in status.timeline if entry.event not in _AT_NO_CERTAIN_PLACE)


def _faults_of_the_watch(evidence: Evidence) -> Iterator[str]:
    """Each milestone has its own durable timer, which goes off at its moment on the case's clock."""
    term = evidence.term
    moments = {"REMINDED": term.reminder_at, "LAST_DAY": term.last_day_at, "TERM_BREACHED": term.due_at}
    for entry in evidence.status.timeline:
        late = (entry.at - moments[entry.event]).total_seconds() if entry.event in moments else 0
        if not 0 <= late < 60:
            yield f"{entry.event}: at {entry.at}, expected {local_time(moments[entry.event])}"
    if evidence.timers_gone_off < len(Milestone):
        yield f"timers: {evidence.timers_gone_off} went off, expected {len(Milestone)}"


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_text(part) for part in value) or "nothing"
    return str(value)
