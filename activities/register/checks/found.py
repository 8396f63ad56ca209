"""What a check of the register answers."""

from collections.abc import Awaitable, Callable

from pydantic import BaseModel, ConfigDict

from activities.register.pool import Connection


class Found(BaseModel):
    """Something that does not hold: of what, what is on file, and what should be."""

    model_config = ConfigDict(frozen=True)

    subject: str
    """The number of the case; of a book of a school, its name."""
    what: str
    instead: str


Check = Callable[[Connection], Awaitable[list[Found]]]
"""Reads only; several checks in one transaction see the same register."""
