"""The sender (paragraph 8): what others are to be told goes to them, for ever, where operators can see it."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from pydantic import BaseModel

    from activities.sending.sender import Round, SendingActivities, Sent
    from domain.destination import Carrier
    from domain.legal_time import local_time

PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=5)
"""While the other side is away: the pause doubles up to it."""
ATTEMPT = timedelta(minutes=1)
HEARTBEAT = timedelta(seconds=20)
DAY = timedelta(days=1)
PATIENTLY = RetryPolicy(maximum_interval=timedelta(minutes=1))


class Way(BaseModel):
    """How one carrier has fared so far; goes over from run to run."""

    pause: timedelta = PAUSE
    sent: int = 0
    not_sent: int = 0
    waiting: int = 0
    refused: int = 0
    oldest_at: datetime | None = None
    failed_at: datetime | None = None
    cause: str | None = None


class Ways(BaseModel):
    """Every carrier."""

    monitoring: Way = Way()
    mail: Way = Way()

    def of(self, carrier: Carrier) -> Way:
        """The one of this carrier."""
        return self.monitoring if carrier is Carrier.MONITORING else self.mail


@workflow.defn(name="Sender")
class Sender:
    """Every ten seconds what waits in the outbox goes out; to who is away, after pauses that grow to five minutes."""

    @workflow.init
    def __init__(self, ways: Ways | None = None) -> None:
        self._ways = ways or Ways()
        self._begun = workflow.now()
        self._is_over = False

    @workflow.run
    async def run(self, ways: Ways | None = None) -> None:  # noqa: ARG002 - read by __init__
        await asyncio.gather(*(self._keep_sending(carrier) for carrier in Carrier))
        workflow.continue_as_new(self._ways)

    async def _keep_sending(self, carrier: Carrier) -> None:
        # Each by itself: one that is away, or slow, must not hold up the other.
        while not self._is_over:
            sent = await self._send(carrier)
            if workflow.now() - self._begun >= DAY or workflow.info().is_continue_as_new_suggested():
                self._is_over = True
            elif not sent.more or sent.got_nowhere:
                await self._rest(carrier)

    async def _rest(self, carrier: Carrier) -> None:
        # Until the next round, or until the other carrier sees that this run is over.
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: self._is_over,
                timeout=self._ways.of(carrier).pause,
                timeout_summary=f"until the next round: {carrier.lower()}",
            )

    async def _send(self, carrier: Carrier) -> Sent:
        sent = await workflow.execute_activity_method(
            SendingActivities.send,
            Round(carrier=carrier, now=workflow.now()),
            start_to_close_timeout=ATTEMPT,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENTLY,
            summary=f"what waits: {carrier.lower()}",
        )
        self._note(self._ways.of(carrier), sent)
        self._show()
        return sent

    def _note(self, way: Way, sent: Sent) -> None:
        way.sent += sent.sent
        way.not_sent += sent.not_sent
        way.waiting, way.refused, way.oldest_at = sent.waiting, sent.refused, sent.oldest_at
        way.pause = min(way.pause * 2, LONGEST_PAUSE) if sent.got_nowhere else PAUSE
        if sent.failed:
            way.failed_at, way.cause = workflow.now(), sent.cause

    def _show(self) -> None:
        workflow.set_current_details(
            "### Monitoring system\n\n"
            f"{_told(self._ways.monitoring)}\n"
            "### E-mail\n\n"
            f"{_told(self._ways.mail)}"
            f"- for good not sent (no address, no mailbox, no e-mail here): **{self._ways.mail.not_sent}**\n"
        )


def _told(way: Way) -> str:
    waits = f", the oldest since {_moment(way.oldest_at)}" if way.oldest_at else ""
    refused = f", of these refused by the other side: **{way.refused}**" if way.refused else ""
    failure = f"{_moment(way.failed_at)}, {way.cause}" if way.failed_at else "none"
    return (
        f"- sent: **{way.sent}**\n"
        f"- waiting: **{way.waiting}**{waits}{refused}\n"
        f"- last failure: {failure}\n"
        f"- pause between rounds: {way.pause.total_seconds():.0f} s\n"
    )


def _moment(moment: datetime | None) -> str:
    return f"{local_time(moment):%d.%m.%Y %H:%M}" if moment else ""
