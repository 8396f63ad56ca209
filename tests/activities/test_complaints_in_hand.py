"""The complaints in the inbox of a school and of an authorised body: what is to be done, by when, and by whom."""

import pytest

from activities.register.complaints.in_hand import (
    ComplaintInHand,
    read_complaints_of_body,
    read_complaints_of_school,
)
from activities.register.complaints.reading import ComplaintStatus, read_complaints
from activities.register.intake import Filed
from activities.register.urgency import Urgency
from domain.complaint import ComplaintTermKind
from domain.complaint_stages import ComplaintStep
from domain.refusal import InputRefused
from domain.staff import Role
from domain.stages import Step
from tests.activities.complaint_stories import AFTER_THE_REFUSAL, a_refusal, again, complained, does
from tests.builders import AUTHORISED_BODY, CLERK, HEAD, OFFICER, OTHER_SCHOOL, SCHOOL, an_act, local
from tests.databases import Register

ON_PAPER = {"object": "DECISION", "form": "PAPER", "actor": CLERK}


async def of_school(register: Register, moment: str, school: str = SCHOOL) -> list[ComplaintInHand]:
    return await read_complaints_of_school(register.pool, school, local(moment))


async def of_body(register: Register, moment: str) -> list[ComplaintInHand]:
    return await read_complaints_of_body(register.pool, AUTHORISED_BODY, local(moment))


def wanted(item: ComplaintInHand) -> tuple[Role, str, tuple[str, ...]]:
    """Whom it waits for, for which act, and which may be done in its place."""
    return item.next.role, item.next.act, item.next.instead


async def to_the_body(register: Register) -> tuple[Filed, ComplaintStatus]:
    filed = await a_refusal(register)
    changes = {"object": "DECISION", "addressee": "QUALITY_BODY"}
    return filed, await complained(register, filed, AFTER_THE_REFUSAL, **changes)


