"""The seals of acts: they come with the portal's sign-in; until a key is known, none can be valid."""

from activities.register.house_rules import HouseRules
from activities.register.pool import Row
from domain.refusal import Problem
from domain.staff import REGISTER

_NOT_SEALED = Problem(
    code="not_sealed",
    where="act",
    what="the act is not sealed",
    why="This register takes only acts that come with the portal's sign-in",
    instead="Do it through the portal",
)
_SEAL_NOT_VALID = Problem(
    code="seal_not_valid",
    where="act",
    what="the seal of the act is not valid",
    why="It was made with a key that this register does not know",
    instead="Do it again through the portal",
)


def seal_problem(act: Row, rules: HouseRules) -> Problem | None:
    """Why the act in the row cannot be taken as it is sealed; the register's own acts need no seal."""
    if act["seal"] is not None:
        return _SEAL_NOT_VALID
    return None if rules.unsealed_allowed or act["actor"] == REGISTER else _NOT_SEALED
