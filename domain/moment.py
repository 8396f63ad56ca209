"""A moment as people give it: written with its offset from UTC, so that none is misread."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator

from domain.refusal import invalid

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})")


def _written_out(value: Any) -> Any:
    # Left to itself pydantic would read a bare number as seconds since 1970.
    if isinstance(value, datetime) or (isinstance(value, str) and _WRITTEN.fullmatch(value)):
        return value
    raise invalid(
        "moment",
        "this is not a moment with its offset from UTC",
        "Without the offset it is not known when it is",
        "Write it like 2026-11-25T18:30:00+05:00",
    )


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out)]
"""A moment to the second, written like 2026-11-25T18:30:00+05:00 and in no other way."""
