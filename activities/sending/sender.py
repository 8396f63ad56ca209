"""The activity of the sender: takes what waits in the outbox to whom it is for, in order for each case."""

import asyncio
from collections.abc import Awaitable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

import asyncpg
from pydantic import BaseModel, ConfigDict
from temporalio import activity

from activities.register.house_rules import HouseRules
from activities.register.outbox import (
    Mailing,
    Message,
    count_waiting,
    keep_for_later,
    list_first_messages,
    list_resend_requests,
    mark_not_sent,
    mark_sent,
    read_mailing,
    read_next_message,
)
from activities.register.pool import CONNECTION_LOST, Pool
from activities.sending.failures import NoMailbox, NotNow, NotTaken, NotThrough
from activities.sending.monitoring import MonitoringSystem
from activities.sending.post import Post
from domain.destination import Carrier, Destination, NotSent
from domain.mail import News, letter_about

CASES = 100
"""Whose messages one round looks at."""
AT_ONCE = 8
"""Cases whose messages go side by side."""
ROUND_SECONDS = 20.0
"""After that no message is begun any more; the next round goes on."""
OUTDATED = {"REMINDED": timedelta(days=1), "LAST_DAY": timedelta(days=1)}
OUTDATED_ELSE = timedelta(days=30)
"""After its event an e-mail would say something untrue, or what everybody knows."""

_OF_THE_TERM = frozenset(
    {"RECEIPT_ISSUED", "NOTICE_SENT", "REMINDED", "LAST_DAY", "TERM_BREACHED", "TERM_RECOUNTED"}
)
"""Events whose e-mail names the end of the term of the case; others name what their body does."""

_REGISTER_IN_THE_WAY = (asyncpg.PostgresError, *CONNECTION_LOST)
"""A case that is locked for too long, for example; a register that is away altogether ends the round by itself."""

_Asked = TypeVar("_Asked")


class Round(BaseModel):
    """Which carrier is to go, and when that is."""

    model_config = ConfigDict(frozen=True)

    carrier: Carrier
    now: datetime


class Sent(BaseModel):
    """What came of a round."""

    model_config = ConfigDict(frozen=True)

    sent: int = 0
    not_sent: int = 0
    """Messages to people that nobody will send: there is no mailbox, or no e-mail is sent at all."""
    failed: int = 0
    """Messages that did not go through and stay."""
    cause: str | None = None
    """Of the last of them, in a code."""
    waiting: int = 0
    oldest_at: datetime | None = None
    refused: int = 0
    """Of those that wait, messages that the other side will not have."""
    more: bool = False
    """Whether there is probably more to send at once."""

    @property
    def got_nowhere(self) -> bool:
        """Whether nothing at all went through: the other side is probably away."""
        return self.failed > 0 and self.sent == 0


class Outlets(NamedTuple):
    """By which messages leave; where there is none, nothing goes that way."""

    monitoring: MonitoringSystem | None = None
    post: Post | None = None


NO_OUTLETS = Outlets()
"""Messages stay, or are not sent for good."""


