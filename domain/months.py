"""Calendar months, as the law counts them: the same day of another month, or its last one."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, of earlier where negative; the last one where it has fewer."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
