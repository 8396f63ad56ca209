"""The kinds of act: what a person, or the register itself, may do to a case or to a complaint."""

from enum import StrEnum


class ActKind(StrEnum):
    """The kinds of act; each is a signal and an update of the same name."""

    CHECK_PACKAGE = "check_package"
    DIRECTOR_DECISION = "director_decision"
    SUBMIT_PLAN = "submit_plan"
    ADD_DOCUMENTS = "add_documents"
    WITHDRAW = "withdraw"
    RECORD_DELIVERY = "record_delivery"
    DISPUTE_FACT = "dispute_fact"
    FILE_COMPLAINT = "file_complaint"
    REOPEN_CASE = "reopen_case"
    CALENDAR_CHANGED = "calendar_changed"
    COMPLAINT_DECISION = "complaint_decision"
    EXTEND_COMPLAINT = "extend_complaint"
    FORWARD_COMPLAINT = "forward_complaint"
    REGISTER_COMPLAINT = "register_complaint"
    SETTLE_COMPLAINT = "settle_complaint"
    WITHDRAW_COMPLAINT = "withdraw_complaint"


OF_THE_REGISTER = frozenset({ActKind.REOPEN_CASE, ActKind.CALENDAR_CHANGED})
"""Acts that only the register itself writes, as the consequence of another act; nobody can send them."""

IDS_OF_THE_REGISTER = ("calendar-", "reopen-")
"""How the ids of those acts begin; no act that is sent may be called so, or it would stand in their place."""

OF_A_COMPLAINT = frozenset(
    {
        ActKind.COMPLAINT_DECISION,
        ActKind.EXTEND_COMPLAINT,
        ActKind.FORWARD_COMPLAINT,
        ActKind.REGISTER_COMPLAINT,
        ActKind.SETTLE_COMPLAINT,
        ActKind.WITHDRAW_COMPLAINT,
        ActKind.RECORD_DELIVERY,
        ActKind.CALENDAR_CHANGED,
    }
)
"""Acts about a complaint, which its own workflow takes."""

OF_AN_APPLICATION = frozenset(ActKind) - OF_A_COMPLAINT | {ActKind.RECORD_DELIVERY, ActKind.CALENDAR_CHANGED}
"""Acts about the application, among them the filing of a complaint."""
