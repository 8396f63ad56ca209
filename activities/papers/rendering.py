"""Renders a paper: the same facts and the same templates give the same bytes, on any machine."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from pydantic import ValidationError

from activities.papers.printable import in_its_own_order, without_unprintable
from activities.papers.qr_code import qr_code
from activities.papers.template_folder import Templates
from domain.paper_facts import PaperFacts

_PLACE = re.compile(r"┌─ (?:\S*/)?(\S+)")
_WORD = re.compile(r"\w+")


class PaperNotRendered(Exception):
    """The paper could not be set; names its kind, the version and what typst says, never a person's data."""


def render_paper(templates: Templates, version: str, facts: Mapping[str, Any]) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1 from what the register keeps of it; blocks while typst works.

    A sign that no font has, that PDF/A does not allow or that would turn the text round is printed as □. Raises
    `PaperNotRendered`.
    """
    paper = _read(facts)
    main = templates.main(version)
    if main is None:
        raise PaperNotRendered(f"{paper.kind}: the templates have no version {version}")
    try:
        return _printed(main, paper, in_its_own_order(paper.model_dump_json()))
    except typst.TypstError as error:
        raise PaperNotRendered(_explained(error, paper, version)) from None


def _read(facts: Mapping[str, Any]) -> PaperFacts:
    try:
        return PaperFacts.model_validate(facts)
    except ValidationError as error:
        places = sorted({".".join(map(str, fault["loc"])) for fault in error.errors()})
        raise PaperNotRendered(f"the facts cannot be read: {', '.join(places)}") from None


def _printed(main: Path, paper: PaperFacts, told: str) -> bytes:
    try:
        return _set(main, paper, told)
    except typst.TypstError as error:
        printable = without_unprintable(told, error.diagnostic)
        if printable == told:
            raise
    return _printed(main, paper, printable)


def _set(main: Path, paper: PaperFacts, told: str) -> bytes:
    inputs = {"facts": told}
    if paper.status_address:
        inputs["qr_code"] = qr_code(paper.status_address)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[main.parent])
    compiler = typst.Compiler(main, root=main.parent, font_paths=fonts, sys_inputs=inputs)
    # Typst takes whole seconds only.
    issued = paper.issued_at.replace(microsecond=0)
    document = compiler.compile(pdf_standards=["a-2a", "ua-1"], timestamp=issued)
    assert isinstance(document, bytes), "one PDF file has all pages"
    return document


def _explained(error: typst.TypstError, paper: PaperFacts, version: str) -> str:
    # Typst may quote a fact: whatever word of its message is also a word of the facts is left out.
    told = set(_WORD.findall(paper.model_dump_json()))
    message = _WORD.sub(lambda word: "…" if word[0] in told else word[0], error.message)
    place = _PLACE.search(error.diagnostic)
    return f"{paper.kind} with templates {version}: {message}" + (f" ({place[1]})" if place else "")
