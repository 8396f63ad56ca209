"""The demo for people: what happened when in local time, the term explained, which papers there are."""

from datetime import datetime, timedelta

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from domain.complaint import ComplaintTermKind
from domain.events import Event
from domain.legal_time import local_time
from domain.paper_kinds import PaperKind
from domain.term import TermDay
from starter.demo.evidence import CountedComplaintTerm, Evidence
from starter.demo.papers_left import names
from starter.demo.run import Played

GAP = timedelta(hours=1)
"""What is longer between two entries of a timeline is shown as a gap."""

_WORDS = {
    Event.RECEIVED: "the application is received; the term is counted",
    Event.FACTS_RECEIVED: "information systems have answered; that is shown and decides nothing (par. 5)",
    Event.RECEIPT_ISSUED: "the parent gets the receipt (par. 4)",
    Event.HANDED_TO_HEAD: "the office hands the papers to the head (par. 4)",
    Event.REGISTERED: "the clerk has checked the package and registers the request (par. 4, 5)",
    Event.PACKAGE_CHECKED: "the clerk has checked the package again (par. 4, 5)",
    Event.REFUSAL_PROPOSED: "the check names what is missing and what has expired (par. 4)",
    Event.NOTICE_SENT: "the notice of acceptance goes to the cabinet (par. 5)",
    Event.HEAD_REVIEW: "the head considers the application (par. 6)",
    Event.GRADE_AND_LANGUAGE_SET: "grade and language are determined (par. 6)",
    Event.WITH_SPECIALISTS: "the specialists get the documents (par. 6)",
    Event.PLAN_SUBMITTED: "the specialists submit the plan (par. 6)",
    Event.ORDER_ISSUED: "the head signs the order (par. 7)",
    Event.REFUSED: "the head refuses with reasons (par. 4)",
    Event.RESULT_DELIVERED: "the refusal is handed over, and counts as sent",
    Event.REMINDED: "durable timer: the head is reminded, one working day before",
    Event.LAST_DAY: "durable timer: the last day has come",
    Event.COMPLAINT_REGISTERED: "the complaint is registered with its number and moment (par. 9)",
    Event.COMPLAINT_FORWARDED: "the school forwards it to the authorised body with the case file",
    Event.COMPLAINT_AT_THE_BODY: "the authorised body registers it; its term runs from here (par. 9)",
    Event.COMPLAINT_REMINDED: "durable timer: who has to answer the complaint is reminded",
    Event.COMPLAINT_LAST_DAY: "durable timer: the last day to answer the complaint has come",
    Event.COMPLAINT_TERM_BREACHED: "durable timer: a term of the complaint is over",
    Event.COMPLAINT_EXTENDED: "the term is extended, once, with reasons; the parent is told",
    Event.COMPLAINT_DECIDED: "the complaint is decided, with reasons and the way to court (par. 9, 10)",
    Event.COMPLAINT_ENDED: "the procedure of the complaint ends",
    Event.REOPENED: "the case is reopened: the next round, with a new term",
    Event.TERM_BREACHED: "durable timer: the term is over without an answer; head, quality control and parent are told",
}

_TERMS = {
    ComplaintTermKind.CONSIDERATION: "the term to answer (par. 9)",
    ComplaintTermKind.FORWARDING: "the term to forward it (D3)",
    ComplaintTermKind.REGISTRATION: "until it must be registered at the body (R9.4)",
    ComplaintTermKind.EXTENSION_NOTICE: "to tell the complainant of the extension (D4)",
}
_TITLES = {
    PaperKind.RECEIPT: "receipt",
    PaperKind.NOTICE_OF_ACCEPTANCE: "notice of acceptance",
    PaperKind.REFUSAL: "reasoned refusal",
    PaperKind.ORDER: "order on admission to home education",
    PaperKind.CORRECTING_NOTICE: "notice that the mark of lateness is withdrawn",
    PaperKind.SILENCE_NOTICE: "notice that the term passed without an answer",
    PaperKind.WITHDRAWAL_RECEIPT: "receipt that the application was taken back",
    PaperKind.PERIOD_NOTICE: "notice that the teaching at home ends soon",
    PaperKind.COMPLAINT_CONFIRMATION: "confirmation that the complaint is registered",
    PaperKind.COVERING_LETTER: "covering letter to the authorised body",
    PaperKind.EXTENSION_NOTICE: "notice of the extended term",
    PaperKind.COMPLAINT_REPLY: "reasoned reply to the complaint",
    PaperKind.COMPLAINT_TERM_NOTICE: "notice that a term of the complaint passed",
    PaperKind.COMPLAINT_CORRECTING_NOTICE: "notice that this is withdrawn",
}


