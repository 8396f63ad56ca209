"""The directory of schools and staff in the register."""

import json
from datetime import date, datetime

import asyncpg

from activities.register.conflicts import unknown_school
from activities.register.headship import hold_headship, read_headship
from activities.register.pool import Connection
from activities.register.statements import fetch_one, sql
from domain.case import Standing
from domain.person import PersonName
from domain.school import AuthorisedBody, Directory, School, StaffMember
from domain.staff import Role


async def read_school(connection: Connection, school_bin: str) -> School:
    """The school of the directory; `InputRefused` when there is none (R3.1)."""
    row = await connection.fetchrow(sql("read_school"), school_bin)
    if row is None:
        raise unknown_school("application.school")
    return School.model_validate(dict(row))


async def read_staff_member(connection: Connection, staff_id: str) -> StaffMember:
    """The person as papers print them; the id must be in the directory."""
    row = await fetch_one(connection, "read_staff_member", staff_id)
    name = PersonName(surname=row["surname"], first_name=row["first_name"], patronymic=row["patronymic"])
    return StaffMember(staff_id=row["staff_id"], name=name, post_kk=row["post_kk"], post_ru=row["post_ru"])


async def read_standing(connection: Connection, actor: str, school_bin: str, at: datetime) -> Standing:
    """Who the actor is at that moment, seen from this school.

    Until this transaction ends no acting order of the school is entered or ended.
    """
    await hold_headship(connection, school_bin)
    rows = await connection.fetch(sql("read_standing"), actor, at)
    specialists = await connection.fetch(sql("list_specialists"), school_bin, at)
    bodies = await connection.fetch(sql("list_bodies_of_officer"), actor, at)
    headship = await read_headship(connection, school_bin, at)
    here = [row for row in rows if row["school_bin"] == school_bin]
    return Standing(
        known=bool(rows),
        roles=headship.roles_of(actor, frozenset(Role(row["role"]) for row in here)),
        schools=frozenset(row["school_bin"] for row in rows if row["school_bin"]),
        specialists=frozenset(row["staff_id"] for row in specialists),
        heads=frozenset(headship.with_authority),
        bodies=frozenset(row["body_bin"] for row in bodies),
        acting=headship.acting_of(actor),
        replaced_by=headship.replaced_by(actor),
        acted_until=here[0]["acted_until"] if here else None,
    )


async def read_school_year_end(connection: Connection, day: date) -> date | None:
    """The end of the school year that runs on the day, or of the next one; None when none is on file (Q23)."""
    ends: date | None = await connection.fetchval(sql("read_school_year_end"), day)
    return ends


async def load_directory(owner_url: str, directory: Directory) -> None:
    """Writes schools, staff, roles and school years; what is there under the same key is brought up to date.

    The audit names the role of the database that did it, and how much there was of each.
    """
    connection = await asyncpg.connect(owner_url, timeout=10)
    try:
        async with connection.transaction():
            await _load(connection, directory)
            await connection.execute(sql("audit_directory"), json.dumps(entries_of(directory)))
    finally:
        await connection.close()


def entries_of(directory: Directory) -> dict[str, int]:
    """How many entries of each kind a directory file has."""
    return {
        "schools": len(directory.schools),
        "staff": len(directory.staff),
        "roles": len(directory.roles),
        "school_years": len(directory.school_years),
        "authorised_bodies": len(directory.authorised_bodies),
        "officers": len(directory.officers),
    }


async def _load(connection: Connection, directory: Directory) -> None:
    await connection.executemany(
        sql("upsert_school"),
        [tuple(school.model_dump(mode="python").values()) for school in directory.schools],
    )
    await connection.executemany(
        sql("upsert_staff_member"),
        [
            (m.staff_id, m.name.surname, m.name.first_name, m.name.patronymic, m.post_kk, m.post_ru)
            for m in directory.staff
        ],
    )
    await connection.executemany(
        sql("upsert_staff_role"),
        [(r.staff_id, r.school, r.role, r.valid_from, r.valid_until, r.act) for r in directory.roles],
    )
    await connection.executemany(
        sql("upsert_school_year"), [(y.begins, y.ends, y.act) for y in directory.school_years]
    )
    await connection.executemany(
        sql("upsert_authorised_body"),
        [tuple(body.model_dump(mode="python").values()) for body in directory.authorised_bodies],
    )
    await connection.executemany(
        sql("upsert_body_officer"),
        [(o.staff_id, o.body, o.valid_from, o.valid_until, o.act) for o in directory.officers],
    )


async def read_authorised_body(connection: Connection, bin_: str) -> AuthorisedBody:
    """The authorised body of the directory; LookupError when there is none."""
    return AuthorisedBody.model_validate(dict(await fetch_one(connection, "read_authorised_body", bin_)))
