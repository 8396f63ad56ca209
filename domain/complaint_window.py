"""How long a case stays open for a complaint after its outcome (АППК Art 92(1))."""

from datetime import datetime, time, timedelta

from domain.legal_time import legal_date, moment_at
from domain.months import months_after
from domain.periods import COMPLAINT_WINDOW, in_force


def window_until(decided_at: datetime) -> datetime:
    """The first moment after the window: midnight in Almaty after the day that is whole months after the outcome.

    It is counted from the earliest day on which anyone can have learnt of the outcome; a later complaint is taken too
    (D2), so nothing is lost to the applicant when it ends.
    """
    decided = legal_date(decided_at)
    last_day = months_after(decided, in_force(COMPLAINT_WINDOW, decided).value)
    return moment_at(last_day + timedelta(days=1), time(0))
