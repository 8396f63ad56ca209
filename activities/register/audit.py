"""The audit: who tried what, also where nothing came of it. It holds ids and codes, never content."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from activities.register.pool import Connection, Pool
from activities.register.statements import sql
from domain.refusal import InputRefused

THE_REGISTER = "register"
"""The actor of what no person does: a verdict, the watch of a term, the end of a procedure."""


class Action(StrEnum):
    """What is noted in the transaction that does it; loading a directory and refused inputs have names of their own."""

    RECEIVE = "receive"
    ACCEPT = "accept"
    VERDICT = "verdict"
    MILESTONE = "milestone"
    END = "end"
    CALENDAR = "calendar"
    PERIOD = "period"
    ENTER_ACTING_ORDER = "enter_acting_order"
    END_ACTING_ORDER = "end_acting_order"
    EXPORT = "export"
    FACTS = "facts"
    """Information systems have answered."""


async def note(
    connection: Connection, at: datetime, actor: str, action: Action, case_id: UUID | None, **codes: Any
) -> None:
    """Notes what this transaction does to a case, or to what holds for all of them."""
    await connection.execute(sql("insert_audit"), at, actor, action, case_id, codes)


async def audit_refusal(
    pool: Pool, at: datetime, actor: str, action: str, refused: InputRefused, case_id: UUID | None = None
) -> None:
    """Notes a refused input by the codes and places of its problems, never by its content."""
    problems = [{"code": problem.code, "where": problem.where} for problem in refused.problems]
    await pool.execute(sql("insert_audit"), at, actor, action, case_id, {"problems": problems})
