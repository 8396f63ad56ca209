"""Applying again in the register (D6): a new case linked to the old one, its papers without a second upload."""

import pytest

from activities.register.intake import Filed
from activities.register.reading import read_papers
from domain.application import Application
from domain.refusal import InputRefused
from domain.stages import Stage, Step
from tests.activities.stories import ABSENT, a_refused_case, an_ordered_case, status
from tests.builders import (
    a_child,
    a_document,
    a_file,
    an_act,
    an_applicant,
    an_application,
    an_office_application,
    local,
)
from tests.databases import Register

pytestmark = pytest.mark.usefixtures("soundness")
LATER = "2026-11-20 10:00"


async def a_refused_request(register: Register) -> Filed:
    """A portal case that was refused because its conclusion could not be read."""
    filed = await register.file()
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=ABSENT), an_act(Step.REFUSE))
    return filed


async def code(register: Register, application: Application) -> str:
    before = await register.pool.fetchval("SELECT count(*) FROM application")
    with pytest.raises(InputRefused) as refused:
        await register.file(application, LATER)
    assert await register.pool.fetchval("SELECT count(*) FROM application") == before
    return refused.value.problems[0].code


async def test_d6_a_new_application_takes_the_papers_over_without_a_second_upload(register: Register) -> None:
    refused = await a_refused_request(register)
    files = await register.pool.fetchval("SELECT count(*) FROM attachment")
    again = await register.file(an_application(after=refused.number, documents=[]), LATER)
    assert (again.after, again.taken_over, again.expired) == (refused.number, 1, ())
    assert await register.pool.fetchval("SELECT count(*) FROM attachment") == files
    (shown,) = await register.pool.fetch(
        "SELECT f.case_id FROM document AS d JOIN attachment AS f USING (attachment_id) WHERE d.case_id = $1",
        again.case_id,
    )
    assert shown["case_id"] == refused.case_id
    assert (await register.do(again, an_act(Step.CHECK_PACKAGE), moment=LATER)).stage == Stage.REGISTERED


async def test_d6_what_is_missing_is_filed_with_the_new_application(register: Register) -> None:
    refused = await a_refused_case(register)
    new = a_document(number="0022", file=a_file("new.pdf", b"%PDF-1.7\nnew"))
    application = an_office_application(
        child=a_child(2), after=refused.number, documents=[a_document("APPLICATION"), new]
    )
    again = await register.file(application, LATER)
    assert [(f.number, f.expired_on and f.expired_on.isoformat()) for f in again.expired] == [
        ("0012", "2026-05-25")
    ]
    items = [{"document": kind, "present": True} for kind in ("APPLICATION", "VKK_CONCLUSION")]
    checked = await register.do(again, an_act(Step.CHECK_PACKAGE, items=items), moment=LATER)
    assert checked.stage == Stage.REGISTERED


async def test_d6_the_receipt_tells_what_was_handed_in_and_what_was_taken_over(register: Register) -> None:
    refused = await a_refused_case(register)
    application = an_office_application(
        child=a_child(2), after=refused.number, documents=[a_document("APPLICATION")]
    )
    again = await register.file(application, LATER)
    (receipt,) = await read_papers(register.pool, again.number)
    assert [document["kind"] for document in receipt.facts["documents"]] == ["APPLICATION"]
    assert receipt.facts["earlier"]["number"] == refused.number
    assert [document["number"] for document in receipt.facts["earlier"]["documents"]] == ["0012"]


async def test_d6_the_status_of_both_cases_shows_the_link(register: Register) -> None:
    refused = await a_refused_request(register)
    again = await register.file(an_application(after=refused.number, documents=[]), LATER)
    earlier, later = await status(register, refused), await status(register, again)
    assert (earlier.after, earlier.followed_by) == (None, (again.number,))
    assert (later.after, later.followed_by) == (refused.number, ())
    assert [entry.event for entry in later.timeline] == ["RECEIVED", "PAPERS_TAKEN_OVER"]


async def test_d6_papers_go_on_from_case_to_case(register: Register) -> None:
    first = await a_refused_request(register)
    second = await register.file(an_application(after=first.number, documents=[]), LATER)
    await register.do(second, an_act(Step.WITHDRAW), moment=LATER)
    third = await register.file(an_application(after=second.number, documents=[]), "2026-11-23 10:00")
    assert third.taken_over == 1
    taken_from = "SELECT DISTINCT taken_from FROM document WHERE case_id = $1 AND taken_from IS NOT NULL"
    assert await register.pool.fetchval(taken_from, third.case_id) == first.case_id


async def test_the_same_application_filed_again_gets_the_same_warnings(register: Register) -> None:
    refused = await a_refused_case(register)
    application = an_office_application(child=a_child(2), after=refused.number, documents=[])
    first = await register.file(application, LATER)
    assert await register.file(application, "2026-11-21 10:00") == first.model_copy(update={"created": False})


async def test_q21_while_the_case_is_open_the_second_filing_is_told_of_it(register: Register) -> None:
    filed = await register.file()
    assert await code(register, an_application(after=filed.number)) == "child_has_open_case"


async def test_d6_after_an_order_nothing_is_filed_again(register: Register) -> None:
    ordered = await an_ordered_case(register)
    assert await code(register, an_application(after=ordered.number)) == "earlier_case_has_order"


async def test_d6_nobody_gets_at_the_papers_of_others_by_naming_their_case(register: Register) -> None:
    refused = await a_refused_request(register)
    stranger = an_application(after=refused.number, applicant=an_applicant(iin="851003300025"))
    other_child = an_application(after=refused.number, child=a_child(3))
    unknown = an_application(after="AT001-2026-00099")
    assert {await code(register, a) for a in (stranger, other_child, unknown)} == {"earlier_case_unknown"}


async def test_an_application_of_now_that_names_no_case_is_as_before(register: Register) -> None:
    filed = await register.file()
    assert (filed.after, filed.taken_over, filed.expired) == (None, 0, ())
    assert filed.received_at == local("2026-11-17 10:00")
