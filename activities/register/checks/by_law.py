"""What the law makes of a term: from which act it runs, how many working days it has, by how many it was extended.

Written down a second time, from the law: neither the periods of `domain` nor what the term says of itself is used here,
so that a term is not right only because it agrees with itself.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from activities.register.checks.found import Found
from activities.register.checks.second_count import KAZAKHSTAN
from activities.register.pool import Row

MOST_EXTENDED = 10
"""Working days by which the term to answer a complaint is extended at most, once (D4)."""

STANDARDS = {"2022-11-17": 2}
"""Working days from receipt to answer (Appendix 1, item 3), by the version of the standard that the case keeps."""


class Rule(NamedTuple):
    """The act from which a term runs, and its working days, with the day since when there are so many."""

    begun_by: str
    days: tuple[tuple[date, int], ...]


_RULES_OF_2020, _CODE_OF_2021 = date(2020, 5, 28), date(2021, 7, 1)
_ANSWER_OF_THE_BODY = Rule("register_complaint", ((_RULES_OF_2020, 15),))  # par. 9, R9.6
_NOTICE_OF_EXTENSION = Rule("extend_complaint", ((_RULES_OF_2020, 3),))  # D4
_ONE_DAY = ((_CODE_OF_2021, 1),)

TERMS_OF_COMPLAINTS = {
    ("CONSIDERATION", "HEAD", "SCHOOL"): Rule("file_complaint", ((_RULES_OF_2020, 5),)),  # par. 9, R9.5
    ("CONSIDERATION", "QUALITY_BODY", "SCHOOL"): _ANSWER_OF_THE_BODY,
    ("CONSIDERATION", "QUALITY_BODY", "AUTHORITY"): _ANSWER_OF_THE_BODY,
    ("FORWARDING", "QUALITY_BODY", "SCHOOL"): Rule("file_complaint", ((_CODE_OF_2021, 3),)),  # D3
    ("REGISTRATION", "QUALITY_BODY", "SCHOOL"): Rule("forward_complaint", _ONE_DAY),  # R9.4
    ("REGISTRATION", "QUALITY_BODY", "AUTHORITY"): Rule("file_complaint", _ONE_DAY),
    ("EXTENSION_NOTICE", "HEAD", "SCHOOL"): _NOTICE_OF_EXTENSION,
    ("EXTENSION_NOTICE", "QUALITY_BODY", "SCHOOL"): _NOTICE_OF_EXTENSION,
    ("EXTENSION_NOTICE", "QUALITY_BODY", "AUTHORITY"): _NOTICE_OF_EXTENSION,
}
"""By kind of the term, addressee of the complaint, and where it arrived: at the school or at the body."""


class ByLaw(NamedTuple):
    """What a version of a term has to be."""

    starts_at: datetime
    working_days: int
    extended_by: int


def of_the_term(row: Row) -> ByLaw | Found:
    """What the version of `list_counted_terms` has to be; a violation where no act, or no law, made such a term."""
    rule = _rule(row)
    if rule is None:
        return _none(row, "a term of a kind that this case, or this complaint, has")
    if row["begun_at"] is None or row["begun_by"] != rule.begun_by:
        return _none(row, f"a term from {rule.begun_by}, done and taken")
    day = row["begun_at"].astimezone(KAZAKHSTAN).date()
    in_force = [days for since, days in rule.days if since <= day]
    if not in_force:
        return _none(row, f"a term since {rule.days[0][0]}")
    return ByLaw(row["begun_at"], in_force[-1], _extended_by(row))


def _rule(row: Row) -> Rule | None:
    if row["kind"] != "ANSWER":
        return TERMS_OF_COMPLAINTS.get((row["kind"], row["addressee"], row["via"]))
    days = STANDARDS.get(row["standard_version"])
    return Rule("receipt" if row["round"] == 1 else "reopen_case", ((date.min, days),)) if days else None


def _none(row: Row, instead: str) -> Found:
    what = f"the term {row['kind']} begins with {row['begun_by']}, {row['first_cause']}"
    return Found(subject=row["number"], what=what, instead=instead)


def is_extension(row: Row) -> bool:
    """Whether the version came by an extension; it is then counted from the due day of the version before (D4)."""
    return row["changed_by"] == "extend_complaint" and row["due_day_before"] is not None


def _extended_by(row: Row) -> int:
    # A change of the calendar counts the term anew as it was extended before.
    days = row["asked"] if is_extension(row) else row["extended_before"]
    return int(days or 0)


def not_by_law(row: Row, law: ByLaw) -> Iterator[Found]:
    """Where the version on file says something else of itself, or was extended as the law does not allow."""
    # Today's directory may know another week than the one the term was begun in: only a recount has to keep it.
    week = row["week"] if row["week_before"] is None or is_extension(row) else row["week_before"]
    right = {**law._asdict(), "week": week}
    for name, value in right.items():
        if row[name] is not None and row[name] != value:
            yield Found(subject=row["number"], what=f"{name} of the term is {row[name]}", instead=str(value))
    if not is_extension(row):
        return
    if row["kind"] != "CONSIDERATION" or row["extended_before"]:
        before = f"extended by {row['extended_before']} before"
        what = f"act {row['cause']} extends the term {row['kind']}, {before}"
        yield Found(subject=row["number"], what=what, instead="one extension, of the term to answer")
    if law.extended_by > MOST_EXTENDED:
        what = f"act {row['cause']} extends the term by {law.extended_by} working days"
        yield Found(subject=row["number"], what=what, instead=f"at most {MOST_EXTENDED}")
