"""`uide status`, `uide papers` and `uide inbox`: cases as the register has them."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from activities.register.inbox import InboxItem, read_inbox
from activities.register.reading import IssuedPaper, Status, read_papers, read_status
from domain.grades import PaperLanguage
from domain.legal_time import local_time
from domain.papers import paper_text
from starter.cli.answers import answer
from starter.cli.options import AsJson, Data, Number, SchoolBin
from starter.cli.screen import day, moment, say, say_if_unsealed, show_table
from starter.place import Place, find_place
from starter.register_access import open_register


def status(number: Number, data: Data = None, as_json: AsJson = False) -> None:
    """Show a case as it stands.

    Stage, term, acts with their verdicts, papers, and what happened when.

    \b
    Examples:
      uide status AT001-2026-00001
      uide status AT001-2026-00001 --json
    """
    place = find_place(data)
    case = asyncio.run(_status(place, number))
    answer(case, as_json=as_json, screen=lambda: _show_status(case, place))


def papers(number: Number, data: Data = None, as_json: AsJson = False) -> None:
    """Print the papers of a case.

    Lists them and prints what each says, in the languages in which it is issued.

    \b
    Examples:
      uide papers AT001-2026-00001
      uide papers AT001-2026-00001 --json
    """
    place = find_place(data)
    issued = asyncio.run(_papers(place, number))
    document = {"number": number, "papers": [_paper_document(paper) for paper in issued]}
    answer(document, as_json=as_json, screen=lambda: _show_papers(number, issued, place))


def inbox(school: SchoolBin, data: Data = None, as_json: AsJson = False) -> None:
    """List what a school must do, most urgent first.

    \b
    Examples:
      uide inbox --school 010940000013
      uide inbox --school 010940000013 --json
    """
    place = find_place(data)
    now = local_time(datetime.now(UTC))
    items = asyncio.run(_inbox(place, school, now))
    cases = [item.model_dump(mode="json") for item in items]
    document = {"school": school, "at": now.isoformat(timespec="seconds"), "cases": cases}
    answer(document, as_json=as_json, screen=lambda: _show_inbox(school, items, place))


async def _status(place: Place, number: str) -> Status:
    async with open_register(place.database_url) as pool:
        return await read_status(pool, number)


async def _papers(place: Place, number: str) -> tuple[IssuedPaper, ...]:
    async with open_register(place.database_url) as pool:
        return await read_papers(pool, number)


async def _inbox(place: Place, school: str, now: datetime) -> list[InboxItem]:
    async with open_register(place.database_url) as pool:
        return await read_inbox(pool, school, now)


# status


def _show_status(case: Status, place: Place) -> None:
    say(
        f"{case.number} · {case.channel} · stage {case.stage}" + (" · OVERDUE" if case.overdue else ""),
        f"  received      {moment(case.received_at)} (Almaty), effective day {day(case.effective_day)}",
        f"  answer by     {moment(case.due_at)}",
        f"  answered      {moment(case.answered_at) or 'not yet'}",
        f"  outcome       {case.outcome or 'none yet'}, round {case.round}",
        f"  case id       {case.case_id}",
        "",
    )
    acts = ((a.seq, moment(a.at), a.kind, a.verdict, a.act_id, a.reason) for a in case.acts)
    show_table("Acts", ("#", "at", "act", "verdict", "act_id", "reason"), acts)
    issued = ((moment(p.issued_at), p.kind, p.number, p.sha256) for p in case.papers)
    show_table("Papers", ("issued", "paper", "number", "sha256"), issued)
    show_table("What happened", ("at", "event"), ((moment(e.at), e.event) for e in case.timeline))
    say_if_unsealed(place)


# papers


def _languages(paper: IssuedPaper) -> tuple[PaperLanguage, ...]:
    return tuple(PaperLanguage(language) for language in paper.facts["languages"])


def _paper_document(paper: IssuedPaper) -> dict[str, Any]:
    text = {language.value: paper_text(paper.facts, language) for language in _languages(paper)}
    return {**paper.model_dump(mode="json", exclude={"facts"}), "text": text}


def _show_papers(number: str, issued: tuple[IssuedPaper, ...], place: Place) -> None:
    rows = ((moment(paper.issued_at), paper.kind, paper.number) for paper in issued)
    show_table(f"Papers of {number}", ("issued", "paper", "number"), rows)
    for paper in issued:
        for language in _languages(paper):
            say("", f"=== {paper.kind} {paper.number} ({language}) ===", paper_text(paper.facts, language))
    say_if_unsealed(place)


# inbox


def _show_inbox(school: str, items: list[InboxItem], place: Place) -> None:
    show_table(
        f"What school {school} must do",
        ("urgency", "answer by", "case", "stage", "who", "act", "acts waiting"),
        (
            (
                item.urgency,
                moment(item.due_at),
                item.number,
                item.stage,
                item.role,
                " or ".join(item.decisions) or item.act,
                item.waiting_acts or None,
            )
            for item in items
        ),
    )
    say_if_unsealed(place)
