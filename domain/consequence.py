"""What an answer to a complaint leads to for the application (design: rounds), and what else there is of the child."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Consequence(StrEnum):
    """How it goes on after a refusal or an inaction was set aside."""

    AT_THE_DESK = "AT_THE_DESK"
    """Decided anew by the head."""
    AT_THE_CHECK = "AT_THE_CHECK"
    """Decided anew from the check of the package on: nobody has registered the request yet (R5.4)."""
    IN_ANOTHER_CASE = "IN_ANOTHER_CASE"
    """In the open case that the child has by then (Q21)."""
    ORDERED_ALREADY = "ORDERED_ALREADY"
    """Not at all: the child was given its order on another application meanwhile."""
    DECIDED_MEANWHILE = "DECIDED_MEANWHILE"
    """Not because of this answer: an act done after it was judged before it, and has moved the application on."""

    @property
    def reopens(self) -> bool:
        """Whether the case itself is decided anew."""
        return self in _REOPENS


_REOPENS = frozenset({Consequence.AT_THE_DESK, Consequence.AT_THE_CHECK})


class OtherCase(BaseModel):
    """Another case of the same child: one that goes on, or one whose order came after this application."""

    model_config = ConfigDict(frozen=True)

    number: str | None
    """None where somebody else filed it: nobody is told the number of another person's case (Q21)."""
    ordered: bool
    """Whether it has its order, and nothing is left to be decided."""
    ordered_at: datetime | None = None
    """When that order was signed; None where there is none."""
