"""`uide papers`: what was issued in a case, and the PDFs as files."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from activities.papers import PaperNotRendered
from activities.register.papers import read_paper_bytes
from activities.register.pool import Pool
from activities.register.reading import IssuedPaper, read_papers
from activities.rendering import PaperRenderer, templates_at
from starter.cli.answers import answer
from starter.cli.called import to_copy
from starter.cli.options import AsJson, Data, Number
from starter.cli.screen import moment, say, say_if_unsealed
from starter.paper_files import file_name, save_paper
from starter.place import Place, find_place
from starter.register_access import open_register

Save = Annotated[
    Path | None,
    typer.Option(
        "--save",
        metavar="DIR",
        help="Write the PDFs into this folder. What was not rendered yet is rendered now.",
        show_default=False,
    ),
]
_Saved = tuple[tuple[IssuedPaper, Path | None], ...]


def papers(number: Number, save: Save = None, data: Data = None, as_json: AsJson = False) -> None:
    """List the papers of a case, and write them as PDF.

    Papers are rendered soon after they were issued. With --save whatever is still missing is rendered at once, also
    while Temporal is away: the receipt is given at the visit. A file of that name with other content is never
    overwritten.

    \b
    Examples:
      uide papers AT001-2026-00001
      uide papers AT001-2026-00001 --save papers
    """
    place = find_place(data)
    issued = asyncio.run(_save(place, number, save) if save else _list(place, number))
    document = {"number": number, "papers": [_document(paper, path) for paper, path in issued]}
    answer(document, as_json=as_json, screen=lambda: _show(number, issued, place, data))


async def _list(place: Place, number: str) -> _Saved:
    async with open_register(place.database_url) as pool:
        return tuple((paper, None) for paper in await read_papers(pool, number))


async def _save(place: Place, number: str, folder: Path) -> _Saved:
    renderer_templates = templates_at(place.paper_templates)
    async with open_register(place.database_url) as pool:
        failed = await _render(PaperRenderer(pool, renderer_templates), await read_papers(pool, number))
        issued = await read_papers(pool, number)
        saved = [(paper, await _save_one(pool, number, paper, folder)) for paper in issued]
    if failed:
        raise failed
    return tuple(saved)


async def _render(renderer: PaperRenderer, issued: tuple[IssuedPaper, ...]) -> PaperNotRendered | None:
    # One that cannot be rendered is told at the end: the others are in the folder by then.
    try:
        for case_id in {paper.case_id for paper in issued if paper.sha256 is None}:
            await renderer.render(case_id)
    except PaperNotRendered as failed:
        return failed
    return None


async def _save_one(pool: Pool, number: str, paper: IssuedPaper, folder: Path) -> Path | None:
    content = await read_paper_bytes(pool, paper.id)
    return save_paper(folder, file_name(number, paper), content) if content else None


def _document(paper: IssuedPaper, path: Path | None) -> dict[str, Any]:
    told = paper.model_dump(mode="json", exclude={"facts", "case_id", "round"})
    return {**told, "languages": list(paper.languages), "file": str(path) if path else None}


def _show(number: str, issued: _Saved, place: Place, data: Path | None) -> None:
    say(f"Papers of {number}" if issued else f"Papers of {number}: none")
    for paper, path in issued:
        say("", *_lines(paper, path))
    if issued and not any(path for _, path in issued):
        say("", f"As PDF: {to_copy('papers', number, '--save', 'papers', data=data)}")
    say_if_unsealed(place)


def _lines(paper: IssuedPaper, path: Path | None) -> Iterator[str]:
    size = f"{paper.size / 1024:.0f} KB" if paper.size else "not rendered yet"
    languages = ", ".join(paper.languages)
    yield f"{moment(paper.issued_at)}  {paper.kind}  No {paper.number}  ({languages})  {size}"
    if paper.sha256:
        yield f"  sha256  {paper.sha256}"
    if path:
        yield f"  file    {path}"
