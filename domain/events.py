"""What can happen to a case: the entries of its journal, and what the monitoring system hears of them (R8.1)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class MonitoringStage(StrEnum):
    """The stages as the monitoring system is told of them; the official codes take their place here (Q13)."""

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
    REOPENED = "REOPENED"


class Event(StrEnum):
    """An entry of the journal."""

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
    PACKAGE_CHECKED = "PACKAGE_CHECKED"
    """The package was checked again, after its registration."""
    REFUSAL_PROPOSED = "REFUSAL_PROPOSED"
    DOCUMENTS_ADDED = "DOCUMENTS_ADDED"
    PLAN_SUBMITTED = "PLAN_SUBMITTED"
    PLAN_RETURNED = "PLAN_RETURNED"
    REMINDED = "REMINDED"
    LAST_DAY = "LAST_DAY"
    TERM_BREACHED = "TERM_BREACHED"
    PROCEDURE_ENDED = "PROCEDURE_ENDED"
    REOPENED = "REOPENED"
    """A complaint was upheld: a new round begins at the head's desk."""
    REOPENING_LINKED = "REOPENING_LINKED"
    """A complaint was upheld, and the child has another open case by then, which goes on instead."""
    RULING_JOINED = "RULING_JOINED"
    """A complaint about an earlier case of the child was upheld; what it set aside is set aside here, too."""
    TERM_RECOUNTED = "TERM_RECOUNTED"
    """The working calendar was changed and the term counted anew; the due moment may be the same."""
    COMPLAINT_REGISTERED = "COMPLAINT_REGISTERED"
    """Received, with number and moment (R9.4)."""
    COMPLAINT_FORWARDED = "COMPLAINT_FORWARDED"
    COMPLAINT_AT_THE_BODY = "COMPLAINT_AT_THE_BODY"
    """Registered by the authorised body, whose term runs from here."""
    COMPLAINT_EXTENDED = "COMPLAINT_EXTENDED"
    COMPLAINT_DECIDED = "COMPLAINT_DECIDED"
    COMPLAINT_SETTLED = "COMPLAINT_SETTLED"
    COMPLAINT_WITHDRAWN = "COMPLAINT_WITHDRAWN"
    COMPLAINT_PAPER_DELIVERED = "COMPLAINT_PAPER_DELIVERED"
    COMPLAINT_REMINDED = "COMPLAINT_REMINDED"
    COMPLAINT_LAST_DAY = "COMPLAINT_LAST_DAY"
    COMPLAINT_TERM_BREACHED = "COMPLAINT_TERM_BREACHED"
    COMPLAINT_TERM_RECOUNTED = "COMPLAINT_TERM_RECOUNTED"
    COMPLAINT_ENDED = "COMPLAINT_ENDED"
    PAPERS_TAKEN_OVER = "PAPERS_TAKEN_OVER"
    """The papers of the case that this application follows have joined its package (D6)."""
    ANSWERED_LATE = "ANSWERED_LATE"
    """The order or the refusal came after the term (D1)."""
    PERIOD_ENDS_SOON = "PERIOD_ENDS_SOON"
    """The teaching at home that was ordered ends soon (P10)."""
    PERIOD_ENDED = "PERIOD_ENDED"
    """The last day of the teaching at home that was ordered is over."""
    FACTS_RECEIVED = "FACTS_RECEIVED"
    """Information systems have answered (R5.8); nothing follows from it."""
    FACT_DISPUTED = "FACT_DISPUTED"
    MAIL_RETURNED = "MAIL_RETURNED"
    """An e-mail to the applicant found no mailbox: the clerk calls, or hands the paper over."""

    @property
    def monitoring_stage(self) -> MonitoringStage | None:
        """The stage that the monitoring system is told of; None if it is not told."""
        return MONITORED.get(self)

    @property
    def is_monitored(self) -> bool:
        """Whether the monitoring system is told."""
        return self in MONITORED


MONITORED: Mapping[Event, MonitoringStage] = MappingProxyType(
    {
        Event.RECEIVED: MonitoringStage.RECEIVED,
        Event.RECEIPT_ISSUED: MonitoringStage.RECEIPT_ISSUED,
        Event.REGISTERED: MonitoringStage.REGISTERED,
        Event.DOCUMENTS_ADDED: MonitoringStage.RECEIVED,
        Event.PACKAGE_CHECKED: MonitoringStage.REGISTERED,
        Event.NOTICE_SENT: MonitoringStage.NOTICE_SENT,
        Event.HEAD_REVIEW: MonitoringStage.HEAD_REVIEW,
        Event.GRADE_AND_LANGUAGE_SET: MonitoringStage.GRADE_AND_LANGUAGE_SET,
        Event.WITH_SPECIALISTS: MonitoringStage.WITH_SPECIALISTS,
        Event.ORDER_ISSUED: MonitoringStage.ORDER_ISSUED,
        Event.REFUSED: MonitoringStage.REFUSED,
        Event.RESULT_DELIVERED: MonitoringStage.RESULT_DELIVERED,
        Event.WITHDRAWN: MonitoringStage.WITHDRAWN,
        Event.REOPENED: MonitoringStage.REOPENED,
    }
)
"""The one place where an entry of the journal becomes a stage of the monitoring system."""
