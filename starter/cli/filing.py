"""`uide submit` and `uide act`: what people bring to the service."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer

from activities.register.intake import Filed
from activities.register.reading import ActAnswer, next_act
from domain.acts import Act, ActKind, parse_act
from domain.application import Application, parse_application
from domain.legal_time import local_time
from domain.refusal import InputRefused
from domain.staff import APPLICANT
from domain.stages import Stage
from domain.standard import Channel
from domain.verdict import VerdictKind
from starter.cli.answers import REFUSED, answer
from starter.cli.called import to_copy
from starter.cli.next_step import next_lines
from starter.cli.noting import note
from starter.cli.options import AsJson, Data, Number
from starter.cli.screen import console, moment, say, say_if_unsealed
from starter.input_file import read_act_file, read_application_file
from starter.place import Place, find_place
from starter.service import open_service

ApplicationFile = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="The application as a JSON file (docs/schemas/application.json)."),
]
ActFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="The act as a JSON file (docs/schemas/act.json).")
]


def submit(file: ApplicationFile, data: Data = None, as_json: AsJson = False) -> None:
    """File an application; prints its number and its term.

    The time of receipt is that of this machine's clock, never of the file. The same file sent again gives the
    first number.

    \b
    Examples:
      uide submit examples/portal-admitted.json
      uide submit application.json --json
    """
    application = _read_application(file, data)
    place = find_place(data)
    filed, heard = asyncio.run(_submit(place, application))
    answer(
        _document(filed),
        as_json=as_json,
        screen=lambda: _show_filed(filed, application.channel, place, data, heard=heard),
    )


def act(number: Number, file: ActFile, data: Data = None, as_json: AsJson = False) -> None:
    """Do an act in a case and wait for its verdict.

    An act is a check, a decision, a plan, papers added, a withdrawal, a delivery, or, with the number of a complaint,
    what is done to that. Waits up to ten seconds for the verdict. An act_id left out is made up and printed; with it
    the same act can be sent again without harm. Exit code 2 when the act is refused; 0 when it is taken, and also
    while it is on file and its verdict is pending: --json tells which.

    \b
    Examples:
      uide act AT001-2026-00001 examples/acts/check-package-complete.json
      uide act AT001-2026-00001 examples/acts/admit.json --json
    """
    do_act(number, file, data, as_json=as_json)


def do_act(number: str, file: Path, data: Path | None, *, as_json: bool, kind: ActKind | None = None) -> None:
    """Does the act of the file and tells its verdict; with `kind` the file may leave it out, and no other is done."""
    done, made_up = _read_act(file, data, kind)
    place = find_place(data)
    answered = asyncio.run(_act(place, number, done, made_up=made_up))
    answer(answered, as_json=as_json, screen=lambda: _show_verdict(done, answered, place, data))
    if answered.verdict is VerdictKind.REFUSED:
        raise typer.Exit(REFUSED)


# reading; what cannot be read is noted in the audit all the same


def _read_application(file: Path, data: Path | None) -> Application:
    try:
        return parse_application(read_application_file(file))
    except InputRefused as refused:
        note("submit", refused, data)
        raise


def _read_act(file: Path, data: Path | None, kind: ActKind | None) -> tuple[Act, bool]:
    """The act, and whether its id was made up here."""
    try:
        raw = read_act_file(file)
        if kind:
            raw = {"kind": kind, **raw}
            _check_kind(raw["kind"], kind)
        return parse_act({"act_id": f"act-{uuid4().hex}", **raw}), "act_id" not in raw
    except InputRefused as refused:
        note("act", refused, data)
        raise


def _check_kind(found: object, wanted: ActKind) -> None:
    if found != wanted:
        raise InputRefused.of(
            "act_of_another_kind",
            "act.kind",
            f"the file is not of the kind {wanted}",
            "This command does nothing else",
            f"Leave kind out or set it to {wanted}; uide act does every kind of act",
        )


# doing


async def _submit(place: Place, application: Application) -> tuple[Filed, bool]:
    async with open_service(place) as service:
        return await service.submit(application)


async def _act(place: Place, number: str, done: Act, *, made_up: bool) -> ActAnswer:
    async with open_service(place) as service:
        with _telling_made_up(done.act_id) if made_up else nullcontext():
            return await service.act(number, done)


@contextmanager
def _telling_made_up(act_id: str) -> Iterator[None]:
    try:
        yield
    except InputRefused:
        raise  # nothing is on file under the id
    except BaseException:
        _tell_made_up(act_id)  # whatever broke, the act may be on file
        raise
    _tell_made_up(act_id)


def _tell_made_up(act_id: str) -> None:
    console(errors=True).print(
        f'act_id made up; to send this act again, put into the file: "act_id": "{act_id}"'
    )
    sys.stderr.flush()


# telling


def _document(filed: Filed) -> dict[str, Any]:
    """As programs get it; of papers taken over it speaks where an earlier case is named."""
    times = {"received_at": local_time(filed.received_at), "due_at": local_time(filed.due_at)}
    unsaid = None if filed.after else {"after", "taken_over", "expired"}
    return filed.model_copy(update=times).model_dump(mode="json", exclude=unsaid)


def _show_filed(filed: Filed, channel: Channel, place: Place, data: Path | None, *, heard: bool) -> None:
    say(
        f"{'Received' if filed.created else 'Received before, nothing was written again'}: {filed.number}",
        f"  received  {moment(filed.received_at)} (Almaty)",
        f"  answer by {moment(filed.due_at)} (Almaty)",
        f"  case      {filed.case_id}",
    )
    say(*_again_lines(filed))
    if channel is Channel.OFFICE:
        saving = to_copy("papers", filed.number, "--save", "papers", data=data)
        say(f"Print the receipt for the applicant (par. 4): {saving}")
    if filed.created:
        say(*next_lines(filed.number, channel, next_act(Stage.RECEIVED, channel, answered=False), data))
    say(f"Follow it: {to_copy('status', filed.number, data=data)}")
    if not heard:
        say(
            "Temporal is away now. The case is received all the same; its procedure starts when Temporal is back."
        )
    say_if_unsealed(place)


def _again_lines(filed: Filed) -> Iterator[str]:
    if filed.after is None:
        return
    yield f"  follows   {filed.after}: {filed.taken_over} paper(s) taken over"
    for expired in filed.expired:
        yield f"  WARNING   {expired.words.en}. Add a valid one while the term runs (add_documents)."


def _show_verdict(done: Act, answered: ActAnswer, place: Place, data: Path | None) -> None:
    say(f"{answered.number}, act {answered.act_id}: {answered.verdict}. It is at stage {answered.stage}.")
    if answered.reason:
        say(f"  {answered.reason}")
    if answered.verdict == "pending":
        say(
            "The act is in the register with its time. Its verdict comes when the procedure has taken it: "
            f"{to_copy('status', answered.number, data=data)}"
        )
    elif answered.complaint:
        say(
            f"The complaint has the number {answered.complaint}: {to_copy('status', answered.complaint, data=data)}"
        )
    else:
        if _gives_receipt(done, answered):
            saving = to_copy("papers", answered.number, "--save", "papers", data=data)
            say(f"Print the receipt for the applicant: {saving}")
        say(*next_lines(answered.number, answered.channel, answered.next, data))
    say_if_unsealed(place)


def _gives_receipt(done: Act, answered: ActAnswer) -> bool:
    at_the_counter = answered.channel is Channel.OFFICE and answered.verdict is VerdictKind.TAKEN
    added = done.kind is ActKind.ADD_DOCUMENTS and done.actor != APPLICANT
    return at_the_counter and (added or done.kind is ActKind.WITHDRAW)
