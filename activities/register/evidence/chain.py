"""The chain of a case with the texts of its rows, so that it can be recomputed where there is no register."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.register.evidence.records import read_linked_records
from activities.register.pool import Connection
from activities.register.statements import sql

ROWS = "/* rows */"
"""Where a statement of activities/sql/evidence has the rows of all that is linked."""


class Link(BaseModel):
    """One link: its hash is the SHA-256 of five lines in UTF-8, joined by a line feed.

    The hash before it in hex (of the first link, the id of the case), place, record, key, hash of the row in hex.
    The hash of the row is the SHA-256 of `row_text`.
    """

    model_config = ConfigDict(frozen=True)

    position: int
    record: str
    row_key: str
    row_text: str | None
    """The canonical text of the row as it stands now; None when it is gone."""
    row_sha256: str
    hash: str


async def read_chain(connection: Connection, case_id: UUID) -> tuple[Link, ...]:
    """Every link of the case in its order; the connection is in UTC."""
    queries = [record.of_cases("= $1") for record in await read_linked_records(connection)]
    rows = " UNION ALL ".join(query for query in queries if query)
    statement = sql("evidence/list_chain").replace(ROWS, rows)
    return tuple(Link.model_validate(dict(row)) for row in await connection.fetch(statement, case_id))
