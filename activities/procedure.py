"""The activities of the procedure: each is one transaction on the register."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.messages import Message, Written
from activities.register.acceptance import write_act, write_unreadable
from activities.register.case_view import read_progress
from activities.register.house_rules import HouseRules
from activities.register.pool import Pool
from activities.register.taking import UnknownAct, UnknownCase, find_verdict, take_act
from activities.register.watching import Watched, end_procedure, reach_milestone
from domain.acts import parse_act
from domain.progress import Milestone, Progress
from domain.refusal import InputRefused, Problem
from domain.verdict import Answer, VerdictKind

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")

PORTION_SECONDS = 4.0
"""Of the ten that an attempt has, so many are for beginning to write another message."""


class CaseReference(BaseModel):
    """Names a case at a moment of its workflow's clock."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    now: datetime


class ActReference(CaseReference):
    """Names an act of a case by the doorbell that was rung for it."""

    doorbell: Message


class MilestoneReference(CaseReference):
    """Names a milestone of a case's term."""

    milestone: Milestone


class Messages(CaseReference):
    """Messages of one case in the order in which they came."""

    messages: tuple[Message, ...]


_UNKNOWN_ACT = Problem(
    code="unknown_act",
    where="act_id",
    what="the signal names an act that is not on file for this case",
    why="A signal only rings; what it rings for must have been written first, or stand in the signal as a whole",
    instead="Send the whole act: act_id, actor and content",
)


def of_a_known_case(
    activity_: Callable[_Arguments, Awaitable[_Answer]],
) -> Callable[_Arguments, Coroutine[Any, Any, _Answer]]:
    """A case that is not in the register will not come into it by trying again."""

    @wraps(activity_)
    async def once(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Answer:
        try:
            return await activity_(*arguments, **named)
        except UnknownCase:
            raise ApplicationError(
                "the case is not in the register", type=UnknownCase.__name__, non_retryable=True
            ) from None

    return once


class ProcedureActivities:
    """The register, as the workflow of a case uses it; every method may be called again without further effect."""

    def __init__(self, pool: Pool, rules: HouseRules) -> None:
        self._pool = pool
        self._rules = rules

    @activity.defn
    @of_a_known_case
    async def read_case(self, case: CaseReference) -> Progress:
        """Where the case stands; a case that is not in the register ends its workflow as a mistake."""
        return await read_known_progress(self._pool, case.case_id)

    @activity.defn
    @of_a_known_case
    async def take_act(self, act: ActReference) -> Answer:
        """The verdict on an act, always the first one given; a name that no act of this case has is refused."""
        try:
            return await take_act(self._pool, act.case_id, act.doorbell.act_id, act.now, self._rules)
        except UnknownAct:
            return await self._refuse_unknown(act)

    async def _refuse_unknown(self, act: ActReference) -> Answer:
        verdict = await write_unreadable(self._pool, act.case_id, act.doorbell, _UNKNOWN_ACT, act.now)
        return Answer(verdict=verdict, on_file=False, progress=await self.read_case(act))

    @activity.defn
    @of_a_known_case
    async def write_messages(self, messages: Messages) -> list[Written]:
        """Writes acts that were sent whole by hand, unsealed; what is no act is kept as a refused one.

        A doorbell among them is looked up: the act that it names is on file, or it is no act. On a slow register
        the answer is of the first messages only; the others are to be sent again.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + PORTION_SECONDS
        written = []
        for message in messages.messages:
            written.append(await self._write(messages.case_id, message, messages.now))
            if loop.time() >= until:
                break
        return written

    async def _write(self, case_id: UUID, message: Message, now: datetime) -> Written:
        if message.is_doorbell:
            return await self._look_up(case_id, message, now)

        async def clock(_: UUID) -> datetime:
            return message.at

        problem = _fault(message)
        if problem is None:
            try:
                act = parse_act({"act_id": message.message_id, **message.body, "kind": message.kind})
                await write_act(self._pool, case_id, act, clock, via="SIGNAL")
                return Written(act_id=act.act_id)
            except InputRefused as refused:
                problem = refused.problems[0]
        return await self._refuse(case_id, message, problem, now)

    async def _look_up(self, case_id: UUID, doorbell: Message, now: datetime) -> Written:
        try:
            verdict = await find_verdict(self._pool, case_id, doorbell.act_id)
        except UnknownAct:
            return await self._refuse(case_id, doorbell, _UNKNOWN_ACT, now)
        refused = verdict is not None and verdict.kind is VerdictKind.REFUSED
        return Written(act_id=doorbell.act_id, refused=verdict if refused else None)

    async def _refuse(self, case_id: UUID, message: Message, problem: Problem, now: datetime) -> Written:
        verdict = await write_unreadable(self._pool, case_id, message, problem, now)
        return Written(act_id=verdict.act_id, refused=verdict)

    @activity.defn
    @of_a_known_case
    async def reach_milestone(self, reached: MilestoneReference) -> Watched:
        """Reminds, or declares the breach, once for a due moment; decides nothing."""
        return await reach_milestone(self._pool, reached.case_id, reached.milestone, reached.now, self._rules)

    @activity.defn
    @of_a_known_case
    async def end_procedure(self, case: CaseReference) -> Watched:
        """Marks the procedure as ended, unless an act waits or the window for complaints is still open."""
        return await end_procedure(self._pool, case.case_id, case.now)


async def read_known_progress(pool: Pool, case_id: UUID) -> Progress:
    """Where the case stands, or `UnknownCase`."""
    async with pool.acquire() as connection:
        progress = await read_progress(connection, case_id)
    if progress is None:
        raise UnknownCase(str(case_id))
    return progress


def _fault(message: Message) -> Problem | None:
    if message.fault is None and isinstance(message.body, dict):
        return None
    return Problem(
        code="unreadable_signal",
        where=message.kind,
        what=message.fault or "the signal does not carry an act",
        why="A case takes the signals of its procedure, each with an act or the id of one",
        instead="Send an object with act_id, actor and content",
    )
