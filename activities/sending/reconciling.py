"""Holding the outbox against what the monitoring system has, event by event, in constant memory (R8.2)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from activities.register.outbox import ask_to_resend
from activities.register.pool import Connection, Pool
from activities.register.statements import sql
from activities.register.unhurried import reading_unhurried
from activities.sending.monitoring import MonitoringSystem
from domain.monitoring import ReceivedEvent
from domain.reconciliation import Difference, Discrepancy, ToldEvent, compare

MOST_NAMED = 1000
"""Of each kind so many are named; all are counted."""
_ROWS_AT_ONCE = 500


class Reconciliation(BaseModel):
    """What both sides have, and what is wrong between them."""

    model_config = ConfigDict(frozen=True)

    here: int
    """Events that the register has to tell."""
    there: int
    """Events that the monitoring system has."""
    missing: int
    extra: int
    differing: int
    overdue: int
    """Events that should have been sent by now."""
    late: int
    """Events that were sent, later than they should have been. That cannot be mended any more."""
    first_late: tuple[str, ...]
    unsent: int
    oldest_unsent: ToldEvent | None
    asked_to_resend: int
    differences: tuple[Difference, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong that can be mended."""
        return self.missing + self.extra + self.differing + self.overdue == 0


Missing = Callable[[ToldEvent], Awaitable[bool]]


async def reconcile(
    pool: Pool, monitoring: MonitoringSystem, now: datetime, *, since: datetime | None, resend: bool
) -> Reconciliation:
    """Compares all stages reached since the moment, or ever; what is missing there is asked to be sent again.

    `NotThrough` when the monitoring system does not answer. The sender does what was asked, within its next round.
    """
    tally = _Tally(now)
    async with reading_unhurried(pool) as connection:
        async for here, there in _side_by_side(connection, monitoring, since):
            if here is None and there is not None and await _is_here_by_now(pool, there):
                continue  # written, and even sent, since this reading of the register began
            missing = tally.add(here, there)
            if resend and missing:
                tally.asked += await ask_to_resend(pool, missing.case_number, missing.seq)
    return tally.result()


async def _side_by_side(
    connection: Connection, monitoring: MonitoringSystem, since: datetime | None
) -> AsyncIterator[tuple[ToldEvent | None, ReceivedEvent | None]]:
    ours = _told(connection, since)
    theirs = _received(monitoring, since)
    here, there = await anext(ours, None), await anext(theirs, None)
    while here or there:
        if there is None or (here is not None and here.place < there.place):
            yield here, None
            here = await anext(ours, None)
        elif here is None or there.place < here.place:
            yield None, there
            there = await anext(theirs, None)
        else:
            yield here, there
            here, there = await anext(ours, None), await anext(theirs, None)


async def _told(connection: Connection, since: datetime | None) -> AsyncIterator[ToldEvent]:
    async for row in connection.cursor(sql("list_told_events"), since, prefetch=_ROWS_AT_ONCE):
        yield ToldEvent.model_validate(dict(row))


async def _received(monitoring: MonitoringSystem, since: datetime | None) -> AsyncIterator[ReceivedEvent]:
    after: tuple[str, int] | None = None
    while True:
        page = await monitoring.received(after, since)
        for event in page.events:
            yield event
        if not page.more or not page.events:
            return
        after = page.events[-1].place


async def _is_here_by_now(pool: Pool, event: ReceivedEvent) -> bool:
    return bool(await pool.fetchval(sql("has_told_event"), event.case_number, event.seq))


class _Tally:
    """Counts, and names the first of each kind."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._counted = dict.fromkeys(Discrepancy, 0)
        self._named: list[Difference] = []
        self._here = self._there = self._late = self._unsent = self.asked = 0
        self._first_late: list[str] = []
        self._oldest: ToldEvent | None = None

    def add(self, here: ToldEvent | None, there: ReceivedEvent | None) -> ToldEvent | None:
        """Takes in an event; answers it if it is missing there."""
        self._there += there is not None
        if here:
            self._add_ours(here, there)
        found = list(compare(here, there, self._now))
        for difference in found:
            self._counted[difference.check] += 1
            if self._counted[difference.check] <= MOST_NAMED:
                self._named.append(difference)
        missing = any(difference.check is Discrepancy.MISSING_THERE for difference in found)
        return here if missing else None

    def _add_ours(self, here: ToldEvent, there: ReceivedEvent | None) -> None:
        self._here += 1
        if here.is_late:
            self._late += 1
            self._first_late += [here.key] if self._late <= MOST_NAMED else []
        if here.receipt is None and there is None:
            self._unsent += 1
            if self._oldest is None or here.at < self._oldest.at:
                self._oldest = here

    def result(self) -> Reconciliation:
        """What was counted."""
        return Reconciliation(
            here=self._here,
            there=self._there,
            missing=self._counted[Discrepancy.MISSING_THERE],
            extra=self._counted[Discrepancy.EXTRA_THERE],
            differing=self._counted[Discrepancy.DIFFERENT_THERE],
            overdue=self._counted[Discrepancy.NOT_SENT],
            late=self._late,
            first_late=tuple(self._first_late),
            unsent=self._unsent,
            oldest_unsent=self._oldest,
            asked_to_resend=self.asked,
            differences=tuple(self._named),
        )
