"""The period of an order in the register: who it concerns is reminded of its end. Nothing here has an effect in law."""

from datetime import datetime, timedelta
from uuid import UUID

from activities.doorbell import CaseName
from activities.register.audit import Action
from activities.register.house_rules import HouseRules
from activities.register.issue import Decided, Hands, issue_paper
from activities.register.pool import Connection, Pool
from activities.register.records import LockedCase, lock_case
from activities.register.statements import fetch_one, sql
from activities.register.turns import UnknownCase
from domain.events import Event
from domain.legal_time import legal_date
from domain.paper_source import OrderedPeriod
from domain.papers import PaperKind
from domain.period import Period, PeriodMilestone, reminded_by

_UNNOTICED = timedelta(days=3)
"""So long after its day something is thought to be forgotten; a watch may be late by less."""


async def read_period(pool: Pool, case_id: UUID) -> Period:
    """The period of the case; `UnknownCase` where none was ordered."""
    async with pool.acquire() as connection:
        return await _read(connection, case_id)


async def reach_period_milestone(
    pool: Pool, case_id: UUID, milestone: PeriodMilestone, now: datetime, rules: HouseRules
) -> Period:
    """Reminds of the end, or marks it, once; does nothing if it is not reached."""
    async with pool.acquire() as connection, connection.transaction():
        locked = await lock_case(connection, case_id)
        if locked is None:
            raise UnknownCase(str(case_id))
        period = await _read(connection, case_id)
        if period.next_milestone(now) is milestone and period.moment_of(milestone) <= now:
            await _announce(locked, period, milestone, now, rules)
            await locked.save()
        return await _read(connection, case_id)


async def list_periods_without_watch(
    pool: Pool, namespace_id: str, older_than: timedelta, now: datetime, limit: int
) -> list[CaseName]:
    """Cases whose period has no watch in this namespace, or one that let its day go by."""
    today = legal_date(now)
    unnoticed = (today - _UNNOTICED, reminded_by(today) - _UNNOTICED)
    rows = await pool.fetch(sql("list_periods_without_watch"), namespace_id, older_than, *unnoticed, limit)
    return [CaseName(row["case_id"], row["number"]) for row in rows]


async def mark_period_watched(pool: Pool, case_id: UUID, namespace_id: str) -> None:
    """Notes that the watch of the period runs in this namespace."""
    await pool.execute(sql("mark_period_watched"), case_id, namespace_id)


async def _read(connection: Connection, case_id: UUID) -> Period:
    row = await connection.fetchrow(sql("read_period"), case_id)
    if row is None:
        raise UnknownCase(str(case_id))
    return Period.model_validate(dict(row))


async def _announce(
    locked: LockedCase, period: Period, milestone: PeriodMilestone, now: datetime, rules: HouseRules
) -> None:
    ends = period.ends.isoformat()
    await locked.note(Action.PERIOD, now, milestone=milestone)
    if milestone is PeriodMilestone.ENDED:
        await locked.connection.execute(sql("mark_period_ended"), locked.case_id, now)
        await locked.journal(Event.PERIOD_ENDED, now)
        await locked.tell("HEAD", Event.PERIOD_ENDED, now, ends=ends)
        return
    await locked.connection.execute(sql("mark_reminded"), locked.case_id, now)
    await locked.journal(Event.PERIOD_ENDS_SOON, now)
    order = await fetch_one(locked.connection, "read_order", locked.case_id)
    ordered = OrderedPeriod(order_number=order["number"], ordered_at=order["issued_at"], ends=period.ends)
    decided = Decided(documents=(), period=ordered)
    await issue_paper(locked, PaperKind.PERIOD_NOTICE, now, decided, Hands(), rules)
    await locked.tell("APPLICANT", Event.PERIOD_ENDS_SOON, now, ends=ends)
    await locked.tell("HEAD", Event.PERIOD_ENDS_SOON, now, ends=ends)
