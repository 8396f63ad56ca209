"""What a paper may draw on: the case as the register has it at the moment of the paper."""

from datetime import date

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.acts import Admit, SubmitPlan
from domain.application import Applicant, Child
from domain.complaint_source import ComplaintSource
from domain.grades import PaperLanguage
from domain.package import Document, Finding
from domain.paper_kinds import PaperKind
from domain.school import School, StaffMember
from domain.standard import Channel


class Correction(BaseModel):
    """The change of the working calendar that moved a due moment after it had passed."""

    model_config = ConfigDict(frozen=True)

    act: str
    old_due_at: AwareDatetime
    notice_issued_at: AwareDatetime | None = None
    """When the notice of silence was issued that is now wrong."""


class ActingFor(BaseModel):
    """By which order the one who signs acts as head, and for whom; None where the post was free."""

    model_config = ConfigDict(frozen=True)

    member: StaffMember | None = None
    act: str


class Withdrawal(BaseModel):
    """How an application was taken back."""

    model_config = ConfigDict(frozen=True)

    by_office: bool
    """Whether a clerk recorded the applicant's written request."""
    reason: str | None = None


class EarlierCase(BaseModel):
    """The case that this application follows, with the papers that it takes over (D6)."""

    model_config = ConfigDict(frozen=True)

    number: str
    documents: tuple[Document, ...]


class OrderedPeriod(BaseModel):
    """The order that a reminder speaks of, and its last day."""

    model_config = ConfigDict(frozen=True)

    order_number: str
    ordered_at: AwareDatetime
    ends: date


class PaperSource(BaseModel):
    """All of a case that papers may say; `signed_by` is the clerk for a receipt, the head for other acts."""

    model_config = ConfigDict(frozen=True)

    kind: PaperKind
    number: str
    issued_at: AwareDatetime
    school: School
    case_number: str
    channel: Channel
    language: PaperLanguage
    received_at: AwareDatetime
    registration_number: str | None = None
    registered_at: AwareDatetime | None = None
    due_at: AwareDatetime
    effective_day: date | None = None
    """The day that counts as the day of receipt; None where nobody looked it up."""
    decided_at: AwareDatetime | None = None
    """When the outcome of the round was decided; of a notice of silence, whether there is one."""
    applicant: Applicant
    child: Child
    documents: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()
    reasoning: str | None = None
    admitted: Admit | None = None
    plan: SubmitPlan | None = None
    correction: Correction | None = None
    """Of a correcting notice, what it corrects; `due_at` is the new term."""
    complaint: ComplaintSource | None = None
    """Of a paper about a complaint, the complaint."""
    withdrawal: Withdrawal | None = None
    earlier: EarlierCase | None = None
    """Of a receipt given when an application was filed again."""
    supplementary: bool = False
    """Whether a receipt is for papers that were added; `documents` are those alone."""
    period: OrderedPeriod | None = None
    late_working_days: int | None = None
    """Of an answer after the term, by how many working days."""
    signed_by: StaffMember | None = None
    acting_for: ActingFor | None = None
    """Of a paper that the head signs, if somebody acts in the post."""
    executor: StaffMember | None = None
    """Who prepared the paper: of a refusal, the clerk whose check stands."""
    status_address: str | None = None
