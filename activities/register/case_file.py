"""The whole file of a case, for a body or a court (R10.2): every row of its chain, every paper, every attachment."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from activities.register.audit import Action, note
from activities.register.directory import read_school, read_standing
from activities.register.evidence.chain import Link, read_chain
from activities.register.pool import Connection, Pool
from activities.register.statements import fetch_one, sql
from domain.person import PersonName
from domain.refusal import InputRefused
from domain.school import School, StaffMember

OPS = "ops"
"""Whoever runs the service: exports a file for those who ask for it by right."""


class Content(BaseModel):
    """The bytes of a paper, by its kind and number, or of an attachment, by the name it was given."""

    model_config = ConfigDict(frozen=True)

    of: str
    """`paper` or `attachment`."""
    key: str
    """Its id, which is the key of its rows in the chain."""
    name: str
    number: str | None
    issued_at: AwareDatetime | None
    media_type: str
    content: bytes


class CaseFile(BaseModel):
    """A case as it stands at one moment."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    number: str
    school: School
    chain: tuple[Link, ...]
    contents: tuple[Content, ...]
    people: tuple[StaffMember, ...]
    """Whoever of the directory did something in the case."""


async def read_case_file(pool: Pool, case_id: UUID, by: str, at: datetime) -> CaseFile:
    """All that the register holds of the case, read at one moment; `InputRefused` for whoever may not have it."""
    async with _at_one_moment(pool) as connection:
        application = await fetch_one(connection, "read_application", case_id)
        school = await read_school(connection, application["school_bin"])
        await _check_right(connection, school, by, at)
        contents = await connection.fetch(sql("list_case_contents"), case_id)
        people = await connection.fetch(sql("list_people_of_case"), case_id)
        return CaseFile(
            case_id=case_id,
            number=application["number"],
            school=school,
            chain=await read_chain(connection, case_id),
            contents=tuple(Content.model_validate(dict(row)) for row in contents),
            people=tuple(_person(row) for row in people),
        )


async def note_export(pool: Pool, case_id: UUID, by: str, at: datetime, sha256: str, size: int) -> None:
    """Notes in the audit who exports the file of a case, and which bytes; before anybody has them."""
    async with pool.acquire() as connection, connection.transaction():
        await note(connection, at, by, Action.EXPORT, case_id, sha256=sha256, size=size)


@asynccontextmanager
async def _at_one_moment(pool: Pool) -> AsyncIterator[Connection]:
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        yield connection


async def _check_right(connection: Connection, school: School, by: str, at: datetime) -> None:
    if by == OPS:
        return
    standing = await read_standing(connection, by, school.bin, at)
    if not standing.roles and school.authorised_body_bin not in standing.bodies:
        raise InputRefused.of(
            "not_theirs_to_export",
            "command line --by",
            "this person has no role now at the school of the case nor at its authorised body",
            "A case file holds personal data whole; only those who handle the case, a body or a court may have it",
            f"Name a person of the school or of the body, or {OPS} for whoever runs the service",
        )


def _person(row: Any) -> StaffMember:
    name = PersonName(surname=row["surname"], first_name=row["first_name"], patronymic=row["patronymic"])
    return StaffMember(staff_id=row["staff_id"], name=name, post_kk=row["post_kk"], post_ru=row["post_ru"])
