"""Paragraphs 9 and 10: which papers the register issues of a complaint, under which number, and where they go."""

from typing import Any
from uuid import UUID

import pytest

from activities.register.acceptance import accept_act, find_case
from activities.register.complaints.taking import take_complaint_act
from activities.register.intake import Filed
from activities.register.turns import Queue
from activities.register.verify import verify
from domain.acts import Act
from domain.complaint_stages import ComplaintStep
from domain.stages import Step
from domain.verdict import VerdictKind
from tests.activities.stories import a_refused_case
from tests.builders import CLERK, OFFICER, an_act, at, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")
FILED_AT = "2026-11-18 10:00"


async def a_complaint(register: Register, filed: Filed, **changes: Any) -> str:
    """The number of a complaint against the outcome of the case."""
    content = {"object": "DECISION", "grounds": "Құжаттар толық тапсырылған болатын", **changes}
    verdict = await register.do(filed, an_act(Step.FILE_COMPLAINT, **content), moment=FILED_AT)
    assert verdict.kind is VerdictKind.TAKEN, verdict.reason
    newest = "SELECT number FROM complaint ORDER BY number DESC LIMIT 1"
    return str(await register.pool.fetchval(newest))


async def do(register: Register, number: str, act: Act, moment: str) -> None:
    await accept_act(register.pool, number, act, at(local(moment)))
    queue = Queue.of(await find_case(register.pool, number))
    answer = await take_complaint_act(register.pool, queue, act.act_id, local(moment), RULES)
    assert answer.verdict
    assert answer.verdict.kind is VerdictKind.TAKEN, answer.verdict.reason


async def papers_of(register: Register, number: str) -> list[dict[str, Any]]:
    rows = await register.pool.fetch(
        """SELECT p.paper_id, p.kind, p.number, p.facts, EXISTS (
               SELECT FROM cabinet_message AS m WHERE m.paper_id = p.paper_id) AS in_cabinet
           FROM paper AS p JOIN complaint AS c USING (complaint_id)
           WHERE c.number = $1 ORDER BY p.issued_at, p.kind""",
        number,
    )
    return [dict(row) for row in rows]


async def test_par_9_the_applicant_finds_the_confirmation_in_the_cabinet(register: Register) -> None:
    number = await a_complaint(register, await a_refused_case(register))
    (paper,) = await papers_of(register, number)
    assert (paper["kind"], paper["number"], paper["in_cabinet"]) == ("COMPLAINT_CONFIRMATION", number, True)
    told = paper["facts"]["about_complaint"]
    assert (told["accepted_by"], told["attacked"]["number"]) == (None, "1-Ш")
    assert told["term"]["due_at"] == "2026-11-25T18:30:00+05:00"
    assert told["conflict"]


async def test_r9_4_the_registration_stands_once_in_the_journal_with_its_complaint(
    register: Register,
) -> None:
    number = await a_complaint(register, await a_refused_case(register))
    entries = await register.pool.fetch(
        """SELECT c.number FROM journal AS j LEFT JOIN complaint AS c USING (complaint_id)
           WHERE event = 'COMPLAINT_REGISTERED'"""
    )
    assert [entry["number"] for entry in entries] == [number]


async def test_par_9_what_the_clerk_takes_in_names_the_clerk(register: Register) -> None:
    number = await a_complaint(register, await a_refused_case(register), actor=CLERK)
    (paper,) = await papers_of(register, number)
    told = paper["facts"]["about_complaint"]
    assert told["accepted_by"]["name"] == paper["facts"]["signed_by"]["name"]
    assert told["form"] == "PAPER"


async def test_d4_the_notice_has_the_old_and_the_new_due_moment(register: Register) -> None:
    number = await a_complaint(register, await a_refused_case(register))
    await do(register, number, an_act(ComplaintStep.EXTEND), "2026-11-24 10:00")
    notice = (await papers_of(register, number))[1]
    told = notice["facts"]["about_complaint"]
    assert (notice["kind"], notice["number"]) == ("EXTENSION_NOTICE", "2-Ш")
    assert told["extension"]["old_due_at"] == "2026-11-25T18:30:00+05:00"
    assert told["term"]["due_at"] == "2026-12-09T18:30:00+05:00"


