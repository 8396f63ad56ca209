"""The ways of a case that are kept as golden histories: together they pass every stage."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from activities.register.intake import Filed
from domain.stages import Step
from tests.builders import an_act, an_office_application
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
