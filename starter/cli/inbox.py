"""`uide inbox`: what a school, or an authorised body, must do."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from activities.register.complaints.in_hand import (
    ComplaintInHand,
    read_complaints_of_body,
    read_complaints_of_school,
)
from activities.register.inbox import InboxItem, read_inbox
from domain.legal_time import local_time
from domain.refusal import InputRefused
from domain.staff import Role
from domain.stages import Step
from domain.standard import Channel
from starter.cli.answers import answer
from starter.cli.next_step import in_words, named, next_lines
from starter.cli.options import AsJson, Data
from starter.cli.screen import day, moment, say, say_if_unsealed, show_table
from starter.place import Place, find_place
from starter.register_access import open_register

School = Annotated[str | None, typer.Option("--school", metavar="BIN", help="The BIN of the school.")]
Body = Annotated[str | None, typer.Option("--body", metavar="BIN", help="The BIN of the authorised body.")]


def inbox(school: School = None, body: Body = None, data: Data = None, as_json: AsJson = False) -> None:
    """List what a school, or an authorised body, must do, most urgent first.

    Of a school its cases, and the complaints that it decides, forwards or answers on paper. Of an authorised body the
    complaints that it registers and decides.

    The urgency of a case goes by the strict reading of the term, that of a complaint by its term. OVERDUE is what has
    no answer after its due moment.

    \b
    Examples:
      uide inbox --school 010940000013
      uide inbox --school 010940000013 --json
      uide inbox --body 010941000019
    """
    whose, bin_ = _whose(school, body)
    place = find_place(data)
    now = local_time(datetime.now(UTC))
    cases, complaints = asyncio.run(_read(place, school, body, now))
    document: dict[str, Any] = {whose: bin_, "at": now.isoformat(timespec="seconds")}
    if school:
        document["cases"] = [item.model_dump(mode="json") for item in cases]
    document["complaints"] = [item.model_dump(mode="json") for item in complaints]

    def show() -> None:
        if school:
            _show_cases(school, cases)
        _show_complaints(f"{whose} {bin_}", complaints, data)
        say_if_unsealed(place)

    answer(document, as_json=as_json, screen=show)


def _whose(school: str | None, body: str | None) -> tuple[str, str]:
    if school and not body:
        return "school", school
    if body and not school:
        return "body", body
    raise InputRefused.of(
        "inbox_of_one",
        "--school, --body",
        "both are named" if school else "neither a school nor an authorised body is named",
        "An inbox is of one school, or of one authorised body",
        "Name one of them: uide schools lists the schools, each with its authorised body",
    )


async def _read(
    place: Place, school: str | None, body: str | None, now: datetime
) -> tuple[list[InboxItem], list[ComplaintInHand]]:
    async with open_register(place.database_url) as pool:
        if school:
            return await read_inbox(pool, school, now), await read_complaints_of_school(pool, school, now)
        assert body, "one of them is named"
        return [], await read_complaints_of_body(pool, body, now)


def _show_cases(school: str, items: list[InboxItem]) -> None:
    show_table(
        f"What school {school} must do",
        ("urgency", "strict due", "answer by", "case", "next"),
        (
            (
                item.urgency,
                day(item.strict_due_day),
                _answer_by(item),
                f"{item.number}\n{item.stage}",
                _what_is_next(item),
            )
            for item in items
        ),
        whole=("urgency", "strict due", "case"),
    )


def _answer_by(item: InboxItem) -> str:
    by = f"answered {day(item.answered_at)}" if item.answered_at else moment(item.due_at)
    return f"{by}\nworking days late: {item.late_working_days}" if item.late_working_days else by


def _what_is_next(item: InboxItem) -> str:
    steps = item.decisions or (Step(item.act),)
    waiting = f"\nacts without a verdict: {item.waiting_acts}" if item.waiting_acts else ""
    by = "".join(f"\n{named(person)}" for person in item.by)
    return f"{item.role}: {in_words(steps)}{by}{waiting}"


def _show_complaints(whose: str, items: list[ComplaintInHand], data: Path | None) -> None:
    say("", f"Complaints that wait for {whose}{'' if items else ': none'}")
    for item in items:
        say("", *_complaint_lines(item, data))


def _complaint_lines(item: ComplaintInHand, data: Path | None) -> Iterator[str]:
    late = f", working days late: {item.late_working_days}" if item.late_working_days else ""
    yield f"{item.urgency}  {item.number} · stage {item.stage}"
    # Who looks at a school's inbox knows its name; an authorised body has many schools.
    school = f", {item.name_kk}" if item.next.role is Role.OFFICER else ""
    yield f"  of           {item.object} in case {item.case_number}{school}"
    yield f"  due          {f'{moment(item.due_at)} ({item.term}){late}' if item.due_at else 'no term runs'}"
    if item.body_number:
        yield f"  at the body  No {item.body_number}"
    if item.late:
        yield "  LATE: filed after the three months; whoever decides it judges that (D2)"
    if item.conflict:
        yield "  CONFLICT: the head is to decide on an act of the head's own (D5)"
    if item.waiting_acts:
        yield f"  acts without a verdict: {item.waiting_acts}"
    for line in next_lines(item.number, Channel.PORTAL, item.next, data):
        yield f"  {line}"
