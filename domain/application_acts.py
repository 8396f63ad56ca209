"""The acts about an application, in the words of the law: paragraphs 4 to 7."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from domain.act_content import ActContent, Reason, Text
from domain.application import MOST_DOCUMENTS, FiledDocument
from domain.attachment import check_total
from domain.day import Day
from domain.grades import Grade, InstructionLanguage
from domain.inquiry import FactKind
from domain.package import Defect, Document, Finding
from domain.plain_text import Line
from domain.refusal import invalid
from domain.staff import Actor
from domain.stages import Step
from domain.standard import DocumentKind, RefusalGround


class CheckedItem(ActContent):
    """What the clerk saw of one document; dates given here stand for those that were filed."""

    document: DocumentKind
    present: bool
    number: Line | None = None
    valid_until: Day | None = None
    period_to: Day | None = None
    note: Line | None = None
    """Printed by a refusal; needed where a filed document is marked as absent or as ending earlier than filed."""

    def as_seen(self, filed: tuple[Document, ...]) -> tuple[Document, ...]:
        """The documents of this kind as the check leaves them: none, those filed, or the one the clerk describes."""
        if not self.present:
            return ()
        of_kind = tuple(document for document in filed if document.kind is self.document)
        if of_kind and self.valid_until is None and self.period_to is None:
            return of_kind
        stated = self.model_dump(include={"number", "valid_until", "period_to"}, exclude_none=True)
        return (self._described(of_kind).model_copy(update=stated),)

    def _described(self, of_kind: tuple[Document, ...]) -> Document:
        meant = of_kind if len(of_kind) == 1 else tuple(d for d in of_kind if d.number == self.number)
        return meant[0] if meant else Document(kind=self.document)


class CheckPackage(ActContent):
    """The clerk's check of the package (R5.4): facts only; what is missing or expired follows from the Rules."""

    items: tuple[CheckedItem, ...] = Field(min_length=1)

    @field_validator("items")
    @classmethod
    def _each_once(cls, items: tuple[CheckedItem, ...]) -> tuple[CheckedItem, ...]:
        if len({item.document for item in items}) < len(items):
            raise invalid(
                "item_twice", "a document is checked twice", "Each has one result", "Leave one entry for it"
            )
        return items

    def as_seen(self, filed: tuple[Document, ...]) -> tuple[Document, ...]:
        """The package as the check leaves it; what the check does not speak of stays as it was filed."""
        spoken_of = {item.document for item in self.items}
        others = tuple(document for document in filed if document.kind not in spoken_of)
        return (*others, *(document for item in self.items for document in item.as_seen(filed)))

    @property
    def step(self) -> Step:
        return Step.CHECK_PACKAGE


class Overruling(ActContent):
    """The head's reason for not following one finding of the check."""

    document: DocumentKind
    defect: Defect
    reason: Reason


class Admit(ActContent):
    """Grade, language, period and specialists, determined by the head (R6.1-R6.4)."""

    decision: Literal["admit"]
    grade: Grade
    language_of_instruction: InstructionLanguage
    period_from: Day
    period_to: Day
    specialists: tuple[Actor, ...] = Field(min_length=1, max_length=30)
    overruled: tuple[Overruling, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _period_runs_forward(self) -> Self:
        if self.period_to < self.period_from:
            raise invalid(
                "period_backwards",
                "the period ends before it begins",
                "An order names the first and the last day of teaching at home",
                "Correct period_from or period_to",
            )
        return self

    @property
    def step(self) -> Step:
        return Step.ADMIT


class NamedFinding(Finding):
    """A defect as the head names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def finding(self) -> Finding:
        """The defect as the case keeps it."""
        return Finding.model_validate(self.model_dump())


class Refuse(ActContent):
    """The head's reasoned refusal of further consideration, with coded grounds (R4.7, R4.9, Q9)."""

    decision: Literal["refuse"]
    grounds: tuple[RefusalGround, ...] = Field(min_length=1)
    reasoning: Reason
    findings: tuple[NamedFinding, ...] = Field(default=(), max_length=MOST_DOCUMENTS)
    """The head's own findings beside those of the check, which all stand; for the office only."""

    @property
    def step(self) -> Step:
        return Step.REFUSE


class ReturnPlan(ActContent):
    """The head sends the plan back to the specialists."""

    decision: Literal["return_plan"]
    reason: Reason

    @property
    def step(self) -> Step:
        return Step.RETURN_PLAN


class SignOrder(ActContent):
    """The head signs the order on admission to home education (R7.1)."""

    decision: Literal["sign_order"]

    @property
    def step(self) -> Step:
        return Step.SIGN_ORDER


class PlanSubject(ActContent):
    """One subject of the plan: who teaches it and for how many hours a week."""

    subject: Text
    weekly_hours: Annotated[Decimal, Field(gt=0, le=40, max_digits=4, decimal_places=2)]
    teacher: Text


class SubmitPlan(ActContent):
    """How the specialists organise the teaching (requirements, section 8); hours are the school's to set (Q24)."""

    programme: Text
    responsible: Text
    subjects: tuple[PlanSubject, ...] = Field(min_length=1, max_length=40)
    agreed_with_parent_on: Day | None = None
    timetable: Text | None = None

    @property
    def weekly_hours(self) -> Decimal:
        """The hours of all subjects together."""
        return sum((subject.weekly_hours for subject in self.subjects), Decimal(0))

    @property
    def step(self) -> Step:
        return Step.SUBMIT_PLAN


class AddDocuments(ActContent):
    """Papers that the applicant adds while the term runs; the term runs on (Q10)."""

    documents: tuple[FiledDocument, ...] = Field(min_length=1, max_length=MOST_DOCUMENTS)

    @field_validator("documents")
    @classmethod
    def _are_fit(cls, documents: tuple[FiledDocument, ...]) -> tuple[FiledDocument, ...]:
        check_total(len(document.file.content) for document in documents if document.file)
        return documents

    @property
    def step(self) -> Step:
        return Step.ADD_DOCUMENTS


class Withdraw(ActContent):
    """The applicant takes the application back; a clerk of the office names the written request in `reason`."""

    reason: Text | None = None

    @property
    def step(self) -> Step:
        return Step.WITHDRAW


class DisputeFact(ActContent):
    """The applicant says that an information system is wrong (R5.8). Nothing rests on its answer; it is asked again."""

    fact: FactKind
    what_is_wrong: Text

    @property
    def step(self) -> Step:
        return Step.DISPUTE_FACT


class Manner(StrEnum):
    """How a paper reached an applicant of the office."""

    HANDED_OVER = "HANDED_OVER"
    POSTED = "POSTED"


class RecordDelivery(ActContent):
    """The result reached the applicant on paper (Q30)."""

    manner: Manner
    note: Text | None = None

    @property
    def step(self) -> Step:
        return Step.RECORD_DELIVERY


Decision = Annotated[Admit | Refuse | SignOrder | ReturnPlan, Field(discriminator="decision")]
"""What the head decides; which fields it takes follows from `decision`."""
