"""Complaints and those who consider them as the rules see them: in order, until a test changes something."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from domain.acts import Act
from domain.case import Case, Standing
from domain.complaint import Complaint, Via
from domain.complaint_acts import Addressee, Form, Subject
from domain.complaint_procedure import ComplaintTaken, consider_complaint
from domain.complaint_stages import CONSIDERED, ComplaintStage
from domain.refusal import ActRefused, Problem
from domain.staff import Role
from domain.stages import Stage
from tests.builders import AUTHORISED_BODY, SCHOOL, local
from tests.domain.cases import ANYONE, a_case

REGISTERED_AT = local("2026-11-17 10:00")
DUE_AT = local("2026-11-24 18:30")
FORWARDING_DUE_AT = local("2026-11-20 18:30")
EVERYBODY = ANYONE.model_copy(update={"bodies": frozenset({AUTHORISED_BODY})})
"""Holds every role at the school and is an officer of its authorised body."""


def only_at_school(*roles: Role) -> Standing:
    """Somebody of the case's school with these roles."""
    return Standing(known=True, roles=frozenset(roles), schools=frozenset({SCHOOL}))


AN_OFFICER = Standing(known=True, bodies=frozenset({AUTHORISED_BODY}))
ANOTHER_OFFICER = Standing(known=True, bodies=frozenset({"010941000029"}))


def a_complaint(stage: ComplaintStage = ComplaintStage.REGISTERED, **changes: Any) -> Complaint:
    """A complaint of a refusal, to whom the stage says, while its term to answer runs."""
    to_the_body = stage in {
        ComplaintStage.FORWARDING,
        ComplaintStage.AT_AUTHORITY,
        ComplaintStage.IN_CONSIDERATION,
    }
    facts: dict[str, Any] = {
        "complaint_id": UUID(int=7),
        "case_id": UUID(int=1),
        "number": "AT001-2026-S00001",
        "addressee": Addressee.QUALITY_BODY if to_the_body else Addressee.HEAD,
        "via": Via.SCHOOL,
        "form": Form.ELECTRONIC,
        "object": Subject.DECISION,
        "attacked_act": "refusal-1",
        "attacked_outcome": Stage.REFUSED,
        "attacked_by": "at001-head",
        "round": 1,
        "stage": stage,
        "registered_at": REGISTERED_AT,
        "considered_by": AUTHORISED_BODY if to_the_body else SCHOOL,
        "due_at": DUE_AT if stage in CONSIDERED else None,
        "forwarding_due_at": FORWARDING_DUE_AT if to_the_body else None,
        "due_day": DUE_AT.date() if stage in CONSIDERED else None,
        "extended": stage is ComplaintStage.EXTENDED,
    }
    return Complaint(**{**facts, **changes})


def a_refused_case(**changes: Any) -> Case:
    """The case that the refusal ended."""
    return a_case(Stage.REFUSED, **changes)


def taken(
    act: Act,
    complaint: Complaint,
    case: Case | None = None,
    standing: Standing = EVERYBODY,
    at: datetime = REGISTERED_AT,
) -> ComplaintTaken:
    """What the act does."""
    return consider_complaint(act, at, complaint, case or a_refused_case(), standing)


def refused(
    act: Act,
    complaint: Complaint,
    case: Case | None = None,
    standing: Standing = EVERYBODY,
    at: datetime = REGISTERED_AT,
) -> Problem:
    """Why the act may not be done."""
    with pytest.raises(ActRefused) as error:
        consider_complaint(act, at, complaint, case or a_refused_case(), standing)
    return error.value.problem
