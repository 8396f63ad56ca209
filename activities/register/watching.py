"""The watch of a term in the register: reminders, breach, the end of the procedure. Nothing here decides a case."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.register.audit import Action
from activities.register.case_view import read_progress
from activities.register.house_rules import HouseRules
from activities.register.milestones import announce
from activities.register.pool import Connection, Pool
from activities.register.records import LockedCase, lock_case
from activities.register.statements import sql
from activities.register.turns import UnknownCase
from domain.events import Event
from domain.progress import Milestone, Progress


class Watched(BaseModel):
    """Where the case stands after the watch looked at it."""

    model_config = ConfigDict(frozen=True)

    progress: Progress
    waiting: tuple[str, ...] = ()
    """Acts without a verdict that have to be taken before the watch can say anything."""


async def reach_milestone(
    pool: Pool, case_id: UUID, milestone: Milestone, now: datetime, rules: HouseRules
) -> Watched:
    """Marks the milestone and tells those concerned, once for a due moment; does nothing if it is not reached.

    A breach is not declared while an act done in time has no verdict: the acts are named instead.
    """
    async with pool.acquire() as connection, connection.transaction():
        locked = await _lock(connection, case_id)
        progress = await _progress(locked)
        waiting = await _waiting(locked, progress.due_at) if milestone is Milestone.BREACH else ()
        due = progress.next_milestone(now) is milestone and progress.moment_of(milestone) <= now
        if due and not waiting and await announce(locked, milestone, progress.due_at, now, rules):
            progress = await _progress(locked)
        return Watched(progress=progress, waiting=waiting)


async def end_procedure(pool: Pool, case_id: UUID, now: datetime) -> Watched:
    """Ends the procedure when the window for complaints is over, none is open and no act waits; once only."""
    async with pool.acquire() as connection, connection.transaction():
        locked = await _lock(connection, case_id)
        progress = await _progress(locked)
        waiting = await _waiting(locked, None)
        over = progress.window_until is not None and progress.window_until <= now
        if over and not waiting and not progress.open_complaints and not progress.ended:
            await connection.execute(sql("end_procedure"), case_id, now)
            await locked.note(Action.END, now)
            await locked.journal(Event.PROCEDURE_ENDED, now)
            await locked.save()
            progress = await _progress(locked)
        return Watched(progress=progress, waiting=waiting)


async def _lock(connection: Connection, case_id: UUID) -> LockedCase:
    locked = await lock_case(connection, case_id)
    if locked is None:
        raise UnknownCase(str(case_id))
    return locked


async def _progress(locked: LockedCase) -> Progress:
    progress = await read_progress(locked.connection, locked.case_id)
    assert progress is not None, "the case is locked"
    return progress


async def _waiting(locked: LockedCase, until: datetime | None) -> tuple[str, ...]:
    rows = await locked.connection.fetch(sql("list_waiting_acts"), locked.case_id, until, None)
    return tuple(row["act_id"] for row in rows)
