"""The directory: the schools that provide the service (R3.1), the bodies that control it, and their people."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from domain.identifiers import Bin
from domain.person import Email, PersonName, Phone
from domain.staff import Actor, Role
from domain.term import OfficeHours

Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(StrEnum):
    """The levels of education whose organisations provide the service (paragraph 3)."""

    PRIMARY = "PRIMARY"
    BASIC_SECONDARY = "BASIC_SECONDARY"
    GENERAL_SECONDARY = "GENERAL_SECONDARY"


class School(_Entry):
    """A service provider; its week, hours and number indices are its own settings (Q6, Q7, Q18)."""

    bin: Bin
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9]{3}$")]
    level: Level
    name_kk: Label
    name_ru: Label
    address_kk: Label
    address_ru: Label
    phone: Phone
    week: Literal[5, 6] = 5
    opens: time = time(9, 0)
    closes: time = time(18, 30)
    number_separator: Annotated[str, StringConstraints(pattern=r"^[-/]$")] = "-"
    registration_index: Label = "Ө"
    outgoing_index: Label = "Ш"
    order_index: Label = "ҮО"
    authorised_body_bin: Bin
    authorised_body_kk: Label
    authorised_body_ru: Label
    email: Email | None = None
    """Where messages of the service reach it; without one it looks for itself."""

    @property
    def office_hours(self) -> OfficeHours:
        """When the school's office is open, local time."""
        return OfficeHours(opens=self.opens, closes=self.closes)


class StaffMember(_Entry):
    """A person who works at a school, with the post that papers print."""

    staff_id: Actor
    name: PersonName
    post_kk: Label
    post_ru: Label


class StaffRole(_Entry):
    """A role that a person holds at a school, from and until (exclusive) the moments given, by an act."""

    staff_id: Actor
    school: Bin
    role: Literal[Role.CLERK, Role.HEAD, Role.DEPUTY_HEAD, Role.SPECIALIST]
    valid_from: AwareDatetime
    valid_until: AwareDatetime | None = None
    act: Label


class AuthorisedBody(_Entry):
    """A body for assessing and controlling the quality of services (par. 9), with its own week and hours (Q17)."""

    bin: Bin
    name_kk: Label
    name_ru: Label
    address_kk: Label
    address_ru: Label
    phone: Phone
    week: Literal[5, 6] = 5
    opens: time = time(9, 0)
    closes: time = time(18, 30)
    email: Email | None = None
    """Where messages of the service reach it; without one it looks for itself."""

    @property
    def office_hours(self) -> OfficeHours:
        """When the body's office is open, local time."""
        return OfficeHours(opens=self.opens, closes=self.closes)


class Officer(_Entry):
    """A person who acts for an authorised body, from and until (exclusive) the moments given, by an act."""

    staff_id: Actor
    body: Bin
    valid_from: AwareDatetime
    valid_until: AwareDatetime | None = None
    act: Label


class SchoolYear(_Entry):
    """A school year, with the act that set it (Q23)."""

    begins: date
    ends: date
    act: Label


class Directory(_Entry):
    """A data file of schools and staff, as `uide migrate` loads it."""

    schools: tuple[School, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    roles: tuple[StaffRole, ...] = ()
    school_years: tuple[SchoolYear, ...] = Field(default=())
    authorised_bodies: tuple[AuthorisedBody, ...] = ()
    officers: tuple[Officer, ...] = ()
