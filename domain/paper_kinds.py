"""The kinds of papers that a case can have."""

from enum import StrEnum

from domain.grades import PaperLanguage


class PaperKind(StrEnum):
    """The papers that the Rules know, and those by which a person learns where the own case stands (D1, Q22, P10)."""

    RECEIPT = "RECEIPT"
    NOTICE_OF_ACCEPTANCE = "NOTICE_OF_ACCEPTANCE"
    REFUSAL = "REFUSAL"
    ORDER = "ORDER"
    SILENCE_NOTICE = "SILENCE_NOTICE"
    CORRECTING_NOTICE = "CORRECTING_NOTICE"
    COMPLAINT_CONFIRMATION = "COMPLAINT_CONFIRMATION"
    """That a complaint was registered: number, date, who accepted it, when and where the answer comes."""
    COVERING_LETTER = "COVERING_LETTER"
    """With which the school forwards a complaint and the case file to the authorised body (D3)."""
    EXTENSION_NOTICE = "EXTENSION_NOTICE"
    """Tells the complainant of the extended term, with the reasons (D4)."""
    COMPLAINT_REPLY = "COMPLAINT_REPLY"
    """The reasoned answer to a complaint, with the right to go to court (R9.5, R9.6, R10.1)."""
    COMPLAINT_TERM_NOTICE = "COMPLAINT_TERM_NOTICE"
    """A term of a complaint is over, and where one may turn next (par. 9, 10)."""
    COMPLAINT_CORRECTING_NOTICE = "COMPLAINT_CORRECTING_NOTICE"
    """Withdraws that, when a change of the calendar has moved the term."""
    WITHDRAWAL_RECEIPT = "WITHDRAWAL_RECEIPT"
    """That an application was taken back, and when."""
    PERIOD_NOTICE = "PERIOD_NOTICE"
    """The teaching at home that was ordered ends soon (P10)."""

    def languages(self, of_application: PaperLanguage) -> tuple[PaperLanguage, ...]:
        """The languages in which the paper is issued: decisions and letters in both, others as the application."""
        return tuple(PaperLanguage) if self in _IN_BOTH_LANGUAGES else (of_application,)


ABOUT_COMPLAINTS = frozenset(
    {
        PaperKind.COMPLAINT_CONFIRMATION,
        PaperKind.COVERING_LETTER,
        PaperKind.EXTENSION_NOTICE,
        PaperKind.COMPLAINT_REPLY,
        PaperKind.COMPLAINT_TERM_NOTICE,
        PaperKind.COMPLAINT_CORRECTING_NOTICE,
    }
)
"""Papers that speak of a complaint beside the case."""

_IN_BOTH_LANGUAGES = frozenset(
    {PaperKind.REFUSAL, PaperKind.ORDER, PaperKind.COVERING_LETTER, PaperKind.COMPLAINT_REPLY}
)
