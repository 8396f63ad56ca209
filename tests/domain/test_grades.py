"""Grades and languages (par. 6)."""

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.grades import Grade, InstructionLanguage, PaperLanguage

GRADE: TypeAdapter[int] = TypeAdapter(Grade)


@pytest.mark.parametrize("grade", range(1, 13))
def test_par_6_grades_are_one_to_twelve(grade: int) -> None:
    assert GRADE.validate_python(grade) == grade


@pytest.mark.parametrize("grade", [0, 13, -1, "5", 5.0, True, None])
def test_par_6_anything_else_is_no_grade(grade: object) -> None:
    with pytest.raises(ValidationError):
        GRADE.validate_python(grade)


def test_par_6_five_languages_of_instruction_have_a_state_curriculum() -> None:
    assert [language.value for language in InstructionLanguage] == ["kk", "ru", "ug", "uz", "tg"]
    assert all(language.wording.kk and language.wording.ru for language in InstructionLanguage)


def test_section_4_papers_are_written_in_kazakh_or_russian() -> None:
    assert [language.value for language in PaperLanguage] == ["kk", "ru"]
