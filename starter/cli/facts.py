"""What information systems know of a case, in words: what was checked, and what could not be since when (R5.8)."""

from collections.abc import Iterator, Sequence

from activities.register.facts import FactStatus
from domain.inquiry import FactKind, FactResult, NamePart, Unanswered
from starter.cli.screen import moment

_RESULTS = {
    FactResult.MATCHES: "matches",
    FactResult.DIFFERS: "DIFFERS",
    FactResult.NOT_FOUND: "NOT FOUND",
}
_PARTS = {
    NamePart.SURNAME: "surname",
    NamePart.FIRST_NAME: "first name",
    NamePart.PATRONYMIC: "patronymic",
}
_FAILURES = {
    Unanswered.UNREACHABLE: "the gateway cannot be reached",
    Unanswered.TIMEOUT: "the gateway does not answer in time",
    Unanswered.TOO_LARGE: "the gateway answers too much",
    Unanswered.NOT_JSON: "the gateway answers no JSON",
    Unanswered.NOT_OF_THE_CONTRACT: "the gateway's answer is not of the contract",
    Unanswered.ABOUT_ANOTHER: "the gateway answers about somebody else",
    Unanswered.REDIRECTED: "the gateway sends elsewhere",
    Unanswered.NOT_TAKEN: "the gateway does not take the question",
    Unanswered.FAILED: "the gateway cannot answer now",
    Unanswered.NOT_ENTERED: "the register did not take the answer",
}


def fact_lines(facts: Sequence[FactStatus]) -> Iterator[str]:
    """The lines of a screen; none for a case that was filed before information systems were asked."""
    if not facts:
        return
    yield "Asked of the information systems: to be seen only, nothing may be demanded or refused for it (par. 5)"
    for fact in facts:
        yield f"  {fact.kind.wording.en}: {_answer(fact)}"
        if fact.kind is FactKind.SCHOOL_ROLL and fact.result is FactResult.NOT_FOUND:
            yield "    the head may decide all the same (Q20)"
        if fact.contradicts:
            yield "    an earlier answer said something else"
        if fact.disputed:
            yield "    the applicant disputes it"
        if fact.at and fact.failure:
            yield f"    asked again without an answer since {moment(fact.since)}: {_FAILURES[fact.failure]}"
    yield ""


def _answer(fact: FactStatus) -> str:
    if fact.result == "NOT_CHECKED":
        why = f": {_FAILURES[fact.failure]}" if fact.failure else ""
        asked = "asked for" if fact.is_asked_for else "asked for until the outcome,"
        return f"not checked, {asked} since {moment(fact.since)}{why}"
    parts = ", ".join(_PARTS[part] for part in fact.differs)
    differs = f" in {parts}" if parts else ""
    return f"{_RESULTS[fact.result]}{differs}, by {fact.source}, {moment(fact.at)}"
