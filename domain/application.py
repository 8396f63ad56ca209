"""The application: what a parent files, at the office or through the portal (paragraphs 4 and 5)."""

import hashlib
import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from domain.attachment import Attachment, check_total
from domain.grades import Grade, InstructionLanguage, PaperLanguage
from domain.identifiers import Bin, Iin, is_surely_under
from domain.package import Document
from domain.person import Email, PersonName, Phone
from domain.plain_text import Line
from domain.refusal import InputRefused, invalid
from domain.staff import Actor
from domain.standard import Channel, DocumentKind

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{5,63}")
Key = Annotated[str, StringConstraints(pattern=f"^{_KEY.pattern}$")]
"""An id chosen by the sender so that the same thing sent twice is taken once."""


def is_key(text: str) -> bool:
    """Whether the text can be the id of something that was sent."""
    return _KEY.fullmatch(text) is not None


CaseNumber = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,10}-[0-9]{4}-[0-9]{5,9}$")]
"""The number of a case, as its receipt and papers have it."""

MOST_DOCUMENTS = 40
"""So many documents can be filed or added at once."""


AGE_OF_MAJORITY = 18
"""Years (Q29)."""


class Capacity(StrEnum):
    """By what right the applicant applies for the child (requirements, section 8; Q29)."""

    PARENT = "PARENT"
    ADOPTIVE_PARENT = "ADOPTIVE_PARENT"
    GUARDIAN = "GUARDIAN"
    FOSTER_PARENT = "FOSTER_PARENT"
    SELF = "SELF"


class _Input(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Applicant(_Input):
    """The service recipient: a natural person (R4.1)."""

    iin: Iin
    name: PersonName
    capacity: Capacity
    phone: Phone | None = None
    email: Email | None = None
    address: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _is_a_natural_person(cls, raw: Any) -> Any:
        if isinstance(raw, dict) and ("bin" in raw or _is_bin(raw.get("iin"))):
            raise invalid(
                "applicant_is_legal_entity",
                "a legal entity cannot apply",
                "Paragraph 4 gives the service to natural persons only",
                "Let the parent or legal representative apply with their own IIN",
            )
        return raw


def _is_bin(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 12 and value.isdigit() and value[4] in "456"


class Child(_Input):
    """The child who is to be taught at home."""

    iin: Iin
    name: PersonName


class Wish(_Input):
    """The grade and language the applicant asks for; the head determines them (R6.2, R6.3)."""

    grade: Grade
    language_of_instruction: InstructionLanguage


class FiledDocument(Document):
    """A document of the package with the file that shows it; a paper shown at the office may have none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Attachment | None = None

    @property
    def facts(self) -> Document:
        """The document without its file."""
        return Document.model_validate(self.model_dump(exclude={"file"}))


class Application(_Input):
    """What is filed, complete in itself; `request_id` makes filing it twice the same as once."""

    request_id: Key
    channel: Channel
    school: Bin
    language: PaperLanguage
    applicant: Applicant
    child: Child
    wish: Wish
    documents: tuple[FiledDocument, ...] = Field(default=(), max_length=MOST_DOCUMENTS)
    accepted_by: Actor | None = None
    after: CaseNumber | None = None
    """The case of the same child that was refused or withdrawn, whose papers are taken over (D6)."""

    @field_validator("documents")
    @classmethod
    def _documents_are_fit(cls, documents: tuple[FiledDocument, ...]) -> tuple[FiledDocument, ...]:
        check_total(len(document.file.content) for document in documents if document.file)
        return documents

    @model_validator(mode="after")
    def _fits_its_channel(self) -> Self:
        if self.channel is Channel.OFFICE and self.accepted_by is None:
            raise invalid(
                "accepted_by_missing",
                "the office employee who took the papers is not named",
                "Paragraph 4: the employee gives the receipt, so the register names the employee",
                "Put the clerk's id of the staff directory into accepted_by",
            )
        if self.channel is Channel.PORTAL and self.accepted_by is not None:
            raise invalid(
                "accepted_by_on_portal",
                "a portal request names an office employee",
                "Nobody takes in a request that comes through the portal",
                "Remove accepted_by, or file through the office",
            )
        return self

    @model_validator(mode="after")
    def _portal_documents_have_files(self) -> Self:
        if self.channel is Channel.PORTAL and any(document.file is None for document in self.documents):
            raise invalid(
                "portal_document_without_file",
                "a document has no file",
                "Paragraph 5: on the portal the package is attached",
                "Attach a pdf, jpg or png, or leave the document out",
            )
        return self

    @model_validator(mode="after")
    def _applies_for_self_or_for_another(self) -> Self:
        if (self.applicant.iin == self.child.iin) != (self.applicant.capacity is Capacity.SELF):
            raise invalid(
                "applicant_and_child",
                "the applicant and the child do not fit the capacity",
                "SELF is for an adult pupil, whose IIN is both the applicant's and the pupil's",
                "Correct the capacity or the IINs",
            )
        if self.applicant.capacity is Capacity.SELF and self.applicant.name != self.child.name:
            raise invalid(
                "self_with_two_names",
                "the applicant and the pupil are one person with two names",
                "SELF is for an adult pupil, who has one name",
                "Write the name in both places as the identity document has it",
            )
        return self

    @property
    def filed(self) -> tuple[FiledDocument, ...]:
        """The whole package: on the portal the electronic request is a document of it, by being sent."""
        if self.channel is Channel.OFFICE:
            return self.documents
        return (FiledDocument(kind=DocumentKind.ELECTRONIC_REQUEST), *self.documents)

    @property
    def content_hash(self) -> str:
        """SHA-256 over all that was filed; equal for equal content, whatever the order of the input's keys."""
        # What was filed before an application could name another one keeps its hash.
        unsaid = None if self.after else {"after"}
        return hashlib.sha256(self.model_dump_json(exclude=unsaid).encode()).hexdigest()


def check_age(application: Application, filing_day: date) -> None:
    """Q29: only who is of age on the day of filing applies for self; else raises `InputRefused`."""
    applicant = application.applicant
    if applicant.capacity is Capacity.SELF and is_surely_under(AGE_OF_MAJORITY, applicant.iin, filing_day):
        raise InputRefused.of(
            "self_under_18",
            "application.applicant.capacity",
            f"the applicant is younger than {AGE_OF_MAJORITY}",
            "For a minor the parent or another legal representative applies",
            "Let the representative file it with their own IIN and capacity",
        )


def parse_application(raw: object) -> Application:
    """The application in `raw`; raises `InputRefused` naming every fault found."""
    try:
        return Application.model_validate(raw)
    except ValidationError as error:
        raise InputRefused.from_validation(error, "application") from None