async def test_par_9_a_complaint_to_the_head_waits_for_the_head_for_five_working_days(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    (item,) = await of_school(register, "2026-11-20 12:00")
    assert (item.number, item.case_number, item.object) == (complaint.number, filed.number, "DECISION")
    assert (item.term, item.due_at) == (ComplaintTermKind.CONSIDERATION, local("2026-11-26 18:30"))
    assert wanted(item) == (Role.HEAD, "complaint_decision", ("extend_complaint",))
    assert [person.staff_id for person in item.next.by] == [HEAD]
    assert (item.overdue, item.late_working_days, item.conflict) == (False, 0, True)
    assert await of_school(register, "2026-11-20 12:00", OTHER_SCHOOL) == []
    assert await of_body(register, "2026-11-20 12:00") == []


URGENCIES = {
    "2026-11-20 12:00": Urgency.LATER,
    "2026-11-23 12:00": Urgency.THIS_WEEK,
    "2026-11-25 12:00": Urgency.TOMORROW,
    "2026-11-26 18:30": Urgency.TODAY,
    "2026-11-26 18:31": Urgency.OVERDUE,
}


@pytest.mark.parametrize(("now", "urgency"), URGENCIES.items())
async def test_par_9_the_urgency_of_a_complaint_goes_by_its_term(
    register: Register, now: str, urgency: Urgency
) -> None:
    await complained(register, await a_refusal(register), AFTER_THE_REFUSAL, object="DECISION")
    (item,) = await of_school(register, now)
    assert (item.urgency, item.overdue) == (urgency, urgency is Urgency.OVERDUE)


async def test_d4_what_is_overdue_comes_first_counts_its_days_and_cannot_be_extended(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    later = await complained(register, filed, "2026-11-20 12:00", object="DECISION")
    first = await complained(register, filed, AFTER_THE_REFUSAL, object="ACTION", action="Құжат алынбады")
    items = await of_school(register, "2026-11-27 12:00")
    assert [item.number for item in items] == [first.number, later.number]
    assert [(item.urgency, item.late_working_days) for item in items] == [
        (Urgency.OVERDUE, 1),
        (Urgency.TODAY, 0),
    ]
    assert wanted(items[0]) == (Role.HEAD, "complaint_decision", ())


async def test_d3_what_is_to_be_forwarded_waits_for_the_school_and_then_for_the_body(
    register: Register,
) -> None:
    filed, complaint = await to_the_body(register)
    (item,) = await of_school(register, "2026-11-20 12:00")
    assert (item.term, item.due_at) == (ComplaintTermKind.FORWARDING, local("2026-11-24 18:30"))
    assert wanted(item) == (Role.HEAD, "forward_complaint", ("settle_complaint",))
    assert await of_body(register, "2026-11-20 12:00") == []

    await does(register, filed, complaint, an_act(ComplaintStep.FORWARD), "2026-11-20 15:00")
    assert await of_school(register, "2026-11-20 16:00") == []
    (item,) = await of_body(register, "2026-11-20 16:00")
    assert (item.term, item.school) == (ComplaintTermKind.REGISTRATION, SCHOOL)
    assert wanted(item) == (Role.OFFICER, "register_complaint", ())
    assert OFFICER in [person.staff_id for person in item.next.by]


async def test_d3_when_the_term_to_forward_is_over_it_is_not_settled_any_more(register: Register) -> None:
    await to_the_body(register)
    (item,) = await of_school(register, "2026-11-24 18:31")
    assert (item.overdue, item.late_working_days) == (True, 1)
    assert wanted(item) == (Role.HEAD, "forward_complaint", ())


async def test_d3_the_school_owes_the_case_file_also_when_the_body_was_first(register: Register) -> None:
    filed, complaint = await to_the_body(register)
    await does(register, filed, complaint, an_act(ComplaintStep.REGISTER), "2026-11-20 15:00")
    (item,) = await of_school(register, "2026-11-20 16:00")
    assert (item.term, item.due_at) == (ComplaintTermKind.FORWARDING, local("2026-11-24 18:30"))
    assert wanted(item) == (Role.HEAD, "forward_complaint", ())
    assert [other.next.act for other in await of_body(register, "2026-11-20 16:00")] == ["complaint_decision"]
    await does(register, filed, complaint, an_act(ComplaintStep.FORWARD), "2026-11-20 17:00")
    assert await of_school(register, "2026-11-20 17:30") == []


async def test_r9_4_the_body_sees_what_it_has_to_decide_also_in_the_extended_term(register: Register) -> None:
    filed, complaint = await to_the_body(register)
    await does(register, filed, complaint, an_act(ComplaintStep.REGISTER), "2026-11-20 15:00")
    (item,) = await of_body(register, "2026-11-20 16:00")
    assert (item.term, item.body_number) == (ComplaintTermKind.CONSIDERATION, "ЖТ-2026-0117")
    assert wanted(item) == (Role.OFFICER, "complaint_decision", ("extend_complaint",))
    extension = an_act(ComplaintStep.EXTEND, actor=OFFICER)
    await does(register, filed, complaint, extension, "2026-11-23 15:00")
    (extended,) = await of_body(register, "2026-11-23 16:00")
    assert extended.due_at is not None
    assert item.due_at is not None
    assert extended.due_at > item.due_at
    assert wanted(extended) == (Role.OFFICER, "complaint_decision", ())


async def test_d4_of_a_complaint_on_paper_the_clerk_sees_the_notice_and_the_head_the_decision(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, **ON_PAPER)
    await does(register, filed, complaint, an_act(ComplaintStep.EXTEND), "2026-11-23 15:00")
    notice, decision = await of_school(register, "2026-11-23 16:00")
    assert wanted(notice) == (Role.CLERK, "record_delivery", ())
    assert (notice.term, notice.due_at) == (ComplaintTermKind.EXTENSION_NOTICE, local("2026-11-26 18:30"))
    assert wanted(decision) == (Role.HEAD, "complaint_decision", ())
    await does(register, filed, complaint, an_act(Step.RECORD_DELIVERY), "2026-11-23 17:00")
    assert [item.next.role for item in await of_school(register, "2026-11-23 17:30")] == [Role.HEAD]


async def test_q30_a_reply_on_paper_stays_behind_all_that_has_a_term_until_it_was_handed_over(
    register: Register,
) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, **ON_PAPER)
    rejected = an_act(ComplaintStep.DECIDE, ruling="rejected")
    await does(register, filed, complaint, rejected, "2026-11-20 15:00")
    waiting = await complained(register, filed, "2026-11-20 16:00", object="DECISION")
    _, reply = await of_school(register, "2026-12-10 12:00")
    assert (reply.number, reply.term, reply.due_at) == (complaint.number, None, None)
    assert (reply.urgency, reply.overdue, reply.late_working_days) == (Urgency.LATER, False, 0)
    assert wanted(reply) == (Role.CLERK, "record_delivery", ())
    await does(register, filed, complaint, an_act(Step.RECORD_DELIVERY), "2026-12-10 13:00")
    assert [item.number for item in await of_school(register, "2026-12-10 14:00")] == [waiting.number]


async def test_q30_a_reply_of_the_body_on_paper_waits_for_an_officer(register: Register) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, addressee="QUALITY_BODY", **ON_PAPER)
    await does(register, filed, complaint, an_act(ComplaintStep.REGISTER), "2026-11-20 15:00")
    rejected = an_act(ComplaintStep.DECIDE, ruling="rejected", actor=OFFICER)
    assert [item.next.act for item in await of_school(register, "2026-11-23 14:00")] == ["forward_complaint"]
    await does(register, filed, complaint, rejected, "2026-11-23 15:00")
    (reply,) = await of_body(register, "2026-11-23 16:00")
    assert wanted(reply) == (Role.OFFICER, "record_delivery", ())
    assert await of_school(register, "2026-11-23 16:00") == []


