"""What is answered to input that cannot be taken: what is wrong, where, why, and what to do instead."""

from collections.abc import Iterable
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError


class Problem(BaseModel):
    """One thing wrong with an input; `code` is stable for programs, the rest is for people."""

    model_config = ConfigDict(frozen=True)

    code: str
    where: str
    what: str
    why: str
    instead: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.why}. {self.instead}."


class InputRefused(Exception):
    """The input was refused as a whole and nothing of it was taken; `problems` names every reason found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))

    @classmethod
    def of(cls, code: str, where: str, what: str, why: str, instead: str) -> Self:
        """The refusal for a single problem."""
        return cls((Problem(code=code, where=where, what=what, why=why, instead=instead),))

    @classmethod
    def from_validation(cls, error: ValidationError, root: str = "input") -> Self:
        """Every fault that pydantic found, in words, without repeating the values (they may be personal)."""
        return cls(
            _problem(details, root) for details in error.errors(include_input=False, include_url=False)
        )


def invalid(code: str, what: str, why: str, instead: str) -> PydanticCustomError:
    """The error a validator raises so that `InputRefused.from_validation` can say why and what to do."""
    return PydanticCustomError(code, "{what}", {"what": what, "why": why, "instead": instead})


_WORDS = {
    "missing": ("the field is missing", "It is required", "Add it"),
    "extra_forbidden": (
        "the field is unknown",
        "Nothing is silently ignored, a misspelt name would lose what it says",
        "Remove it, or correct its name",
    ),
}


def _problem(details: ErrorDetails, root: str) -> Problem:
    context: dict[str, Any] = details.get("ctx", {})
    what, why, instead = _WORDS.get(
        details["type"],
        (details["msg"], "The value does not have the form this field needs", "Correct the value"),
    )
    return Problem(
        code=details["type"],
        where=".".join((root, *(str(step) for step in details["loc"]))),
        what=str(context.get("what", what)),
        why=str(context.get("why", why)),
        instead=str(context.get("instead", instead)),
    )
