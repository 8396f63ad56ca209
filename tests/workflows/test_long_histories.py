"""A case that is sent more than one history holds goes on in a new run, and loses nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from temporalio.common import SearchAttributeKey
from temporalio.testing import WorkflowEnvironment

from domain.complaint_stages import ComplaintStage, ComplaintStep
from domain.stages import Stage, Step
from domain.vocabulary import NAMESPACE, SEARCH_ATTRIBUTES
from tests.builders import an_act
from tests.databases import Register
from tests.workflows.service import Service
from worker.key_ring import KeyRing
from worker.plugin import uide_plugin

MOST_EVENTS = 1500
FLOOD = 700

KINDS: dict[str, Callable[[str], SearchAttributeKey[Any]]] = {
    "Keyword": SearchAttributeKey.for_keyword,
    "Datetime": SearchAttributeKey.for_datetime,
    "Bool": SearchAttributeKey.for_bool,
}


@pytest.fixture
async def service(register: Register, temporal_binary: Path, key_ring: KeyRing) -> AsyncIterator[Service]:
    """A service whose Temporal suggests a new run after a few dozen events, and ends one of more than some hundreds."""
    async with await WorkflowEnvironment.start_local(
        namespace=NAMESPACE,
        dev_server_existing_path=str(temporal_binary),
        dev_server_extra_args=[
            argument
            for value in (
                "limit.historyCount.suggestContinueAsNew=60",
                f"limit.historyCount.error={MOST_EVENTS}",
                "history.transferProcessorMaxPollRPS=1000",
            )
            for argument in ("--dynamic-config-value", value)
        ],
        search_attributes=[KINDS[kind](name) for name, kind in SEARCH_ATTRIBUTES.items()],
        plugins=[uide_plugin(key_ring, NAMESPACE)],
    ) as environment:
        yield await Service.at(register, environment.client)


async def test_a_hundred_signals_without_sense_leave_the_case_alive_in_a_later_run(
    service: Service,
) -> None:
    act = an_act(Step.CHECK_PACKAGE)
    async with service.working():
        filed = await service.file()
        handle = service.handle(filed.case_id)
        first_run = (await handle.describe()).run_id
        for number in range(100):
            await handle.signal("withdraw", {"act_id": f"nonsense-{number}"})
            if number == 50:
                await service.accept(filed, act)
                await service.ring(filed, act)
        await service.until("SELECT count(*) = 101 FROM act_result")
        verdict = await service.do(filed, an_act(Step.ADMIT))
        while (await handle.describe()).run_id == first_run:
            await asyncio.sleep(0.1)
    assert verdict.stage is Stage.WITH_SPECIALISTS
    assert (await service.verdict(act.act_id)).stage is Stage.REGISTERED


async def test_a_flood_of_made_up_doorbells_in_one_run_does_not_fill_its_history(service: Service) -> None:
    filed = await service.file()
    handle = service.handle(filed.case_id)
    await asyncio.gather(*(handle.signal("withdraw", {"act_id": f"made-up-{n}"}) for n in range(FLOOD)))
    async with service.working():
        await service.until("SELECT count(*) = $1 FROM act_result", FLOOD)
        assert (await service.do(filed, an_act(Step.CHECK_PACKAGE))).stage is Stage.REGISTERED
    codes = await service.register.pool.fetch("SELECT DISTINCT reason ->> 'code' AS code FROM act_result")
    assert {row["code"] for row in codes} == {"unknown_act", None}


async def test_a_complaint_sent_signals_without_sense_goes_on_in_a_later_run(service: Service) -> None:
    async with service.working():
        complaint = await service.complain(await service.file())
        handle = service.handle_of(complaint)
        first_run = (await handle.describe()).run_id
        for number in range(60):
            await handle.signal("withdraw_complaint", {"act_id": f"nonsense-{number}"})
        await service.until("SELECT count(*) = 61 FROM act_result")
        await service.do(complaint, an_act(ComplaintStep.EXTEND))
        while (await handle.describe()).run_id == first_run:
            await asyncio.sleep(0.1)
        verdict = await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected"))
    assert verdict.stage == ComplaintStage.DECIDED


async def test_the_application_in_a_later_run_knows_that_its_complaint_runs(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        complaint = await service.complain(filed)
        handle = service.handle(filed.case_id)
        first_run = (await handle.describe()).run_id
        for number in range(60):
            await handle.signal("withdraw", {"act_id": f"nonsense-{number}"})
        while (await handle.describe()).run_id == first_run:
            await asyncio.sleep(0.1)
        verdict = await service.do(filed, an_act(Step.CHECK_PACKAGE))
        replied = await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected"))
    assert verdict.stage is Stage.REGISTERED
    assert replied.stage == ComplaintStage.DECIDED
