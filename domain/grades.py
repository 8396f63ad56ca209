"""Grades and languages that the head determines (par. 6), and the language of the papers."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Strict, WithJsonSchema

from domain.refusal import invalid
from domain.wording import Wording

FIRST_GRADE = 1
LAST_GRADE = 12


def _valid_grade(value: int) -> int:
    if not FIRST_GRADE <= value <= LAST_GRADE:
        raise invalid(
            "grade",
            f"the grade is not between {FIRST_GRADE} and {LAST_GRADE}",
            "The service is for primary, basic secondary and general secondary education",
            "Give the grade as a whole number",
        )
    return value


Grade = Annotated[
    int,
    Strict(),
    AfterValidator(_valid_grade),
    WithJsonSchema({"type": "integer", "minimum": FIRST_GRADE, "maximum": LAST_GRADE}),
]
"""A school year of primary, basic or general secondary education: 1 to 12."""


class InstructionLanguage(StrEnum):
    """Languages of instruction with a state curriculum."""

    KK = "kk"
    RU = "ru"
    UG = "ug"
    UZ = "uz"
    TG = "tg"

    @property
    def wording(self) -> Wording:
        """The name of the language, as an adjective in kk and ru."""
        return _LANGUAGE_NAMES[self]


class PaperLanguage(StrEnum):
    """The language of the application, in which all papers on it are written."""

    KK = "kk"
    RU = "ru"


_LANGUAGE_NAMES = {
    InstructionLanguage.KK: Wording(kk="қазақ", ru="казахский", en="Kazakh"),
    InstructionLanguage.RU: Wording(kk="орыс", ru="русский", en="Russian"),
    InstructionLanguage.UG: Wording(kk="ұйғыр", ru="уйгурский", en="Uyghur"),
    InstructionLanguage.UZ: Wording(kk="өзбек", ru="узбекский", en="Uzbek"),
    InstructionLanguage.TG: Wording(kk="тәжік", ru="таджикский", en="Tajik"),
}
