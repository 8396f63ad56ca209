"""The directory as lists: every school, and everybody with a role at one of them."""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict

from activities.register.conflicts import unknown_school
from activities.register.pool import Pool
from activities.register.statements import sql
from domain.legal_time import local_time
from domain.person import PersonName
from domain.school import School
from domain.staff import Role


class HeldRole(BaseModel):
    """A person with a role at a school, from one moment until (exclusive) another."""

    model_config = ConfigDict(frozen=True)

    staff_id: str
    name: str
    post_kk: str
    post_ru: str
    role: Role
    valid_from: AwareDatetime
    valid_until: AwareDatetime | None
    act: str


async def list_schools(pool: Pool) -> tuple[School, ...]:
    """All schools, by their code."""
    return tuple(School.model_validate(dict(row)) for row in await pool.fetch(sql("list_schools")))


async def list_staff(pool: Pool, school_bin: str) -> tuple[HeldRole, ...]:
    """Everybody with a role at the school, past and coming ones too; `InputRefused` for an unknown school."""
    if await pool.fetchrow(sql("read_school"), school_bin) is None:
        raise unknown_school("--school")
    return tuple(
        HeldRole(
            staff_id=row["staff_id"],
            name=PersonName(
                surname=row["surname"], first_name=row["first_name"], patronymic=row["patronymic"]
            ).full,
            post_kk=row["post_kk"],
            post_ru=row["post_ru"],
            role=row["role"],
            valid_from=local_time(row["valid_from"]),
            valid_until=_local(row["valid_until"]),
            act=row["act"],
        )
        for row in await pool.fetch(sql("list_staff"), school_bin)
    )


def _local(moment: datetime | None) -> datetime | None:
    return local_time(moment) if moment else None
