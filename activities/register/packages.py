"""The package of a case in the register: documents and the files that show them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from activities.register.pool import Connection
from activities.register.statements import sql
from domain.application import FiledDocument
from domain.attachment import Attachment
from domain.package import Document


async def add_documents(connection: Connection, case_id: UUID, documents: Sequence[FiledDocument]) -> None:
    """Enters documents with their files, in this order."""
    for document in documents:
        file_id = await insert_attachment(connection, case_id, None, document.file) if document.file else None
        await insert_document(connection, case_id, None, document.facts, file_id)


async def add_documents_of_act(
    connection: Connection, case_id: UUID, act_id: str, record: Mapping[str, Any]
) -> None:
    """Lets the documents of an act that is taken join the package; their files were kept when it was accepted."""
    files = {
        row["sha256"]: row["attachment_id"]
        for row in await connection.fetch(sql("list_act_attachments"), act_id)
    }
    for entry in record["documents"]:
        facts = Document.model_validate({key: value for key, value in entry.items() if key != "file"})
        file_id = files[entry["file"]["sha256"]] if entry["file"] else None
        await insert_document(connection, case_id, act_id, facts, file_id)


async def insert_attachment(
    connection: Connection, case_id: UUID, act_id: str | None, file: Attachment
) -> UUID:
    """Keeps a file; returns its id."""
    attachment_id = uuid4()
    await connection.execute(
        sql("insert_attachment"),
        attachment_id,
        case_id,
        act_id,
        file.name,
        file.media_type,
        len(file.content),
        file.sha256,
        file.content,
    )
    return attachment_id


async def read_documents(connection: Connection, case_id: UUID) -> tuple[Document, ...]:
    """The package as it stands, in the order in which it came together."""
    return tuple(
        Document.model_validate(row["facts"])
        for row in await connection.fetch(sql("list_documents"), case_id)
    )


async def insert_document(
    connection: Connection,
    case_id: UUID,
    act_id: str | None,
    facts: Document,
    attachment_id: UUID | None,
    taken_from: UUID | None = None,
) -> None:
    """Lets a document join the package as its last; `taken_from` is the earlier case in whose file it lies."""
    await connection.execute(
        sql("insert_document"),
        case_id,
        act_id,
        facts.kind,
        facts.model_dump(mode="json"),
        attachment_id,
        taken_from,
    )
