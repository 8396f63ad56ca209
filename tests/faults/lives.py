"""Lives of cases that between them lead through every activity: in time, long past, by hand, and unheard."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, suppress
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import count
from random import Random
from types import TracebackType
from typing import Self

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError

from activities.doorbell import CaseName
from activities.register.evidence.root_folder import RootFolder
from activities.register.pool import Pool
from domain.acts import Act
from domain.calendar_change import DayOrder
from domain.complaint_stages import ComplaintStep
from domain.legal_time import legal_date
from domain.stages import Step
from domain.vocabulary import ROOT_ID, TASK_QUEUE, application_workflow_id, complaint_workflow_id
from domain.working_calendar import OverrideKind
from starter.best_effort_doorbell import BestEffortDoorbell
from starter.clock import AcceptorsClock, SystemClock
from starter.service import Service
from tests.builders import an_act, an_application
from tests.databases import RULES
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.plans import STORIES, an_order_that_ends_soon, many_children
from tests.faults.stand import Stand
from worker.connection import TemporalUnreachable
from workflows.doorbell import TemporalDoorbell
from workflows.root import DailyRoot

LONG_AGO = timedelta(days=200)
"""The time to complain is over since then."""
ROOT_WITHIN = 6.0
"""Seconds; an attempt at a root that fell with its worker is given up by Temporal after a quarter of an hour only."""
MOST = 40
"""Lives under way; more would keep a slow machine from bringing any of them to its outcome."""
PATIENCE = 400.0
"""Seconds in which all cases come to their outcome when nothing falls any more."""


class ClockOfThePast(SystemClock):
    """Applications came in long ago, and acts ten days later, after the term."""

    async def now(self) -> datetime:
        """When it was filed."""
        return datetime.now(UTC) - LONG_AGO

    async def of_case(self, _case: CaseName, /) -> datetime:
        """When something was done."""
        return datetime.now(UTC) - LONG_AGO + timedelta(days=10)


class Kind(StrEnum):
    """What leads to other activities."""

    IN_TIME = "in time"
    LONG_PAST = "long past"
    BY_HAND = "by hand"
    NOT_HEARD = "not heard"
    COUNTED_ANEW = "counted anew"
    COMPLAINED_OF = "complained of"
    ENDING_SOON = "ending soon"
    ROOTED = "rooted"


_OF_THE_WHOLE = frozenset({Kind.COUNTED_ANEW, Kind.ROOTED})


class Lives:
    """Begins more and more cases of some kinds; whoever waits for `end` has seen all of them at their outcome."""

    def __init__(self, stand: Stand, ledger: Ledger, chance: Random, kinds: Iterable[Kind] = Kind) -> None:
        self.ledger = ledger
        self._stand = stand
        self._chance = chance
        self._kinds = tuple(kinds)
        self._children = many_children()
        self._days = (date(2030, 1, 6) + timedelta(weeks=week) for week in count())
        self._carried_away = (stand.folder.root / f"roots-{serial}" for serial in count(1))
        self._exits = AsyncExitStack()
        self._lives: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._pool: Pool = await self._exits.enter_async_context(self._stand.pool(8))
        self._client: Client = await self._stand.client()
        self._heard = self._load(self._hears, SystemClock())
        self._unheard = self._load(self._hears_nothing, SystemClock())
        self._past = self._load(self._hears, ClockOfThePast())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        for life in self._lives:
            life.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)
        await self._exits.aclose()

    def begin(self) -> None:
        """One more case of each kind, unless too many are under way; one at a time of what is of the whole register."""
        lives = {
            Kind.IN_TIME: self._in_time,
            Kind.LONG_PAST: self._long_past,
            Kind.BY_HAND: self._by_hand,
            Kind.NOT_HEARD: self._not_heard,
            Kind.COUNTED_ANEW: self._counted_anew,
            Kind.COMPLAINED_OF: self._complained_of,
            Kind.ENDING_SOON: self._ending_soon,
            Kind.ROOTED: self._rooted,
        }
        under_way = [life.get_name() for life in self._lives if not life.done()]
        if len(under_way) > MOST:
            return
        for kind in self._kinds:
            if kind in _OF_THE_WHOLE and kind in under_way:
                continue
            self._lives.add(asyncio.create_task(lives[kind](), name=kind))

    async def end(self) -> None:
        """Returns when all cases are at their outcome; `AssertionError` names the kinds that do not get there."""
        done, pending = await asyncio.wait(self._lives, timeout=PATIENCE)
        assert not pending, f"not at their outcome: {sorted(life.get_name() for life in pending)}"
        for life in done:
            life.result()

    def _load(self, doorbell: Callable[[], Awaitable[TemporalDoorbell]], clock: AcceptorsClock) -> Load:
        bell = BestEffortDoorbell(self._pool, doorbell)
        service = Service(self._pool, self._stand.key_ring, bell, clock, RULES)
        return Load(service, self.ledger, self._chance)

    async def _hears(self) -> TemporalDoorbell:
        return await TemporalDoorbell.at(self._client)

    async def _hears_nothing(self) -> TemporalDoorbell:
        raise TemporalUnreachable("nobody is told")

    # the kinds

    async def _in_time(self) -> None:
        await self._heard.play(STORIES[0](next(self._children)))

    async def _long_past(self) -> None:
        """Overdue, withdrawn, and its time to complain is over."""
        filed = await self._past.submit(an_application(child=next(self._children)))
        await self._until(_BREACHED, filed.case_id)
        await self._past.act(filed.number, an_act(Step.WITHDRAW))
        await self._until(_ENDED, filed.case_id)

    async def _by_hand(self) -> None:
        """An act comes whole in a signal."""
        filed = await self._heard.submit(an_application(child=next(self._children)))
        act = an_act(Step.CHECK_PACKAGE)
        self.ledger.sends_act(filed.number, act)
        await self._send_by_hand(application_workflow_id(filed.case_id), act)
        await self._until(_HAS_VERDICT, act.act_id)
        await self._heard.act(filed.number, an_act(Step.WITHDRAW))

    async def _not_heard(self) -> None:
        """Nobody tells Temporal of the case or of its act: the sweep does."""
        filed = await self._unheard.submit(an_application(child=next(self._children)))
        act = an_act(Step.WITHDRAW)
        await self._unheard.act_once(filed.number, act)
        await self._until(_HAS_VERDICT, act.act_id)

    async def _counted_anew(self) -> None:
        """The calendar of a far year is changed: every term that runs is counted anew."""
        day = next(self._days)
        order = DayOrder(
            day=day, kind=OverrideKind.WORK, week=None, act=f"Order of {day}", entered_by="the scenario"
        )
        change = await self._heard.change_calendar(order)
        await self._until(_COUNTED_ANEW, change.version)

    async def _complained_of(self) -> None:
        """Nobody answers the complaint in its term; the decision comes by hand, and both procedures end."""
        filed = await self._past.submit(an_application(child=next(self._children)))
        number = (await self._past.act(filed.number, an_act(Step.FILE_COMPLAINT))).complaint
        assert number is not None, "the complaint is taken"
        await self._until(_COMPLAINT_BREACHED, number)
        act = an_act(ComplaintStep.DECIDE, ruling="rejected")
        self.ledger.sends_act(number, act)
        complaint_id = await self._pool.fetchval(
            "SELECT complaint_id FROM complaint WHERE number = $1", number
        )
        await self._send_by_hand(complaint_workflow_id(complaint_id), act)
        await self._until(_COMPLAINT_ENDED, number)
        await self._past.act(filed.number, an_act(Step.WITHDRAW))
        await self._until(_ENDED, filed.case_id)

    async def _ending_soon(self) -> None:
        """The teaching at home that is ordered ends so soon that people are reminded of it at once."""
        plan = an_order_that_ends_soon(next(self._children), legal_date(datetime.now(UTC)))
        filed = await self._heard.submit(plan.application)
        await self._heard.play_acts(filed, plan)
        await self._until(_REMINDED, filed.case_id)

    async def _rooted(self) -> None:
        """Somebody has carried the roots away and started their workflow anew: it writes the root of the day again."""
        roots = RootFolder(self._stand.folder.roots)
        if roots.newest():
            roots.path.rename(next(self._carried_away))
        while not roots.newest():
            with suppress(RPCError):
                await self._client.start_workflow(
                    DailyRoot.run,
                    id=ROOT_ID,
                    task_queue=TASK_QUEUE,
                    id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
                )
            await _some_time_for(lambda: roots.newest() is not None)

    async def _send_by_hand(self, workflow_id: str, act: Act) -> None:
        # A Temporal that is busy, or has not been told of the case, is sent the same again.
        handle = self._client.get_workflow_handle(workflow_id)
        while True:
            try:
                return await handle.signal(act.kind, _whole(act))
            except RPCError:
                await asyncio.sleep(1)

    async def _until(self, statement: str, subject: object) -> None:
        while not await self._is_so(statement, subject):
            await asyncio.sleep(0.2)

    async def _is_so(self, statement: str, subject: object) -> bool:
        try:
            return bool(await self._pool.fetchval(statement, subject))
        except TimeoutError:
            return False  # on a busy machine those who look wait for each other's connections


_BREACHED = "SELECT true FROM milestone WHERE case_id = $1 AND kind = 'BREACH'"
_ENDED = "SELECT ended_at IS NOT NULL FROM procedure WHERE case_id = $1"
_COMPLAINT_BREACHED = """
SELECT true
FROM complaint_milestone AS m
JOIN complaint AS c USING (complaint_id)
WHERE c.number = $1 AND m.kind = 'BREACH'
"""
_COMPLAINT_ENDED = "SELECT ended_at IS NOT NULL FROM complaint WHERE number = $1"
_REMINDED = "SELECT reminded_at IS NOT NULL FROM period WHERE case_id = $1"
_HAS_VERDICT = "SELECT true FROM act_result WHERE act_id = $1"
_COUNTED_ANEW = "SELECT true FROM recount WHERE version = $1"


async def _some_time_for(is_so: Callable[[], bool]) -> None:
    for _ in range(int(ROOT_WITHIN / 0.2)):
        if is_so():
            return
        await asyncio.sleep(0.2)


def _whole(act: Act) -> dict[str, object]:
    return {"act_id": act.act_id, "actor": act.actor, "content": act.content.model_dump(mode="json")}
