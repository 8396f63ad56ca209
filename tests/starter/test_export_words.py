"""The index of an exported case file: every code of the register has its words, the same ones in both languages."""

from collections.abc import Iterable

import pytest

from activities.register.audit import Action
from domain.acts import ActKind
from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee, Subject
from domain.events import Event
from domain.grades import PaperLanguage
from domain.inquiry import FactResult
from domain.papers import PaperKind
from domain.stages import OUTCOMES
from domain.standard import Channel
from starter.export.index import words_of

CODES: dict[str, Iterable[str]] = {
    "events": Event,
    "acts": ActKind,
    "papers": PaperKind,
    "audit": Action,
    "outcomes": OUTCOMES,
    "terms": ComplaintTermKind,
    "complaints": [*Addressee, *Subject],
    "people": Channel,
    "facts": FactResult,
}


@pytest.mark.parametrize("section", CODES)
@pytest.mark.parametrize("language", list(PaperLanguage))
def test_every_code_of_the_register_has_its_words(section: str, language: PaperLanguage) -> None:
    assert set(CODES[section]) - set(words_of(language)[section]) == set()


def test_both_languages_have_the_same_words() -> None:
    kazakh, russian = (
        {
            (section, word)
            for section, words in words_of(language).items()
            if isinstance(words, dict)
            for word in words
        }
        for language in PaperLanguage
    )
    assert kazakh == russian
