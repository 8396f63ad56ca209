"""What the sweep looks for: cases and acts that Temporal has not heard of."""

from datetime import timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.doorbell import CaseName
from activities.register.pool import Pool
from activities.register.statements import sql


class ForgottenAct(BaseModel):
    """An act without a verdict although its doorbell should have been heard."""

    model_config = ConfigDict(frozen=True)

    act_id: str
    case_id: UUID
    number: str
    kind: str
    ended: bool
    """Whether the procedure of its case has ended, so that no workflow will take it."""

    @property
    def case(self) -> CaseName:
        """The case it belongs to."""
        return CaseName(self.case_id, self.number)


async def list_cases_without_workflow(
    pool: Pool, namespace_id: str, older_than: timedelta, limit: int
) -> list[CaseName]:
    """Cases whose workflow was never started in this namespace, oldest first."""
    rows = await pool.fetch(sql("list_cases_without_workflow"), namespace_id, older_than, limit)
    return [CaseName(row["case_id"], row["number"]) for row in rows]


async def list_unwatched_cases(
    pool: Pool, older_than: timedelta, after: UUID | None, limit: int
) -> list[CaseName]:
    """Cases whose term has passed and nobody noticed, by id, after the one given."""
    rows = await pool.fetch(sql("list_unwatched_cases"), older_than, after, limit)
    return [CaseName(row["case_id"], row["number"]) for row in rows]


async def mark_started(pool: Pool, case_id: UUID, namespace_id: str) -> None:
    """Notes that the workflow of the case runs in this namespace."""
    await pool.execute(sql("mark_started"), case_id, namespace_id)


async def list_forgotten_acts(
    pool: Pool, older_than: timedelta, after: UUID | None, limit: int
) -> list[ForgottenAct]:
    """The first act without a verdict of each case, by case, after the one given."""
    rows = await pool.fetch(sql("list_forgotten_acts"), older_than, after, limit)
    return [ForgottenAct.model_validate(dict(row)) for row in rows]