def show(console: Console, played: Played) -> None:
    """Every case with its timeline, its term and its papers, and all of them in one table."""
    for story, evidence in played.cases:
        console.print()
        console.print(Rule(Text(f"{evidence.status.number} · {story.title}", style="bold")))
        console.print(_timeline(evidence))
        console.print(_term(evidence))
        for complaint_term in evidence.complaint_terms:
            console.print(_term_of_a_complaint(complaint_term))
        console.print(_papers(evidence))
        console.print(_facts(evidence))
    console.print()
    console.print(_summary(played))


def _timeline(evidence: Evidence) -> Table:
    table = Table(title="What happened when (Almaty)", title_justify="left", box=None, padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    before: datetime | None = None
    for entry in evidence.status.timeline:
        if before is not None and entry.at - before > GAP:
            table.add_row("", Text(f"… {_span(entry.at - before)} in which nobody acts …", style="dim"))
        alarming = entry.event in (Event.TERM_BREACHED, Event.REFUSED)
        words = Text(_WORDS.get(entry.event, entry.event), style="yellow" if alarming else "")
        table.add_row(_moment(entry.at), words)
        before = entry.at
    return table


def _term(evidence: Evidence) -> Table:
    term = evidence.term
    title = f"The term: {term.working_days} working days, {term.week}-day week, until {_moment(term.due_at)}"
    return _days(title, term.explanation, provisional=term.provisional)


def _term_of_a_complaint(term: CountedComplaintTerm) -> Table:
    length = f"{term.working_days} working day{'s' if term.working_days > 1 else ''}"
    if term.extended_by:
        length = f"extended by {term.extended_by} working days from the old due day"
    title = f"Complaint {term.complaint}, {_TERMS[term.kind]}: {length}, until {_moment(term.due_at)}"
    return _days(title, term.explanation, provisional=term.provisional)


def _days(title: str, days: tuple[TermDay, ...], *, provisional: bool) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("day", "counted", "why", "source"):
        table.add_column(column, no_wrap=column == "day")
    for day in days:
        number = f"day {day.number}" if day.counted else "—"
        table.add_row(f"{day.date:%a %d.%m.%Y}", number, day.reason.en, day.source)
    if provisional:
        table.caption = "Provisional: a year that it reaches into is not confirmed yet."
    return table


def _papers(evidence: Evidence) -> Table:
    table = Table(title="Papers, as PDF", title_justify="left", box=None, padding=(0, 2))
    for column in ("issued", "paper", "languages", "file"):
        table.add_column(column, no_wrap=column in ("issued", "file"))
    for paper, name in zip(evidence.papers, names(evidence), strict=True):
        table.add_row(_moment(paper.issued_at), _TITLES[paper.kind], ", ".join(paper.languages), name)
    return table


def _facts(evidence: Evidence) -> Table:
    table = Table(title="What information systems say", title_justify="left", box=None, padding=(0, 2))
    for column in ("about", "answer", "source"):
        table.add_column(column, no_wrap=column == "answer")
    for fact in evidence.status.facts:
        answer = " ".join([fact.result.replace("_", " ").lower(), *fact.differs])
        table.add_row(fact.kind.wording.en, answer, fact.source)
    return table


def _summary(played: Played) -> Table:
    table = Table(title="The cases", title_justify="left")
    for column in ("number", "outcome", "answer due", "answered", "in time"):
        table.add_column(column, no_wrap=True)
    for _, evidence in played.cases:
        status = evidence.status
        in_time = Text("LATE", style="yellow") if status.overdue else Text("yes", style="green")
        table.add_row(
            status.number, status.outcome, _moment(status.due_at), _moment(status.answered_at), in_time
        )
    return table


def _moment(value: datetime | None) -> str:
    return f"{local_time(value):%a %d.%m.%Y %H:%M}" if value else ""


def _span(span: timedelta) -> str:
    hours = round(span.total_seconds() / 3600)
    days, rest = divmod(hours, 24)
    parts = [f"{days} day{'s' if days > 1 else ''}"] if days else []
    return " ".join([*parts, *([f"{rest} h"] if rest else [])])
