"""The kinds of papers that a case can have."""

from enum import StrEnum

from domain.grades import PaperLanguage


class PaperKind(StrEnum):
    """The papers that the Rules know, the notice of silence (Q22) and the one that withdraws it."""

    RECEIPT = "RECEIPT"
    NOTICE_OF_ACCEPTANCE = "NOTICE_OF_ACCEPTANCE"
    REFUSAL = "REFUSAL"
    ORDER = "ORDER"
    SILENCE_NOTICE = "SILENCE_NOTICE"
    CORRECTING_NOTICE = "CORRECTING_NOTICE"

    def languages(self, of_application: PaperLanguage) -> tuple[PaperLanguage, ...]:
        """The languages in which the paper is issued: acts of the head in both, others as the application."""
        return tuple(PaperLanguage) if self in _OF_THE_HEAD else (of_application,)


_OF_THE_HEAD = frozenset({PaperKind.REFUSAL, PaperKind.ORDER})