async def test_par_9_the_reply_of_the_head_says_that_it_is_decided_anew_and_by_whom(
    register: Register,
) -> None:
    number = await a_complaint(register, await a_refused_case(register))
    await do(register, number, an_act(ComplaintStep.DECIDE), "2026-11-20 10:00")
    reply = (await papers_of(register, number))[1]
    told = reply["facts"]["about_complaint"]["reply"]
    assert (reply["kind"], reply["number"], reply["in_cabinet"]) == ("COMPLAINT_REPLY", "2-Ш", True)
    assert (told["answered"], told["consequence"], told["by_the_one_complained_of"]) == (
        "UPHELD",
        "AT_THE_DESK",
        True,
    )
    assert told["next_route"]["body_working_days"] == 15


async def to_the_body(register: Register) -> str:
    """The number of a complaint that the school has forwarded and the body has registered."""
    number = await a_complaint(register, await a_refused_case(register), addressee="QUALITY_BODY")
    await do(register, number, an_act(ComplaintStep.FORWARD, note="Іс қоса беріледі"), "2026-11-19 10:00")
    await do(register, number, an_act(ComplaintStep.REGISTER), "2026-11-20 10:00")
    return number


async def test_d3_the_covering_letter_lists_the_file_and_goes_to_the_body_alone(register: Register) -> None:
    number = await to_the_body(register)
    letter = (await papers_of(register, number))[1]
    enclosed = letter["facts"]["about_complaint"]["letter"]["enclosures"]
    assert (letter["kind"], letter["number"], letter["in_cabinet"]) == ("COVERING_LETTER", "2-Ш", False)
    assert [entry["kind"] for entry in enclosed][:2] == ["COMPLAINT", "APPLICATION"]
    assert ("PAPER", "REFUSAL", "1-Ш") in [(e["kind"], e["paper"], e["number"]) for e in enclosed]
    told = await register.pool.fetchval(
        "SELECT body ->> 'paper' FROM outbox WHERE destination = 'QUALITY_CONTROL' AND body ? 'paper'"
    )
    assert UUID(told) == letter["paper_id"]


async def test_par_9_papers_of_the_body_carry_its_own_number(register: Register) -> None:
    number = await to_the_body(register)
    await do(register, number, an_act(ComplaintStep.DECIDE, actor=OFFICER), "2026-12-01 10:00")
    first, _, second, reply = await papers_of(register, number)
    assert [first["number"], second["number"], reply["number"]] == [number, "ЖТ-2026-0117", "ЖТ-2026-0117"]
    assert [paper["facts"]["issued_by"] is None for paper in (first, second, reply)] == [True, False, False]
    assert second["facts"]["about_complaint"]["term"]["due_at"].startswith("2026-12-11")
    assert reply["facts"]["about_complaint"]["reply"]["next_route"] is None


async def test_d3_a_settlement_is_answered_by_the_school(register: Register) -> None:
    number = await a_complaint(register, await a_refused_case(register), addressee="QUALITY_BODY")
    await do(register, number, an_act(ComplaintStep.SETTLE), "2026-11-19 10:00")
    reply = (await papers_of(register, number))[1]
    told = reply["facts"]["about_complaint"]["reply"]
    assert (told["answered"], told["measure_on"], told["consequence"]) == (
        "SETTLED",
        "2026-11-19",
        "AT_THE_DESK",
    )


async def test_two_complaints_of_a_case_have_papers_of_their_own(register: Register) -> None:
    filed = await a_refused_case(register)
    numbers = [await a_complaint(register, filed), await a_complaint(register, filed)]
    for number in numbers:
        await do(register, number, an_act(ComplaintStep.EXTEND), "2026-11-20 10:00")
    kinds = [[paper["kind"] for paper in await papers_of(register, number)] for number in numbers]
    assert kinds == [["COMPLAINT_CONFIRMATION", "EXTENSION_NOTICE"]] * 2


@pytest.mark.parametrize("kind", ["COMPLAINT_CONFIRMATION", "COVERING_LETTER", "COMPLAINT_REPLY"])
async def test_verify_names_a_paper_of_a_complaint_with_another_number(register: Register, kind: str) -> None:
    number = await to_the_body(register)
    await do(register, number, an_act(ComplaintStep.DECIDE, actor=OFFICER), "2026-12-01 10:00")
    assert "complaint_paper_has_its_number" not in await violated(register)
    forged = "UPDATE paper SET number = '9' || number WHERE kind = $1"
    mended = "UPDATE paper SET number = substr(number, 2) WHERE kind = $1"
    async with register.owner() as owner:
        await owner.execute(forged, kind)
        assert "complaint_paper_has_its_number" in await violated(register)
        await owner.execute(mended, kind)


async def violated(register: Register) -> set[str]:
    return {violation.check for violation in (await verify(register.pool)).violations}
