"""Cases and people as the rules see them: in order, until a test changes something."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.acts import Act, Admit
from domain.case import Case, Standing
from domain.package import Defect, Document, Finding
from domain.procedure import ActRefused, Taken, consider
from domain.refusal import Problem
from domain.staff import Role
from domain.stages import Stage, Step
from domain.standard import Channel, DocumentKind
from tests.builders import APPLICANT_IIN, AUTHORISED_BODY, RECEIVED_AT, SCHOOL, SPECIALIST, an_act

FILED = date(2026, 11, 17)
SCHOOL_YEAR_ENDS = date(2027, 5, 25)

LETTER = Document(kind=DocumentKind.APPLICATION)
CONCLUSION = Document(kind=DocumentKind.VKK_CONCLUSION, number="0011")
NO_CONCLUSION = Finding(document=DocumentKind.VKK_CONCLUSION, defect=Defect.MISSING)
NO_LETTER = Finding(document=DocumentKind.APPLICATION, defect=Defect.MISSING)
EXPIRED_CONCLUSION = Finding(
    document=DocumentKind.VKK_CONCLUSION, defect=Defect.EXPIRED, number="0012", expired_on=date(2026, 5, 25)
)
OVERRULED = {
    "document": "VKK_CONCLUSION",
    "defect": "EXPIRED",
    "reason": "Мерзімі қате жазылған, комиссия растады",
}

ANYONE = Standing(
    known=True,
    roles=frozenset(Role),
    schools=frozenset({SCHOOL}),
    specialists=frozenset({SPECIALIST, "at001-specialist-2"}),
)
"""Holds every role at the case's school: what is refused to such a person, is refused by something else."""


def a_case(stage: Stage = Stage.RECEIVED, **changes: Any) -> Case:
    """A portal case with the conclusion attached; from its registration on, with what is known by then."""
    facts: dict[str, Any] = {
        "case_id": UUID(int=1),
        "number": "AT001-2026-00001",
        "channel": Channel.PORTAL,
        "school": SCHOOL,
        "authorised_body": AUTHORISED_BODY,
        "applicant_iin": APPLICANT_IIN,
        "standard_version": "2022-11-17",
        "received_at": RECEIVED_AT,
        "filing_day": FILED,
        "stage": stage,
        "round": 1,
        "documents": (CONCLUSION,),
        "school_year_ends": SCHOOL_YEAR_ENDS,
    }
    return Case(**{**facts, **_known_at(stage), **changes})


def an_office_case(stage: Stage = Stage.RECEIVED, **changes: Any) -> Case:
    """The same at the office, which never gets the notice of paragraph 5."""
    office = {"channel": Channel.OFFICE, "documents": (LETTER, CONCLUSION), "notice_sent": False}
    return a_case(stage, **{**office, **changes})


def _known_at(stage: Stage) -> dict[str, Any]:
    if stage is Stage.RECEIVED:
        return {}
    if stage is Stage.REFUSAL_PROPOSED:
        return {"registration_number": "1-Ө", "documents": (), "findings": (NO_CONCLUSION,)}
    if stage in (Stage.REGISTERED, Stage.REFUSED, Stage.WITHDRAWN):
        return {"registration_number": "1-Ө", "notice_sent": stage is Stage.REGISTERED}
    return {"registration_number": "1-Ө", "notice_sent": True, "admitted": an_admission()}


def an_admission(**changes: Any) -> Admit:
    """What the head determined."""
    content = an_act(Step.ADMIT, **changes).content
    assert isinstance(content, Admit)
    return content


def checked(document: str = "VKK_CONCLUSION", *, present: bool = True, **changes: Any) -> dict[str, Any]:
    """One line of the clerk's check."""
    return {"document": document, "present": present, **changes}


def a_check(*items: dict[str, Any]) -> Act:
    """A check with these lines."""
    return an_act(Step.CHECK_PACKAGE, items=list(items))


def taken(act: Act, case: Case, standing: Standing = ANYONE) -> Taken:
    """What the act does."""
    return consider(act, case, standing)


def refused(act: Act, case: Case, standing: Standing = ANYONE) -> Problem:
    """Why the act may not be done."""
    with pytest.raises(ActRefused) as caught:
        consider(act, case, standing)
    return caught.value.problem
