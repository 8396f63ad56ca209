"""What is answered to input that cannot be taken: in words, at its place, never with the value."""

from datetime import datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import AwareDatetime, BaseModel, Field, ValidationError, field_validator

from domain.acts import Manner
from domain.refusal import ActRefused, InputRefused, Problem, invalid
from tests.domain.inputs import PLANTED


class Sample(BaseModel):
    text: Annotated[str, Field(min_length=3, max_length=12, pattern="^[a-z]+$")] = "abc"
    whole: int = 1
    hours: Annotated[Decimal, Field(gt=0, le=40, max_digits=4, decimal_places=2)] = Decimal(1)
    yes: bool = True
    manner: Manner = Manner.POSTED
    week: Literal[5, 6] = 5
    moment: AwareDatetime | None = None
    hour: time | None = None
    raw: bytes = b""
    entries: list[int] = []
    names: dict[str, int] = {}
    checked: str = ""

    @field_validator("checked")
    @classmethod
    def _is_empty(cls, value: str) -> str:
        if value == "plain":
            raise ValueError("the field is not empty; leave it empty")
        if value:
            raise invalid("not_empty", "the field is not empty", "It is empty", "Leave it empty")
        return value


FAULTS: list[tuple[str, Any, str, str]] = [
    ("text", 5, "string_type", "Put it between quotes"),
    ("text", "ab", "string_too_short", "shorter than 3 characters"),
    ("text", "abcdefghijklm", "string_too_long", "longer than 12 characters"),
    ("text", "A B C", "string_pattern_mismatch", "form of an id"),
    ("text", "\ud800abc", "string_unicode", "broken sign"),
    ("whole", "five", "int_parsing", "whole number"),
    ("whole", 1.5, "int_from_float", "whole number"),
    ("hours", 0, "greater_than", "not above 0"),
    ("hours", 41, "less_than_equal", "above 40"),
    ("hours", "1.234", "decimal_max_places", "two decimal places"),
    ("yes", "perhaps", "bool_parsing", "true or false"),
    ("manner", "BY_DOVE", "enum", "Choose one of 'HANDED_OVER' or 'POSTED'"),
    ("week", 7, "literal_error", "Choose one of 5 or 6"),
    ("moment", "2026-11-17T10:00:00", "timezone_aware", "2026-11-25T18:30:00+05:00"),
    ("moment", "noon", "datetime_from_date_parsing", "offset from UTC"),
    ("hour", "noon", "time_parsing", "Compare it with the description"),
    ("raw", 5, "bytes_type", "base64"),
    ("entries", {}, "list_type", "between [ and ]"),
    ("names", [], "dict_type", "between { and }"),
    ("checked", "plain", "value_error", "the field is not empty; leave it empty"),
    ("checked", "x", "not_empty", "Leave it empty"),
]


def the_problem(field: str, value: object) -> Problem:
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate({field: value})
    (problem,) = InputRefused.from_validation(caught.value, "sample").problems
    return problem


@pytest.mark.parametrize(("field", "value", "code", "words"), FAULTS)
def test_every_common_fault_is_told_in_plain_words(field: str, value: Any, code: str, words: str) -> None:
    problem = the_problem(field, value)
    assert (problem.code, problem.where) == (code, f"sample.{field}")
    assert words in f"{problem.what}. {problem.why}. {problem.instead}"
    assert "Input should" not in str(problem)


@pytest.mark.parametrize("field", [field for field in Sample.model_fields if field != "raw"])
def test_no_fault_repeats_the_value(field: str) -> None:
    assert PLANTED not in str(the_problem(field, PLANTED))


def test_a_list_of_which_no_entry_can_be_read_is_not_called_too_short_as_well() -> None:
    class Listed(BaseModel):
        entries: tuple[int, ...] = Field(min_length=1)

    with pytest.raises(ValidationError) as caught:
        Listed.model_validate({"entries": ["x", "y"]})
    assert caught.value.error_count() >= 2
    refused = InputRefused.from_validation(caught.value)
    assert [problem.where for problem in refused.problems] == ["input.entries.0", "input.entries.1"]


def test_a_problem_reads_as_sentences() -> None:
    problem = Problem(code="a", where="act.kind", what="it is wrong", why="It matters", instead="Correct it")
    assert str(problem) == "act.kind: it is wrong. It matters. Correct it."


def test_an_input_refused_says_all_of_its_problems() -> None:
    refused = InputRefused([the_problem("whole", "five"), the_problem("checked", "x")])
    assert str(refused).count("sample.") == 2


def test_an_act_refused_keeps_its_problem() -> None:
    refused = ActRefused("code", "it may not be", "The Rules say so", "Leave it")
    assert refused.problem.where == "act"
    assert str(refused) == "act: it may not be. The Rules say so. Leave it."


def test_a_moment_is_read_with_its_offset() -> None:
    moment = datetime.fromisoformat("2026-11-25T18:30:00+05:00")
    assert Sample.model_validate({"moment": "2026-11-25T18:30:00+05:00"}).moment == moment
