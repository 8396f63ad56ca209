"""Numbers by which cases, papers and orders are known; the counters behind them belong to the register."""

import re
from enum import StrEnum

_SCHOOL_CODE = re.compile(r"[A-Z0-9]{2,10}")


class Book(StrEnum):
    """A school's books; each is numbered from 1 without gaps in every local year."""

    REGISTRATION = "REGISTRATION"
    OUTGOING = "OUTGOING"
    ORDER = "ORDER"


def legal_number(seq: int, separator: str, index: str) -> str:
    """The number of a paper in a school's book, like 12-ҮО; ValueError unless `seq` is 1 or more."""
    return f"{_counted(seq)}{separator}{index}"


def case_number(school_code: str, year: int, seq: int) -> str:
    """The number the applicant is told, like AT001-2026-00001; `year` is the local year of receipt."""
    if not _SCHOOL_CODE.fullmatch(school_code):
        raise ValueError("a school code is 2 to 10 capital Latin letters and digits")
    return f"{school_code}-{year:04}-{_counted(seq):05}"


def complaint_number(school_code: str, year: int, seq: int) -> str:
    """The number of a complaint in its school's book, like AT001-2026-S00001; `year` is that of its registration."""
    if not _SCHOOL_CODE.fullmatch(school_code):
        raise ValueError("a school code is 2 to 10 capital Latin letters and digits")
    return f"{school_code}-{year:04}-S{_counted(seq):05}"


def _counted(seq: int) -> int:
    if seq < 1:
        raise ValueError("numbers in a book start with 1")
    return seq
