"""Complaints as tests file them and follow them in the register."""

from datetime import datetime
from typing import Any

from activities.register.complaints.reading import ComplaintStatus, find_complaint
from activities.register.complaints.taking import take_complaint_act
from activities.register.intake import Filed
from activities.register.reading import read_status
from activities.register.taking import take_act
from activities.register.turns import Queue
from domain.acts import Act
from domain.complaint_stages import ComplaintStep
from domain.stages import Step
from domain.verdict import Verdict, VerdictKind
from tests.builders import an_act, an_office_application, local
from tests.databases import RULES, Register

AFTER_THE_REFUSAL = "2026-11-19 12:00"
DECIDED = "2026-11-20 15:00"
WAY_TO_THE_ORDER = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
NOTHING_PRESENT = [
    {"document": kind, "present": False, "note": "Құжатта мөр жоқ"}
    for kind in ("APPLICATION", "VKK_CONCLUSION")
]


async def a_refusal(register: Register, **changes: Any) -> Filed:
    """An office case whose papers the clerk did not count, and which the head refused."""
    filed = await register.file(an_office_application(**changes))
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=NOTHING_PRESENT), an_act(Step.REFUSE))
    return filed


async def complained(register: Register, filed: Filed, moment: str, **changes: object) -> ComplaintStatus:
    """A complaint filed at that moment, as the register has it."""
    before = {entry.number for entry in (await read_status(register.pool, filed.number)).complaints}
    verdict = await register.do(filed, an_act(Step.FILE_COMPLAINT, **changes), moment=moment)
    assert verdict.kind is VerdictKind.TAKEN, verdict.reason
    entries = (await read_status(register.pool, filed.number)).complaints
    return next(entry for entry in entries if entry.number not in before)


async def does(
    register: Register, filed: Filed, complaint: ComplaintStatus, act: Act, moment: str
) -> Verdict:
    """The verdict on an act about the complaint, done and taken at that moment."""
    about = filed.model_copy(update={"number": complaint.number})
    await register.accept(about, act, moment)
    queue = Queue(filed.case_id, complaint.complaint_id)
    answer = await take_complaint_act(register.pool, queue, act.act_id, local(moment), RULES)
    assert answer.verdict is not None
    return answer.verdict


async def again(register: Register, complaint: ComplaintStatus) -> ComplaintStatus:
    """The complaint as it stands now."""
    found = await find_complaint(register.pool, complaint.number)
    assert found is not None
    return found


async def reopens(register: Register, filed: Filed, moment: datetime) -> Verdict:
    """The register's own act that waits in the case is taken."""
    act_id = await register.pool.fetchval(
        "SELECT act_id FROM act WHERE case_id = $1 AND kind = 'reopen_case'", filed.case_id
    )
    verdict = (await take_act(register.pool, filed.case_id, act_id, moment, RULES)).verdict
    assert verdict is not None
    return verdict


async def upheld(register: Register, filed: Filed, **changes: object) -> str | None:
    """A complaint of the outcome is upheld; the code with which that is refused, None if it is taken."""
    complaint = await complained(register, filed, AFTER_THE_REFUSAL, object="DECISION")
    verdict = await does(register, filed, complaint, an_act(ComplaintStep.DECIDE, **changes), DECIDED)
    return verdict.reason.code if verdict.reason else None


async def reply(register: Register) -> dict[str, Any]:
    facts = await register.pool.fetchval("SELECT facts FROM paper WHERE kind = 'COMPLAINT_REPLY'")
    answer: dict[str, Any] = facts["about_complaint"]["reply"]
    return answer


async def waiting_reopenings(register: Register) -> int:
    count: int = await register.pool.fetchval("SELECT count(*) FROM act WHERE kind = 'reopen_case'")
    return count


async def answers(register: Register, filed: Filed, number: str, act: Act, moment: str) -> Queue:
    """The answer is accepted and not judged yet; the queue in which it waits."""
    await register.accept(filed.model_copy(update={"number": number}), act, moment)
    complaint_id = await register.pool.fetchval(
        "SELECT complaint_id FROM complaint WHERE number = $1", number
    )
    return Queue(filed.case_id, complaint_id)
