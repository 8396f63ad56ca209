"""Who acts in a case, and in which role (requirements, section 8)."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from domain.stages import Step


class Role(StrEnum):
    """The capacity in which a person acts; staff hold theirs at one school and for a time."""

    APPLICANT = "APPLICANT"
    CLERK = "CLERK"
    HEAD = "HEAD"
    DEPUTY_HEAD = "DEPUTY_HEAD"
    """Has no act in a case; enters who acts as head."""
    SPECIALIST = "SPECIALIST"
    OFFICER = "OFFICER"
    """Of the authorised body, which is no school: held there and for a time."""
    REGISTER = "REGISTER"
    """Of the register itself, for what follows from the acts of others."""


APPLICANT = "applicant"
"""The actor named by acts of the applicant; staff act under their id in the directory."""

REGISTER = "register"
"""The actor named by acts that the register itself writes; nobody can send such an act."""

Actor = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{1,62}$")]
"""An id of the staff directory, or `applicant`."""

ROLES_FOR: dict[Step, frozenset[Role]] = {
    Step.CHECK_PACKAGE: frozenset({Role.CLERK}),  # R5.4
    Step.ADMIT: frozenset({Role.HEAD}),  # R6.1
    Step.REFUSE: frozenset({Role.HEAD}),  # Q9
    Step.SUBMIT_PLAN: frozenset({Role.SPECIALIST}),  # R6.4
    Step.RETURN_PLAN: frozenset({Role.HEAD}),
    Step.SIGN_ORDER: frozenset({Role.HEAD}),  # R7.1
    Step.ADD_DOCUMENTS: frozenset({Role.APPLICANT, Role.CLERK}),  # Q10; at the counter the clerk takes them
    Step.WITHDRAW: frozenset({Role.APPLICANT, Role.CLERK}),
    Step.RECORD_DELIVERY: frozenset({Role.CLERK}),  # Q30
    Step.DISPUTE_FACT: frozenset({Role.APPLICANT, Role.CLERK}),  # R5.8; at the counter by the clerk
    Step.FILE_COMPLAINT: frozenset(
        {Role.APPLICANT, Role.CLERK, Role.OFFICER}
    ),  # R9.1; by whom it was received
    Step.REOPEN_CASE: frozenset({Role.REGISTER}),
    Step.CALENDAR_CHANGED: frozenset({Role.REGISTER}),
}