class SendingActivities:
    """The register and its outlets side by side."""

    def __init__(self, pool: Pool, rules: HouseRules, outlets: Outlets) -> None:
        self._pool = pool
        self._rules = rules
        self._monitoring, self._post = outlets

    @activity.defn
    async def send(self, round_: Round) -> Sent:
        """Sends what waits for the carrier: every message of a case after the one before it, cases side by side.

        A repeated call sends again only what has no receipt on file; whoever gets it twice knows it by its key.
        What the register does not let be noted of one case is left to the next round, and holds up no other.
        """
        sending = _Sending(self, self._pool, round_.now)
        if round_.carrier is Carrier.MAIL or self._monitoring:
            await sending.go(await self._first(round_.carrier))
        waiting = await count_waiting(self._pool, round_.carrier)
        return Sent(
            sent=sending.sent,
            not_sent=sending.not_sent,
            failed=sending.failed,
            cause=sending.cause,
            waiting=waiting.count,
            oldest_at=waiting.oldest_at,
            refused=waiting.refused,
            more=sending.left or sending.is_full,
        )

    async def _first(self, carrier: Carrier) -> list[Message]:
        again = await list_resend_requests(self._pool, CASES) if carrier is Carrier.MONITORING else []
        return [*again, *await list_first_messages(self._pool, carrier, CASES)]

    async def carry(self, message: Message, now: datetime, register: asyncio.Lock) -> str | NotSent:
        """The receipt, or why it is not sent for good; `NotThrough` where it stays."""
        if message.destination is Destination.MONITORING:
            return await self._report(message)
        return await self._mail(message, now, register)

    async def _report(self, message: Message) -> str:
        assert self._monitoring is not None, "without it no message is begun"
        try:
            event = message.stage_event
        except ValueError:
            raise NotTaken("StageNotReadable") from None
        return await self._monitoring.report(event)

    async def _mail(self, message: Message, now: datetime, register: asyncio.Lock) -> str | NotSent:
        if self._post is None:
            return NotSent.NO_MAIL
        async with register:
            mailing = await read_mailing(self._pool, message)
        if mailing.address is None:
            return NotSent.NO_ADDRESS
        if now - message.at > OUTDATED.get(message.event, OUTDATED_ELSE):
            return NotSent.OUTDATED
        letter = letter_about(self._news(message, mailing))
        try:
            return await self._post.send(mailing.address, letter, f"{message.number}.{message.seq}")
        except NoMailbox:
            return NotSent.NO_MAILBOX

    def _news(self, message: Message, mailing: Mailing) -> News:
        of_the_term = mailing.due_at if message.event in _OF_THE_TERM else None
        try:
            return News(
                destination=message.destination,
                event=message.event,
                case_number=message.number,
                complaint_number=message.body.get("complaint"),
                term=message.body.get("term"),
                other_case=message.body.get("other_case"),
                due_at=message.body.get("due_at", of_the_term),
                address=self._rules.status_address(message.number),
            )
        except ValueError:
            raise NotTaken("BodyNotReadable") from None


class _Sending:
    """One round on its way. It asks the register one thing at a time, like every activity."""

    def __init__(self, carriers: SendingActivities, pool: Pool, now: datetime) -> None:
        self._carriers = carriers
        self._pool = pool
        self._now = now
        self._register = asyncio.Lock()
        self._until = asyncio.get_running_loop().time() + ROUND_SECONDS
        self.sent = 0
        self.not_sent = 0
        self.failed = 0
        self.cause: str | None = None
        self.left = False
        self.is_full = False

    async def go(self, first: list[Message]) -> None:
        """From these on, each with what follows it in its case."""
        self.is_full = len(first) >= CASES
        cases = iter(first)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE):
                    group.create_task(self._take_turns(cases))
        except BaseExceptionGroup as failed:
            raise failed.exceptions[0] from None

    async def _take_turns(self, cases: Iterator[Message]) -> None:
        for message in cases:
            if self._over():
                self.left = True
                return
            await self._of_its_own(message)

    def _over(self) -> bool:
        if activity.is_worker_shutdown() or asyncio.get_running_loop().time() >= self._until:
            return True
        # Nothing went through so far: the rest would only wait for the same answer.
        return self.sent == 0 and self.failed >= AT_ONCE

    async def _of_its_own(self, first: Message) -> None:
        # What keeps one case from being noted must not keep the letters of the others.
        try:
            await self._case(first)
        except _REGISTER_IN_THE_WAY as error:
            self.failed += 1
            self.cause = type(error).__name__
            _warn("message_left_to_the_next_round", first, self.cause)

    async def _case(self, first: Message) -> None:
        message: Message | None = first
        while message and await self._goes_through(message) and message.again is None:
            if self._over():
                self.left = True
                return
            message = await self._of_register(read_next_message(self._pool, message))

    async def _goes_through(self, message: Message) -> bool:
        activity.heartbeat()
        try:
            became = await self._carriers.carry(message, self._now, self._register)
        except NotThrough as failure:
            await self._stays(message, failure)
            return False
        if isinstance(became, NotSent):
            await self._of_register(mark_not_sent(self._pool, message, became, self._now))
            self.not_sent += 1
        else:
            await self._of_register(mark_sent(self._pool, message, became))
            self.sent += 1
        return True

    async def _stays(self, message: Message, failure: NotThrough) -> None:
        self.failed += 1
        self.cause = failure.cause
        refused = not isinstance(failure, NotNow)
        if refused:
            _warn("message_refused", message, failure.cause)
        await self._of_register(keep_for_later(self._pool, message, failure.cause, refused=refused))

    async def _of_register(self, asked: Awaitable[_Asked]) -> _Asked:
        async with self._register:
            # A case that is locked takes seconds, and each of those that go side by side may be.
            activity.heartbeat()
            return await asked


def _warn(event: str, message: Message, cause: str) -> None:
    activity.logger.warning(event, extra={"case_id": str(message.case_id), "cause": cause})
