"""The terms of complaints in the register: who keeps them, on whose calendar, and who hears that one was not kept."""

import pytest

from activities.register.complaints.watching import reach_complaint_milestone
from activities.register.turns import Queue
from domain.complaint import ComplaintTermKind
from domain.complaint_stages import ComplaintStage, ComplaintStep
from domain.progress import Milestone
from tests.activities.complaint_stories import again, complained, does
from tests.builders import OFFICER, an_act, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")

TO_THE_BODY = {"addressee": "QUALITY_BODY"}


@pytest.mark.parametrize("at_the_body", [True, False], ids=["filed there", "forwarded by the school"])
async def test_r9_4_what_nobody_registers_at_the_body_in_one_working_day_is_told(
    register: Register, at_the_body: bool
) -> None:
    filed = await register.file()
    actor = {"actor": OFFICER} if at_the_body else {}
    complaint = await complained(register, filed, "2026-11-20 09:00", **TO_THE_BODY, **actor)
    if not at_the_body:
        await does(register, filed, complaint, an_act(ComplaintStep.FORWARD), "2026-11-20 11:00")
    queue = Queue(filed.case_id, complaint.complaint_id)
    # The working day after Friday 20 November is Monday the 23rd.
    over, kind = local("2026-11-23 18:31"), ComplaintTermKind.REGISTRATION
    for milestone in (Milestone.LAST_DAY, Milestone.BREACH):
        await reach_complaint_milestone(register.pool, queue, kind, milestone, over, RULES)
    told = await register.pool.fetch(
        "SELECT destination FROM outbox WHERE event = 'COMPLAINT_TERM_BREACHED' ORDER BY destination"
    )
    assert [row["destination"] for row in told] == ["APPLICANT", "HEAD", "QUALITY_CONTROL"]
    now = await again(register, complaint)
    assert [term.overdue for term in now.terms if term.kind is kind] == [True]
    assert (now.stage, now.due_at) == (ComplaintStage.AT_AUTHORITY, None)


async def test_r9_6_the_body_counts_on_its_own_week_and_hours_and_the_school_on_its_own(
    register: Register,
) -> None:
    async with register.owner() as owner:
        await owner.execute("UPDATE authorised_body SET week = 6, closes = '17:00'")
    filed = await register.file()
    to_head = await complained(register, filed, "2026-11-20 09:00")
    to_body = await complained(register, filed, "2026-11-20 09:00", **TO_THE_BODY)
    await does(register, filed, to_body, an_act(ComplaintStep.FORWARD), "2026-11-20 10:00")
    await does(register, filed, to_body, an_act(ComplaintStep.REGISTER), "2026-11-20 11:00")
    # Saturdays count at the body: fifteen days after Friday 20 November, of which none is a holiday.
    assert (await again(register, to_body)).due_at == local("2026-12-08 17:00")
    assert (await again(register, to_head)).due_at == local("2026-11-27 18:30")
