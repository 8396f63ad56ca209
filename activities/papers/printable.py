"""Signs that people typed and no font of the templates has."""

import re
import unicodedata
from collections.abc import Iterator, Set

_NOT_DISPLAYED = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Emoji and marks that combine with a letter: typst names the letter instead of the mark.
_NEVER_ALONE = {"So", "Sk", "Me", "Mn", "Cf"}
_STAND_IN = "□"


def unprintable_signs(diagnostic: str, told: str) -> frozenset[str]:
    """The signs of a text that typst could not display, by its own word; empty if that was not its fault."""
    named = "".join(_NOT_DISPLAYED.findall(diagnostic))
    if not named:
        return frozenset()
    suspects = set(_ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), named)) | set(_combining(told))
    return frozenset(sign for sign in suspects if not sign.isascii())


def with_signs_replaced(told: str, signs: Set[str]) -> str:
    """The text with □ in place of each of these signs; marks that a letter can carry are joined to it first."""
    whole = unicodedata.normalize("NFC", told)
    return whole.translate({ord(sign): _STAND_IN for sign in signs})


def _combining(told: str) -> Iterator[str]:
    whole = unicodedata.normalize("NFC", told)
    return (sign for sign in whole if unicodedata.category(sign) in _NEVER_ALONE)
