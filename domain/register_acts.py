"""The register's own acts: what follows for a case from the acts of others, taken in its turn like any act."""

from uuid import UUID

from pydantic import Field

from domain.act_content import ActContent
from domain.package import Finding
from domain.plain_text import Line
from domain.stages import Step


class ReopenCase(ActContent):
    """A complaint against a refusal or an inaction was upheld, or settled by the school: the case is decided anew."""

    complaint_id: UUID
    ruling_act_id: str
    """The act that decided or settled the complaint; the school has it from the moment of this act on."""
    set_aside: tuple[Finding, ...] = ()
    """The defects on which the refusal rested; they cannot be used again."""

    @property
    def step(self) -> Step:
        return Step.REOPEN_CASE


class CalendarChanged(ActContent):
    """The working calendar was changed, and the term that runs is counted anew."""

    version: int = Field(gt=0)
    """Of the calendar, as the register numbers its changes."""
    act: Line
    """Who ordered the change, and by which act."""

    @property
    def step(self) -> Step:
        return Step.CALENDAR_CHANGED
