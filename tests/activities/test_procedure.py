"""The activities of the procedure as Temporal calls them."""

from datetime import timedelta
from uuid import UUID

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.messages import Message
from activities.procedure import (
    ActReference,
    CaseReference,
    Messages,
    MilestoneReference,
    ProcedureActivities,
)
from domain.progress import Milestone
from tests.builders import DUE_AT
from tests.databases import RULES, Register

NOBODYS = UUID(int=1)
MESSAGE = Message(kind="withdraw", message_id="signal-1", at=DUE_AT, body={"act_id": "act-000001"})
ASKED = {
    "read_case": CaseReference(case_id=NOBODYS, now=DUE_AT),
    "take_act": ActReference(case_id=NOBODYS, now=DUE_AT, doorbell=MESSAGE),
    "write_messages": Messages(case_id=NOBODYS, now=DUE_AT, messages=(MESSAGE,)),
    "reach_milestone": MilestoneReference(case_id=NOBODYS, now=DUE_AT, milestone=Milestone.BREACH),
    "end_procedure": CaseReference(case_id=NOBODYS, now=DUE_AT + timedelta(days=100)),
}


@pytest.mark.parametrize("activity", ASKED)
async def test_a_case_that_the_register_does_not_have_is_not_asked_for_again(
    register: Register, activity: str
) -> None:
    procedure = ProcedureActivities(register.pool, RULES)
    with pytest.raises(ApplicationError) as failed:
        await ActivityEnvironment().run(getattr(procedure, activity), ASKED[activity])
    assert (failed.value.type, failed.value.non_retryable) == ("UnknownCase", True)
