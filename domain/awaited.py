"""Whom a case waits for: the one next act of the school at each stage."""

from typing import NamedTuple

from domain.acts import ActKind
from domain.staff import Role
from domain.stages import Stage, Step
from domain.standard import Channel


class Awaited(NamedTuple):
    """Who must act next and by which act; for a decision of the head, which decisions there are."""

    role: Role
    act: ActKind
    words: str
    """What is to be done, with its paragraph, to stand behind the role."""
    decisions: tuple[Step, ...] = ()
    instead: tuple[ActKind, ...] = ()
    """Other acts that may be done in the place of `act`."""


def awaited(stage: Stage, channel: Channel, *, answered: bool, delivered: bool = True) -> Awaited | None:
    """The next act of the school; None where it has nothing to do.

    An order is the answer when it is issued; `delivered` false says that the office has still to hand it over.
    """
    if stage is Stage.REGISTERED and channel is Channel.PORTAL:
        # Paragraph 5: after the notice of acceptance there is no refusal any more.
        return _REVIEW_OF_A_PORTAL_REQUEST
    if stage is Stage.REFUSED and answered:
        return None
    if stage is Stage.ORDER_ISSUED and channel is Channel.OFFICE and not delivered:
        return _ORDER_TO_HAND_OVER
    return _AWAITED.get(stage)


def _decision(words: str, *decisions: Step) -> Awaited:
    return Awaited(Role.HEAD, ActKind.DIRECTOR_DECISION, words, decisions)


_REVIEW_OF_A_PORTAL_REQUEST = _decision(
    "to determine grade and language and to name the specialists (par. 6)", Step.ADMIT
)
_ORDER_TO_HAND_OVER = Awaited(
    Role.CLERK, ActKind.RECORD_DELIVERY, "to hand the order over or post it, and to record that (Q30)"
)
_AWAITED = {
    Stage.RECEIVED: Awaited(
        Role.CLERK, ActKind.CHECK_PACKAGE, "to check the package and register the request (par. 4, 5)"
    ),
    Stage.REGISTERED: _decision(
        "to determine grade and language and to name the specialists, or to refuse (par. 4, 6)",
        Step.ADMIT,
        Step.REFUSE,
    ),
    Stage.REFUSAL_PROPOSED: _decision(
        "to refuse with reasons, or to admit and overrule the findings (par. 4)", Step.REFUSE, Step.ADMIT
    ),
    Stage.WITH_SPECIALISTS: Awaited(
        Role.SPECIALIST, ActKind.SUBMIT_PLAN, "to submit the plan of teaching (par. 6)"
    ),
    Stage.PLAN_READY: _decision(
        "to sign the order, or to return the plan (par. 7)", Step.SIGN_ORDER, Step.RETURN_PLAN
    ),
    Stage.REFUSED: Awaited(
        Role.CLERK, ActKind.RECORD_DELIVERY, "to hand the refusal over or post it, and to record that (Q30)"
    ),
}
