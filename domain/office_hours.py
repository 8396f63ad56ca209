"""The working hours of a school's office."""

from datetime import time
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from domain.refusal import invalid


class OfficeHours(BaseModel):
    """Hours of a working day in local time; what arrives at `closes` or later is of the next working day."""

    model_config = ConfigDict(frozen=True)

    opens: time
    closes: time
    lunch_from: time | None = None
    lunch_to: time | None = None
    intake_until: time | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        hours = (self.opens, self.lunch_from, self.lunch_to, self.intake_until, self.closes)
        known = [hour for hour in hours if hour is not None]
        if any(hour.tzinfo is not None for hour in known) or known != sorted(set(known)):
            raise invalid(
                "office_hours",
                "the office hours are out of order",
                "The office opens, has lunch, ends its intake and closes, in this order, in local time",
                "Correct the hours",
            )
        return self
