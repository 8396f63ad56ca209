"""What can happen to a case: the entries of its journal, and which of them the monitoring system hears of (R8.1)."""

from enum import StrEnum


class Event(StrEnum):
    """An entry of the journal; the first group is the monitoring system's vocabulary of stages."""

    RECEIVED = "RECEIVED"
    RECEIPT_ISSUED = "RECEIPT_ISSUED"
    REGISTERED = "REGISTERED"
    NOTICE_SENT = "NOTICE_SENT"
    HEAD_REVIEW = "HEAD_REVIEW"
    GRADE_AND_LANGUAGE_SET = "GRADE_AND_LANGUAGE_SET"
    WITH_SPECIALISTS = "WITH_SPECIALISTS"
    ORDER_ISSUED = "ORDER_ISSUED"
    REFUSED = "REFUSED"
    RESULT_DELIVERED = "RESULT_DELIVERED"
    WITHDRAWN = "WITHDRAWN"

    HANDED_TO_HEAD = "HANDED_TO_HEAD"
    REFUSAL_PROPOSED = "REFUSAL_PROPOSED"
    DOCUMENTS_ADDED = "DOCUMENTS_ADDED"
    PLAN_SUBMITTED = "PLAN_SUBMITTED"
    PLAN_RETURNED = "PLAN_RETURNED"
    REMINDED = "REMINDED"
    LAST_DAY = "LAST_DAY"
    TERM_BREACHED = "TERM_BREACHED"
    PROCEDURE_ENDED = "PROCEDURE_ENDED"

    @property
    def is_monitored(self) -> bool:
        """Whether the monitoring system is told."""
        return self in MONITORED


MONITORED = frozenset(
    {
        Event.RECEIVED,
        Event.RECEIPT_ISSUED,
        Event.REGISTERED,
        Event.NOTICE_SENT,
        Event.HEAD_REVIEW,
        Event.GRADE_AND_LANGUAGE_SET,
        Event.WITH_SPECIALISTS,
        Event.ORDER_ISSUED,
        Event.REFUSED,
        Event.RESULT_DELIVERED,
        Event.WITHDRAWN,
    }
)
