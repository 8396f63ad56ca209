"""The audit: who tried what, also where nothing came of it."""

from datetime import datetime
from uuid import UUID

from activities.register.pool import Pool
from activities.register.statements import sql
from domain.refusal import InputRefused


async def audit_refusal(
    pool: Pool, at: datetime, actor: str, action: str, refused: InputRefused, case_id: UUID | None = None
) -> None:
    """Notes a refused input by the codes and places of its problems, never by its content."""
    problems = [{"code": problem.code, "where": problem.where} for problem in refused.problems]
    await pool.execute(sql("insert_audit"), at, actor, action, case_id, {"problems": problems})
