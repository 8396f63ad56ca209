"""`uide status`: a case, or a complaint, as the register has it."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from activities.register.complaints.reading import ComplaintStatus, find_complaint
from activities.register.reading import ActStatus, Status, TimelineEntry, read_status
from domain.events import Event
from domain.stages import Stage
from starter.cli.answers import answer
from starter.cli.complaints import complaint_lines
from starter.cli.facts import fact_lines
from starter.cli.next_step import next_lines
from starter.cli.options import AsJson, Data, Number
from starter.cli.screen import day, moment, say, say_if_unsealed, show_table
from starter.place import Place, find_place
from starter.register_access import open_register


def status(number: Number, data: Data = None, as_json: AsJson = False) -> None:
    """Show a case as it stands.

    Stage and term, who must act next, what the check found, acts with their verdicts, complaints, papers, and what
    happened when. With the number of a complaint, that complaint alone.

    \b
    Examples:
      uide status AT001-2026-00001
      uide status AT001-2026-00001 --json
      uide status AT001-2026-S00001
    """
    place = find_place(data)
    found = asyncio.run(_status(place, number))
    answer(found, as_json=as_json, screen=lambda: _show(found, place, data))


async def _status(place: Place, number: str) -> Status | ComplaintStatus:
    async with open_register(place.database_url) as pool:
        return await find_complaint(pool, number) or await read_status(pool, number)


def _show(found: Status | ComplaintStatus, place: Place, data: Path | None) -> None:
    if isinstance(found, Status):
        _show_status(found, place, data)
    else:
        say(*complaint_lines(found, data))
        say_if_unsealed(place)


def _show_status(case: Status, place: Place, data: Path | None) -> None:
    say(
        f"{case.number} · {case.channel} · stage {case.stage}" + (" · OVERDUE" if case.overdue else ""),
        f"  registered    {f'No {case.registration_number}' if case.registration_number else 'not yet'}",
        f"  received      {moment(case.received_at)} (Almaty), effective day {day(case.effective_day)}",
        f"  answer by     {moment(case.due_at)}, inner target {day(case.strict_due_day)}",
        *_recounted_lines(case),
    )
    if case.provisional:
        say(*_PROVISIONAL)
    say(
        f"  answered      {moment(case.answered_at) or 'not yet'}{_lateness(case.late_working_days)}",
        f"  outcome       {case.outcome or 'none yet'}, round {case.round}",
        f"  case id       {case.case_id}",
        *_link_lines(case),
        *_mail_lines(case),
        "",
        *next_lines(case.number, case.channel, case.next, data),
        "",
        *_finding_lines(case),
        *fact_lines(case.facts),
        *_act_lines(case.acts),
    )
    for complaint in case.complaints:
        say("", *complaint_lines(complaint, data))
    issued = ((moment(p.issued_at), p.kind, p.number, p.sha256) for p in case.papers)
    show_table("Papers", ("issued", "paper", "number", "sha256"), issued)
    happened = ((moment(e.at), e.event, _by(e), e.complaint) for e in case.timeline)
    show_table("What happened", ("at", "event", "by", "complaint"), happened)
    say_if_unsealed(place)


def _lateness(working_days: int | None) -> str:
    return f", LATE by {working_days} working day(s)" if working_days else ""


def _link_lines(case: Status) -> Iterator[str]:
    if case.after:
        yield f"  follows       {case.after}, whose papers it has taken over"
    if case.followed_by:
        yield f"  followed by   {', '.join(case.followed_by)}"
    if case.period_ends:
        yield f"  taught at home until {day(case.period_ends)}"


def _mail_lines(case: Status) -> Iterator[str]:
    """That the applicant does not read e-mail there, for the clerk to see at the top of the case."""
    returned = [entry for entry in case.timeline if entry.event is Event.MAIL_RETURNED]
    if returned:
        yield f"  E-MAIL        CAME BACK {moment(returned[-1].at)}: the applicant's mailbox is not there;"
        yield "                tell the applicant by telephone, or hand the paper over"


_PROVISIONAL = (
    "                PROVISIONAL: the term reaches into a year whose calendar is not",
    "                confirmed yet, so the due day can still move",
)


def _recounted_lines(case: Status) -> Iterator[str]:
    """Where the term ended before the calendar was changed."""
    ends = [term for term in case.terms if term.round == case.round]
    for old, new in pairwise(ends):
        if old.due_at != new.due_at:
            yield f"                until {moment(old.due_at)} before the calendar was changed: {new.act}"


def _finding_lines(case: Status) -> Iterator[str]:
    if not case.findings:
        return
    before = ", before papers were added: to be checked anew" if case.stage is Stage.RECEIVED else ""
    yield f"Found in the package{before}"
    for finding in case.findings:
        yield f"  {finding.words.en}"
        yield f"    {finding.words.kk}"
        yield f"    {finding.words.ru}"
        if finding.note:
            yield f"    Note: {finding.note}"
        if finding.set_aside:
            yield "    SET ASIDE by the answer to a complaint: no refusal rests on it again"
    yield ""


def _act_lines(acts: tuple[ActStatus, ...]) -> Iterator[str]:
    yield "Acts" if acts else "Acts: none"
    for act in acts:
        decision = f" {act.decision}" if act.decision else ""
        about = f" on {act.complaint}" if act.complaint else ""
        done = f"{act.kind}{decision}{about} by {act.actor}{_acting(act)}"
        yield f"  {act.seq}  {moment(act.at)}  {done}: {act.verdict}"
        yield f"     act_id {act.act_id}"
        if told := act.reason or act.effect:
            yield f"     {told}"


def _acting(act: ActStatus) -> str:
    if act.acting_for is None:
        return ""
    replaced = act.acting_for.person
    return f", acting head{f' for {replaced.staff_id}' if replaced else ''} by {act.acting_for.act}"


def _by(entry: TimelineEntry) -> str:
    if entry.acting_for:
        return f"{entry.actor}, acting for {entry.acting_for}"
    return entry.actor or ""
