"""What is answered to input that cannot be taken: what is wrong, where, why, and what to do instead."""

import re
from collections.abc import Collection, Iterable
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from domain.fault_words import fault_words

_FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
_Place = tuple[int | str, ...]


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


class ActRefused(Exception):
    """The act was understood but may not be done; `problem` is kept as the reason of its verdict."""

    def __init__(self, code: str, what: str, why: str, instead: str) -> None:
        self.problem = Problem(code=code, where="act", what=what, why=why, instead=instead)
        super().__init__(str(self.problem))


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
    def from_validation(
        cls, error: ValidationError, root: str = "input", variants: Collection[str] = ()
    ) -> Self:
        """Every fault that pydantic found, in words, without repeating the values (they may be personal).

        `variants` are the names of a union's members, which pydantic puts into places although no input has them.
        """
        faults = error.errors(include_input=False, include_url=False)
        places = [tuple(step for step in fault["loc"] if step not in variants) for fault in faults]
        return cls(
            _problem(fault, root, place, variants)
            for fault, place in zip(faults, places, strict=True)
            if not _follows_from_others(fault, place, places)
        )


def invalid(code: str, what: str, why: str, instead: str) -> PydanticCustomError:
    """The error a validator raises so that `InputRefused.from_validation` can say why and what to do."""
    return PydanticCustomError(code, "{what}", {"what": what, "why": why, "instead": instead})


def _follows_from_others(fault: ErrorDetails, place: _Place, places: Collection[_Place]) -> bool:
    # A list of which no entry could be read is also called too short.
    return fault["type"] == "too_short" and any(
        len(other) > len(place) and other[: len(place)] == place for other in places
    )


def _problem(fault: ErrorDetails, root: str, place: _Place, variants: Collection[str]) -> Problem:
    # Of a union of which nothing can be read pydantic does not say which members it has.
    named = {"expected_tags": ", ".join(f"'{variant}'" for variant in sorted(variants))}
    context: dict[str, Any] = named | fault.get("ctx", {})
    what, why, instead = fault_words(fault["type"], context)
    if fault["type"] in ("value_error", "assertion_error"):
        what = fault["msg"].partition(", ")[2]
    if discriminator := context.get("discriminator"):
        place = (*place, discriminator.strip("'"))
    return Problem(
        code=fault["type"],
        where=".".join((root, *(_shown(step) for step in place))),
        what=str(context.get("what", what)),
        why=str(context.get("why", why)),
        instead=str(context.get("instead", instead)),
    )


def _shown(step: int | str) -> str:
    # The name of an unknown field is the sender's: it is shown only where it looks like a name of a field.
    return str(step) if isinstance(step, int) or _FIELD_NAME.fullmatch(step) else "(another name)"
