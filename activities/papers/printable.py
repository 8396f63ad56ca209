"""Signs that people typed and no font of the templates has."""

import re
import unicodedata

_NOT_DISPLAYED = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_STAND_IN = "□"


def without_unprintable(told: str, diagnostic: str) -> str:
    """The text with □ for each sign that typst says it could not display; the same text if it says nothing of it.

    Marks that a letter can carry are joined to it first; others go as well, because typst names only their letter.
    """
    named = "".join(_NOT_DISPLAYED.findall(diagnostic))
    if not named:
        return told
    signs = {sign for sign in _ESCAPED.sub(_unescaped, named) if not sign.isascii()}
    return "".join(
        _STAND_IN if sign in signs or unicodedata.category(sign) in ("Mn", "Me") else sign
        for sign in unicodedata.normalize("NFC", told)
    )


def _unescaped(sign: re.Match[str]) -> str:
    return chr(int(sign[1], 16))
