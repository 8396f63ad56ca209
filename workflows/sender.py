"""The sender (paragraph 8): what others are to be told goes to them, for ever, where operators can see it.

One run for each carrier: one that is away, or slow, must not hold up the other.
"""

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

_TITLES = {Carrier.MONITORING: "### Monitoring system\n\n", Carrier.MAIL: "### E-mail\n\n"}


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


class Sending(BaseModel):
    """Which carrier goes, and how it has fared in the runs before."""

    carrier: Carrier
    way: Way = Way()


@workflow.defn(name="Sender")
class Sender:
    """Every ten seconds what waits for one carrier goes out; to who is away, after pauses that grow to five minutes."""

    @workflow.init
    def __init__(self, sending: Sending) -> None:
        self._carrier = sending.carrier
        self._way = sending.way
        self._begun = workflow.now()

    @workflow.run
    async def run(self, sending: Sending) -> None:  # noqa: ARG002 - read by __init__
        while True:
            sent = await self._send()
            if workflow.now() - self._begun >= DAY or workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(Sending(carrier=self._carrier, way=self._way))
            if not sent.more or sent.got_nowhere:
                await workflow.sleep(self._way.pause, summary="until the next round")

    async def _send(self) -> Sent:
        sent = await workflow.execute_activity_method(
            SendingActivities.send,
            Round(carrier=self._carrier, now=workflow.now()),
            start_to_close_timeout=ATTEMPT,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENTLY,
            summary=f"what waits: {self._carrier.lower()}",
        )
        self._note(sent)
        workflow.set_current_details(_TITLES[self._carrier] + _told(self._way))
        return sent

    def _note(self, sent: Sent) -> None:
        way = self._way
        way.sent += sent.sent
        way.not_sent += sent.not_sent
        way.waiting, way.refused, way.oldest_at = sent.waiting, sent.refused, sent.oldest_at
        way.pause = min(way.pause * 2, LONGEST_PAUSE) if sent.got_nowhere else PAUSE
        if sent.failed:
            way.failed_at, way.cause = workflow.now(), sent.cause


def _told(way: Way) -> str:
    waits = f", the oldest since {_moment(way.oldest_at)}" if way.oldest_at else ""
    refused = f", of these refused by the other side: **{way.refused}**" if way.refused else ""
    not_sent = (
        f"- for good not sent (no address, no mailbox, no e-mail here): **{way.not_sent}**\n"
        if way.not_sent
        else ""
    )
    failure = f"{_moment(way.failed_at)}, {way.cause}" if way.failed_at else "none"
    return (
        f"- sent: **{way.sent}**\n"
        f"- waiting: **{way.waiting}**{waits}{refused}\n"
        f"{not_sent}"
        f"- last failure: {failure}\n"
        f"- pause between rounds: {way.pause.total_seconds():.0f} s\n"
    )


def _moment(moment: datetime | None) -> str:
    return f"{local_time(moment):%d.%m.%Y %H:%M}" if moment else ""
