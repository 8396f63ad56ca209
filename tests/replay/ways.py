"""The ways of a case and of a complaint that are kept as golden histories: together they pass every stage."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from activities.doorbell import CaseName
from activities.register.intake import Filed
from domain.complaint_stages import ComplaintStep
from domain.stages import Step
from tests.builders import OFFICER, an_act, an_office_application
from tests.workflows.service import Service

A_MOMENT = timedelta(minutes=1)


async def order_on_the_portal(service: Service) -> Filed:
    filed = await service.file()
    await service.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT), an_act(Step.SUBMIT_PLAN))
    await service.do(filed, an_act(Step.RETURN_PLAN), an_act(Step.SUBMIT_PLAN), an_act(Step.SIGN_ORDER))
    return filed


async def refusal_at_the_office(service: Service) -> Filed:
    filed = await service.file(an_office_application(documents=[]))
    items = [{"document": kind, "present": False} for kind in ("APPLICATION", "VKK_CONCLUSION")]
    await service.do(filed, an_act(Step.CHECK_PACKAGE, items=items), an_act(Step.REFUSE))
    await service.do(filed, an_act(Step.RECORD_DELIVERY))
    return filed


async def silence_and_a_late_withdrawal(service: Service) -> Filed:
    filed = await service.file()
    await service.forward_to(filed, filed.due_at + A_MOMENT)
    await service.do(filed, an_act(Step.ADD_DOCUMENTS), an_act(Step.WITHDRAW))
    return filed


async def messages_by_hand(service: Service) -> Filed:
    filed = await service.file()
    handle = service.handle(filed.case_id)
    await handle.signal("withdraw", args=[1, 2])
    await handle.signal("no_such_signal", "x")
    await handle.execute_update(
        "check_package",
        {"act_id": "by-hand-1", "actor": "at001-clerk", "content": an_act(Step.CHECK_PACKAGE).record},
    )
    await handle.signal("withdraw", {"act_id": "by-hand-2", "actor": "applicant", "content": {}})
    await service.verdict("by-hand-2")
    return filed


async def an_act_not_rung_for_is_taken_first(service: Service) -> Filed:
    filed = await service.file()
    earlier, later = an_act(Step.CHECK_PACKAGE), an_act(Step.WITHDRAW)
    await service.accept(filed, earlier)
    await service.do(filed, later)
    return filed


async def an_act_in_time_and_the_end_of_the_procedure(service: Service) -> Filed:
    filed = await service.file()
    await service.accept(filed, an_act(Step.WITHDRAW), at=filed.due_at)
    await service.forward_to(filed, filed.due_at + A_MOMENT)
    window = (await service.progress(filed)).window_until
    assert window is not None
    await service.forward_to(filed, window + A_MOMENT)
    await service.handle(filed.case_id).result()
    return filed


WAYS: dict[str, Callable[[Service], Awaitable[Filed]]] = {
    way.__name__: way
    for way in (
        order_on_the_portal,
        refusal_at_the_office,
        silence_and_a_late_withdrawal,
        messages_by_hand,
        an_act_not_rung_for_is_taken_first,
        an_act_in_time_and_the_end_of_the_procedure,
    )
}


TO_THE_BODY = {"addressee": "QUALITY_BODY"}
ABSENT = [{"document": "VKK_CONCLUSION", "present": False, "note": "Қорытынды оқылмайды"}]


async def _refused(service: Service) -> Filed:
    filed = await service.file()
    await service.do(filed, an_act(Step.CHECK_PACKAGE, items=ABSENT), an_act(Step.REFUSE))
    return filed


async def refused_complained_of_and_decided_anew(service: Service) -> Filed:
    filed = await _refused(service)
    complaint = await service.complain(filed, object="DECISION")
    await service.do(complaint, an_act(ComplaintStep.DECIDE))
    await service.reply(complaint)
    await service.until("SELECT round = 2 FROM procedure")
    way = (Step.ADD_DOCUMENTS, Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
    await service.do(filed, *(an_act(step) for step in way))
    return filed


async def to_the_head_after_the_term(service: Service) -> CaseName:
    complaint = await service.complain(await service.file())
    progress = await service.complaint(complaint)
    await service.forward_to(complaint, progress.running[0].due_at + A_MOMENT)
    await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected"))
    await service.reply(complaint)
    return complaint


async def to_the_body_extended_once(service: Service) -> CaseName:
    complaint = await service.complain(await service.file(), **TO_THE_BODY)
    await service.do(
        complaint,
        an_act(ComplaintStep.FORWARD),
        an_act(ComplaintStep.REGISTER),
        an_act(ComplaintStep.EXTEND, actor=OFFICER),
    )
    progress = await service.complaint(complaint)
    await service.forward_to(complaint, progress.running[0].last_day_at + A_MOMENT)
    await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected", actor=OFFICER))
    await service.reply(complaint)
    return complaint


async def settled_by_the_school(service: Service) -> CaseName:
    complaint = await service.complain(await _refused(service), **TO_THE_BODY, object="DECISION")
    await service.do(complaint, an_act(ComplaintStep.SETTLE))
    await service.reply(complaint)
    return complaint


async def taken_back_by_hand(service: Service) -> CaseName:
    complaint = await service.complain(await service.file(), **TO_THE_BODY)
    handle = service.handle_of(complaint)
    await handle.signal("no_such_signal", "x")
    withdrawal = {"act_id": "by-hand-3", "actor": "applicant", "content": {}}
    await handle.execute_update("withdraw_complaint", withdrawal)
    await service.reply(complaint)
    return complaint


WAYS_SINCE_0_3_0: dict[str, Callable[[Service], Awaitable[Filed | CaseName]]] = {
    way.__name__: way
    for way in (
        refused_complained_of_and_decided_anew,
        to_the_head_after_the_term,
        to_the_body_extended_once,
        settled_by_the_school,
        taken_back_by_hand,
    )
}
