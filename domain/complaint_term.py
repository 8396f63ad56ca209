"""How the terms of a complaint are counted (par. 9; D3, D4): by the one rule of `domain.term`."""

from datetime import date

from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee
from domain.legal_time import moment_at
from domain.office_hours import OfficeHours
from domain.periods import (
    COMPLAINT_FORWARDING_TERM,
    COMPLAINT_REGISTRATION_TERM,
    COMPLAINT_TERM_OF_THE_BODY,
    COMPLAINT_TERM_OF_THE_HEAD,
    EXTENSION_NOTICE_TERM,
    in_force,
)
from domain.term import Term, count_term
from domain.wording import Wording
from domain.working_calendar import WorkingCalendar

_OLD_DUE_DAY = Wording(
    kk="мерзімнің бұрынғы соңғы күні, есептелмейді: ұзарту келесі жұмыс күнінен басталады",
    ru="прежний последний день срока, не считается: продление начинается со следующего рабочего дня",
    en="the old due day, not counted: the extension starts on the next working day",
)
_EXTENSION_RULE = "Law on Public Services, Art 25: an extension is counted from the old due day (D4)"


def working_days_of(kind: ComplaintTermKind, addressee: Addressee, day: date) -> int:
    """The working days of a term that starts on `day`; LookupError if the law of that day is not on file."""
    to_answer = (
        COMPLAINT_TERM_OF_THE_HEAD if addressee is Addressee.HEAD else COMPLAINT_TERM_OF_THE_BODY
    )  # R9.5, R9.6
    rows = {
        ComplaintTermKind.CONSIDERATION: to_answer,
        ComplaintTermKind.FORWARDING: COMPLAINT_FORWARDING_TERM,
        ComplaintTermKind.REGISTRATION: COMPLAINT_REGISTRATION_TERM,
        ComplaintTermKind.EXTENSION_NOTICE: EXTENSION_NOTICE_TERM,
    }[kind]
    return in_force(rows, day).value


def extended(old_due_day: date, by: int, hours: OfficeHours, calendar: WorkingCalendar) -> Term:
    """The term that ends `by` working days after the old due day, which itself is not counted (D4)."""
    term = count_term(moment_at(old_due_day, hours.opens), by, hours, calendar)
    old, *days = term.days
    named = old.model_copy(update={"reason": _OLD_DUE_DAY, "source": _EXTENSION_RULE})
    return term.model_copy(update={"days": (named, *days)})
