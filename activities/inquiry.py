"""The asking of information systems (R5.8): beside every case, never in its way."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from uuid import UUID

import asyncpg
from pydantic import BaseModel, ConfigDict
from temporalio import activity

from activities.gateway.client import Gateway, NoAnswer
from activities.register.inquiries import (
    Found,
    Inquiry,
    end_inquiries,
    enter_facts,
    list_inquiries_to_make,
    note_failed,
)
from activities.register.pool import CONNECTION_LOST, Pool
from domain.inquiry import Unanswered

BATCH = 100
"""Questions that one round asks at most."""
AT_A_TIME = 4
"""Cases asked about at once: the gateway is not ours."""
GIVEN_UP_AFTER = 4
"""So many attempts in succession that found the gateway away end the round; what was not asked keeps its place."""


class Inquiring(BaseModel):
    """A round of asking, at a moment of the housekeeping's clock."""

    model_config = ConfigDict(frozen=True)

    now: datetime


class Inquired(BaseModel):
    """What a round of asking came to; nothing in it is about anybody."""

    model_config = ConfigDict(frozen=True)

    gateway_named: bool = True
    """False on a worker that was told of no gateway: it asks nothing."""
    facts: int = 0
    """Answers that were entered."""
    unanswered: dict[str, int] = {}
    """Attempts without an answer, by the reason."""
    away: bool = False
    """The gateway was found away again and again, so the round was given up."""
    is_full: bool = False
    """There is probably more to ask at once."""


class InquiryActivities:
    """The register and the gateway side by side; no transaction is open while somebody is asked."""

    def __init__(self, pool: Pool, gateway: Gateway | None) -> None:
        self._pool = pool
        self._gateway = gateway

    @activity.defn
    async def inquire(self, inquiring: Inquiring) -> Inquired:
        """Asks what is due about open cases and enters the answers; done twice, it asks only what is still due.

        What the gateway does wrong is noted with the question and fails nothing.
        """
        if self._gateway is None:
            return Inquired(gateway_named=False)
        await end_inquiries(self._pool, inquiring.now)
        due = await list_inquiries_to_make(self._pool, inquiring.now, BATCH)
        asking = _Asking(self._pool, self._gateway, inquiring.now)
        for some in _portions(due):
            activity.heartbeat()
            await asking.ask(some)
            if asking.is_given_up or activity.is_worker_shutdown():
                break
        return Inquired(
            facts=asking.facts,
            unanswered=dict(asking.unanswered),
            away=asking.is_given_up,
            is_full=len(due) == BATCH and not asking.is_given_up,
        )


class _Asking:
    """One round: what it came to so far."""

    def __init__(self, pool: Pool, gateway: Gateway, now: datetime) -> None:
        self._pool = pool
        self._gateway = gateway
        self._began = now
        self._clock = asyncio.get_running_loop().time
        self._since = self._clock()
        self._away_in_succession = 0
        self.facts = 0
        self.unanswered: Counter[str] = Counter()

    @property
    def is_given_up(self) -> bool:
        return self._away_in_succession >= GIVEN_UP_AFTER

    @property
    def _now(self) -> datetime:
        return self._began + timedelta(seconds=self._clock() - self._since)

    async def ask(self, inquiries: list[Inquiry]) -> None:
        """Asks all at once, then enters what came, one case after another: an activity holds one connection."""
        answers = await asyncio.gather(*(self._answer(inquiry) for inquiry in inquiries))
        for inquiry, answer in zip(inquiries, answers, strict=True):
            if isinstance(answer, Unanswered):
                await self._note_failed(inquiry, answer)
        for case_id, found in _by_case(answer for answer in answers if isinstance(answer, Found)):
            self._away_in_succession = 0
            await self._enter(case_id, found)

    async def _enter(self, case_id: UUID, found: list[Found]) -> None:
        # A case that is locked for long must not keep the others from being asked about.
        try:
            self.facts += await enter_facts(self._pool, case_id, found, self._began)
        except (asyncpg.PostgresError, *CONNECTION_LOST):
            for one in found:
                await self._note_failed(one.inquiry, Unanswered.NOT_ENTERED)

    async def _answer(self, inquiry: Inquiry) -> Found | Unanswered:
        try:
            answered = await self._gateway.ask(inquiry.question)
        except NoAnswer as error:
            return error.why
        return Found(inquiry=inquiry, answered=answered, at=self._now)

    async def _note_failed(self, inquiry: Inquiry, why: Unanswered) -> None:
        self.unanswered[why] += 1
        self._away_in_succession = self._away_in_succession + 1 if why.is_away else 0
        activity.logger.warning(
            "inquiry_not_answered",
            extra={"case_id": str(inquiry.case_id), "kind": inquiry.question.kind, "cause": why},
        )
        await note_failed(self._pool, inquiry, why, self._now)


def _portions(due: list[Inquiry]) -> Iterator[list[Inquiry]]:
    """The questions of a few cases at a time, those of a case together."""
    cases: dict[UUID, list[Inquiry]] = {}
    for inquiry in due:
        cases.setdefault(inquiry.case_id, []).append(inquiry)
    in_order = list(cases.values())
    for first in range(0, len(in_order), AT_A_TIME):
        yield [inquiry for case in in_order[first : first + AT_A_TIME] for inquiry in case]


def _by_case(found: Iterable[Found]) -> Iterator[tuple[UUID, list[Found]]]:
    of_case = attrgetter("inquiry.case_id")
    for case_id, answers in groupby(found, key=of_case):
        yield case_id, list(answers)
