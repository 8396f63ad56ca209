"""The activities of the housekeeping: nothing that was written waits for ever because a doorbell was not heard."""

from collections import Counter
from collections.abc import Awaitable
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from pydantic import BaseModel, ConfigDict
from temporalio import activity
from temporalio.service import RPCError

from activities.doorbell import CaseName, Doorbell
from activities.papers import PaperNotRendered
from activities.register.calendar_changes import list_unfinished_recounts
from activities.register.clock import TOLERANCE, read_clock
from activities.register.complaints.taking import take_complaint_act
from activities.register.house_rules import HouseRules
from activities.register.ordered_period import list_periods_without_watch, mark_period_watched
from activities.register.papers import list_cases_to_render
from activities.register.pool import CONNECTION_LOST, Pool
from activities.register.sweeping import (
    ForgottenAct,
    QueuePlace,
    list_cases_without_workflow,
    list_forgotten_acts,
    list_unwatched_cases,
    mark_started,
)
from activities.register.taking import take_act
from activities.rendering import PaperRenderer

PATIENCE = timedelta(seconds=15)
"""How long a case or an act may go unheard before the sweep rings."""
BATCH = 200
PATIENCE_WITH_PAPERS = timedelta(minutes=1)
"""How long papers may be without bytes before the sweep renders them."""
BATCH_OF_PAPERS = 50
"""Cases whose papers one sweep renders: it takes the processor, and other cases wait for it."""


class Beginning(BaseModel):
    """Where a sweep begins: after the cases that the last one came to, or at the first."""

    model_config = ConfigDict(frozen=True)

    now: datetime
    acts_after: UUID | None = None
    acts_after_queue: UUID | None = None
    cases_after: UUID | None = None
    cases_after_queue: UUID | None = None
    papers_after: UUID | None = None

    @property
    def forgotten_after(self) -> QueuePlace:
        """The queue after which acts without a verdict are looked for."""
        return QueuePlace(self.acts_after, self.acts_after_queue)

    @property
    def unwatched_after(self) -> QueuePlace:
        """The queue after which terms that nobody watches are looked for."""
        return QueuePlace(self.cases_after, self.cases_after_queue)


class Swept(BaseModel):
    """What one sweep found."""

    model_config = ConfigDict(frozen=True)

    started: int = 0
    """Cases that this Temporal had not been told of."""
    woken: int = 0
    """Cases whose term has passed unnoticed."""
    rung: int = 0
    """Cases with an act that waits."""
    taken: int = 0
    """Acts of ended cases."""
    rendered: int = 0
    """Cases whose papers had no bytes."""
    watched: int = 0
    """Periods of orders whose end nobody watched."""
    missed: int = 0
    """Cases that could not be helped; a later sweep tries them again."""
    acts_after: UUID | None = None
    acts_after_queue: UUID | None = None
    cases_after: UUID | None = None
    cases_after_queue: UUID | None = None
    papers_after: UUID | None = None
    """Where the next sweep goes on; None when this one came to the end."""

    @property
    def is_full(self) -> bool:
        """Whether there is probably more to find at once."""
        full = self.started >= BATCH or self.watched >= BATCH or self.rendered >= BATCH_OF_PAPERS
        return full or self.acts_after is not None or self.cases_after is not None


_NO_HELP = (PaperNotRendered, RPCError, asyncpg.PostgresError, *CONNECTION_LOST, ValueError, LookupError)
"""Temporal or the register did not take it, what is on file cannot be read, or a template is at fault."""


class HousekeepingActivities:
    """Register and doorbell side by side."""

    def __init__(self, pool: Pool, doorbell: Doorbell, renderer: PaperRenderer, rules: HouseRules) -> None:
        self._pool = pool
        self._doorbell = doorbell
        self._renderer = renderer
        self._rules = rules

    @activity.defn
    async def sweep(self, beginning: Beginning) -> Swept:
        """Starts cases without a workflow, rings for acts without a verdict, takes those of ended procedures.

        Papers without bytes are rendered, whether or not a workflow is about to. The end of an order is watched from
        here on, and after a change of the calendar the workflow that has terms counted anew is started unless it runs.
        """
        await self._compare_clocks()
        await self._doorbell.renew()
        untold = await list_cases_without_workflow(self._pool, self._doorbell.namespace_id, PATIENCE, BATCH)
        unwatched = await list_unwatched_cases(self._pool, PATIENCE, beginning.unwatched_after, BATCH)
        forgotten = await list_forgotten_acts(self._pool, PATIENCE, beginning.forgotten_after, BATCH)
        bare = await list_cases_to_render(
            self._pool, PATIENCE_WITH_PAPERS, beginning.papers_after, BATCH_OF_PAPERS
        )
        unending = await list_periods_without_watch(
            self._pool, self._doorbell.namespace_id, PATIENCE, beginning.now, BATCH
        )
        count: Counter[str] = Counter()
        for case in untold:
            count["started" if await self._helped(self._start(case)) else "missed"] += 1
        for case in unwatched:
            count["woken" if await self._helped(self._doorbell.start(case)) else "missed"] += 1
        for act in forgotten:
            done = "taken" if act.ended else "rung"
            help_ = self._take(act, beginning.now) if act.ended else self._ring(act)
            count[done if await self._helped(help_) else "missed"] += 1
        for version in await list_unfinished_recounts(self._pool):
            count["missed"] += not await self._helped(self._doorbell.recount(version))
        for case in unending:
            count["watched" if await self._helped(self._watch_period(case)) else "missed"] += 1
        for case_id in bare:
            count["rendered" if await self._helped(self._renderer.render(case_id)) else "missed"] += 1
        acts = QueuePlace.of(forgotten[-1].case) if len(forgotten) == BATCH else QueuePlace()
        cases = QueuePlace.of(unwatched[-1]) if len(unwatched) == BATCH else QueuePlace()
        return Swept(
            **count,
            acts_after=acts.case_id,
            acts_after_queue=acts.queue,
            cases_after=cases.case_id,
            cases_after_queue=cases.queue,
            papers_after=bare[-1] if len(bare) == BATCH_OF_PAPERS else None,
        )

    async def _compare_clocks(self) -> None:
        # Temporal's clock ends the terms that the acceptors' begin; both are held against the register's.
        ahead = activity.info().started_time - await read_clock(self._pool)
        if abs(ahead) > TOLERANCE:
            seconds = round(ahead.total_seconds())
            activity.logger.error("clocks_disagree", extra={"temporal_ahead_seconds": seconds})

    async def _start(self, case: CaseName) -> None:
        await self._doorbell.start(case)
        await mark_started(self._pool, case, self._doorbell.namespace_id)

    async def _watch_period(self, case: CaseName) -> None:
        await self._doorbell.watch_period(case)
        await mark_period_watched(self._pool, case.case_id, self._doorbell.namespace_id)

    async def _ring(self, act: ForgottenAct) -> None:
        await self._doorbell.ring(act.case, act.kind, act.act_id)

    async def _take(self, act: ForgottenAct, now: datetime) -> None:
        if act.complaint_id is None:
            await take_act(self._pool, act.case_id, act.act_id, now, self._rules)
        else:
            await take_complaint_act(self._pool, act.queue, act.act_id, now, self._rules)

    async def _helped(self, help_: Awaitable[None]) -> bool:
        # One case that cannot be helped, for whatever reason, must not keep the others from it.
        activity.heartbeat()
        try:
            await help_
        except _NO_HELP as error:
            activity.logger.warning("case_not_helped_by_the_sweep", extra={"cause": type(error).__name__})
            return False
        return True
