"""The key of the payloads is exchanged while cases are open: all goes on, on a worker that is never restarted."""

import asyncio
import shutil
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHistory

from activities.register.intake import Filed
from domain.stages import Stage, Step
from domain.vocabulary import NAMESPACE
from starter.embedded.temporal_server import EmbeddedTemporal
from tests.builders import a_child, an_act, an_application
from tests.databases import Register
from tests.workflows.service import Service
from worker.key_ring import KeyRing
from worker.live_key_ring import LiveKeyRing
from worker.plugin import uide_plugin

FAILED = EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED


@dataclass(frozen=True)
class Machine:
    """A machine with its own copy of the key ring, and the service as it runs there."""

    ring: Path
    service: Service

    @classmethod
    async def with_ring(cls, ring: Path, register: Register, temporal: EmbeddedTemporal) -> "Machine":
        plugins = [uide_plugin(LiveKeyRing(ring), NAMESPACE)]
        client = await Client.connect(temporal.address, namespace=NAMESPACE, plugins=plugins)
        return cls(ring, await Service.at(register, client))

    def copy_ring_to(self, other: "Machine") -> None:
        copy = shutil.copy(self.ring, other.ring.with_suffix(".copy"))
        Path(copy).replace(other.ring)

    def add_key(self) -> str:
        return KeyRing.change(self.ring, lambda ring: ring.with_new_key(datetime.now(UTC))).keys[-1].id

    def promote(self, key_id: str) -> None:
        KeyRing.change(self.ring, lambda ring: ring.with_primary(key_id))

    async def history(self, filed: Filed) -> WorkflowHistory:
        return await self.service.handle(filed.case_id).fetch_history()


@pytest.fixture
async def office(register: Register, temporal: EmbeddedTemporal, tmp_path: Path) -> AsyncIterator[Machine]:
    """Where applications and acts are accepted, and keys are made."""
    KeyRing.create(tmp_path / "office.json", datetime.now(UTC))
    machine = await Machine.with_ring(tmp_path / "office.json", register, temporal)
    yield machine
    await machine.service.close()


@pytest.fixture
async def worker(office: Machine, register: Register, temporal: EmbeddedTemporal, tmp_path: Path) -> Machine:
    """Where the worker runs."""
    shutil.copy(office.ring, tmp_path / "worker.json")
    return await Machine.with_ring(tmp_path / "worker.json", register, temporal)


SIGNALLED, SCHEDULED = "EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED", "EVENT_TYPE_ACTIVITY_TASK_SCHEDULED"


def _sealed(key_id: str, history: WorkflowHistory, event_type: str, named: str = "") -> list[bool]:
    """Of each event of that type, whether the key has sealed it."""
    seal = b64encode(key_id.encode()).decode()
    events = [str(event) for event in history.to_json_dict()["events"]]
    return [seal in event for event in events if event_type in event and named in event]


async def test_a_case_begun_under_the_old_key_ends_under_the_new_one(
    office: Machine, worker: Machine
) -> None:
    first = KeyRing.load(office.ring).primary_id
    async with worker.service.working():
        filed = await office.service.file()
        await office.service.do(filed, an_act(Step.CHECK_PACKAGE))
        added = office.add_key()
        office.copy_ring_to(worker)
        await office.service.do(filed, an_act(Step.ADMIT))
        office.promote(added)
        office.copy_ring_to(worker)
        await office.service.do(filed, an_act(Step.SUBMIT_PLAN), an_act(Step.SIGN_ORDER))
        history = await office.history(filed)
    assert _sealed(first, history, SIGNALLED) == [True, True, False, False]
    assert _sealed(added, history, SIGNALLED) == [False, False, True, True]
    assert _sealed(added, history, SCHEDULED, "take_act") == [False, False, True, True]
    assert FAILED not in [event.event_type for event in history.events]


async def test_every_event_of_both_keys_is_read_by_a_worker_that_remembers_nothing(
    office: Machine, worker: Machine
) -> None:
    filed = await office.service.file()
    async with worker.service.working():
        await office.service.do(filed, an_act(Step.CHECK_PACKAGE))
    office.promote(office.add_key())
    office.copy_ring_to(worker)
    async with worker.service.working(max_cached_workflows=0):
        verdict = await office.service.do(filed, an_act(Step.ADMIT))
    assert verdict.stage is Stage.WITH_SPECIALISTS


async def test_a_worker_that_lacks_the_key_fails_visibly_and_goes_on_when_it_gets_it(
    office: Machine, worker: Machine
) -> None:
    async with worker.service.working():
        begun = await office.service.file()
        await office.service.do(begun, an_act(Step.CHECK_PACKAGE))
        office.promote(office.add_key())
        act, fresh = an_act(Step.ADMIT), await office.service.file(an_application(child=a_child(2)))
        await office.service.accept(begun, act)
        await office.service.ring(begun, act)
        for filed in (begun, fresh):
            await _fails_visibly(office, filed)
        office.copy_ring_to(worker)
        assert (await office.service.verdict(act.act_id)).stage is Stage.WITH_SPECIALISTS
        assert (await office.service.do(fresh, an_act(Step.CHECK_PACKAGE))).stage is Stage.REGISTERED
    for filed in (begun, fresh):
        description = await office.service.handle(filed.case_id).describe()
        assert description.status is WorkflowExecutionStatus.RUNNING


async def _fails_visibly(office: Machine, filed: Filed) -> None:
    for _ in range(600):
        if FAILED in [event.event_type for event in (await office.history(filed)).events]:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("no workflow task failed")
