"""The acts about a complaint, in the words of the law: paragraphs 9 and 10, and D2 to D5."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.act_content import ActContent, Reason, Text
from domain.application import Key
from domain.complaint_stages import ComplaintStep
from domain.day import Day
from domain.identifiers import Iin
from domain.plain_text import Line
from domain.refusal import invalid
from domain.stages import Step


class Addressee(StrEnum):
    """To whom a complaint may be filed (par. 9)."""

    HEAD = "HEAD"
    QUALITY_BODY = "QUALITY_BODY"


class Subject(StrEnum):
    """What may be complained of (R9.1)."""

    DECISION = "DECISION"
    ACTION = "ACTION"
    INACTION = "INACTION"


class Form(StrEnum):
    """How a complaint came; its complainant is told in the same form (D4)."""

    ELECTRONIC = "ELECTRONIC"
    PAPER = "PAPER"


class FileComplaint(ActContent):
    """A complaint of the applicant (R9.1-R9.3); what the law wants in it: whose, of what, on which grounds."""

    complainant_iin: Iin
    addressee: Addressee
    object: Subject
    attacked_act: Key | None = None
    """The act of the case that is complained of; without it the outcome that stands is meant."""
    action: Text | None = None
    """What was done, when the complaint is of an action."""
    grounds: Reason
    demand: Text | None = None
    form: Form | None = None
    """For staff who enter a complaint: how it came; on paper unless told. An applicant's own is electronic."""

    @model_validator(mode="after")
    def _says_what_was_done(self) -> Self:
        if self.object is Subject.ACTION and self.action is None:
            raise invalid(
                "action_not_told",
                "the complaint is of an action and does not say of which",
                "Whoever decides it must know what was done",
                "Say in action what was done, by whom and when",
            )
        return self

    @model_validator(mode="after")
    def _of_an_act_or_of_its_absence(self) -> Self:
        if self.object is Subject.INACTION and self.attacked_act is not None:
            raise invalid(
                "inaction_is_no_act",
                "the complaint is of an inaction and names an act",
                "An inaction is that nothing was done; whoever complains of an act is answered about that act",
                "Leave attacked_act out, or complain of a DECISION or an ACTION",
            )
        return self

    @property
    def step(self) -> Step:
        return Step.FILE_COMPLAINT


class Ruling(StrEnum):
    """What is decided about a complaint."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


class ComplaintDecision(ActContent):
    """The reasoned reply to a complaint (R9.5, R9.6)."""

    ruling: Ruling
    reasons: Reason
    measure: Text | None = None
    """What was, or has to be, done for the applicant."""
    measure_on: Day | None = None

    @model_validator(mode="after")
    def _measure_has_its_day(self) -> Self:
        if (self.measure is None) != (self.measure_on is None):
            raise invalid(
                "measure_without_day",
                "a measure and its day are named together",
                "The reply tells the applicant what is done and when",
                "Name both measure and measure_on, or neither",
            )
        return self

    @property
    def step(self) -> ComplaintStep:
        return ComplaintStep.DECIDE


class ExtensionGround(StrEnum):
    """Why a term may be extended (Law on Public Services, Art 25)."""

    FURTHER_STUDY = "FURTHER_STUDY"
    FURTHER_INFORMATION = "FURTHER_INFORMATION"


class ExtendComplaint(ActContent):
    """The one extension of the term (D4, Q14); the days are counted from the old due day."""

    working_days: Annotated[int, Field(strict=True, gt=0)]
    ground: ExtensionGround
    reason: Reason

    @property
    def step(self) -> ComplaintStep:
        return ComplaintStep.EXTEND


class ForwardComplaint(ActContent):
    """The school sends the complaint and the case file to the authorised body (D3)."""

    note: Text | None = None

    @property
    def step(self) -> ComplaintStep:
        return ComplaintStep.FORWARD


class RegisterComplaint(ActContent):
    """The authorised body registers the complaint; its term runs from here (R9.4)."""

    incoming_number: Line
    """In the body's own book."""

    @property
    def step(self) -> ComplaintStep:
        return ComplaintStep.REGISTER


class SettleComplaint(ActContent):
    """The school meets the complaint fully by an act of its own while it might still forward it (D3)."""

    measure: Reason
    settled_by: Key | None = None
    """The act of the case that meets the complaint, where there is one."""

    @property
    def step(self) -> ComplaintStep:
        return ComplaintStep.SETTLE


class WithdrawComplaint(ActContent):
    """The applicant takes the complaint back; whoever enters that for the applicant names the written request."""

    reason: Text | None = None

    @property
    def step(self) -> ComplaintStep:
        return ComplaintStep.WITHDRAW
