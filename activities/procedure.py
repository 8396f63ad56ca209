"""The activities of the procedure: each is one transaction on the register."""

from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.messages import Message, Written
from activities.register.acceptance import write_unreadable
from activities.register.case_view import read_progress
from activities.register.house_rules import HouseRules
from activities.register.pool import Pool
from activities.register.taking import take_act
from activities.register.turns import Queue, UnknownAct, UnknownCase
from activities.register.watching import Watched, end_procedure, reach_milestone
from activities.writing import UNKNOWN_ACT, write_portion
from domain.progress import Milestone, Progress
from domain.verdict import Answer

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")


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
        verdict = await write_unreadable(self._pool, Queue(act.case_id), act.doorbell, UNKNOWN_ACT, act.now)
        return Answer(verdict=verdict, on_file=False, progress=await self.read_case(act))

    @activity.defn
    @of_a_known_case
    async def write_messages(self, messages: Messages) -> list[Written]:
        """Writes acts that were sent whole by hand, unsealed; what is no act is kept as a refused one.

        A doorbell among them is looked up: the act that it names is on file, or it is no act. On a slow register
        the answer is of the first messages only; the others are to be sent again.
        """
        return await write_portion(self._pool, Queue(messages.case_id), messages.messages, messages.now)

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
