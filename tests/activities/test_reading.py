"""What is read of a case: its status, its papers, and the inbox of its school."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from activities.register.reading import InboxItem, Urgency, read_inbox, read_papers, read_status
from activities.register.watching import reach_milestone
from domain.acts import ActKind
from domain.awaited import awaited
from domain.events import Event
from domain.grades import PaperLanguage
from domain.papers import PaperKind, paper_text
from domain.progress import Milestone
from domain.refusal import InputRefused
from domain.staff import ROLES_FOR, Role
from domain.stages import OPEN_STAGES, TRANSITIONS, Stage, Step
from domain.standard import Channel
from domain.verdict import VerdictKind
from tests.activities.stories import a_refused_case, a_waiting_case, an_ordered_case
from tests.builders import OTHER_SCHOOL, SCHOOL, a_child, an_act, an_application, local
from tests.databases import Register

OFFICIAL = {
    "number", "case_id", "channel", "stage", "outcome", "received_at", "effective_day", "due_day", "due_at",
    "answered_at", "overdue", "round", "acts", "papers", "complaints", "timeline",
}  # fmt: skip


async def document(register: Register, number: str) -> Mapping[str, Any]:
    """The status as programs get it."""
    read: Mapping[str, Any] = json.loads((await read_status(register.pool, number)).model_dump_json())
    return read


async def inbox(register: Register, moment: str, school: str = SCHOOL) -> list[InboxItem]:
    return await read_inbox(register.pool, school, local(moment))


async def test_the_status_has_the_names_other_programs_rely_on(register: Register) -> None:
    filed = await an_ordered_case(register)
    status = await document(register, filed.number)
    assert set(status) == OFFICIAL
    assert set(status["papers"][0]) == {"id", "kind", "number", "issued_at", "sha256"}
    assert set(status["acts"][0]) == {"act_id", "seq", "kind", "at", "verdict", "reason", "reason_code"}
    assert status["complaints"] == []


async def test_the_status_tells_the_whole_way_in_local_time(register: Register) -> None:
    status = await document(register, (await an_ordered_case(register)).number)
    assert (status["stage"], status["outcome"]) == ("ORDER_ISSUED", "ORDER_ISSUED")
    assert status["received_at"] == "2026-11-17T10:00:00+05:00"
    assert status["due_at"] == "2026-11-19T18:30:00+05:00"
    assert status["answered_at"] == "2026-11-17T11:00:00+05:00"
    assert [entry["event"] for entry in status["timeline"]][::7] == [Event.RECEIVED, Event.ORDER_ISSUED]
    assert [paper["kind"] for paper in status["papers"]] == ["NOTICE_OF_ACCEPTANCE", "ORDER"]


async def test_the_status_gives_the_reason_of_a_refused_act_in_words_and_as_a_code(
    register: Register,
) -> None:
    status = await read_status(register.pool, (await a_refused_case(register)).number)
    (refused,) = (act for act in status.acts if act.verdict is VerdictKind.REFUSED)
    assert (refused.act_id, refused.reason_code) == ("r-admit", "missing_document_overruled")
    assert refused.reason is not None
    assert "a mandatory document is absent" in refused.reason


async def test_an_act_without_a_verdict_is_pending(register: Register) -> None:
    status = await read_status(register.pool, (await a_waiting_case(register)).number)
    assert [(act.seq, act.verdict, act.reason) for act in status.acts] == [(1, "pending", None)]
    assert (status.outcome, status.answered_at, status.overdue) == (None, None, False)


async def test_d1_a_declared_breach_stays_in_the_status_of_a_case_answered_late(register: Register) -> None:
    filed = await register.file()
    await reach_milestone(register.pool, filed.case_id, Milestone.BREACH, local("2026-11-19 18:31"))
    await register.do(filed, an_act(Step.WITHDRAW), moment="2026-11-20 09:00")
    status = await read_status(register.pool, filed.number)
    assert (status.overdue, status.outcome) == (True, Stage.WITHDRAWN)


async def test_q30_an_office_refusal_is_answered_when_it_was_handed_over(register: Register) -> None:
    filed = await a_refused_case(register, delivered=False)
    assert (await read_status(register.pool, filed.number)).answered_at is None
    await register.do(filed, an_act(Step.RECORD_DELIVERY), moment="2026-11-18 12:00")
    assert (await read_status(register.pool, filed.number)).answered_at == local("2026-11-18 12:00")


@pytest.mark.parametrize("read", [read_status, read_papers])
async def test_a_number_that_no_case_has_is_refused(register: Register, read: Any) -> None:
    with pytest.raises(InputRefused, match="there is no case with this number"):
        await read(register.pool, "AT001-2026-00001")


async def test_a_paper_can_be_shown_from_its_facts(register: Register) -> None:
    papers = await read_papers(register.pool, (await a_refused_case(register)).number)
    assert [paper.kind for paper in papers] == [PaperKind.RECEIPT, PaperKind.REFUSAL]
    assert papers[1].number in paper_text(papers[1].facts, PaperLanguage.KK)


async def test_the_inbox_shows_the_most_urgent_first_and_the_school_its_own_only(register: Register) -> None:
    for serial, received in enumerate(("2026-11-18 10:00", "2026-11-17 10:00", "2026-11-19 10:00"), start=1):
        await register.file(an_application(child=a_child(serial)), received)
    numbers = [item.number for item in await inbox(register, "2026-11-19 12:00")]
    assert numbers == ["AT001-2026-00002", "AT001-2026-00001", "AT001-2026-00003"]
    assert await inbox(register, "2026-11-19 12:00", OTHER_SCHOOL) == []


URGENCIES = {
    "2026-11-16 12:00": Urgency.THIS_WEEK,
    "2026-11-15 12:00": Urgency.LATER,
    "2026-11-18 12:00": Urgency.TOMORROW,
    "2026-11-19 00:00": Urgency.TODAY,
    "2026-11-19 18:30": Urgency.TODAY,
    "2026-11-19 18:31": Urgency.OVERDUE,
}


@pytest.mark.parametrize(("now", "urgency"), URGENCIES.items())
async def test_the_inbox_groups_by_the_legal_date_of_the_due_moment(
    register: Register, now: str, urgency: Urgency
) -> None:
    await register.file(received_at="2026-11-17 10:00")
    (item,) = await inbox(register, now)
    assert (item.urgency, item.overdue) == (urgency, urgency is Urgency.OVERDUE)


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


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_what_the_inbox_awaits_is_what_stage_and_role_allow(stage: Stage, channel: Channel) -> None:
    next_act = awaited(stage, channel, answered=False)
    assert next_act is not None
    for step in next_act.decisions or (Step(next_act.act),):
        assert (stage, step) in TRANSITIONS
        assert next_act.role in ROLES_FOR[step]
