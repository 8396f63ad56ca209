"""The case as every paper tells of it, whatever the paper is for."""

from typing import Any

from activities.register.house_rules import HouseRules
from activities.register.records import LockedCase
from activities.register.statements import fetch_one, sql
from domain.application import Applicant, Child
from domain.person import PersonName


async def case_on_paper(case: LockedCase, application: Any, rules: HouseRules) -> dict[str, Any]:
    """The case in its present round as fields of `PaperSource`; `application` is the row of `read_application`."""
    registration = await case.connection.fetchrow(sql("read_registration"), case.case_id)
    term = await fetch_one(case.connection, "read_term", case.case_id, case.round)
    return {
        "case_number": application["number"],
        "channel": application["channel"],
        "language": application["language"],
        "received_at": application["received_at"],
        "registration_number": registration["number"] if registration else None,
        "registered_at": registration["given_at"] if registration else None,
        "due_at": term["due_at"],
        "effective_day": term["effective_day"],
        "applicant": _applicant(application),
        "child": Child(iin=application["child_iin"], name=_name(application, "child")),
        "status_address": rules.status_address(case.case_number),
    }


def _applicant(row: Any) -> Applicant:
    return Applicant(
        iin=row["applicant_iin"],
        name=_name(row, "applicant"),
        capacity=row["applicant_capacity"],
        phone=row["applicant_phone"],
        email=row["applicant_email"],
        address=row["applicant_address"],
    )


def _name(row: Any, who: str) -> PersonName:
    return PersonName(
        surname=row[f"{who}_surname"],
        first_name=row[f"{who}_first_name"],
        patronymic=row[f"{who}_patronymic"],
    )
