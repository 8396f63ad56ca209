"""What a paper about a complaint is kept as (par. 9, 10): enough to show it again without looking anywhere else."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.complaint import ComplaintTermKind, Via
from domain.complaint_acts import Addressee, ExtensionGround, Form, Subject
from domain.consequence import Consequence
from domain.paper_kinds import PaperKind
from domain.stages import Stage
from domain.wording import Bilingual


class _Facts(BaseModel):
    # Facts stored by an older or newer version must stay readable.
    model_config = ConfigDict(frozen=True, extra="ignore")


class BodyFacts(_Facts):
    """The authorised body; address and phone are None where the directory knows its name alone."""

    bin: str
    name: Bilingual
    address: Bilingual | None = None
    phone: str | None = None


class AttackedFacts(_Facts):
    """What is complained of (R9.1); day and number are those of the decision, where it is one of the case."""

    object: Subject
    outcome: Stage | None = None
    number: str | None = None
    decided_on: date | None = None
    action: str | None = None


class AcceptedByFacts(_Facts):
    """Who accepted the complaint (R9.4)."""

    name: str
    post: Bilingual


class AnswerTermFacts(_Facts):
    """Until when the answer is due; `due_at` is None until whoever decides has registered the complaint."""

    working_days: int
    due_at: datetime | None = None
    effective_day: date | None = None
    """The day that counts as the day of registration, where it is another one."""


class ForwardingFacts(_Facts):
    """Until when the school has to forward the complaint with the case file (D3)."""

    working_days: int
    due_at: datetime


class ExtensionFacts(_Facts):
    """The one extension of the term (D4); the new due moment is that of the term to answer."""

    working_days: int
    ground: ExtensionGround
    reason: str
    old_due_at: datetime


class Answered(StrEnum):
    """How a complaint was answered, as the reply says it."""

    UPHELD = "UPHELD"
    PARTLY = "PARTLY"
    REJECTED = "REJECTED"
    SETTLED = "SETTLED"


class NextRouteFacts(_Facts):
    """From the answer of the school to the authorised body; the months to complain run from no earlier day."""

    authorised_body: Bilingual
    body_working_days: int
    months: int
    not_before: date


class ReplyFacts(_Facts):
    """The reasoned answer (R9.5, R9.6)."""

    answered: Answered
    reasons: str | None = None
    """None where the school meets the complaint fully: the measure says it all."""
    measure: str | None = None
    measure_on: date | None = None
    consequence: Consequence | None = None
    """How the application goes on because of it."""
    other_case: str | None = None
    """The number of the case in which it goes on or was ordered; None where another person filed that."""
    by_the_one_complained_of: bool = False
    """D5: said openly."""
    next_route: NextRouteFacts | None = None
    """None after the answer of the authorised body: from there the way leads to court alone."""


class PassedTermFacts(_Facts):
    """A term of the complaint that was over without what it is for."""

    term: ComplaintTermKind
    due_at: datetime
    next_route: NextRouteFacts | None = None
    """To the authorised body, where the complaint waits for the school; None where the body itself is late."""


class MovedTermFacts(_Facts):
    """A term that was over and is not any more, because the working calendar was changed."""

    term: ComplaintTermKind
    act: str
    old_due_at: datetime
    due_at: datetime
    corrected_on: date | None = None
    """The day of the notice that is withdrawn."""


class EnclosureKind(StrEnum):
    """What goes to the authorised body with a complaint."""

    COMPLAINT = "COMPLAINT"
    APPLICATION = "APPLICATION"
    DOCUMENT = "DOCUMENT"
    PAPER = "PAPER"
    FILE = "FILE"
    """The case file as `uide export` makes it."""


class EnclosureFacts(_Facts):
    """One entry of the list of the case file; a document has its name, a paper its kind."""

    kind: EnclosureKind
    name: Bilingual | None = None
    title: str | None = None
    paper: PaperKind | None = None
    number: str | None = None
    dated: date | None = None


class LetterFacts(_Facts):
    """What the school writes to the authorised body (D3)."""

    note: str | None = None
    enclosures: tuple[EnclosureFacts, ...]


class AboutComplaintFacts(_Facts):
    """The complaint that a paper is about; moments are local time with offset."""

    number: str
    addressee: Addressee
    via: Via
    form: Form
    registered_at: datetime
    accepted_by: AcceptedByFacts | None = None
    """None where the applicant filed it electronically, and nobody's hands were needed."""
    attacked: AttackedFacts
    body: BodyFacts
    """The authorised body: it considers the complaint, or may be turned to next."""
    body_number: str | None = None
    body_registered_at: datetime | None = None
    late_months: int | None = None
    """D2: of a complaint filed after them, the months to complain; None where it was filed within them."""
    conflict: bool = False
    """D5: whether the head is to decide on an act of the head's own."""
    term: AnswerTermFacts
    forwarding: ForwardingFacts | None = None
    extension: ExtensionFacts | None = None
    reply: ReplyFacts | None = None
    letter: LetterFacts | None = None
    passed: PassedTermFacts | None = None
    moved: MovedTermFacts | None = None
