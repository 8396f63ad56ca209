"""The stages of an application and the steps that lead from one to another: the whole procedure as one table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Stage(StrEnum):
    """Where a case stands in the procedure of paragraphs 4-7."""

    RECEIVED = "RECEIVED"
    REGISTERED = "REGISTERED"
    REFUSAL_PROPOSED = "REFUSAL_PROPOSED"
    WITH_SPECIALISTS = "WITH_SPECIALISTS"
    PLAN_READY = "PLAN_READY"
    ORDER_ISSUED = "ORDER_ISSUED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def is_outcome(self) -> bool:
        """Whether the service has ended in this round: an order, a refusal or a withdrawal."""
        return self in OUTCOMES


OUTCOMES = frozenset({Stage.ORDER_ISSUED, Stage.REFUSED, Stage.WITHDRAWN})
OPEN_STAGES = frozenset(Stage) - OUTCOMES


class Step(StrEnum):
    """What a person does to a case; a decision of the head counts by what is decided."""

    CHECK_PACKAGE = "check_package"
    ADMIT = "admit"
    REFUSE = "refuse"
    SUBMIT_PLAN = "submit_plan"
    RETURN_PLAN = "return_plan"
    SIGN_ORDER = "sign_order"
    ADD_DOCUMENTS = "add_documents"
    WITHDRAW = "withdraw"
    RECORD_DELIVERY = "record_delivery"
    DISPUTE_FACT = "dispute_fact"
    FILE_COMPLAINT = "file_complaint"
    REOPEN_CASE = "reopen_case"
    CALENDAR_CHANGED = "calendar_changed"


_OF_THE_SCHOOL: dict[tuple[Stage, Step], frozenset[Stage]] = {
    (Stage.RECEIVED, Step.CHECK_PACKAGE): frozenset({Stage.REGISTERED, Stage.REFUSAL_PROPOSED}),
    (Stage.REGISTERED, Step.ADMIT): frozenset({Stage.WITH_SPECIALISTS}),
    (Stage.REGISTERED, Step.REFUSE): frozenset({Stage.REFUSED}),
    (Stage.REFUSAL_PROPOSED, Step.REFUSE): frozenset({Stage.REFUSED}),
    (Stage.REFUSAL_PROPOSED, Step.ADMIT): frozenset({Stage.WITH_SPECIALISTS}),
    (Stage.WITH_SPECIALISTS, Step.ADMIT): frozenset({Stage.WITH_SPECIALISTS}),
    (Stage.WITH_SPECIALISTS, Step.SUBMIT_PLAN): frozenset({Stage.PLAN_READY}),
    (Stage.PLAN_READY, Step.RETURN_PLAN): frozenset({Stage.WITH_SPECIALISTS}),
    (Stage.PLAN_READY, Step.SIGN_ORDER): frozenset({Stage.ORDER_ISSUED}),
    (Stage.ORDER_ISSUED, Step.RECORD_DELIVERY): frozenset({Stage.ORDER_ISSUED}),
    (Stage.REFUSED, Step.RECORD_DELIVERY): frozenset({Stage.REFUSED}),
}
_OF_THE_APPLICANT: dict[tuple[Stage, Step], frozenset[Stage]] = {
    **{(stage, Step.ADD_DOCUMENTS): frozenset({Stage.RECEIVED}) for stage in OPEN_STAGES},
    **{(stage, Step.WITHDRAW): frozenset({Stage.WITHDRAWN}) for stage in OPEN_STAGES},
    **{(stage, Step.DISPUTE_FACT): frozenset({stage}) for stage in OPEN_STAGES},  # R5.8
    **{(stage, Step.FILE_COMPLAINT): frozenset({stage}) for stage in Stage},  # par. 9
}
_OF_THE_REGISTER: dict[tuple[Stage, Step], frozenset[Stage]] = {
    # A complaint that was upheld leads to the head's desk, to the check where nobody has registered the request; a
    # refusal stands where the child has another open case by then.
    **{(stage, Step.REOPEN_CASE): frozenset({Stage.REGISTERED, Stage.RECEIVED}) for stage in OPEN_STAGES},
    (Stage.REFUSED, Step.REOPEN_CASE): frozenset({Stage.REGISTERED, Stage.REFUSED}),
    **{(stage, Step.CALENDAR_CHANGED): frozenset({stage}) for stage in Stage},
}
STEPS_OF_THE_REGISTER = frozenset(step for _, step in _OF_THE_REGISTER)
"""Steps that no person takes: they follow from the acts of others."""

TRANSITIONS: Mapping[tuple[Stage, Step], frozenset[Stage]] = MappingProxyType(
    {**_OF_THE_SCHOOL, **_OF_THE_APPLICANT, **_OF_THE_REGISTER}
)
"""From stage and step to the stages it may lead to; what is not here is refused."""


def steps_from(stage: Stage) -> tuple[Step, ...]:
    """The steps that a person may take in a case at this stage, in the order of the procedure."""
    return tuple(step for step in Step if (stage, step) in TRANSITIONS and step not in STEPS_OF_THE_REGISTER)
