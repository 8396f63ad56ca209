"""The worker is told to stop: it ends by itself, in order, whatever hangs at that moment, and nothing is half done."""

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from activities.register.verify import verify
from domain.stages import Step
from domain.verdict import VerdictKind
from domain.vocabulary import NAMESPACE, SEARCH_ATTRIBUTES
from starter.embedded.data_folder import DataFolder
from starter.embedded.temporal_server import EmbeddedTemporal, TemporalOptions, free_ports
from tests.builders import a_child, an_act, an_application
from tests.faults.stand import freeze, thaw
from tests.worker.running_worker import running_worker
from tests.worker.silent_line import SilentLine
from tests.workflows.service import Service

HURRY = {"UIDE_GRACEFUL_SHUTDOWN_SECONDS": "6"}


@pytest.fixture
async def own_temporal(tmp_path: Path, temporal_binary: Path) -> AsyncIterator[EmbeddedTemporal]:
    """A server that may be frozen."""
    folder = DataFolder(tmp_path / "data")
    options = TemporalOptions(port=free_ports(1)[0], namespace=NAMESPACE, search_attributes=SEARCH_ATTRIBUTES)
    with folder.locked():
        server = EmbeddedTemporal(folder, temporal_binary, options)
        await server.start()
        yield server
        if server.running:
            thaw(server)
        await server.stop()


@pytest.fixture
def beside_it(environment: dict[str, str], own_temporal: EmbeddedTemporal) -> dict[str, str]:
    """The variables of a worker on the server that may be frozen."""
    return {**environment, "TEMPORAL_ADDRESS": own_temporal.address, "TEMPORAL_NAMESPACE": NAMESPACE}


async def an_act_that_waits(service: Service, child: int = 1) -> str:
    filed = await service.file(an_application(child=a_child(child)))
    act = an_act(Step.CHECK_PACKAGE)
    await service.accept(filed, act)
    await service.ring(filed, act)
    return act.act_id


async def violations(service: Service) -> object:
    return (await verify(service.register.pool)).violations


async def test_under_load_what_is_begun_is_ended_and_the_next_worker_does_the_rest(
    environment: dict[str, str], service: Service
) -> None:
    acts = [await an_act_that_waits(service, child) for child in range(1, 9)]
    async with running_worker(environment) as worker:
        await service.verdict(acts[0])
        worker.signal(signal.SIGTERM)
        assert await worker.ended() == 0, worker.text
        assert (await worker.said("worker_stopped"))["left"] == []
        assert await violations(service) == ()
    async with running_worker(environment):
        assert {(await service.verdict(act)).kind for act in acts} == {VerdictKind.TAKEN}
    assert await violations(service) == ()


async def test_a_silent_register_does_not_keep_a_worker_from_stopping(
    environment: dict[str, str], service: Service
) -> None:
    async with (
        SilentLine.to(environment["DATABASE_URL"]) as line,
        running_worker({**environment, **HURRY, "DATABASE_URL": line.url}) as worker,
    ):
        await worker.said("worker_started")
        line.falls_silent()
        act = await an_act_that_waits(service)
        await line.is_waited_for()
        worker.signal(signal.SIGTERM)
        assert await worker.ended() == 0, worker.text
        assert (await worker.said("worker_stop_begun"))["running"]
    async with running_worker(environment):
        assert (await service.verdict(act)).kind is VerdictKind.TAKEN
    assert await violations(service) == ()


async def test_a_silent_temporal_does_not_keep_a_worker_from_stopping(
    beside_it: dict[str, str], own_temporal: EmbeddedTemporal
) -> None:
    async with running_worker({**beside_it, **HURRY}) as worker:
        await worker.said("worker_started")
        freeze(own_temporal)
        worker.signal(signal.SIGTERM)
        assert await worker.ended() == 0, worker.text


async def test_a_temporal_that_is_gone_does_not_keep_a_worker_from_stopping(
    beside_it: dict[str, str], own_temporal: EmbeddedTemporal
) -> None:
    async with running_worker({**beside_it, **HURRY}) as worker:
        await worker.said("worker_started")
        await own_temporal.stop()
        worker.signal(signal.SIGINT)
        assert await worker.ended() == 0, worker.text


async def test_the_second_signal_ends_the_process_at_once(
    beside_it: dict[str, str], own_temporal: EmbeddedTemporal
) -> None:
    async with running_worker(beside_it) as worker:
        await worker.said("worker_started")
        freeze(own_temporal)
        worker.signal(signal.SIGTERM)
        await worker.said("worker_stop_begun")
        worker.signal(signal.SIGTERM)
        assert await worker.ended() == 1, worker.text
        assert await worker.said("worker_stopped_at_once")
