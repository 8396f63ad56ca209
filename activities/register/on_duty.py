"""Whose turn it is: the people of a school who may do the next act at a moment, by name."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from activities.register.headship import read_headship
from activities.register.pool import Connection, Row
from activities.register.statements import sql
from domain.headship import Headship
from domain.person import PersonName
from domain.staff import Role


class Person(BaseModel):
    """Somebody of the school, as screens name people at work."""

    model_config = ConfigDict(frozen=True)

    staff_id: str
    name: str
    post_kk: str
    post_ru: str


class ActingFor(BaseModel):
    """That somebody acts as head: by which order, and for whom; `person` is None where the post is free."""

    model_config = ConfigDict(frozen=True)

    order_id: str
    act: str
    """Number and day of the order."""
    person: Person | None


class PersonOnDuty(Person):
    """Who may do the next act; `acting_for` is None for whoever does it by a role of their own."""

    acting_for: ActingFor | None = None


class OnDuty(BaseModel):
    """The people of a school at one moment."""

    model_config = ConfigDict(frozen=True)

    people: dict[str, Person]
    """Everybody with a role, by staff id."""
    roles: dict[Role, tuple[str, ...]]
    headship: Headship

    def of(self, role: Role, specialists: Collection[str] = ()) -> tuple[PersonOnDuty, ...]:
        """Who may do an act of that role; of specialists those to whom the head handed the case."""
        if role is Role.HEAD:
            return tuple(self._as_head(staff_id) for staff_id in self.headship.with_authority)
        holders = self.roles.get(role, ())
        if role is Role.SPECIALIST:
            holders = tuple(staff_id for staff_id in holders if staff_id in specialists)
        return tuple(PersonOnDuty(**self.people[staff_id].model_dump()) for staff_id in holders)

    def _as_head(self, staff_id: str) -> PersonOnDuty:
        person = self.people[staff_id].model_dump()
        order = self.headship.order
        if order is None:
            return PersonOnDuty(**person)
        replaced = self.headship.replaced
        acting_for = ActingFor(
            order_id=order.order_id, act=order.act, person=self.people[replaced] if replaced else None
        )
        return PersonOnDuty(**person, acting_for=acting_for)


async def read_on_duty(connection: Connection, school_bin: str, at: datetime) -> OnDuty:
    """The people of the school at that moment, and who has the authority of its head."""
    rows = await connection.fetch(sql("list_staff_on_duty"), school_bin, at)
    return OnDuty(
        people={row["staff_id"]: person_of(row) for row in rows},
        roles={role: _with_role(rows, role) for role in {Role(row["role"]) for row in rows}},
        headship=await read_headship(connection, school_bin, at),
    )


async def read_assigned(connection: Connection, case_ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """To which specialists the head has handed each of the cases (R6.4); a case not handed over is not named."""
    rows = await connection.fetch(sql("list_assigned_specialists"), [str(case_id) for case_id in case_ids])
    return {row["case_id"]: tuple(row["specialists"]) for row in rows}


def acting_for_of(row: Row) -> ActingFor | None:
    """For whom an act was done by an acting head, of a row with the columns of the order and of who was replaced."""
    if row["order_id"] is None:
        return None
    person = person_of(row) if row["staff_id"] else None
    return ActingFor(order_id=row["order_id"], act=row["act"], person=person)


def person_of(row: Row | dict[str, Any]) -> Person:
    """The person of a row with the columns of the staff directory."""
    name = PersonName(surname=row["surname"], first_name=row["first_name"], patronymic=row["patronymic"])
    return Person(staff_id=row["staff_id"], name=name.full, post_kk=row["post_kk"], post_ru=row["post_ru"])


def _with_role(rows: Iterable[Row], role: Role) -> tuple[str, ...]:
    return tuple(row["staff_id"] for row in rows if row["role"] == role)
