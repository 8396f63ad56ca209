"""What a paper about a complaint may draw on: the complaint as the register has it at the moment of the paper."""

from datetime import date

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.complaint import ComplaintTermKind, Via
from domain.complaint_acts import (
    Addressee,
    ComplaintDecision,
    ExtendComplaint,
    Form,
    ForwardComplaint,
    SettleComplaint,
    Subject,
)
from domain.complaint_facts import BodyFacts
from domain.consequence import Consequence
from domain.package import Document
from domain.paper_kinds import PaperKind
from domain.school import StaffMember
from domain.stages import Stage


class Attacked(BaseModel):
    """What is complained of, with the decision of the case that it is, if it is one."""

    model_config = ConfigDict(frozen=True)

    object: Subject
    outcome: Stage | None = None
    number: str | None = None
    decided_at: AwareDatetime | None = None
    action: str | None = None


class Issued(BaseModel):
    """A paper of the case that was issued before."""

    model_config = ConfigDict(frozen=True)

    kind: PaperKind
    number: str
    issued_at: AwareDatetime


class PassedTerm(BaseModel):
    """A term of a complaint that was over without what it is for."""

    model_config = ConfigDict(frozen=True)

    kind: ComplaintTermKind
    due_at: AwareDatetime


class MovedTerm(BaseModel):
    """The change of the working calendar that moved a due moment of a complaint after it had passed."""

    model_config = ConfigDict(frozen=True)

    kind: ComplaintTermKind
    act: str
    old_due_at: AwareDatetime
    due_at: AwareDatetime
    notice_issued_at: AwareDatetime | None = None
    """When the notice was issued that is now wrong."""


class ComplaintSource(BaseModel):
    """All of a complaint that papers may say; of what was done or has happened it has what the paper tells of."""

    model_config = ConfigDict(frozen=True)

    number: str
    addressee: Addressee
    via: Via
    form: Form
    registered_at: AwareDatetime
    accepted_by: StaffMember | None = None
    attacked: Attacked
    body: BodyFacts
    body_number: str | None = None
    body_registered_at: AwareDatetime | None = None
    late: bool = False
    conflict: bool = False
    working_days: int
    """Of the plain term to answer."""
    due_at: AwareDatetime | None = None
    effective_day: date | None = None
    forwarding_working_days: int | None = None
    forwarding_due_at: AwareDatetime | None = None
    old_due_at: AwareDatetime | None = None
    """Of an extension, the due moment before it."""
    answer: ComplaintDecision | SettleComplaint | None = None
    consequence: Consequence | None = None
    other_case: str | None = None
    """In which it goes on or was ordered; None where another person filed it."""
    by_the_one_complained_of: bool = False
    extension: ExtendComplaint | None = None
    forwarding: ForwardComplaint | None = None
    passed: PassedTerm | None = None
    moved: MovedTerm | None = None
    documents: tuple[Document, ...] = ()
    """Of the package, as they go to the authorised body."""
    issued: tuple[Issued, ...] = ()
    """The papers of the case so far, as they go to the authorised body."""

    @property
    def by_body(self) -> bool:
        """Whether the body has it and speaks of it; of the case file, in letters and notices, the school does."""
        term = self.passed or self.moved
        of_the_file = term is not None and term.kind is ComplaintTermKind.FORWARDING
        return (self.body_registered_at is not None or self.via is Via.AUTHORITY) and not of_the_file
