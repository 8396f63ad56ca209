"""Applying again after refusal or withdrawal (Law on Public Services, Art 19-1; D6): a new case, the same papers."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from domain.application import Application
from domain.documents import DocumentKind
from domain.package import Defect, Document, Finding
from domain.refusal import InputRefused
from domain.stages import Stage

_OF_ITS_CASE = frozenset({DocumentKind.APPLICATION, DocumentKind.ELECTRONIC_REQUEST})
"""The application itself is made anew: the earlier one asked for the earlier case."""


class EarlierApplication(BaseModel):
    """The case that a new application follows, as it stands when that one is filed."""

    model_config = ConfigDict(frozen=True)

    number: str
    school: str
    applicant_iin: str
    child_iin: str
    stage: Stage


def check_earlier(application: Application, earlier: EarlierApplication | None) -> None:
    """Raises `InputRefused` unless the application may follow that case; a case of other people is as good as none."""
    people = (application.applicant.iin, application.child.iin)
    if earlier is None or (earlier.applicant_iin, earlier.child_iin) != people:
        raise _refused(
            "earlier_case_unknown",
            "this applicant has no case with this number for this child",
            "An application follows one of the same applicant for the same child",
            "Compare the number with the receipt, or leave after out and file all papers",
        )
    if earlier.school != application.school:
        raise _refused(
            "earlier_case_of_another_school",
            "the earlier case is of another school",
            "The papers lie in the file of that school, and a medical conclusion is shown to nobody else",
            "File at that school, or leave after out and file all papers at the new one",
        )
    if not earlier.stage.is_outcome:
        raise _refused(
            "earlier_case_open",
            f"the earlier case has no outcome yet: it is at stage {earlier.stage}",
            "There is one open case per child",
            "Add what is missing to that case, or withdraw it first",
        )
    if earlier.stage is Stage.ORDER_ISSUED:
        raise _refused(
            "earlier_case_has_order",
            "the earlier case ended in an order",
            "An application is filed again where it was refused or withdrawn; for teaching at home to go on after "
            "the period of an order a new conclusion is needed",
            "Leave after out and file the papers of now",
        )


def is_taken_over(document: Document) -> bool:
    """Whether a document of the earlier package joins the new one: all but the earlier application itself do."""
    return document.kind not in _OF_ITS_CASE


def expired_by(documents: tuple[Document, ...], filing_day: date) -> tuple[Finding, ...]:
    """Those that are no longer valid on the day of filing, by name: they have to be replaced by new ones."""
    return tuple(
        Finding(
            document=document.kind,
            defect=Defect.EXPIRED,
            number=document.number,
            expired_on=document.last_day,
        )
        for document in documents
        if document.last_day and document.last_day < filing_day
    )


def _refused(code: str, what: str, why: str, instead: str) -> InputRefused:
    return InputRefused.of(code, "application.after", what, why, instead)
