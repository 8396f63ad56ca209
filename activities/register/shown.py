"""What several readings of the register show alike: moments on the clocks of Almaty, and whom something waits for."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from activities.register.on_duty import PersonOnDuty, read_assigned, read_on_duty
from activities.register.pool import Connection
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
    by: tuple[PersonOnDuty, ...] = ()
    """Who of the school holds that role at the moment of reading, by name; of specialists those whom the head named."""


def shown(awaited: Awaited | None) -> NextAct | None:
    """The next act as it is shown; None where nobody is awaited."""
    return NextAct.model_validate(awaited._asdict()) if awaited else None


async def with_people(
    connection: Connection, next_act: NextAct | None, school_bin: str, case_id: UUID, now: datetime | None
) -> NextAct | None:
    """The next act with those of the school who may do it at `now`, the present moment unless another is given."""
    if next_act is None:
        return None
    on_duty = await read_on_duty(connection, school_bin, now or datetime.now(UTC))
    assigned = await read_assigned(connection, [case_id])
    return next_act.model_copy(update={"by": on_duty.of(next_act.role, assigned.get(case_id, ()))})
