"""Applying again in the register (D6): the new case names the old one and points at its papers, nothing is copied."""

from uuid import UUID

from activities.register.packages import insert_document
from activities.register.pool import Connection
from activities.register.statements import sql
from domain.again import EarlierApplication, check_earlier, is_taken_over
from domain.application import Application
from domain.package import Document


async def find_earlier(connection: Connection, application: Application) -> UUID | None:
    """The case that the application follows, None if it names none; `InputRefused` if it may not follow it."""
    if application.after is None:
        return None
    row = await connection.fetchrow(sql("find_earlier_case"), application.after)
    check_earlier(application, EarlierApplication.model_validate(dict(row)) if row else None)
    assert row is not None, "an unknown case is refused"
    earlier: UUID = row["case_id"]
    return earlier


async def take_over(connection: Connection, case_id: UUID, earlier: UUID) -> tuple[Document, ...]:
    """Lets the papers of the earlier case join the package; their files stay where they are."""
    taken = []
    for row in await connection.fetch(sql("list_documents_to_take_over"), earlier):
        document = Document.model_validate(row["facts"])
        if is_taken_over(document):
            await insert_document(connection, case_id, None, document, row["attachment_id"], row["lies_in"])
            taken.append(document)
    return tuple(taken)


async def read_taken_over(connection: Connection, case_id: UUID) -> tuple[Document, ...]:
    """What the case has taken over."""
    rows = await connection.fetch(sql("list_documents_taken_over"), case_id)
    return tuple(Document.model_validate(row["facts"]) for row in rows)
