"""The asking of information systems as a workflow of its own: operators see it, and no case waits for it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from activities.inquiry import Inquired
from activities.register.reading import read_status
from domain import inquiry as domain_inquiry
from domain.inquiry import FactResult
from domain.stages import Stage, Step
from domain.verdict import Verdict, VerdictKind
from domain.vocabulary import INQUIRY_ID
from tests.activities.information_systems import InformationSystems, information_systems
from tests.builders import an_act, an_application
from tests.workflows.service import ATTEMPTS, Service
from worker.main import start_housekeeping
from workflows.inquiry import LONGEST_PAUSE, PAUSE, Inquiry

CHILD: dict[str, Any] = {
    "iin": "170314500013",
    "name": {"surname": "Үлгібаев", "first_name": "Жәңгір", "patronymic": "Өтегенұлы"},
}


@pytest.fixture(scope="module")
async def systems(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[InformationSystems]:
    async with information_systems(tmp_path_factory.mktemp("systems")) as found:
        yield found


@pytest.fixture
def asking(service: Service, systems: InformationSystems) -> Service:
    """The service with a gateway."""
    service.gateway = systems.gateway
    return service


async def _details(service: Service, words: str) -> str:
    """What operators read, as soon as it has these words."""
    handle = service.client.get_workflow_handle(INQUIRY_ID)
    for _ in range(ATTEMPTS):
        metadata = await handle.query("__temporal_workflow_metadata")
        if words in metadata.current_details:
            return str(metadata.current_details)
        await asyncio.sleep(0.05)
    raise AssertionError(f"never said: {words}")


async def test_r5_8_a_gateway_that_dies_and_comes_back_holds_up_no_case(
    asking: Service, systems: InformationSystems, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(domain_inquiry, "FIRST_PAUSE", timedelta(seconds=1))
    await systems.kill()
    async with asking.working():
        filed = await asking.file(an_application(child=CHILD))
        await start_housekeeping(asking.client)
        assert "UNREACHABLE" in await _details(asking, "**away**")
        assert (await asking.do(filed, an_act(Step.CHECK_PACKAGE))).kind is VerdictKind.TAKEN
        await systems.start()
        await asking.until("SELECT count(*) = 4 FROM fact")
        assert "answers entered: **4**" in await _details(asking, "answers entered: **4**")
        verdict = await asking.do(filed, an_act(Step.ADMIT))
    assert verdict.stage is Stage.WITH_SPECIALISTS
    status = await read_status(asking.register.pool, filed.number)
    assert {fact.result for fact in status.facts} == {FactResult.MATCHES}


async def test_a_dispute_comes_by_signal_and_by_update(asking: Service) -> None:
    dispute = {"actor": "applicant", "content": {"fact": "SCHOOL_ROLL", "what_is_wrong": "Бала осында оқиды"}}
    async with asking.working():
        filed = await asking.file(an_application())
        await start_housekeeping(asking.client)
        await asking.until("SELECT count(*) = 4 FROM fact")
        await asking.handle(filed.case_id).signal("dispute_fact", {**dispute, "act_id": "by-signal"})
        assert (await asking.verdict("by-signal")).kind is VerdictKind.TAKEN
        answer = await asking.handle(filed.case_id).execute_update(
            "dispute_fact", {**dispute, "act_id": "by-update"}, result_type=Verdict
        )
    assert answer.kind is VerdictKind.TAKEN


async def test_another_worker_goes_on_with_the_asking_and_asks_nothing_twice(asking: Service) -> None:
    filed = await asking.file(an_application(child=CHILD))
    await start_housekeeping(asking.client)
    async with asking.working():
        await asking.until("SELECT count(*) = 4 FROM fact")
    async with asking.working(max_cached_workflows=0):
        await _details(asking, "answers entered: **4**")
        assert (await asking.do(filed, an_act(Step.CHECK_PACKAGE))).kind is VerdictKind.TAKEN
    assert await asking.register.pool.fetchval("SELECT count(*) FROM fact") == 4


async def test_where_no_gateway_is_named_operators_read_that_nobody_is_asked(service: Service) -> None:
    async with service.working():
        await start_housekeeping(service.client)
        assert "UIDE_GATEWAY_URL" in await _details(service, "nobody is asked")


def test_pauses_between_rounds_grow_while_the_gateway_is_away() -> None:
    asking, pauses = Inquiry(), []
    for rounds in range(20):
        asking._away_in_succession = rounds
        pauses.append(asking._pause(Inquired()))
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (PAUSE, LONGEST_PAUSE)
