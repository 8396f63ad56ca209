"""What several readings of the register show alike: moments on the clocks of Almaty, and whom something waits for."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from activities.register.authorised_body import read_officers
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
    instead: tuple[ActKind, ...] = ()
    """Other acts that may be done in the place of `act`."""
    words: str
    by: tuple[PersonOnDuty, ...] = ()
    """Who holds that role at the moment of reading, by name; of specialists those whom the head named."""


def shown(awaited: Awaited) -> NextAct:
    """The next act as it is shown."""
    return NextAct.model_validate(awaited._asdict())


async def with_people(
    connection: Connection, next_act: NextAct | None, school_bin: str, case_id: UUID, now: datetime | None
) -> NextAct | None:
    """The next act with those of the school who may do it at `now`, the present moment unless another is given."""
    if next_act is None:
        return None
    on_duty = await read_on_duty(connection, school_bin, now or datetime.now(UTC))
    assigned = await read_assigned(connection, [case_id])
    return next_act.model_copy(update={"by": on_duty.of(next_act.role, assigned.get(case_id, ()))})


async def with_people_of_complaint(
    connection: Connection, next_act: NextAct, school_bin: str, considered_by: str, now: datetime
) -> NextAct:
    """The same of a complaint: those of the school, or the officers of the authorised body that considers it."""
    if next_act.role is Role.OFFICER:
        people = await read_officers(connection, considered_by, now)
    else:
        people = (await read_on_duty(connection, school_bin, now)).of(next_act.role)
    return next_act.model_copy(update={"by": people})
