"""The names that other programs rely on: queue, workflow ids, search attributes. None of them carries personal data."""

from uuid import UUID

from domain.destination import Carrier

NAMESPACE = "uide"
TASK_QUEUE = "uide"
SWEEP_ID = "housekeeping/sweep"
ROOT_ID = "housekeeping/root"
INQUIRY_ID = "housekeeping/inquiry"

STAGE_ATTRIBUTE = "UideStage"
SCHOOL_ATTRIBUTE = "UideSchool"
CHANNEL_ATTRIBUTE = "UideChannel"
DUE_ATTRIBUTE = "UideDue"
OVERDUE_ATTRIBUTE = "UideOverdue"
OUTCOME_ATTRIBUTE = "UideOutcome"

SEARCH_ATTRIBUTES = {
    STAGE_ATTRIBUTE: "Keyword",
    SCHOOL_ATTRIBUTE: "Keyword",
    CHANNEL_ATTRIBUTE: "Keyword",
    DUE_ATTRIBUTE: "Datetime",
    OVERDUE_ATTRIBUTE: "Bool",
    OUTCOME_ATTRIBUTE: "Keyword",
}


def application_workflow_id(case_id: UUID, run: int = 1) -> str:
    """The id of the workflow that carries a case; another one after it was reopened when its procedure had ended."""
    return f"application/{case_id}" if run == 1 else f"application/{case_id}/{run}"


def complaint_workflow_id(complaint_id: UUID) -> str:
    """The id of the workflow that carries a complaint."""
    return f"complaint/{complaint_id}"


def recounting_workflow_id(version: int) -> str:
    """The id of the workflow that has terms counted anew after a change of the calendar."""
    return f"housekeeping/calendar/{version}"


def period_workflow_id(case_id: UUID) -> str:
    """The id of the workflow that watches the end of the teaching at home that a case has led to."""
    return f"period/{case_id}"


def sender_workflow_id(carrier: Carrier) -> str:
    """The id of the workflow that sends what waits for a carrier."""
    return f"housekeeping/sender/{carrier.lower()}"
