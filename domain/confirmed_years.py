"""Years whose working calendar is known: no holiday is a guess, transfers have been looked for."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class ConfirmedYear(BaseModel):
    """A year somebody checked against what was announced, and where."""

    model_config = ConfigDict(frozen=True)

    year: int
    source: str
    checked_on: date
    version: int = 0
    """The change of the calendar by which the register knows it; 0 for the years of this file."""


CONFIRMED_YEARS = (
    ConfirmedYear(
        year=2025,
        source=(
            "transfer of 5 January (informburodata.com, Jan 2025), of 30 August (news.mail.ru, 22.08.2025); "
            "Qurban ait on 6 June"
        ),
        checked_on=date(2026, 11, 22),
    ),
    ConfirmedYear(
        year=2026,
        source=(
            "alau.kz, 02.01.2026, but for August; Labour Ministry: 30 August is no holiday from 2026 "
            "(taspanews.kz, 18.03.2026); no transfer by order found"
        ),
        checked_on=date(2026, 11, 22),
    ),
)
"""2027 is not among them: Qurban ait is calculated and transfers are not known. Rows are only added."""
