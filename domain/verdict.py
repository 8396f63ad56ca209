"""The verdict on an act: taken, or refused with the reason."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.complaint_stages import ComplaintStage
from domain.progress import Progress
from domain.refusal import Problem
from domain.stages import Stage


class VerdictKind(StrEnum):
    """Whether an act was taken."""

    TAKEN = "taken"
    REFUSED = "refused"


class Verdict(BaseModel):
    """The one verdict on an act, equal however often it is asked for."""

    model_config = ConfigDict(frozen=True)

    act_id: str
    kind: VerdictKind
    reason: Problem | None = None
    stage: Stage | ComplaintStage
    """Where the act has left the case; of an act about a complaint, the complaint."""


class Answer(BaseModel):
    """What the register answers when an act is to be taken."""

    model_config = ConfigDict(frozen=True)

    verdict: Verdict | None = None
    """None when an act with a lower `seq` has to be taken first."""
    kind: str | None = None
    """Of the act on file that the verdict is on: one of `ActKind`, or `unknown` for a signal that was no act."""
    earlier: str | None = None
    following: str | None = None
    """The act that waits next, whether or not its doorbell was heard."""
    on_file: bool = True
    """Whether the register has an act of this id for the case; if not, one may still be written later."""
    progress: Progress
