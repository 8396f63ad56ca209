"""A complaint as its procedure sees it at one moment: all that the verdict on an act about it depends on."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.complaint_acts import Addressee, Form, Subject
from domain.complaint_stages import ComplaintStage
from domain.stages import Stage


class Via(StrEnum):
    """Where a complaint arrived: at the school, also through this service, or at the authorised body itself."""

    SCHOOL = "SCHOOL"
    AUTHORITY = "AUTHORITY"


class ComplaintTermKind(StrEnum):
    """The terms of a complaint, each counted and watched by itself."""

    CONSIDERATION = "CONSIDERATION"
    """To answer: 5 working days at the school (R9.5), 15 at the authorised body (R9.6), with the extension (D4)."""
    FORWARDING = "FORWARDING"
    """For the school to forward it with the case file (D3)."""
    REGISTRATION = "REGISTRATION"
    """For the authorised body to register what has reached it: what nobody registers is an alert (R9.4)."""
    EXTENSION_NOTICE = "EXTENSION_NOTICE"
    """To tell the complainant of the extension (D4)."""


class Complaint(BaseModel):
    """One complaint."""

    model_config = ConfigDict(frozen=True)

    complaint_id: UUID
    case_id: UUID
    number: str
    addressee: Addressee
    via: Via
    form: Form
    object: Subject
    attacked_act: str | None
    """The act complained of; None for an inaction, or an action that is no act of the case."""
    attacked_outcome: Stage | None
    """The outcome that the complaint attacks, if it is one."""
    attacked_by: str | None
    """Who did the act complained of, or had to act and did not; by the id of the staff directory."""
    round: int
    """The round of the case in which it was filed."""
    stage: ComplaintStage
    registered_at: datetime
    considered_by: str
    """The school (BIN) or authorised body (BIN) that decides it."""
    due_at: datetime | None = None
    """Of the term to answer; None while it does not run."""
    due_day: date | None = None
    forwarding_due_at: datetime | None = None
    """Of the school's term to forward it; None where it does not come through the school (D3)."""
    forwarded: bool = False
    """Whether the school has sent the case file to the authorised body."""
    extended: bool = False
    delivered: bool = False
    """Whether the last paper was handed over or posted, for a complaint that came on paper."""


def has_conflict(addressee: Addressee, attacked: frozenset[str], heads: frozenset[str]) -> bool:
    """D5: whether the head is to decide on what the head did or left undone; shown and recorded, never a bar (R9.2)."""
    return addressee is Addressee.HEAD and not attacked.isdisjoint(heads)
