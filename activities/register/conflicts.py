"""What the law makes unique is a constraint; a violated one is told in words, by its name."""

import asyncpg

from domain.refusal import InputRefused, Problem

CHILD_HAS_OPEN_CASE = "one_open_case_per_child"
REQUEST_IS_FILED_ONCE = "request_is_filed_once"
ACT_IS_WRITTEN_ONCE = "act_is_written_once"

_FOLLOW_THE_CASE = "Look at the case and its papers, and do what it waits for"
REASONS = {
    "one_order_per_case": (
        "order_exists",
        "the case has its order",
        "Paragraph 7: one order is issued on an application",
    ),
    "one_current_outcome_per_case": (
        "outcome_exists",
        "the case has an outcome that stands",
        "A case has one outcome at a time",
    ),
    "one_outcome_per_round": (
        "outcome_exists",
        "this round of the case has its outcome",
        "A case has one outcome at a time",
    ),
    "one_first_answer_per_portal_request": (
        "already_answered",
        "the portal request has been answered",
        "Paragraph 5: a portal request is answered by the notice or by the refusal, never by both",
    ),
    "one_registration_per_case": (
        "already_registered",
        "the request has its registration number",
        "Paragraph 5: a request is registered once",
    ),
    "paper_is_issued_once": (
        "paper_exists",
        "the paper of this act has been issued",
        "A paper of a kind is issued once for an application",
    ),
}
"""For constraints that an act can violate: code, what and why of the refusal."""


def unknown_case() -> InputRefused:
    """No case has this number."""
    return InputRefused.of(
        "unknown_case",
        "number",
        "there is no case with this number",
        "Every case has the number that stands on its receipt and papers",
        "Compare the number with the receipt",
    )


def unknown_school(where: str) -> InputRefused:
    """R3.1: no school of the directory has this BIN."""
    return InputRefused.of(
        "unknown_school",
        where,
        "the school is not in the register",
        "Paragraph 3: only schools of the directory provide the service",
        "Take the BIN from the directory of schools: uide schools",
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


def reason_against(error: asyncpg.UniqueViolationError) -> Problem | None:
    """Why an act that violated this constraint is refused; None when no act of a person explains the violation."""
    reason = REASONS.get(error.constraint_name or "")
    if reason is None:
        return None
    code, what, why = reason
    return Problem(code=code, where="act", what=what, why=why, instead=_FOLLOW_THE_CASE)
