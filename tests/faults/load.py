"""Clients as real ones are: they file, act, are told "not now", send the same again and go on to the outcome."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from random import Random
from typing import TypeVar

from activities.register.calendar_changes import Entered
from activities.register.intake import Filed
from activities.register.reading import ActAnswer
from domain.acts import Act
from domain.application import Application
from domain.calendar_change import DayOrder
from starter.register_access import RegisterAway
from starter.service import Service
from tests.faults.ledger import Ledger
from tests.faults.plans import Plan

T = TypeVar("T")

LONGEST_PAUSE = 16.0
"""Seconds until a client asks again after a verdict that is pending."""


class Load:
    """Plays plans through one service; whatever is acknowledged stands in the ledger."""

    def __init__(self, service: Service, ledger: Ledger, chance: Random, pause: float = 0.0) -> None:
        self._service = service
        self._ledger = ledger
        self._chance = chance
        self._pause = pause
        self.counts: Counter[str] = Counter()
        """`cases`, `acts`, `not now` answers, `pending` ones after which the client asked again, and `found` requests:
        on file although their first sender was told "not now".
        """
        self.slowest: dict[str, float] = {"filed": 0.0, "not now": 0.0}
        """Seconds that somebody who filed waited for that answer."""

    async def play_all(self, plans: Iterable[Plan], at_once: int = 10) -> None:
        """All plans to their outcomes, so many at the same time."""
        turns = asyncio.Semaphore(at_once)

        async def one(plan: Plan) -> None:
            async with turns:
                await self.play(plan)

        async with asyncio.TaskGroup() as group:
            for plan in plans:
                group.create_task(one(plan))

    async def play(self, plan: Plan) -> None:
        """One case from its application to its outcome."""
        filed = await self.submit(plan.application)
        await self.play_acts(filed, plan)

    async def play_acts(self, filed: Filed, plan: Plan, after: int = 0) -> None:
        """The acts of a filed case, without the first `after` of them, to its outcome."""
        for act in plan.acts[after:]:
            # People take their time; between two acts the servers may come and go.
            await asyncio.sleep(self._chance.uniform(0, self._pause))
            answer = await self.act(filed.number, act)
            assert answer.verdict == plan.verdict(act), f"{plan.story}, {filed.number}: {answer}"
        assert answer.stage is plan.outcome, f"{plan.story}, {filed.number}: {answer.stage}"
        self._ledger.ended(filed.number, plan.outcome)

    async def submit(self, application: Application) -> Filed:
        """Files until it is acknowledged."""
        self._ledger.sends(application)
        filed = await self._insist(lambda: self._submit_once(application))
        self._ledger.received(application, filed)
        self.counts["found"] += not filed.created
        self.counts["cases"] += 1
        return filed

    async def begin(self, application: Application) -> Filed:
        """Files, and sends the same again until Temporal has heard of it, too."""
        filed, heard = await self.submit(application), False
        while not heard:
            await asyncio.sleep(0.5)
            _, heard = await self._insist(lambda: self._service.submit(application))
        return filed

    async def _submit_once(self, application: Application) -> Filed:
        begun, told = time.monotonic(), "not now"
        try:
            filed, _ = await self._service.submit(application)
            told = "filed"
        finally:
            self.slowest[told] = max(self.slowest[told], time.monotonic() - begun)
        return filed

    async def change_calendar(self, order: DayOrder) -> Entered:
        """Enters the change of the calendar until it is acknowledged."""
        entered, _ = await self._insist(lambda: self._service.change_calendar(order))
        return entered

    async def act(self, number: str, act: Act) -> ActAnswer:
        """Acts until there is a verdict."""
        answer = await self.act_once(number, act)
        pause = 0.5
        while answer.verdict == "pending":
            self.counts["pending"] += 1
            # Each repetition rings again: who rings all the time keeps a worker from its work.
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            answer = await self.act_once(number, act)
        self.counts["acts"] += 1
        return answer

    async def act_once(self, number: str, act: Act) -> ActAnswer:
        """Acts until it is acknowledged; the verdict may be pending."""
        self._ledger.sends_act(number, act)
        answer = await self._insist(lambda: self._service.act(number, act))
        self._ledger.answered(act, answer)
        return answer

    async def _insist(self, call: Callable[[], Awaitable[T]]) -> T:
        while True:
            try:
                return await call()
            except RegisterAway:
                self.counts["not now"] += 1
                await asyncio.sleep(self._chance.uniform(0.2, 0.6))
