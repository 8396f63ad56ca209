"""Raw inputs for tests of parsing: what a file or a signal brings, before anyone has read it."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from domain.refusal import InputRefused, Problem
from domain.staff import APPLICANT
from tests.builders import CLERK, SCHOOL, a_child, a_document, an_applicant

PLANTED = "Құпиясөз-880414400029"
"""A value that no refusal may repeat."""


def a_request(**changes: Any) -> dict[str, Any]:
    """A portal request that can be filed."""
    return {
        "request_id": "request-000001",
        "channel": "PORTAL",
        "school": SCHOOL,
        "language": "kk",
        "applicant": an_applicant(),
        "child": a_child(),
        "wish": {"grade": 4, "language_of_instruction": "kk"},
        "documents": [a_document()],
        **changes,
    }


def a_raw_act(kind: str, content: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An act of that kind, done by somebody."""
    actor = APPLICANT if kind in ("add_documents", "withdraw") else CLERK
    return {"act_id": "act-000001", "kind": kind, "actor": actor, "content": content, **changes}


def with_value(raw: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The input with another value at that place, like `applicant.name.surname` or `documents.0.kind`."""
    changed = copy.deepcopy(raw)
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place: Any = changed
    for step in way:
        place = place[step]
    place[last] = value
    return changed


def without(raw: dict[str, Any], path: str) -> dict[str, Any]:
    """The input without the field at that place."""
    changed = with_value(raw, path, None)
    *way, last = path.split(".")
    place: Any = changed
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    del place[last]
    return changed


def problems(parse: Callable[[object], Any], raw: object) -> tuple[Problem, ...]:
    """Why the input is refused."""
    with pytest.raises(InputRefused) as caught:
        parse(raw)
    return caught.value.problems


def the_problem(parse: Callable[[object], Any], raw: object) -> Problem:
    """Why the input is refused, when there is one reason only."""
    (problem,) = problems(parse, raw)
    assert all((problem.where, problem.what, problem.why, problem.instead))
    return problem
