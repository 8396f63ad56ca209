"""The ledger itself: whatever differs between clients and register is found and named."""

from uuid import uuid4

import pytest

from activities.register.reading import read_act_answer
from domain.stages import Stage, Step
from tests.builders import an_act, an_application
from tests.databases import Register
from tests.faults.ledger import Ledger

APPLICATION, ACT = an_application(), an_act(Step.CHECK_PACKAGE)


@pytest.fixture
async def ledger(register: Register) -> Ledger:
    """One case with one act, all of it as it happened."""
    kept = Ledger()
    kept.sends(APPLICATION)
    filed = await register.file(APPLICATION)
    kept.received(APPLICATION, filed)
    kept.sends_act(filed.number, ACT)
    await register.do(filed, ACT)
    kept.answered(ACT, await read_act_answer(register.pool, ACT.act_id))
    kept.ended(filed.number, Stage.REGISTERED)
    assert await kept.compare(register.pool) == []
    return kept


async def _found(ledger: Ledger, register: Register) -> str:
    [found] = await ledger.compare(register.pool)
    return found


async def test_an_acknowledged_application_that_is_not_on_file_is_lost(
    ledger: Ledger, register: Register
) -> None:
    absent = an_application()
    ledger.sends(absent)
    ledger.received(absent, await register.file(APPLICATION))
    assert (await _found(ledger, register)).startswith(f"lost: request {absent.request_id}")


async def test_a_receipt_that_says_otherwise_is_different(ledger: Ledger, register: Register) -> None:
    filed = await register.file(APPLICATION)
    ledger.received(APPLICATION, filed.model_copy(update={"case_id": uuid4()}))
    assert "first Receipt" in await _found(ledger, register)


async def test_an_acknowledged_act_that_is_not_on_file_is_lost(ledger: Ledger, register: Register) -> None:
    absent = an_act(Step.ADMIT)
    ledger.sends_act("AT001-2026-00001", absent)
    ledger.accepted.add(absent.act_id)
    assert (await _found(ledger, register)).startswith(f"lost: act {absent.act_id}")


async def test_another_verdict_than_the_one_told_is_different(ledger: Ledger, register: Register) -> None:
    ledger.verdicts[ACT.act_id] = "refused", Stage.RECEIVED
    assert (await _found(ledger, register)).startswith(f"different: act {ACT.act_id}")


async def test_what_nobody_sent_is_made_up(ledger: Ledger, register: Register) -> None:
    del ledger.sent_requests[APPLICATION.request_id]
    assert (await _found(ledger, register)).startswith(f"made up: request {APPLICATION.request_id}")
    ledger.sends(APPLICATION)
    del ledger.sent_acts[ACT.act_id]
    assert (await _found(ledger, register)).startswith(f"made up: act {ACT.act_id}")


async def test_a_case_at_another_outcome_is_different(ledger: Ledger, register: Register) -> None:
    [number] = ledger.outcomes
    ledger.ended(number, Stage.ORDER_ISSUED)
    assert f"{number} ended as ORDER_ISSUED, on file REGISTERED" in await _found(ledger, register)


async def test_an_effect_that_is_there_twice_is_doubled(ledger: Ledger, register: Register) -> None:
    async with register.owner() as owner:
        await owner.execute(
            "INSERT INTO journal SELECT case_id, 99, round, at, event, stage, actor, act_id "
            "FROM journal WHERE event = 'REGISTERED'"
        )
    assert (await _found(ledger, register)).startswith("doubled: an effect of an act")
