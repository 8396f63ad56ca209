"""Text that people type and papers print: no control signs, which no register and no paper can hold."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from domain.refusal import invalid


def printable(value: str) -> str:
    """The text itself; a validator for anything printed on one line."""
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") for sign in value):
        raise invalid(
            "control_sign",
            "the text holds a sign that cannot be printed",
            "Line breaks, tabs and other control signs have no place in this field",
            "Type the text anew without it",
        )
    return value


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(printable)
]
"""One printable line of 1 to 300 characters."""


def writable(value: str) -> str:
    """The text itself; a validator for text of several lines."""
    printable(value.replace("\n", " ").replace("\r", " ").replace("\t", " "))
    return value
