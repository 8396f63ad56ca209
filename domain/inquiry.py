"""What information systems are asked about a case (R5.8), and what their answers say beside what was filed.

No answer decides anything: no ground of refusal and no item of the check rests on one.
"""

import unicodedata
from datetime import timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.application import Capacity
from domain.wording import Wording


class FactKind(StrEnum):
    """What can be asked. Nothing of health is among it: medical secrecy."""

    APPLICANT_IDENTITY = "APPLICANT_IDENTITY"
    CHILD_IDENTITY = "CHILD_IDENTITY"
    PARENTHOOD = "PARENTHOOD"
    GUARDIANSHIP = "GUARDIANSHIP"
    SCHOOL_ROLL = "SCHOOL_ROLL"
    """Whether the child is a pupil of the school (Q20)."""

    @property
    def wording(self) -> Wording:
        """What is to be learnt, as screens name it."""
        return _NAMES[self]


class FactResult(StrEnum):
    """What an information system says of what was filed."""

    MATCHES = "MATCHES"
    DIFFERS = "DIFFERS"
    NOT_FOUND = "NOT_FOUND"


class Unanswered(StrEnum):
    """Why there is no answer; it is asked again, whichever it is."""

    UNREACHABLE = "UNREACHABLE"
    """No connection, or it broke."""
    TIMEOUT = "TIMEOUT"
    TOO_LARGE = "TOO_LARGE"
    NOT_JSON = "NOT_JSON"
    """Another type of content, as the page of a proxy is, or none at all."""
    NOT_OF_THE_CONTRACT = "NOT_OF_THE_CONTRACT"
    """JSON that is not the answer to this question."""
    ABOUT_ANOTHER = "ABOUT_ANOTHER"
    """An answer about another person or school than was asked."""
    REDIRECTED = "REDIRECTED"
    NOT_TAKEN = "NOT_TAKEN"
    """The gateway refuses the question (status 4xx)."""
    FAILED = "FAILED"
    """The gateway says that it cannot now (status 5xx)."""
    NOT_ENTERED = "NOT_ENTERED"
    """There was an answer, and the register did not take it."""

    @property
    def is_away(self) -> bool:
        """Whether asking another question at once would come to the same."""
        return self in (Unanswered.UNREACHABLE, Unanswered.TIMEOUT, Unanswered.FAILED)


class NamePart(StrEnum):
    """The parts of a name that are compared."""

    SURNAME = "surname"
    FIRST_NAME = "first_name"
    PATRONYMIC = "patronymic"


class FullName(BaseModel):
    """A name to be compared: the filed one, or the one that an information system has."""

    model_config = ConfigDict(frozen=True)

    surname: str
    first_name: str
    patronymic: str | None = None

    def differs_from(self, other: "FullName") -> tuple[NamePart, ...]:
        """The parts that are not the same letters; capitals, spaces and the way letters are composed do not count."""
        return tuple(part for part in NamePart if _letters(self, part) != _letters(other, part))


def _letters(name: FullName, part: NamePart) -> str:
    text: str = getattr(name, part) or ""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


_NAMES = {
    FactKind.APPLICANT_IDENTITY: Wording(
        kk="көрсетілетін қызметті алушының аты-жөні", ru="имя услугополучателя", en="name of the applicant"
    ),
    FactKind.CHILD_IDENTITY: Wording(kk="баланың аты-жөні", ru="имя ребенка", en="name of the child"),
    FactKind.PARENTHOOD: Wording(
        kk="көрсетілетін қызметті алушы — баланың ата-анасы",
        ru="услугополучатель — родитель ребенка",
        en="applicant is a parent of the child",
    ),
    FactKind.GUARDIANSHIP: Wording(
        kk="көрсетілетін қызметті алушы — баланың қорғаншысы (қамқоршысы)",
        ru="услугополучатель — опекун (попечитель) ребенка",
        en="applicant is a guardian of the child",
    ),
    FactKind.SCHOOL_ROLL: Wording(
        kk="бала — осы мектептің оқушысы",
        ru="ребенок — учащийся этой школы",
        en="child is a pupil of this school",
    ),
}
_ASKED: dict[Capacity, FactKind] = {
    Capacity.PARENT: FactKind.PARENTHOOD,
    Capacity.ADOPTIVE_PARENT: FactKind.PARENTHOOD,
    Capacity.GUARDIAN: FactKind.GUARDIANSHIP,
    Capacity.FOSTER_PARENT: FactKind.GUARDIANSHIP,
}


def facts_to_ask(capacity: Capacity) -> tuple[FactKind, ...]:
    """What is asked for an applicant of that capacity (Q29); an adult pupil is asked about once."""
    if capacity is Capacity.SELF:
        return FactKind.APPLICANT_IDENTITY, FactKind.SCHOOL_ROLL
    return (
        FactKind.APPLICANT_IDENTITY,
        FactKind.CHILD_IDENTITY,
        _ASKED[capacity],
        FactKind.SCHOOL_ROLL,
    )


FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=15)
ASKED_AGAIN = timedelta(days=1)
"""After an answer that does not match: meanwhile the school may have entered the child, a registry the child's name."""


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts without an answer, one or more; it doubles each time."""
    doublings = min(max(attempts, 1) - 1, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def pause_after_answer(result: FactResult) -> timedelta | None:
    """When to ask again after an answer; None where there is nothing more to learn."""
    return None if result is FactResult.MATCHES else ASKED_AGAIN
