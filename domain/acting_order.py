"""The acting order: an act of the school by which somebody acts in the post of its head for a time."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError, model_validator

from domain.application import Key
from domain.legal_time import local_time
from domain.moment import Moment
from domain.plain_text import Line
from domain.refusal import InputRefused, invalid
from domain.staff import Actor

LONGEST = timedelta(days=366)
"""Whoever is away for longer is replaced by another order: each states anew that the head is away."""


class ActingOrder(BaseModel):
    """An acting order as it is entered: `acting` acts as head while valid_from <= moment < valid_until."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    order_id: Key
    actor: Actor
    """Who enters it."""
    acting: Actor
    """Who acts as head; for whom follows from the post."""
    valid_from: Moment
    valid_until: Moment
    act: Line
    """Number and day of the order of the school or of the department of education."""

    @model_validator(mode="after")
    def _is_a_period(self) -> Self:
        if self.valid_until <= self.valid_from:
            raise invalid(
                "acting_order_backwards",
                "the order ends before it begins",
                "An order names the moment from which somebody acts, and the one from which no more",
                "Correct valid_from or valid_until",
            )
        if self.valid_until - self.valid_from > LONGEST:
            raise invalid(
                "acting_order_too_long",
                f"the order is longer than {LONGEST.days} days",
                "Acting is for a time; a post that is free for longer is filled",
                "Shorten it, and enter another order when it is needed",
            )
        return self

    def content_hash(self, school: str) -> str:
        """SHA-256 over all that the order says of this school: equal for the same order entered again."""
        parts = {"school": school, **self.model_dump(exclude={"valid_from", "valid_until"})}
        # One moment can be written with several offsets.
        moments = [self.valid_from.timestamp(), self.valid_until.timestamp()]
        canonical = json.dumps([parts, moments], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


class EndOfActingOrder(BaseModel):
    """That an acting order ends before its time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    order_id: Key
    actor: Actor
    """Who ends it."""
    act: Line | None = None
    """Number and day of the order on paper, if there is one."""


class OrderOnFile(BaseModel):
    """An acting order as the register has it, with its earlier end if there is one."""

    model_config = ConfigDict(frozen=True)

    order_id: str
    school: str
    acting: str
    valid_from: AwareDatetime
    valid_until: AwareDatetime
    act: str
    entered_by: str
    entered_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    ended_by: str | None = None
    ended_act: str | None = None

    @property
    def runs_from(self) -> datetime:
        """When it takes effect: not before it was entered, for nobody gets authority over what was done."""
        return max(self.valid_from, self.entered_at)

    @property
    def runs_until(self) -> datetime:
        """The first moment at which it does not run any more."""
        return min(self.valid_until, self.ended_at or self.valid_until)

    def runs_at(self, moment: datetime) -> bool:
        """Whether it runs at the moment; its end is no part of it."""
        return self.runs_from <= moment < self.runs_until

    def runs_within(self, begin: datetime, end: datetime) -> bool:
        """Whether it runs at any moment of begin <= moment < end."""
        return max(self.runs_from, begin) < min(self.runs_until, end)

    def in_local_time(self) -> Self:
        """The same order with its moments on the clocks of Almaty."""
        moments = {"valid_from", "valid_until", "entered_at", "ended_at"}
        told = {name: value and local_time(value) for name, value in self if name in moments}
        return self.model_copy(update=told)


def parse_acting_order(raw: object) -> ActingOrder:
    """The acting order in `raw`; raises `InputRefused` naming every fault found."""
    try:
        return ActingOrder.model_validate(raw)
    except ValidationError as error:
        raise InputRefused.from_validation(error, "acting_order") from None


def parse_end(raw: object) -> EndOfActingOrder:
    """The end of an acting order in `raw`; raises `InputRefused` naming every fault found."""
    try:
        return EndOfActingOrder.model_validate(raw)
    except ValidationError as error:
        raise InputRefused.from_validation(error, "acting_order") from None