async def test_what_came_electronically_and_is_over_waits_for_nobody(register: Register) -> None:
    filed = await a_refusal(register)
    decided = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    taken_back = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    rejected = an_act(ComplaintStep.DECIDE, ruling="rejected")
    await does(register, filed, decided, rejected, "2026-11-20 15:00")
    await does(register, filed, taken_back, an_act(ComplaintStep.WITHDRAW), "2026-11-20 15:00")
    assert await of_school(register, "2026-11-20 16:00") == []
    assert (await again(register, decided)).awaits == ()


async def test_an_act_that_waits_for_its_verdict_is_counted(register: Register) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    about = filed.model_copy(update={"number": complaint.number})
    await register.accept(about, an_act(ComplaintStep.DECIDE, ruling="rejected"), "2026-11-20 12:00")
    (item,) = await of_school(register, "2026-11-20 12:00")
    assert item.waiting_acts == 1


async def test_the_status_of_a_complaint_waits_for_the_same_as_the_inbox(register: Register) -> None:
    filed = await a_refusal(register)
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, **ON_PAPER)
    await does(register, filed, complaint, an_act(ComplaintStep.EXTEND), "2026-11-20 15:00")
    async with register.pool.acquire() as connection:
        (shown,) = await read_complaints(connection, filed.case_id, local("2026-11-20 16:00"))
    listed = [item.next for item in await of_school(register, "2026-11-20 16:00")]
    assert sorted(shown.awaits, key=str) == sorted(listed, key=str)
    assert shown.next == shown.awaits[0]


async def test_the_complaints_of_a_school_or_body_that_nobody_knows_are_refused(register: Register) -> None:
    with pytest.raises(InputRefused, match="school: the school is not in the register"):
        await of_school(register, "2026-11-20 12:00", "010940000000")
    with pytest.raises(InputRefused) as refused:
        await read_complaints_of_body(register.pool, SCHOOL, local("2026-11-20 12:00"))
    assert [(p.code, p.where) for p in refused.value.problems] == [("unknown_body", "--body")]
