"""What information systems know of a case, as it is shown: without the names and numbers that they answered."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.register.pool import Connection, Row
from activities.register.shown import LocalTime
from activities.register.statements import sql
from domain.inquiry import FactKind, FactResult, NamePart, Unanswered


class FactStatus(BaseModel):
    """What information systems say of one thing that was filed (R5.8). It is shown and decides nothing."""

    model_config = ConfigDict(frozen=True)

    kind: FactKind
    result: FactResult | Literal["NOT_CHECKED"]
    """The last answer beside what was filed; NOT_CHECKED while there is none."""
    differs: tuple[NamePart, ...]
    """The parts of the filed name that the information system has otherwise."""
    source: str | None
    at: LocalTime | None
    request_id: UUID | None
    answers: int
    contradicts: bool
    """Whether the last answer says something else than the one before."""
    disputed: bool
    """Whether the applicant disputes what the last answer says."""
    failure: Unanswered | None
    """Why there is no answer now; None where nobody was asked in vain."""
    since: LocalTime | None
    """Since when there is no answer, or none to the last asking; None where there is one."""
    is_asked_for: bool
    """Whether it is asked again; with an outcome no more."""


async def read_facts(connection: Connection, case_id: UUID) -> tuple[FactStatus, ...]:
    """All that was to be asked about the case, with the last answers."""
    return tuple(_fact(row) for row in await connection.fetch(sql("list_facts"), case_id))


def _fact(row: Row) -> FactStatus:
    waits = row["result"] is None or row["last_failure"] is not None
    return FactStatus.model_validate(
        {
            **row,
            "result": row["result"] or "NOT_CHECKED",
            "failure": row["last_failure"],
            "since": row["waiting_since"] if waits else None,
        }
    )
