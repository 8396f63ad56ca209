"""What the applicant gets in hand for papers added at the counter (par. 4) and for an application taken back."""

import pytest

from activities.register.reading import IssuedPaper, read_papers
from domain.stages import OPEN_STAGES, Stage, Step
from tests.activities.stories import GOOD_ITEMS, status
from tests.builders import CLERK, a_document, an_act, an_application, an_office_application, local
from tests.databases import Register

pytestmark = pytest.mark.usefixtures("soundness")
REQUEST = "Ата-ананың 18.11.2026 күнгі жазбаша өтініші"


async def last_paper(register: Register, number: str) -> IssuedPaper:
    return (await read_papers(register.pool, number))[-1]


async def test_an_application_taken_back_gets_its_receipt(register: Register) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.WITHDRAW, reason="Бала мектепке барады"), moment="2026-11-18 12:00")
    receipt = await last_paper(register, filed.number)
    assert (receipt.kind, receipt.number) == ("WITHDRAWAL_RECEIPT", filed.number)
    assert receipt.issued_at == local("2026-11-18 12:00")
    assert receipt.facts["withdrawal"] == {"by_office": False, "reason": "Бала мектепке барады"}
    assert receipt.facts["signed_by"] is None
    assert "VKK_CONCLUSION" in [document["kind"] for document in receipt.facts["documents"]]


async def test_at_the_office_the_clerk_who_takes_the_request_in_signs_the_receipt(register: Register) -> None:
    filed = await register.file(an_office_application())
    await register.do(filed, an_act(Step.WITHDRAW, actor=CLERK, reason=REQUEST))
    receipt = await last_paper(register, filed.number)
    assert receipt.facts["withdrawal"] == {"by_office": True, "reason": REQUEST}
    assert receipt.facts["signed_by"]["post"]["ru"]


WAY = {
    Stage.RECEIVED: (),
    Stage.REFUSAL_PROPOSED: (Step.CHECK_PACKAGE,),
    Stage.REGISTERED: (Step.CHECK_PACKAGE,),
    Stage.WITH_SPECIALISTS: (Step.CHECK_PACKAGE, Step.ADMIT),
    Stage.PLAN_READY: (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN),
}
"""How a case comes to each stage without an outcome."""


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
async def test_an_application_can_be_taken_back_at_any_stage_before_the_outcome(
    register: Register, stage: Stage
) -> None:
    documents = [] if stage is Stage.REFUSAL_PROPOSED else [a_document()]
    filed = await register.file(an_application(documents=documents))
    absent = [{"document": "VKK_CONCLUSION", "present": False}]
    changes = {"items": absent} if stage is Stage.REFUSAL_PROPOSED else {}
    for step in WAY[stage]:
        await register.do(filed, an_act(step, **changes))
    assert (await status(register, filed)).stage == stage
    await register.do(filed, an_act(Step.WITHDRAW))
    assert (await last_paper(register, filed.number)).kind == "WITHDRAWAL_RECEIPT"


async def test_par_4_papers_added_at_the_counter_get_a_receipt_of_their_own(register: Register) -> None:
    filed = await register.file(an_office_application(documents=[a_document()]))
    for number in ("0021", "0022"):
        paper = a_document("OTHER", number=number, file=None)
        await register.do(filed, an_act(Step.ADD_DOCUMENTS, actor=CLERK, documents=[paper]))
    receipts = await read_papers(register.pool, filed.number)
    assert [paper.kind for paper in receipts] == ["RECEIPT"] * 3
    told = [[d["number"] for d in paper.facts["documents"]] for paper in receipts]
    assert sorted(told) == [["0011"], ["0021"], ["0022"]]
    assert sorted(paper.facts["supplementary"] for paper in receipts) == [False, True, True]


async def test_q10_on_the_portal_added_papers_need_no_receipt(register: Register) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.ADD_DOCUMENTS))
    assert await read_papers(register.pool, filed.number) == ()


async def test_q10_added_papers_are_checked_again_and_the_clock_goes_on(register: Register) -> None:
    filed = await register.file(an_office_application())
    before = await status(register, filed)
    check = an_act(Step.CHECK_PACKAGE, items=GOOD_ITEMS)
    await register.do(filed, check, an_act(Step.ADMIT), an_act(Step.ADD_DOCUMENTS, actor=CLERK))
    after = await status(register, filed)
    assert (after.stage, after.due_at) == (Stage.RECEIVED, before.due_at)
    assert after.next is not None
    assert after.next.act == "check_package"
