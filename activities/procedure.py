"""The activities of the procedure: each is one transaction on the register."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.register.acceptance import write_act, write_unreadable
from activities.register.case_view import read_progress
from activities.register.pool import Pool
from activities.register.taking import UnknownAct, UnknownCase, take_act
from activities.register.watching import Watched, end_procedure, reach_milestone
from domain.acts import parse_act
from domain.progress import Milestone, Progress
from domain.refusal import InputRefused, Problem
from domain.verdict import Answer, Verdict


class CaseReference(BaseModel):
    """Names a case at a moment of its workflow's clock."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    now: datetime


class ActReference(CaseReference):
    """Names an act of a case, as the message `message_id` of this kind did."""

    act_id: str
    message_id: str
    kind: str


class MilestoneReference(CaseReference):
    """Names a milestone of a case's term."""

    milestone: Milestone


class Message(BaseModel):
    """What somebody sent to a case by hand, unread; `act_id` is the id it gets if it brings none."""

    model_config = ConfigDict(frozen=True)

    kind: str
    act_id: str
    body: Any = None
    fault: str | None = None
    """Why it cannot be an act, when that was seen before reading it."""


class Messages(CaseReference):
    """Messages of one case in the order in which they came."""

    messages: tuple[Message, ...]


class Written(BaseModel):
    """What became of a message: an act to take, or a verdict that refuses it."""

    model_config = ConfigDict(frozen=True)

    asked: str
    """The id by which the sender knows it, else the one it was given."""
    refused: Verdict | None = None


_UNKNOWN_ACT = Problem(
    code="unknown_act",
    where="act_id",
    what="the signal names an act that is not on file for this case",
    why="A signal only rings; what it rings for must have been written first, or stand in the signal as a whole",
    instead="Send the whole act: act_id, actor and content",
)


class ProcedureActivities:
    """The register, as the workflow of a case uses it; every method may be called again without further effect."""

    def __init__(self, pool: Pool, *, unsealed_allowed: bool) -> None:
        self._pool = pool
        self._unsealed_allowed = unsealed_allowed

    @activity.defn
    async def read_case(self, case: CaseReference) -> Progress:
        """Where the case stands; a case that is not in the register ends its workflow as a mistake."""
        async with self._pool.acquire() as connection:
            progress = await read_progress(connection, case.case_id)
        if progress is None:
            raise _unknown_case()
        return progress

    @activity.defn
    async def take_act(self, act: ActReference) -> Answer:
        """The verdict on an act, always the first one given; a name that no act of this case has is refused."""
        try:
            return await take_act(
                self._pool, act.case_id, act.act_id, act.now, unsealed_allowed=self._unsealed_allowed
            )
        except UnknownAct:
            return await self._refuse_unknown(act)
        except UnknownCase:
            raise _unknown_case() from None

    async def _refuse_unknown(self, act: ActReference) -> Answer:
        verdict = await write_unreadable(
            self._pool, act.case_id, act.message_id, act.kind, act.act_id, _UNKNOWN_ACT, act.now
        )
        progress = await self.read_case(act)
        return Answer(
            verdict=verdict.model_copy(update={"act_id": act.act_id}), on_file=False, progress=progress
        )

    @activity.defn
    async def write_messages(self, messages: Messages) -> list[Written]:
        """Writes acts that were sent whole by hand, unsealed; what is no act is kept as a refused one."""
        return [await self._write(messages.case_id, message, messages.now) for message in messages.messages]

    async def _write(self, case_id: UUID, message: Message, now: datetime) -> Written:
        async def clock(_: UUID) -> datetime:
            return now

        problem = _fault(message)
        if problem is None:
            try:
                act = parse_act({"act_id": message.act_id, **message.body, "kind": message.kind})
                await write_act(self._pool, case_id, act, clock, via="SIGNAL")
                return Written(asked=act.act_id)
            except InputRefused as refused:
                problem = refused.problems[0]
        verdict = await write_unreadable(
            self._pool, case_id, message.act_id, message.kind, repr(message.body), problem, now
        )
        asked = asked_id(message.body) or message.act_id
        return Written(asked=asked, refused=verdict.model_copy(update={"act_id": asked}))

    @activity.defn
    async def reach_milestone(self, reached: MilestoneReference) -> Watched:
        """Reminds, or declares the breach, once for a due moment; decides nothing."""
        return await reach_milestone(self._pool, reached.case_id, reached.milestone, reached.now)

    @activity.defn
    async def end_procedure(self, case: CaseReference) -> Watched:
        """Marks the procedure as ended, unless an act waits or the window for complaints is still open."""
        return await end_procedure(self._pool, case.case_id, case.now)


def asked_id(body: object) -> str | None:
    """The act id that a message carries, if it can be read."""
    act_id = body.get("act_id") if isinstance(body, dict) else None
    return act_id if isinstance(act_id, str) and act_id else None


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


def _unknown_case() -> ApplicationError:
    return ApplicationError("the case is not in the register", type="UnknownCase", non_retryable=True)
