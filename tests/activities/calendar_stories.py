"""Changes of the calendar as tests make them: entered, written for every running term, and taken."""

from typing import Any

from temporalio.testing import ActivityEnvironment

from activities.calendar_change import CalendarActivities, Portion
from activities.doorbell import CaseName
from activities.register.calendar_changes import Entered, enter_change
from domain.calendar_change import DayOrder, YearConfirmation
from tests.builders import at, local
from tests.databases import Register

AT_ONCE = "2026-11-17 12:00"
"""Two hours after the receipt of an ordinary case, two days before the end of its term."""


class Bell:
    """A doorbell that notes for which acts it was rung."""

    namespace_id = "none"

    def __init__(self) -> None:
        self.rung: list[str] = []

    async def renew(self) -> None:
        pass

    async def recount(self, version: int) -> None:
        pass

    async def start(self, case: CaseName) -> None:
        pass

    async def watch_period(self, case: CaseName) -> None:
        pass

    async def ring(self, case: CaseName, kind: str, act_id: str) -> None:
        assert kind == "calendar_changed"
        assert act_id.endswith(str(case.complaint_id or case.case_id))
        self.rung.append(act_id)


def an_order(day: str = "2026-11-18", kind: str = "OFF", **changes: Any) -> DayOrder:
    """A day off in the term of an ordinary case, unless told otherwise."""
    order = {"day": day, "kind": kind, "week": None, "act": "Қаулы № 100", "entered_by": "somebody"}
    return DayOrder.model_validate({**order, **changes})


def a_confirmation(year: int = 2027) -> YearConfirmation:
    return YearConfirmation(year=year, act="Хабарландыру № 7", entered_by="somebody")


async def enter(register: Register, change: DayOrder | YearConfirmation, moment: str = AT_ONCE) -> Entered:
    return await enter_change(register.pool, change, local(moment))


async def write_acts(register: Register, version: int, moment: str = AT_ONCE) -> list[str]:
    """Writes the acts of a change; for which of them the doorbell was rung."""
    bell = Bell()
    activities = CalendarActivities(register.pool, bell, at(local(moment)))
    portion: Portion | None = Portion(version=version)
    while portion is not None:
        portion = (await ActivityEnvironment().run(activities.write_calendar_acts, portion)).next
    return bell.rung
