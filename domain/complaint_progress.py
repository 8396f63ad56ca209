"""What the procedure knows of its complaint: read from the register, never computed by the workflow."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee
from domain.complaint_stages import ComplaintStage
from domain.progress import CLOCK_TOLERANCE, Milestone, next_of
from domain.verdict import Verdict


class RunningTerm(BaseModel):
    """A term of the complaint that somebody has to keep, with the milestones reached for its due moment."""

    model_config = ConfigDict(frozen=True)

    kind: ComplaintTermKind
    due_at: datetime
    reminder_at: datetime
    last_day_at: datetime
    reached: tuple[Milestone, ...] = ()

    @property
    def overdue(self) -> bool:
        """Whether it passed without what it was set for."""
        return Milestone.BREACH in self.reached

    def moment_of(self, milestone: Milestone) -> datetime:
        """When the watch acts on the milestone."""
        return {
            Milestone.REMINDER: self.reminder_at,
            Milestone.LAST_DAY: self.last_day_at,
            Milestone.BREACH: self.due_at + CLOCK_TOLERANCE,
        }[milestone]

    def next_milestone(self, now: datetime) -> Milestone | None:
        """The milestone to wait for; None when the breach was declared. One that the next has overtaken is passed."""
        return None if self.overdue else next_of(self.reached, self.moment_of, now)


class ComplaintProgress(BaseModel):
    """Where a complaint stands; carries no personal data."""

    model_config = ConfigDict(frozen=True)

    complaint_id: UUID
    case_id: UUID
    revision: int
    """Grows with everything that happens to the case of the complaint."""
    number: str
    case_number: str
    school: str
    addressee: Addressee
    stage: ComplaintStage
    conflict: bool = False
    """D5: the head is to decide on an act of the head's own."""
    running: tuple[RunningTerm, ...] = ()
    """The terms that run now, at most one of a kind, the nearest due moment first."""
    ended: bool = False
    """Whether its procedure has ended: what comes later gets its verdict from the sweep."""
    papers_to_render: int = 0
    """Papers of the case that have their number and facts, and no bytes yet."""


class ComplaintAnswer(BaseModel):
    """What the register answers when an act about a complaint is to be taken."""

    model_config = ConfigDict(frozen=True)

    verdict: Verdict | None = None
    """None when another act has to be taken first: about the complaint, or of an application."""
    kind: str | None = None
    """Of the act on file that the verdict is on."""
    earlier: str | None = None
    awaits: str | None = None
    """An act of this or another application of the child that has to be taken first; the verdict is then None, too."""
    following: str | None = None
    """The act that waits next, whether or not its doorbell was heard."""
    on_file: bool = True
    """Whether the register has an act of this id for the complaint; if not, one may still be written later."""
    progress: ComplaintProgress


class ComplaintWatched(BaseModel):
    """Where the complaint stands after the watch looked at it."""

    model_config = ConfigDict(frozen=True)

    progress: ComplaintProgress
    waiting: tuple[str, ...] = ()
    """Acts without a verdict that have to be taken before the watch can say anything."""
