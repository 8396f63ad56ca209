"""Periods and limits of the law as dated rows; rows are only added, so an old case keeps its law."""

from dataclasses import dataclass
from datetime import date, time
from typing import Generic, TypeVar

from domain.office_hours import OfficeHours

Value = TypeVar("Value")

_CHECKED = date(2026, 11, 22)
_RULES_IN_FORCE = date(2020, 5, 28)


@dataclass(frozen=True)
class Dated(Generic[Value]):
    """A value of the law, the day it came into force, where it stands and when someone last looked there."""

    value: Value
    in_force_from: date
    source: str
    code: str
    last_checked: date


def in_force(rows: tuple[Dated[Value], ...], day: date) -> Dated[Value]:
    """The row in force on `day`; LookupError if the law of that day is not on file."""
    known = [row for row in rows if row.in_force_from <= day]
    if not known:
        raise LookupError(
            f"no value is on file for {day:%d.%m.%Y}; the first is of {rows[0].in_force_from:%d.%m.%Y}"
        )
    return max(known, key=lambda row: row.in_force_from)


SERVICE_TERM = (
    Dated(
        value=2,
        in_force_from=date(2022, 11, 17),
        source="Rules, par. 5; Appendix 1, item 3, edition of Order No 462 of 17.11.2022 (day of the order)",
        code="V2000020744",
        last_checked=_CHECKED,
    ),
)
"""Working days from application to answer and order (R4.7, R5.4, R7.1; Q4)."""

COMPLAINT_TERM_OF_THE_HEAD = (
    Dated(
        value=5,
        in_force_from=_RULES_IN_FORCE,
        source="Rules, par. 9; Law on Public Services, Art 25(2)",
        code="V2000020744, Z1300000088",
        last_checked=_CHECKED,
    ),
)
"""Working days for a complaint to the school's head, from its registration there (R9.5)."""

COMPLAINT_TERM_OF_THE_BODY = (
    Dated(
        value=15,
        in_force_from=_RULES_IN_FORCE,
        source="Rules, par. 9; Law on Public Services, Art 25(2)",
        code="V2000020744, Z1300000088",
        last_checked=_CHECKED,
    ),
)
"""Working days for a complaint to the authorised body, from its registration there (R9.6)."""

COMPLAINT_WINDOW = (
    Dated(
        value=3,
        in_force_from=date(2021, 7, 1),
        source="Administrative Procedural-Process Code, Art 92(1)",
        code="K2000000350",
        last_checked=_CHECKED,
    ),
)
"""Calendar months to complain, from the day the person learnt of the act; a late one is accepted too (D2)."""

COMPLAINT_FORWARDING_TERM = (
    Dated(
        value=3,
        in_force_from=date(2021, 7, 1),
        source="Administrative Procedural-Process Code, Art 91(4); general knowledge, not read in the act (D3)",
        code="K2000000350",
        last_checked=_CHECKED,
    ),
)
"""Working days for the school to forward a complaint with the case file to the authorised body (D3)."""

COMPLAINT_REGISTRATION_TERM = (
    Dated(
        value=1,
        in_force_from=date(2021, 7, 1),
        source="Assumed: a body registers a complaint on the day on which it comes; one working day of grace (R9.4)",
        code="K2000000350",
        last_checked=_CHECKED,
    ),
)
"""Working days after which a complaint that reached the authorised body and is not registered is an alert."""

COMPLAINT_EXTENSION_LIMIT = (
    Dated(
        value=10,
        in_force_from=_RULES_IN_FORCE,
        source="Law on Public Services, Art 25; general knowledge, not in the Rules (D4, Q14)",
        code="Z1300000088",
        last_checked=_CHECKED,
    ),
)
"""Working days, at most, by which the term to answer a complaint is extended, once (D4)."""

EXTENSION_NOTICE_TERM = (
    Dated(
        value=3,
        in_force_from=_RULES_IN_FORCE,
        source="Law on Public Services, Art 25; general knowledge, not in the Rules (D4)",
        code="Z1300000088",
        last_checked=_CHECKED,
    ),
)
"""Working days, from the extension, in which the complainant is told of it with the reasons (D4)."""

END_OF_PERIOD_NOTICE = (
    Dated(
        value=1,
        in_force_from=_RULES_IN_FORCE,
        source="Assumed: no act sets it; an order has an end, and its people are reminded before it (P10)",
        code="requirements, section 9",
        last_checked=_CHECKED,
    ),
)
"""Calendar months before the last day of an order at which the applicant and the school are reminded of it."""

ATTACHMENTS_LIMIT = (
    Dated(
        value=5 * 1024 * 1024,
        in_force_from=_RULES_IN_FORCE,
        source="Assumed from the portal's card of school enrolment; nothing is said for this service (Q26)",
        code="egov.kz mon-197-205",
        last_checked=_CHECKED,
    ),
)
"""Bytes that all attachments of one application may have together."""

OFFICE_HOURS = (
    Dated(
        value=OfficeHours(
            opens=time(9),
            lunch_from=time(13),
            lunch_to=time(14, 30),
            intake_until=time(17, 30),
            closes=time(18, 30),
        ),
        in_force_from=_RULES_IN_FORCE,
        source="Usual hours of Appendix 1, item 7, not read in the act; a school may set its own (Q7)",
        code="V2000020744",
        last_checked=_CHECKED,
    ),
)
"""Hours of a school that has set none of its own."""
