"""What the monitoring system is told of a case: a stage, by itself, with nothing personal (R8.1, Q13)."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from domain.events import MonitoringStage
from domain.legal_time import local_time
from domain.standard import Channel

SENT_WITHIN = timedelta(hours=1)
"""A stage that is told later counts as late. The delay is set by an act that was not seen (R8.1): [ASSUME]."""


class StageEvent(BaseModel):
    """One stage of one case, as docs/contracts/monitoring.openapi.yaml has it."""

    model_config = ConfigDict(frozen=True)

    case_number: str
    seq: int = Field(ge=1)
    """Its place among all that is told of the case; later stages have higher ones, not always the next."""
    stage: MonitoringStage
    at: Annotated[AwareDatetime, AfterValidator(local_time)]
    """When the stage was reached, in Almaty."""
    channel: Channel
    school_bin: str

    @property
    def key(self) -> str:
        """Names the event; whoever gets it twice has it once."""
        return f"{self.case_number}:{self.seq}"

    @property
    def place(self) -> tuple[str, int]:
        """By which events are ordered on both sides."""
        return self.case_number, self.seq


class Receipt(BaseModel):
    """What the monitoring system answers when it has kept an event, always the same for one event."""

    model_config = ConfigDict(frozen=True)

    key: str
    receipt: str = Field(min_length=1, max_length=200)


class ReceivedEvent(StageEvent):
    """An event as the monitoring system has it."""

    receipt: str = Field(min_length=1, max_length=200)
