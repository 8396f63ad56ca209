"""Acting orders and the procedure: authority goes by the moment of the act, not by that of its taking."""

from datetime import datetime, timedelta

from activities.register.acting import enter_acting_order
from domain.acting_order import ActingOrder
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.builders import DEPUTY, HEAD, SCHOOL, an_act
from tests.databases import RULES
from tests.workflows.service import Service

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


async def an_order_of_ten_minutes(service: Service, now: datetime) -> datetime:
    """The deputy acts from now on; the first moment that is no part of it."""
    until = now + 10 * MINUTE
    order = ActingOrder(
        order_id="acting-0001", actor=HEAD, acting=DEPUTY, valid_from=now, valid_until=until, act="№ 15-ЖҚ"
    )

    async def clock() -> datetime:
        return now

    await enter_acting_order(service.register.pool, SCHOOL, order, clock, RULES)
    return until


async def test_r6_1_an_act_of_the_last_second_of_an_order_is_taken_after_it_and_a_later_one_refused(
    service: Service,
) -> None:
    admitted, late = an_act(Step.ADMIT, actor=DEPUTY), an_act(Step.ADMIT, actor=DEPUTY)
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.CHECK_PACKAGE))
        until = await an_order_of_ten_minutes(service, await service.now(filed))
        await service.accept(filed, admitted, at=until - SECOND)
        await service.accept(filed, late, at=until)
        await service.forward_to(filed, until + MINUTE)
        await service.ring(filed, late)
        first, second = await service.verdict(admitted.act_id), await service.verdict(late.act_id)
    assert first.kind is VerdictKind.TAKEN
    assert first.stage is Stage.WITH_SPECIALISTS
    assert second.reason
    assert second.reason.code == "acting_order_over"


async def test_the_head_decides_again_when_the_order_is_over(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.CHECK_PACKAGE))
        until = await an_order_of_ten_minutes(service, await service.now(filed))
        refused = await service.do(filed, an_act(Step.ADMIT))
        await service.forward_to(filed, until)
        taken = await service.do(filed, an_act(Step.ADMIT))
    assert refused.reason
    assert refused.reason.code == "acting_order_runs"
    assert taken.kind is VerdictKind.TAKEN
