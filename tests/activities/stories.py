"""Cases that have gone their way, for tests of what reads the register."""

from activities.register.intake import Filed
from activities.register.reading import Status, read_papers, read_status
from domain.acts import Act
from domain.stages import Step
from tests.builders import a_child, a_document, an_act, an_application, an_office_application
from tests.databases import Register

GOOD_ITEMS = [
    {"document": "APPLICATION", "present": True},
    {"document": "VKK_CONCLUSION", "present": True},
]
"""What the clerk of an office sees of a package in order."""
BAD_ITEMS = [{"document": "APPLICATION", "present": False}, GOOD_ITEMS[1]]
ABSENT = [{"document": "VKK_CONCLUSION", "present": False, "note": "файл бос"}]
"""The check of a portal package whose file shows nothing."""


async def an_ordered_case(register: Register) -> Filed:
    """A portal case from receipt to order; its acts are named o-check, o-admit, o-plan and o-order."""
    filed = await register.file()
    await register.do(
        filed,
        an_act(Step.CHECK_PACKAGE, act_id="o-check"),
        an_act(Step.ADMIT, act_id="o-admit"),
        an_act(Step.SUBMIT_PLAN, act_id="o-plan"),
        an_act(Step.SIGN_ORDER, act_id="o-order"),
    )
    return filed


async def a_refused_case(register: Register, *, delivered: bool = True) -> Filed:
    """An office case without an application and with an expired conclusion; an attempt to admit was refused."""
    expired = a_document(number="0012", period_to="2026-05-25")
    filed = await register.file(an_office_application(child=a_child(2), documents=[expired]))
    await register.do(
        filed,
        an_act(Step.CHECK_PACKAGE, act_id="r-check", items=BAD_ITEMS),
        an_act(Step.ADMIT, act_id="r-admit"),
        an_act(Step.REFUSE, act_id="r-refuse", grounds=["INCOMPLETE_PACKAGE", "EXPIRED_DOCUMENT"]),
    )
    if delivered:
        await register.do(filed, an_act(Step.RECORD_DELIVERY, act_id="r-delivery"))
    return filed


async def a_waiting_case(register: Register) -> Filed:
    """A portal case of which nothing but its receipt has happened; an act of the clerk waits, w-check."""
    filed = await register.file(an_application(child=a_child(3)))
    await register.accept(filed, an_act(Step.CHECK_PACKAGE, act_id="w-check"))
    return filed


async def status(register: Register, filed: Filed) -> Status:
    return await read_status(register.pool, filed.number)


async def papers(register: Register, filed: Filed) -> list[tuple[str, str]]:
    """Kind and number of the papers of a case."""
    return [(paper.kind, paper.number) for paper in await read_papers(register.pool, filed.number)]


async def reason(register: Register, filed: Filed, act: Act, moment: str | None = None) -> str | None:
    """Does the act; the code with which it is refused, None if it is taken."""
    verdict = await register.do(filed, act, moment=moment)
    return verdict.reason.code if verdict.reason else None
