"""A day of the calendar as people give it: written in one way, so that none is misread."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from domain.refusal import invalid

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_out(value: Any) -> Any:
    # Left to itself pydantic would read a bare number as seconds since 1970.
    if isinstance(value, date) or value is None or (isinstance(value, str) and _WRITTEN.fullmatch(value)):
        return value
    raise invalid(
        "day",
        "this is not a day of the calendar",
        "Days are written as year, month and day, so that none can be misread",
        "Write it like 2026-11-25",
    )


Day = Annotated[date, BeforeValidator(_written_out)]
"""A day, written like 2026-11-25 and in no other way."""
