"""The bytes of papers in the register: which are missing, and entering them once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.register.pool import Pool
from activities.register.statements import sql


class PaperToRender(BaseModel):
    """A paper that has its number and facts, and no bytes yet."""

    model_config = ConfigDict(frozen=True)

    paper_id: UUID
    facts: dict[str, Any]


async def list_papers_to_render(pool: Pool, case_id: UUID) -> list[PaperToRender]:
    """The papers of the case that have no bytes, in the order of their issue."""
    rows = await pool.fetch(sql("list_papers_of_case_to_render"), case_id)
    return [PaperToRender.model_validate(dict(row)) for row in rows]


async def list_cases_to_render(
    pool: Pool, older_than: timedelta, after: UUID | None, limit: int
) -> list[UUID]:
    """Cases with papers that have been without bytes for longer than that, by id, after the one given."""
    rows = await pool.fetch(sql("list_cases_to_render"), older_than, after, limit)
    return [row["case_id"] for row in rows]


async def store_paper_bytes(pool: Pool, paper_id: UUID, template: str, content: bytes) -> None:
    """Enters the bytes with their hash and the version that made them; a paper that has bytes keeps those."""
    await pool.execute(sql("store_paper_bytes"), paper_id, template, content)


async def read_paper_bytes(pool: Pool, paper_id: UUID) -> bytes | None:
    """The paper as it was rendered; None until it is."""
    content: bytes | None = await pool.fetchval(sql("read_paper_bytes"), paper_id)
    return content
