"""What the law makes unique is a constraint; a violated one is told in words, by its name."""

import asyncpg

from domain.refusal import InputRefused

CHILD_HAS_OPEN_CASE = "one_open_case_per_child"
REQUEST_IS_FILED_ONCE = "request_is_filed_once"
ACT_IS_WRITTEN_ONCE = "act_is_written_once"


def unknown_case() -> InputRefused:
    """No case has this number."""
    return InputRefused.of(
        "unknown_case",
        "number",
        "there is no case with this number",
        "Every case has the number that stands on its receipt and papers",
        "Compare the number with the receipt",
    )


def child_has_open_case(number: str | None) -> InputRefused:
    """Q21: one open case per child; the number is told only to the person who filed it."""
    return InputRefused.of(
        "child_has_open_case",
        "application.child",
        "an application for this child is being considered" + (f" under number {number}" if number else ""),
        "There is one open case per child",
        "Follow that case, or withdraw it first" if number else "Call the school, it knows the case",
    )


def request_id_used() -> InputRefused:
    """The request id has opened a case with another content."""
    return InputRefused.of(
        "request_id_used",
        "application.request_id",
        "another application was filed under this request_id",
        "One request_id stands for one application, so that sending it twice does no harm",
        "Use a new request_id for a new application",
    )


def act_id_used() -> InputRefused:
    """The act id names another act, of this case or of another."""
    return InputRefused.of(
        "act_id_used",
        "act.act_id",
        "another act was done under this act_id",
        "One act_id stands for one act, so that sending it twice does no harm",
        "Use a new act_id, or send the same content",
    )


def violates(error: asyncpg.UniqueViolationError, constraint: str) -> bool:
    """Whether it was this constraint."""
    return bool(error.constraint_name == constraint)
