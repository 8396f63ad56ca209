"""The outbox: what is to be sent, what became of it, and what is to be sent again."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.register.pool import Pool
from activities.register.records import lock_case
from activities.register.statements import fetch_one, sql
from domain.destination import Carrier, Destination, NotSent
from domain.events import Event
from domain.monitoring import StageEvent

SOON = (timedelta(seconds=15), timedelta(minutes=5))
SELDOM = (timedelta(minutes=10), timedelta(hours=1))
"""The first and the longest pause before a message is tried again, by whether the other side refused it."""


class Message(BaseModel):
    """A message that waits in the outbox."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    seq: int
    destination: Destination
    event: str
    body: dict[str, Any]
    at: datetime
    number: str
    channel: str
    school_bin: str
    again: int | None = None
    """The request by which it is sent again, though it was sent before."""

    @property
    def stage_event(self) -> StageEvent:
        """What the monitoring system is told; ValueError where the body is of no stage."""
        return StageEvent.model_validate(
            {**self.model_dump(), "case_number": self.number, "stage": self.body.get("stage")}
        )


class Mailing(BaseModel):
    """Where a message to people goes, and the term of its case."""

    model_config = ConfigDict(frozen=True)

    address: str | None
    due_at: datetime


class Waiting(BaseModel):
    """What a carrier has still to send."""

    model_config = ConfigDict(frozen=True)

    count: int
    oldest_at: datetime | None
    refused: int
    """Of these, messages that the other side will not have."""


async def list_first_messages(pool: Pool, carrier: Carrier, limit: int) -> list[Message]:
    """The first waiting message of each case to each destination that may be tried now; the least tried come first."""
    rows = await pool.fetch(sql("list_first_messages"), carrier.destinations, limit)
    return [Message.model_validate(dict(row)) for row in rows]


async def read_next_message(pool: Pool, after: Message) -> Message | None:
    """The message of the case that follows to the same destination, if there is one to be sent now."""
    row = await pool.fetchrow(sql("read_next_message"), after.case_id, after.destination)
    return Message.model_validate(dict(row)) if row else None


async def list_resend_requests(pool: Pool, limit: int) -> list[Message]:
    """Messages that are to be sent again, in the order in which that was asked."""
    return [Message.model_validate(dict(row)) for row in await pool.fetch(sql("list_resend_requests"), limit)]


async def count_waiting(pool: Pool, carrier: Carrier) -> Waiting:
    """What waits for the carrier."""
    async with pool.acquire() as connection:
        row = await fetch_one(connection, "count_waiting_messages", carrier.destinations)
    return Waiting.model_validate(dict(row))


async def read_mailing(pool: Pool, message: Message) -> Mailing:
    """Where the message goes."""
    async with pool.acquire() as connection:
        row = await fetch_one(connection, "read_mailing", message.case_id, message.destination)
    return Mailing.model_validate(dict(row))


async def mark_sent(pool: Pool, message: Message, receipt: str) -> None:
    """Keeps the receipt; the first one stands, a repeated call changes nothing."""
    if message.again is None:
        await pool.execute(sql("mark_sent"), message.case_id, message.seq, receipt)
    else:
        await pool.execute(sql("mark_sent_again"), message.again, receipt)


async def mark_not_sent(pool: Pool, message: Message, reason: NotSent, now: datetime) -> None:
    """Nobody sends it any more. A mailbox of the applicant that is not there stands in the journal: the clerk reads it.

    A repeated call changes nothing.
    """
    returned = reason is NotSent.NO_MAILBOX and message.destination is Destination.APPLICANT
    async with pool.acquire() as connection, connection.transaction():
        # Whoever writes of a case locks it first.
        locked = await lock_case(connection, message.case_id)
        first = await connection.fetchval(sql("mark_not_sent"), message.case_id, message.seq, reason)
        if first and returned and locked:
            await locked.journal(Event.MAIL_RETURNED, now)
            await locked.save()


async def keep_for_later(pool: Pool, message: Message, cause: str, *, refused: bool) -> None:
    """Notes what went wrong and when it is tried again: after a while that grows with each failure."""
    pauses = SELDOM if refused else SOON
    await pool.execute(sql("upsert_sending_failure"), message.case_id, message.seq, cause, refused, *pauses)


async def ask_to_resend(pool: Pool, number: str, seq: int) -> bool:
    """Asks for a message to be sent again; False while that was asked before and is not done."""
    return bool(await pool.fetchval(sql("insert_resend_request"), number, seq))
