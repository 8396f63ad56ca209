"""What is read of a case: its status, its papers, and what the actor of an act is told."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from activities.register.reading import read_act_answer, read_papers, read_status
from activities.register.watching import reach_milestone
from domain.acts import ActKind
from domain.events import Event
from domain.grades import PaperLanguage
from domain.papers import PaperKind
from domain.progress import Milestone
from domain.refusal import InputRefused
from domain.staff import Role
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.activities.stories import (
    BAD_ITEMS,
    GOOD_ITEMS,
    a_refused_case,
    a_waiting_case,
    an_ordered_case,
)
from tests.builders import (
    CLERK,
    HEAD,
    a_child,
    a_document,
    an_act,
    an_application,
    an_office_application,
    local,
)
from tests.databases import RULES, Register

OFFICIAL = {
    "number", "case_id", "channel", "stage", "outcome", "received_at", "effective_day", "due_day", "due_at",
    "answered_at", "overdue", "round", "acts", "papers", "complaints", "timeline",
}  # fmt: skip
FURTHER = {
    "registration_number", "findings", "next", "provisional", "strict_due_day",
    "late_working_days", "after", "followed_by", "period_ends", "terms", "facts",
}  # fmt: skip


async def document(register: Register, number: str) -> Mapping[str, Any]:
    """The status as programs get it."""
    read: Mapping[str, Any] = json.loads((await read_status(register.pool, number)).model_dump_json())
    return read


async def test_the_status_has_the_names_other_programs_rely_on(register: Register) -> None:
    filed = await an_ordered_case(register)
    status = await document(register, filed.number)
    assert set(status) == OFFICIAL | FURTHER
    assert set(status["papers"][0]) == {"id", "kind", "number", "issued_at", "sha256"}
    act = {
        "act_id",
        "seq",
        "kind",
        "decision",
        "actor",
        "acting_for",
        "complaint",
        "effect",
        "at",
        "verdict",
        "reason",
        "reason_code",
    }
    assert set(status["acts"][0]) == act
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


async def test_the_status_says_who_did_each_act_and_what_the_head_decided(register: Register) -> None:
    status = await read_status(register.pool, (await a_refused_case(register)).number)
    assert [(act.actor, act.kind, act.decision) for act in status.acts] == [
        (CLERK, "check_package", None),
        (HEAD, "director_decision", "admit"),
        (HEAD, "director_decision", "refuse"),
        (CLERK, "record_delivery", None),
    ]


async def test_par_4_the_status_names_what_was_found_in_words(register: Register) -> None:
    status = await document(register, (await a_refused_case(register)).number)
    missing, expired = status["findings"]
    assert set(missing) == {"document", "defect", "number", "expired_on", "note", "words", "set_aside"}
    assert (missing["document"], missing["defect"]) == ("APPLICATION", "MISSING")
    assert (expired["number"], expired["expired_on"]) == ("0012", "2026-05-25")
    assert set(expired["words"]) == {"kk", "ru", "en"}
    assert "25.05.2026" in expired["words"]["ru"]
    assert status["registration_number"] is not None


async def test_a_package_in_order_has_no_findings(register: Register) -> None:
    assert (await document(register, (await an_ordered_case(register)).number))["findings"] == []


async def test_a_later_check_replaces_what_was_found(register: Register) -> None:
    filed = await register.file(an_office_application(documents=[a_document()]))
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=BAD_ITEMS))
    assert len((await read_status(register.pool, filed.number)).findings) == 1
    await register.do(
        filed,
        an_act(Step.ADD_DOCUMENTS, documents=[a_document("APPLICATION")]),
        an_act(Step.CHECK_PACKAGE, items=GOOD_ITEMS),
    )
    assert (await read_status(register.pool, filed.number)).findings == ()


async def test_the_status_says_whom_the_case_waits_for(register: Register) -> None:
    filed = await register.file(an_office_application())
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=GOOD_ITEMS))
    next_act = (await document(register, filed.number))["next"]
    assert set(next_act) == {"role", "act", "decisions", "instead", "words", "by"}
    assert (next_act["role"], next_act["act"]) == ("HEAD", "director_decision")
    assert next_act["decisions"] == ["admit", "refuse"]


async def test_the_status_of_a_case_that_waits_for_nobody_has_no_next_act(register: Register) -> None:
    assert (await read_status(register.pool, (await an_ordered_case(register)).number)).next is None


async def test_a_term_that_reaches_into_an_unconfirmed_year_is_provisional(register: Register) -> None:
    confirmed, open_ = [
        await register.file(an_application(child=a_child(serial)), received)
        for serial, received in ((1, "2026-11-17 10:00"), (2, "2028-11-15 10:00"))
    ]
    assert not (await read_status(register.pool, confirmed.number)).provisional
    assert (await read_status(register.pool, open_.number)).provisional


async def test_the_strict_reading_of_the_term_is_told_beside_the_due_day(register: Register) -> None:
    status = await document(register, (await register.file()).number)
    assert (status["strict_due_day"], status["due_day"]) == ("2026-11-18", "2026-11-19")


async def test_the_answer_to_an_act_says_what_the_case_waits_for_now(register: Register) -> None:
    await an_ordered_case(register)
    answer = await read_act_answer(register.pool, "o-check")
    assert (answer.stage, answer.next) == (Stage.REGISTERED, None)
    await a_refused_case(register, delivered=False)
    waits = (await read_act_answer(register.pool, "r-refuse")).next
    assert waits is not None
    assert (waits.role, waits.act) == (Role.CLERK, ActKind.RECORD_DELIVERY)


async def test_an_act_without_a_verdict_is_pending(register: Register) -> None:
    status = await read_status(register.pool, (await a_waiting_case(register)).number)
    assert [(act.seq, act.verdict, act.reason) for act in status.acts] == [(1, "pending", None)]
    assert (status.outcome, status.answered_at, status.overdue) == (None, None, False)


async def test_d1_a_declared_breach_stays_in_the_status_of_a_case_answered_late(register: Register) -> None:
    filed = await register.file()
    await reach_milestone(register.pool, filed.case_id, Milestone.BREACH, local("2026-11-19 18:31"), RULES)
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


async def test_a_paper_tells_its_facts_and_its_languages(register: Register) -> None:
    papers = await read_papers(register.pool, (await a_refused_case(register)).number)
    assert [paper.kind for paper in papers] == [PaperKind.RECEIPT, PaperKind.REFUSAL]
    assert papers[1].facts["number"] == papers[1].number
    assert papers[1].languages == (PaperLanguage.KK, PaperLanguage.RU)
