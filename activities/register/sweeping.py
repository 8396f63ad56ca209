"""What the sweep looks for: cases and acts that Temporal has not heard of."""

from datetime import timedelta
from typing import NamedTuple, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.doorbell import CaseName
from activities.register.pool import Pool
from activities.register.statements import sql
from activities.register.turns import Queue


class QueuePlace(NamedTuple):
    """Where a list in the order of cases and queues goes on: after this one, or at the beginning."""

    case_id: UUID | None = None
    queue: UUID | None = None
    """The id of a complaint, for an application that of its case."""

    @classmethod
    def of(cls, case: CaseName) -> Self:
        """The place of an application or a complaint."""
        return cls(case.case_id, case.complaint_id or case.case_id)


class ForgottenAct(BaseModel):
    """An act without a verdict although its doorbell should have been heard."""

    model_config = ConfigDict(frozen=True)

    act_id: str
    case_id: UUID
    number: str
    kind: str
    run: int
    complaint_id: UUID | None
    ended: bool
    """Whether the procedure of its case, or of its complaint, has ended, so that no workflow will take it."""

    @property
    def case(self) -> CaseName:
        """The case or the complaint it belongs to."""
        return CaseName(self.case_id, self.number, self.run, self.complaint_id)

    @property
    def queue(self) -> Queue:
        """The acts among which it is taken."""
        return Queue(self.case_id, self.complaint_id)


async def list_cases_without_workflow(
    pool: Pool, namespace_id: str, older_than: timedelta, limit: int
) -> list[CaseName]:
    """Cases and complaints whose workflow was never started in this namespace, oldest first."""
    rows = await pool.fetch(sql("list_cases_without_workflow"), namespace_id, older_than, limit)
    return [CaseName(**row) for row in rows]


async def list_unwatched_cases(
    pool: Pool, older_than: timedelta, after: QueuePlace, limit: int
) -> list[CaseName]:
    """Cases and complaints with a term that has passed and nobody noticed, by case and queue, after the one given."""
    rows = await pool.fetch(sql("list_unwatched_cases"), older_than, *after, limit)
    return [CaseName(**row) for row in rows]


async def mark_started(pool: Pool, case: CaseName, namespace_id: str) -> None:
    """Notes that the workflow of the case, or of the complaint, runs in this namespace."""
    if case.complaint_id is None:
        await pool.execute(sql("mark_started"), case.case_id, namespace_id)
    else:
        await pool.execute(sql("mark_complaint_started"), case.complaint_id, namespace_id)


async def list_waiting_acts(pool: Pool, case_id: UUID) -> list[ForgottenAct]:
    """The acts that wait first, however short a time, in the application and in those open beside it for its child."""
    rows = await pool.fetch(sql("list_waiting_acts_of_child"), case_id)
    return [ForgottenAct.model_validate(dict(row)) for row in rows]


async def list_forgotten_acts(
    pool: Pool, older_than: timedelta, after: QueuePlace, limit: int
) -> list[ForgottenAct]:
    """The first act without a verdict of each application and complaint, by case and queue, after the one given."""
    rows = await pool.fetch(sql("list_forgotten_acts"), older_than, *after, limit)
    return [ForgottenAct.model_validate(dict(row)) for row in rows]
