"""The inbox of a school: what it must do, and how urgent that is."""

import pytest

from activities.register.inbox import InboxItem, read_inbox
from activities.register.intake import Filed
from activities.register.urgency import Urgency
from domain.acts import ActKind
from domain.awaited import awaited
from domain.refusal import InputRefused
from domain.staff import ROLES_FOR, Role
from domain.stages import OPEN_STAGES, TRANSITIONS, Stage, Step
from domain.standard import Channel
from tests.activities.stories import (
    GOOD_ITEMS,
    a_refused_case,
    a_waiting_case,
    an_ordered_case,
)
from tests.builders import (
    OTHER_SCHOOL,
    SCHOOL,
    a_child,
    an_act,
    an_application,
    an_office_application,
    local,
)
from tests.databases import Register


async def inbox(register: Register, moment: str, school: str = SCHOOL) -> list[InboxItem]:
    return await read_inbox(register.pool, school, local(moment))


async def an_ordered_office_case(register: Register) -> Filed:
    """An office case from receipt to order, which the applicant does not have yet."""
    filed = await register.file(an_office_application(child=a_child(4)))
    await register.do(
        filed,
        an_act(Step.CHECK_PACKAGE, items=GOOD_ITEMS),
        an_act(Step.ADMIT),
        an_act(Step.SUBMIT_PLAN),
        an_act(Step.SIGN_ORDER),
    )
    return filed


async def test_the_inbox_shows_the_most_urgent_first_and_the_school_its_own_only(register: Register) -> None:
    for serial, received in enumerate(("2026-11-18 10:00", "2026-11-17 10:00", "2026-11-19 10:00"), start=1):
        await register.file(an_application(child=a_child(serial)), received)
    numbers = [item.number for item in await inbox(register, "2026-11-19 12:00")]
    assert numbers == ["AT001-2026-00002", "AT001-2026-00001", "AT001-2026-00003"]
    assert await inbox(register, "2026-11-19 12:00", OTHER_SCHOOL) == []


URGENCIES = {
    "2026-11-15 12:00": Urgency.LATER,
    "2026-11-16 12:00": Urgency.THIS_WEEK,
    "2026-11-17 12:00": Urgency.TOMORROW,
    "2026-11-18 00:00": Urgency.TODAY,
    "2026-11-19 18:30": Urgency.TODAY,
    "2026-11-19 18:31": Urgency.OVERDUE,
}


@pytest.mark.parametrize(("now", "urgency"), URGENCIES.items())
async def test_the_inbox_alerts_by_the_strict_reading_and_is_overdue_by_the_term(
    register: Register, now: str, urgency: Urgency
) -> None:
    await register.file(received_at="2026-11-17 10:00")
    (item,) = await inbox(register, now)
    assert (item.urgency, item.overdue) == (urgency, urgency is Urgency.OVERDUE)
    assert str(item.strict_due_day) == "2026-11-18"


MONDAY_IS_NEXT = {"2026-11-19 12:00": Urgency.LATER, "2026-11-20 12:00": Urgency.TOMORROW}


@pytest.mark.parametrize(("now", "urgency"), MONDAY_IS_NEXT.items())
async def test_tomorrow_is_the_next_working_day_of_the_school(
    register: Register, now: str, urgency: Urgency
) -> None:
    await register.file(received_at="2026-11-20 10:00")
    (item,) = await inbox(register, now)
    assert (str(item.strict_due_day), item.urgency) == ("2026-11-23", urgency)


async def test_on_a_six_day_week_saturday_is_tomorrow(register: Register) -> None:
    await register.file(an_application(school=OTHER_SCHOOL), "2026-11-20 10:00")
    (item,) = await inbox(register, "2026-11-20 12:00", OTHER_SCHOOL)
    assert (str(item.strict_due_day), item.urgency) == ("2026-11-21", Urgency.TOMORROW)


async def test_what_is_overdue_comes_before_a_nearer_inner_target(register: Register) -> None:
    for serial, received in enumerate(("2026-11-19 10:00", "2026-11-17 10:00", "2026-11-18 10:00"), start=1):
        await register.file(an_application(child=a_child(serial)), received)
    items = await inbox(register, "2026-11-20 12:00")
    assert [item.urgency for item in items] == [Urgency.OVERDUE, Urgency.TODAY, Urgency.TODAY]
    assert [item.number[-1] for item in items] == ["2", "3", "1"]


async def test_the_inbox_says_who_must_act_and_what_already_waits(register: Register) -> None:
    await a_waiting_case(register)
    (item,) = await inbox(register, "2026-11-17 12:00")
    assert (item.role, item.act, item.decisions) == (Role.CLERK, ActKind.CHECK_PACKAGE, ())
    assert (item.waiting_acts, item.registration_number) == (1, None)


async def test_the_inbox_names_the_registered_number_and_the_decisions_of_the_head(
    register: Register,
) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.CHECK_PACKAGE))
    (item,) = await inbox(register, "2026-11-17 12:00")
    assert (item.role, item.decisions, item.registration_number) == (Role.HEAD, (Step.ADMIT,), "1-Ө")


async def test_q30_a_refusal_of_the_office_stays_in_the_inbox_until_it_was_delivered(
    register: Register,
) -> None:
    filed = await a_refused_case(register, delivered=False)
    (item,) = await inbox(register, "2026-11-17 12:00")
    assert (item.stage, item.role, item.act) == (Stage.REFUSED, Role.CLERK, ActKind.RECORD_DELIVERY)
    await register.do(filed, an_act(Step.RECORD_DELIVERY))
    assert await inbox(register, "2026-11-17 12:00") == []


async def test_r3_1_the_inbox_of_an_unknown_school_is_refused(register: Register) -> None:
    with pytest.raises(InputRefused, match="school: the school is not in the register"):
        await inbox(register, "2026-11-17 12:00", "010940000000")


async def test_q30_an_order_of_the_office_stays_in_the_inbox_after_all_that_is_due_until_delivered(
    register: Register,
) -> None:
    await register.file(received_at="2026-11-18 10:00")
    office = await an_ordered_office_case(register)
    last = (await inbox(register, "2026-11-20 12:00"))[-1]
    assert (last.number, last.stage, last.role) == (office.number, Stage.ORDER_ISSUED, Role.CLERK)
    assert (last.act, last.urgency, last.overdue) == (ActKind.RECORD_DELIVERY, Urgency.LATER, False)
    await register.do(office, an_act(Step.RECORD_DELIVERY))
    assert office.number not in [item.number for item in await inbox(register, "2026-11-20 12:00")]


async def test_an_order_of_the_portal_is_in_the_cabinet_and_not_in_the_inbox(register: Register) -> None:
    await an_ordered_case(register)
    assert await inbox(register, "2026-11-17 12:00") == []


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_what_the_inbox_awaits_is_what_stage_and_role_allow(stage: Stage, channel: Channel) -> None:
    next_act = awaited(stage, channel, answered=False)
    assert next_act is not None
    for step in next_act.decisions or (Step(next_act.act),):
        assert (stage, step) in TRANSITIONS
        assert next_act.role in ROLES_FOR[step]
