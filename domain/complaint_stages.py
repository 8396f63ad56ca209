"""The stages of a complaint and the steps that lead from one to another: paragraphs 9 and 10 as one table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ComplaintStage(StrEnum):
    """Where a complaint stands."""

    REGISTERED = "REGISTERED"
    """To the head, who considers it."""
    FORWARDING = "FORWARDING"
    """To the authorised body; the school has it and must forward it with the case file (D3)."""
    AT_AUTHORITY = "AT_AUTHORITY"
    """Forwarded to the authorised body, or filed there, and not yet registered by it (R9.4)."""
    IN_CONSIDERATION = "IN_CONSIDERATION"
    """Registered by the authorised body, which considers it."""
    EXTENDED = "EXTENDED"
    """Considered, by head or body, in an extended term (D4)."""
    DECIDED = "DECIDED"
    SETTLED = "SETTLED"
    """By the school, with an act that fully meets the complaint, while it might still forward it (D3)."""
    WITHDRAWN = "WITHDRAWN"

    @property
    def is_final(self) -> bool:
        """Whether the complaint has been answered, settled or taken back."""
        return self in FINAL_STAGES


FINAL_STAGES = frozenset({ComplaintStage.DECIDED, ComplaintStage.SETTLED, ComplaintStage.WITHDRAWN})
OPEN_COMPLAINT_STAGES = frozenset(ComplaintStage) - FINAL_STAGES
CONSIDERED = frozenset({ComplaintStage.REGISTERED, ComplaintStage.IN_CONSIDERATION, ComplaintStage.EXTENDED})
"""Stages at which somebody must decide the complaint within a term."""


class ComplaintStep(StrEnum):
    """What a person does to a complaint."""

    DECIDE = "complaint_decision"
    EXTEND = "extend_complaint"
    FORWARD = "forward_complaint"
    REGISTER = "register_complaint"
    SETTLE = "settle_complaint"
    WITHDRAW = "withdraw_complaint"


_AT_WORK: dict[tuple[ComplaintStage, str], frozenset[ComplaintStage]] = {
    **{(stage, ComplaintStep.DECIDE): frozenset({ComplaintStage.DECIDED}) for stage in CONSIDERED},
    (ComplaintStage.REGISTERED, ComplaintStep.EXTEND): frozenset({ComplaintStage.EXTENDED}),
    (ComplaintStage.IN_CONSIDERATION, ComplaintStep.EXTEND): frozenset({ComplaintStage.EXTENDED}),
    (ComplaintStage.FORWARDING, ComplaintStep.FORWARD): frozenset({ComplaintStage.AT_AUTHORITY}),
    (ComplaintStage.FORWARDING, ComplaintStep.SETTLE): frozenset({ComplaintStage.SETTLED}),
    # The body has the complaint, from the complainant or before the school forwarded it: the case file follows.
    **{
        (stage, ComplaintStep.FORWARD): frozenset({stage})
        for stage in (
            ComplaintStage.AT_AUTHORITY,
            ComplaintStage.IN_CONSIDERATION,
            ComplaintStage.EXTENDED,
        )
    },
    # The body may have it from elsewhere before the school forwards it: nobody depends on the school for that.
    (ComplaintStage.FORWARDING, ComplaintStep.REGISTER): frozenset({ComplaintStage.IN_CONSIDERATION}),
    (ComplaintStage.AT_AUTHORITY, ComplaintStep.REGISTER): frozenset({ComplaintStage.IN_CONSIDERATION}),
    **{
        (stage, ComplaintStep.WITHDRAW): frozenset({ComplaintStage.WITHDRAWN})
        for stage in OPEN_COMPLAINT_STAGES
    },
}
_ALWAYS: dict[tuple[ComplaintStage, str], frozenset[ComplaintStage]] = {
    # The steps of `domain.stages` that a complaint knows as well.
    (ComplaintStage.EXTENDED, "record_delivery"): frozenset({ComplaintStage.EXTENDED}),
    **{(stage, "record_delivery"): frozenset({stage}) for stage in FINAL_STAGES - {ComplaintStage.WITHDRAWN}},
    **{(stage, "calendar_changed"): frozenset({stage}) for stage in ComplaintStage},
}

COMPLAINT_TRANSITIONS: Mapping[tuple[ComplaintStage, str], frozenset[ComplaintStage]] = MappingProxyType(
    {**_AT_WORK, **_ALWAYS}
)
"""From stage and step to the stages it may lead to; what is not here is refused."""


def complaint_steps_from(stage: ComplaintStage) -> tuple[str, ...]:
    """The steps that a person may take at this stage, in the order of the table."""
    return tuple(step for at, step in COMPLAINT_TRANSITIONS if at is stage and step != "calendar_changed")
