"""Writing under the case row's lock: journal, outbox, numbers. One object per transaction on a case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from activities.register.audit import THE_REGISTER, Action, note
from activities.register.pool import Connection
from activities.register.statements import sql
from domain.events import Event
from domain.legal_time import legal_date
from domain.numbers import Book, legal_number
from domain.school import School
from domain.stages import Stage


class LockedCase:
    """A case whose row this transaction holds; it knows the next places in journal and outbox."""

    def __init__(self, connection: Connection, row: Any) -> None:
        self.connection = connection
        self.case_id: UUID = row["case_id"]
        self.case_number: str = row["number"]
        self.school_bin: str = row["school_bin"]
        self.stage = Stage(row["stage"])
        self.round: int = row["round"]
        self._entries: int = row["entries"]
        self._messages: int = row["messages_out"]

    async def journal(
        self,
        event: Event,
        at: datetime,
        actor: str | None = None,
        act_id: str | None = None,
        complaint_id: UUID | None = None,
    ) -> None:
        """Enters the event; what the monitoring system must know goes to its outbox as well (R8.1)."""
        self._entries += 1
        await self.connection.execute(
            sql("insert_journal"),
            self.case_id,
            self._entries,
            self.round,
            at,
            event,
            self.stage,
            actor,
            act_id,
            complaint_id,
        )
        if event.is_monitored:
            body = {"number": self.case_number, "stage": event.monitoring_stage}
            await self.tell("MONITORING", event, at, **body)

    async def note(self, action: Action, at: datetime, actor: str = THE_REGISTER, **codes: Any) -> None:
        """Notes in the audit who does what to the case, in codes."""
        await note(self.connection, at, actor, action, self.case_id, **codes)

    async def tell(self, destination: str, event: Event, at: datetime, **body: Any) -> None:
        """Puts a message into the outbox, after all that the case has put there before."""
        self._messages += 1
        await self.connection.execute(
            sql("insert_outbox"), self.case_id, self._messages, destination, event, body, at
        )

    async def number(self, school: School, book: Book, at: datetime) -> str:
        """The next number of the school's book for the local year of `at`, entered for this case."""
        year = legal_date(at).year
        seq = await self.connection.fetchval(sql("next_number"), school.bin, book, year)
        number = legal_number(seq, school.number_separator, _index_of(book, school))
        await self.connection.execute(
            sql("insert_legal_number"), school.bin, book, year, seq, number, self.case_id, self.round, at
        )
        return number

    async def save(self) -> None:
        """Writes where the case stands; call it last."""
        await self.connection.execute(
            sql("update_procedure"), self.case_id, self.stage, self._entries, self._messages
        )


def _index_of(book: Book, school: School) -> str:
    return {
        Book.REGISTRATION: school.registration_index,
        Book.OUTGOING: school.outgoing_index,
        Book.ORDER: school.order_index,
    }[book]


async def lock_case(connection: Connection, case_id: UUID) -> LockedCase | None:
    """The case under its lock until the transaction ends; None when there is no such case."""
    row = await connection.fetchrow(sql("lock_procedure"), case_id)
    return None if row is None else LockedCase(connection, row)
