"""Individual and business identification numbers (ЖСН and БСН): 12 digits, the last one a check digit."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from domain.refusal import invalid

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_FIRST_PASS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_PASS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
_LEGAL_ENTITY_KINDS = "456"


def check_digit(digits: str) -> int | None:
    """The check digit for the first 11 of `digits`; None where no number with these digits is ever issued."""
    for weights in (_FIRST_PASS, _SECOND_PASS):
        remainder = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
        if remainder < 10:
            return remainder
    return None


def mask_iin(iin: str) -> str:
    """The number with all but its last four digits hidden, as papers and screens show it."""
    return "*" * (len(iin) - 4) + iin[-4:]


def is_surely_under(years: int, iin: str, day: date) -> bool:
    """Whether the holder of a valid IIN is younger than that on the day, in whichever century it may mean."""
    grown = (day.year - years, day.month, day.day)
    return all((year, int(iin[2:4]), int(iin[4:6])) > grown for year in _birth_years(iin))


def _valid_iin(value: str) -> str:
    _require_digits(value, "iin")
    if value[4] in _LEGAL_ENTITY_KINDS:
        raise invalid(
            "iin_is_a_bin",
            "this is the BIN of a legal entity",
            "Only a natural person may apply (par. 4)",
            "Give the 12 digits of the person's IIN",
        )
    if not any(_is_date(year, value) for year in _birth_years(value)):
        raise invalid(
            "iin_impossible_date",
            "the IIN begins with a date that does not exist",
            "Its first six digits are the birth date, year, month and day",
            "Compare it with the identity document, a digit is wrong",
        )
    return value


def _valid_bin(value: str) -> str:
    _require_digits(value, "bin")
    if value[4] not in _LEGAL_ENTITY_KINDS or not "01" <= value[2:4] <= "12":
        raise invalid(
            "not_a_bin",
            "the number is not a BIN",
            "A BIN begins with year and month of registration and then 4, 5 or 6",
            "Take the school's BIN from the directory",
        )
    return value


def _require_digits(value: str, name: str) -> None:
    if not _TWELVE_DIGITS.fullmatch(value):
        raise invalid(
            f"{name}_not_12_digits",
            "the number is not 12 digits",
            f"Every {name.upper()} has 12 digits and nothing else",
            "Give the 12 digits without spaces",
        )
    if check_digit(value) != int(value[11]):
        raise invalid(
            f"{name}_check_digit",
            f"the check digit of the {name.upper()} is wrong",
            "The last digit does not follow from the first eleven",
            "Compare it with the document, a digit is wrong or two are swapped",
        )


def _birth_years(iin: str) -> tuple[int, ...]:
    # The seventh digit names the century; foreigners may have 0 there, so no digit is refused for itself.
    centuries = (_CENTURIES[iin[6]],) if iin[6] in _CENTURIES else tuple(sorted(set(_CENTURIES.values())))
    return tuple(century + int(iin[:2]) for century in centuries)


def _is_date(year: int, iin: str) -> bool:
    try:
        date(year, int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return False
    return True


_FORM = WithJsonSchema({"type": "string", "pattern": "^[0-9]{12}$"})

Iin = Annotated[str, AfterValidator(_valid_iin), _FORM]
"""A person's number with a right check digit and a possible birth date."""

Bin = Annotated[str, AfterValidator(_valid_bin), _FORM]
"""A legal entity's number with a right check digit."""
