"""A page of the index: the same parts as HTML with links and as plain text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

_STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 62em; margin: 2em auto; padding: 0 1em; color: #1a1a1a; }
h1, h2 { line-height: 1.25; } h2 { margin-top: 2em; border-bottom: 2px solid #555; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; }
th, td { text-align: left; vertical-align: top; padding: .35em .6em; }
th, td { border-bottom: 1px solid #bbb; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f4f4; padding: .8em; }
@media print { a { color: inherit; } }
"""


@dataclass(frozen=True)
class Link:
    """The name of a file in the export, which leads to it."""

    text: str
    path: str


Cell = str | Link


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    words: str


@dataclass(frozen=True)
class Table:
    """Rows under a header."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Verbatim:
    """What somebody gave to the service, as it was given."""

    title: str
    words: str


Part = Text | Table | Verbatim


@dataclass(frozen=True)
class Section:
    """Parts under a heading."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Page:
    """The index in one language."""

    language: str
    """Its code, such as `kk`."""
    language_name: str
    title: str
    sections: tuple[Section, ...]


def as_html(pages: Sequence[Page]) -> str:
    """One document with a part in each language; needs no script and nothing from the network."""
    links = " · ".join(f'<a href="#{page.language}">{escape(page.language_name)}</a>' for page in pages)
    bodies = "\n".join(_body(page) for page in pages)
    return (
        f'<!doctype html>\n<html lang="{pages[0].language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(pages[0].title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<nav>{links}</nav>\n{bodies}\n</body>\n</html>\n"
    )


def _body(page: Page) -> str:
    sections = "\n".join(
        f"<section><h2>{escape(section.title)}</h2>\n" + "\n".join(map(_part, section.parts)) + "\n</section>"
        for section in page.sections
    )
    return f'<main id="{page.language}" lang="{page.language}">\n<h1>{escape(page.title)}</h1>\n{sections}\n</main>'


def _part(part: Part) -> str:
    if isinstance(part, Text):
        return f"<p>{escape(part.words)}</p>"
    if isinstance(part, Verbatim):
        return f"<h3>{escape(part.title)}</h3>\n<pre>{escape(part.words)}</pre>"
    header = "".join(f'<th scope="col">{escape(name)}</th>' for name in part.header)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in part.rows)
    return f"<table>\n<thead><tr>{header}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Link):
        return f'<td><a href="{escape(cell.path)}">{escape(cell.text)}</a></td>'
    return f"<td>{escape(cell)}</td>"


def as_text(page: Page) -> str:
    """The page as plain text: a line for each row, with the names of the columns where they are not empty."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield from (page.title, "=" * len(page.title))
    for section in page.sections:
        yield from ("", section.title, "-" * len(section.title))
        for part in section.parts:
            yield from _text_lines(part)


def _text_lines(part: Part) -> Iterator[str]:
    if isinstance(part, Text):
        yield part.words
    elif isinstance(part, Verbatim):
        yield from ("", part.title, *(f"    {line}" for line in part.words.splitlines()))
    else:
        for row in part.rows:
            named = zip(part.header, map(_plain, row), strict=True)
            yield "* " + "; ".join(f"{name}: {said}" for name, said in named if said)


def _plain(cell: Cell) -> str:
    return cell.path if isinstance(cell, Link) else cell
