"""The words of the built-in templates: both languages have the same ones, and the templates use them all."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from domain.complaint import ComplaintTermKind
from domain.complaint_acts import ExtensionGround
from domain.complaint_facts import Answered, EnclosureKind
from domain.consequence import Consequence
from tests.papers.readers import TEMPLATES

FOLDER = TEMPLATES.folder / TEMPLATES.current
BY_CODE: dict[str, set[str]] = {
    "attacked": {"REFUSED", "ORDER_ISSUED"},
    "consequence": set(Consequence),
    "enclosures": {EnclosureKind.COMPLAINT, EnclosureKind.APPLICATION, EnclosureKind.FILE},
    "grounds": set(ExtensionGround),
    "owed": set(ComplaintTermKind),
    "ruling": set(Answered),
    "terms": set(ComplaintTermKind),
}
"""Words that a template looks up by a code of the facts."""


def flat(words: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, said in words.items():
        if isinstance(said, dict):
            yield from flat(said, f"{above}{name}.")
        else:
            yield above + name, said


def words_of(language: str) -> dict[str, str]:
    return dict(flat(tomllib.loads((FOLDER / f"words.{language}.toml").read_text(encoding="utf-8"))))


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    places = [
        {name: sorted(re.findall(r"{(\w+)}", said)) for name, said in words_of(language).items()}
        for language in ("kk", "ru")
    ]
    assert places[0] == places[1]


def test_the_templates_use_every_word() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.typ"))
    chosen_by_kind = ("title.", "form.", *(f"{section}." for section in BY_CODE))
    names = {name for name in words_of("kk") if not name.startswith(chosen_by_kind)}
    assert {name for name in names if not re.search(rf"words\.{re.escape(name)}\b", templates)} == set()


def test_every_code_of_a_complaint_has_its_words() -> None:
    words = tomllib.loads((FOLDER / "words.ru.toml").read_text(encoding="utf-8"))
    lacking = {code for section, codes in BY_CODE.items() for code in codes - set(words[section])}
    assert lacking == set()
