"""What several readings of the register show alike: moments on the clocks of Almaty, and whom something waits for."""

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from domain.act_kinds import ActKind
from domain.awaited import Awaited
from domain.legal_time import local_time
from domain.staff import Role
from domain.stages import Step

LocalTime = Annotated[AwareDatetime, AfterValidator(local_time)]
"""A moment on the clocks of Almaty; in JSON with its offset."""


class NextAct(BaseModel):
    """Whom the case waits for: the role, the act, what the head may decide, and all that in words."""

    model_config = ConfigDict(frozen=True)

    role: Role
    act: ActKind
    decisions: tuple[Step, ...]
    words: str


def shown(awaited: Awaited | None) -> NextAct | None:
    """The next act as it is shown; None where nobody is awaited."""
    return NextAct.model_validate(awaited._asdict()) if awaited else None
