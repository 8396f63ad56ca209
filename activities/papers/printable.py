"""Signs that people typed and no paper can show: no font has them, or PDF/A does not allow them."""

import re

_NOT_DISPLAYED = re.compile(r'the text (?:contains the disallowed codepoint )?`"(.+?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_STAND_IN = "□"
_OVERRIDES = dict.fromkeys((0x202D, 0x202E), _STAND_IN)
"""They set what follows in another order than it stands in the register."""


def without_unprintable(told: str, diagnostic: str) -> str:
    """The text with □ for each sign that typst says it cannot set; the same text if it names none."""
    named = "".join(_NOT_DISPLAYED.findall(diagnostic))
    # What JSON is made of is ASCII, and every font has it.
    signs = {sign for sign in _ESCAPED.sub(_unescaped, named) if not sign.isascii()}
    return told.translate({ord(sign): _STAND_IN for sign in signs})


def in_its_own_order(told: str) -> str:
    """The text with □ for each sign that would turn round what follows it: a paper shows a number as it is kept."""
    return told.translate(_OVERRIDES)


def _unescaped(sign: re.Match[str]) -> str:
    return chr(int(sign[1], 16))
