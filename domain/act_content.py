"""What the contents of acts have in common: their texts, and that nothing in them is passed over."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from domain.plain_text import writable

Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(writable)
]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=10, max_length=2000), AfterValidator(writable)
]
"""Reasons a person can follow: at least ten characters."""


class ActContent(BaseModel):
    """What an act says; a key that it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
