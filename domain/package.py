"""The check of a package: what is missing, what has expired, and nothing else (R4.7, R4.9, R5.8)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from domain.day import Day
from domain.plain_text import Line
from domain.refusal import invalid
from domain.standard import Channel, DocumentKind, RefusalGround, Standard
from domain.wording import Wording


class Document(BaseModel):
    """One document of a package; only what it says of itself, its files are kept elsewhere."""

    model_config = ConfigDict(frozen=True)

    kind: DocumentKind
    title: Line | None = None
    number: Line | None = None
    issued_on: Day | None = None
    valid_until: Day | None = None
    period_from: Day | None = None
    period_to: Day | None = None
    issuer: Line | None = None
    form_number: Line | None = None

    @model_validator(mode="after")
    def _period_in_order(self) -> Self:
        if self.period_from and self.period_to and self.period_from > self.period_to:
            raise invalid(
                "document_period",
                "the period of the document ends before it begins",
                "period_from must not be later than period_to",
                "Compare both dates with the document",
            )
        return self

    @property
    def last_day(self) -> date | None:
        """The last day on which it can be filed: the earlier of its two ends; None if it has neither."""
        return min((day for day in (self.valid_until, self.period_to) if day), default=None)


class Defect(StrEnum):
    """What can be wrong with a demanded document."""

    MISSING = "MISSING"
    EXPIRED = "EXPIRED"


_GROUNDS = {
    Defect.MISSING: RefusalGround.INCOMPLETE_PACKAGE,
    Defect.EXPIRED: RefusalGround.EXPIRED_DOCUMENT,
}
_MISSING = Wording(
    kk="Ұсынылмаған құжат: {kk}", ru="Не представлен документ: {ru}", en="Document not submitted: {en}"
)
_EXPIRED = Wording(
    kk="Қолданылу мерзімі өтіп кеткен құжат: {kk}{number}, қолданылған соңғы күні: {day}",
    ru="Документ с истекшим сроком действия: {ru}{number}, последний день действия: {day}",
    en="Expired document: {en}{number}, last day of validity: {day}",
)


class Finding(BaseModel):
    """One defect of a package; an expired document is known by its number and its last valid day."""

    model_config = ConfigDict(frozen=True)

    document: DocumentKind
    defect: Defect
    number: Line | None = None
    expired_on: Day | None = None
    note: Line | None = None
    """Why a document that was handed in does not count."""

    @property
    def ground(self) -> RefusalGround:
        """The coded ground that this finding can carry."""
        return _GROUNDS[self.defect]

    def can_speak_of(self, papers: Sequence[Document]) -> bool:
        """Whether it can be about one of these papers: of what was not handed in, nobody has said anything."""
        numbers = {paper.number for paper in papers if paper.kind is self.document}
        return self.number in numbers if self.defect is Defect.EXPIRED else bool(numbers)

    @property
    def words(self) -> Wording:
        """The finding as the refusal names it."""
        name = self.document.wording
        if self.defect is Defect.MISSING:
            return _MISSING.filled(kk=name.kk, ru=name.ru, en=name.en)
        number = f", № {self.number}" if self.number else ""
        day = f"{self.expired_on:%d.%m.%Y}" if self.expired_on else "—"
        return _EXPIRED.filled(kk=name.kk, ru=name.ru, en=name.en, number=number, day=day)


def defects(findings: Sequence[Finding]) -> set[tuple[DocumentKind, Defect]]:
    """What is wrong with which documents."""
    return {(finding.document, finding.defect) for finding in findings}


def package_findings(
    standard: Standard, channel: Channel, documents: tuple[Document, ...], filing_day: date
) -> tuple[Finding, ...]:
    """Every defect in the order of the standard's list; empty if all is in order on the day of filing."""
    demanded = (item.kind for item in standard.documents_for(channel) if item.may_be_demanded)
    return tuple(finding for kind in demanded for finding in _findings_of(kind, documents, filing_day))


def _findings_of(
    kind: DocumentKind, documents: tuple[Document, ...], filing_day: date
) -> tuple[Finding, ...]:
    present = [document for document in documents if document.kind is kind]
    if not present:
        return (Finding(document=kind, defect=Defect.MISSING),)
    expired = tuple(
        Finding(document=kind, defect=Defect.EXPIRED, number=document.number, expired_on=document.last_day)
        for document in present
        if document.last_day and document.last_day < filing_day
    )
    # One document still valid makes older ones beside it harmless.
    return expired if len(expired) == len(present) else ()
