"""The facts of a paper as the register keeps them: enough to show it again without looking anywhere else."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from domain.complaint_facts import AboutComplaintFacts, BodyFacts
from domain.documents import DocumentKind
from domain.grades import InstructionLanguage, PaperLanguage
from domain.package import Defect
from domain.paper_kinds import PaperKind
from domain.refusal_grounds import RefusalGround
from domain.standard import Channel
from domain.wording import Bilingual


class _Facts(BaseModel):
    # Facts stored by an older or newer version must stay readable.
    model_config = ConfigDict(frozen=True, extra="ignore")


class ServiceFacts(_Facts):
    """The service by its exact title, and what it rests on (R1.1)."""

    title: Bilingual
    legal_basis: Bilingual


class SchoolFacts(_Facts):
    """The provider."""

    bin: str
    name: Bilingual
    address: Bilingual
    phone: str


class CaseFacts(_Facts):
    """The application: its numbers and moments, local time with offset."""

    number: str
    channel: Channel
    received_at: datetime
    registration_number: str | None = None
    registered_at: datetime | None = None
    due_at: datetime
    effective_day: date | None = None
    """The day that counts as the day of receipt, where it is another one."""
    decided_on: date | None = None
    """The day of the decision; in a notice of silence, of one that had not reached the applicant in time."""
    late_working_days: int | None = None
    """Of an answer after the term, by how many working days; None where it is in time."""


class PersonFacts(_Facts):
    """A person; the IIN is never whole."""

    name: str
    iin_masked: str
    address: str | None = None
    phone: str | None = None


class DocumentFacts(_Facts):
    """A document of the package, without anything it says of health."""

    kind: DocumentKind
    name: Bilingual
    title: str | None = None
    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    period_from: date | None = None
    period_to: date | None = None


class DefectFacts(_Facts):
    """A document that is missing or has expired, by name (R4.7)."""

    kind: DocumentKind
    defect: Defect
    name: Bilingual
    number: str | None = None
    expired_on: date | None = None
    note: str | None = None


class GroundFacts(_Facts):
    """A coded ground of the refusal in words (R4.9)."""

    code: RefusalGround
    words: Bilingual


class RefusalFacts(_Facts):
    """Why further consideration is refused."""

    grounds: tuple[GroundFacts, ...]
    defects: tuple[DefectFacts, ...]
    reasoning: str


class SubjectFacts(_Facts):
    """A subject of the plan."""

    subject: str
    weekly_hours: Decimal
    teacher: str


class OrderFacts(_Facts):
    """What the order decides (R6.2, R6.3, R7.1; requirements, section 8)."""

    conclusions: tuple[DocumentFacts, ...]
    grade: int
    language_of_instruction: InstructionLanguage
    language_name: Bilingual
    period_from: date
    period_to: date
    programme: str
    responsible: str
    subjects: tuple[SubjectFacts, ...]
    weekly_hours: Decimal
    agreed_with_parent_on: date | None = None
    timetable: str | None = None


class ActingForFacts(_Facts):
    """By which order somebody signs as acting head, and for whom; no name and post where the post was free."""

    name: str | None = None
    post: Bilingual | None = None
    act: str


class SignatoryFacts(_Facts):
    """Who signs; `signature` names the digital signature, None while there is none."""

    name: str
    post: Bilingual
    signature: str | None = None
    acting_for: ActingForFacts | None = None


class ExecutorFacts(_Facts):
    """Who prepared the paper and answers questions about it."""

    name: str
    post: Bilingual
    phone: str


class CorrectionFacts(_Facts):
    """Why a term that was over is not over any more; the new one is the case's own."""

    act: str
    """The act that changed the working calendar."""
    old_due_at: datetime
    corrected_on: date | None = None
    """The day of the notice of silence that is withdrawn."""


class WithdrawalFacts(_Facts):
    """How the application was taken back; the moment is that of the paper."""

    by_office: bool
    """Whether a clerk recorded the applicant's written request, which `reason` names."""
    reason: str | None = None


class EarlierFacts(_Facts):
    """The case whose papers this application has taken over (D6)."""

    number: str
    documents: tuple[DocumentFacts, ...]


class PeriodFacts(_Facts):
    """The teaching at home that an order set, and its last day."""

    order_number: str
    ordered_on: date
    ends: date


class ComplaintFacts(_Facts):
    """Where, how long and from when on one may complain (R9.7, R10.1).

    Terms are working days from registration of the complaint. The months to complain run from the day the
    person learnt of the matter, which cannot be before `not_before`; a paper does not know their last day.
    """

    head_working_days: int
    body_working_days: int
    authorised_body: Bilingual
    months: int
    not_before: date


class PaperFacts(_Facts):
    """A paper; which of its parts it has follows from its kind and from the case."""

    kind: PaperKind
    number: str
    issued_at: datetime
    languages: tuple[PaperLanguage, ...]
    service: ServiceFacts
    school: SchoolFacts
    case: CaseFacts
    applicant: PersonFacts
    child: PersonFacts
    for_self: bool = False
    """Whether an adult pupil applies for self (Q29)."""
    documents: tuple[DocumentFacts, ...]
    signed_by: SignatoryFacts | None = None
    refusal: RefusalFacts | None = None
    order: OrderFacts | None = None
    correction: CorrectionFacts | None = None
    complaint: ComplaintFacts | None = None
    about_complaint: AboutComplaintFacts | None = None
    issued_by: BodyFacts | None = None
    """The authorised body, where the paper is its own; None where it is the school's."""
    withdrawal: WithdrawalFacts | None = None
    earlier: EarlierFacts | None = None
    supplementary: bool = False
    """Whether a receipt is for papers added to an application; `documents` are those alone."""
    period: PeriodFacts | None = None
    executor: ExecutorFacts | None = None
    status_address: str | None = None
    """Where the applicant can follow the case; None where the service has no address of its own."""
