"""The questions that a case gives rise to: where they are sent, whom they are about, what the answer is held to."""

from dataclasses import dataclass, field

from activities.gateway.contract import Enrolment, Identity, Kinship, Reply
from domain.inquiry import FactKind, FullName


@dataclass(frozen=True)
class People:
    """Whom a case is about, as it was filed; nothing of it shows itself in a log."""

    applicant_iin: str = field(repr=False)
    applicant: FullName = field(repr=False)
    child_iin: str = field(repr=False)
    child: FullName = field(repr=False)
    school_bin: str


@dataclass(frozen=True)
class Question:
    """One request; the answer has to repeat all that `about` says."""

    kind: FactKind
    path: str
    about: dict[str, str] = field(repr=False)
    filed: FullName = field(repr=False)
    """The name of the person whom it is about."""
    reply: type[Reply]


def question(kind: FactKind, people: People) -> Question:
    """What is asked to learn a fact of that kind."""
    both = {"adult_iin": people.applicant_iin, "child_iin": people.child_iin}
    pupil = {"child_iin": people.child_iin, "school_bin": people.school_bin}
    match kind:
        case FactKind.APPLICANT_IDENTITY:
            return Question(kind, "/v1/identity", {"iin": people.applicant_iin}, people.applicant, Identity)
        case FactKind.CHILD_IDENTITY:
            return Question(kind, "/v1/identity", {"iin": people.child_iin}, people.child, Identity)
        case FactKind.PARENTHOOD:
            return Question(kind, "/v1/parenthood", both, people.applicant, Kinship)
        case FactKind.GUARDIANSHIP:
            return Question(kind, "/v1/guardianship", both, people.applicant, Kinship)
        case FactKind.SCHOOL_ROLL:
            return Question(kind, "/v1/enrolment", pupil, people.child, Enrolment)
