"""`uide export`: the whole file of a case, for a body or a court (R10.2)."""

import asyncio
import hashlib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import typer

from activities.papers import PaperNotRendered
from activities.register.acceptance import find_case
from activities.register.audit import audit_refusal
from activities.register.case_file import OPS, CaseFile, note_export, read_case_file
from activities.register.pool import Pool
from activities.rendering import PaperRenderer, templates_at
from domain.refusal import InputRefused
from starter.cli.answers import answer
from starter.cli.options import AsJson, Data
from starter.cli.screen import say, say_if_unsealed
from starter.clock import SystemClock
from starter.export.archive import archive
from starter.export.files import ExportedCase
from starter.place import Place, find_place
from starter.register_access import open_register
from worker.private_file import AlreadyThere, write_private

CaseOrComplaint = Annotated[
    str, typer.Argument(metavar="NUMBER", help="The number of the case, or of a complaint in it.")
]
To = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE", help="Where to write the ZIP; NUMBER.zip here unless told."),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="STAFF", help=f"Who takes the file: a staff id of the school or its body, or {OPS}."
    ),
]


def export(
    number: CaseOrComplaint, to: To = None, by: By = None, data: Data = None, as_json: AsJson = False
) -> None:
    """Export the whole file of a case as one ZIP.

    Every paper, attachment, act, verdict, term, complaint, entry of journal and audit, with the chain of hashes, an
    index in Kazakh and Russian, and a script that checks all of it without this service. It holds personal data
    whole: give it only to a body or a court that considers the case, or to the applicant. Who took it, and the hash of
    the ZIP, are noted in the audit. docs/export.md tells more.

    \b
    Examples:
      uide export AT001-2026-00001 --by at001-head
      uide export AT001-2026-00001 --by ops --to case.zip --json
    """
    place = find_place(data)
    path = to or Path(f"{number}.zip")
    taken = asyncio.run(_export(place, number, by, path))
    _write(path, taken.content)
    document = _document(taken, path)
    answer(document, as_json=as_json, screen=lambda: _show(document, place))


class _Taken(NamedTuple):
    case: CaseFile
    content: bytes
    not_rendered: str | None
    """Which papers could not be rendered, and why; the file says so of them."""


async def _export(place: Place, number: str, by: str | None, path: Path) -> _Taken:
    async with open_register(place.database_url) as pool:
        clock = SystemClock()
        await clock.check(pool)
        at = await clock.now()
        try:
            return await _taken_out(place, pool, number, _named(by), path, at)
        except InputRefused as refused:
            await audit_refusal(pool, at, by or "unknown", "export", refused)
            raise


async def _taken_out(place: Place, pool: Pool, number: str, by: str, path: Path, at: datetime) -> _Taken:
    case_id = (await find_case(pool, number)).case_id
    if path.exists():
        raise _already_there(path)
    not_rendered = await _rendered(PaperRenderer(pool, templates_at(place.paper_templates)), case_id)
    case = await read_case_file(pool, case_id, by, at)
    content = archive(ExportedCase(case))
    await note_export(pool, case_id, by, at, hashlib.sha256(content).hexdigest(), len(content))
    return _Taken(case, content, not_rendered)


async def _rendered(renderer: PaperRenderer, case_id: UUID) -> str | None:
    # A template at fault keeps the file of a case from no court: the facts of the paper are in it.
    try:
        await renderer.render(case_id)
    except PaperNotRendered as failed:
        return str(failed)
    return None


def _named(by: str | None) -> str:
    if by is None:
        raise InputRefused.of(
            "exporter_not_named",
            "command line --by",
            "it is not said who takes the file of the case",
            "A case file holds personal data whole; the audit names everybody who took one",
            f"Name yourself: --by and your staff id, or --by {OPS} for whoever runs the service",
        )
    return by


def _write(path: Path, content: bytes) -> None:
    try:
        write_private(path, content)
    except AlreadyThere:
        raise _already_there(path) from None
    except OSError as refused:
        raise InputRefused.of(
            "folder_not_writable",
            "command line --to",
            f"nothing can be written to {path} ({refused.strerror})",
            "The file of the case is written there for its owner alone",
            "Name a file in a folder that you may write to",
        ) from refused


def _already_there(path: Path) -> InputRefused:
    return InputRefused.of(
        "file_exists",
        "command line --to",
        f"there is a file at {path}",
        "An exported case file never takes the place of another file",
        "Name another file, or put that one elsewhere",
    )


def _document(taken: _Taken, path: Path) -> dict[str, Any]:
    case, content, not_rendered = taken
    return {
        "number": case.number,
        "case_id": str(case.case_id),
        "file": str(path),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "links": len(case.chain),
        "head": case.chain[-1].hash,
        "files": len(case.contents),
        "not_rendered": not_rendered,
    }


def _show(document: dict[str, Any], place: Place) -> None:
    say(
        f"Exported {document['number']} to {document['file']}",
        f"  sha256  {document['sha256']}",
        f"  chain   {document['links']} links, the last is {document['head']}",
        f"  with    {document['files']} papers and attachments",
        *((f"  without {document['not_rendered']}",) if document["not_rendered"] else ()),
        "",
        "It holds personal data whole: give it only to whoever considers the case, a court, or the applicant.",
        "To check it anywhere, without this service: unpack it and run python3 -I check.py in its folder.",
    )
    say_if_unsealed(place)
