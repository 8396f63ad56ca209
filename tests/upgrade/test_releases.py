"""A new release takes over cases at every stage from the one before, on the register that it has migrated."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause

from activities.register.verify import verify
from domain.stages import Step
from domain.vocabulary import SWEEP_ID
from tests.builders import an_act
from tests.upgrade.every_stage import WAYS, Begun, begin_all, end_all
from tests.upgrade.operator import DEPLOYMENT, Operator
from tests.worker.running_worker import running_worker
from tests.workflows.service import Service

FAILED = EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
NONDETERMINISTIC = str(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR)
ROOT = Path(__file__).parents[2]

Variables = dict[str, str]


def a_build(environment: Variables, build: str) -> Variables:
    """A worker of this version, as that build."""
    return {**environment, "UIDE_WORKER_DEPLOYMENT": DEPLOYMENT, "UIDE_BUILD_ID": build}


async def failures(service: Service, begun: list[Begun]) -> list[str]:
    """What the server has noted of failed workflow tasks, in the histories of the cases and of the sweep."""
    handles = [service.handle(case.filed.case_id) for case in begun]
    histories = [
        await handle.fetch_history() for handle in (*handles, service.client.get_workflow_handle(SWEEP_ID))
    ]
    return [
        f"{history.workflow_id}: {event.workflow_task_failed_event_attributes.cause}"
        for history in histories
        for event in history.events
        if event.event_type == FAILED
    ]


async def somebody_fails(service: Service, begun: list[Begun]) -> None:
    while not await failures(service, begun):
        await asyncio.sleep(0.5)


async def builds(service: Service, begun: list[Begun]) -> set[str]:
    """As which builds the last tasks of the cases were done; empty without a version."""
    descriptions = [await service.handle(case.filed.case_id).describe() for case in begun]
    infos = [described.raw_description.workflow_execution_info for described in descriptions]
    return {info.versioning_info.deployment_version.build_id for info in infos}


async def test_the_old_worker_of_these_tests_is_the_released_one(released: Variables) -> None:
    asked = (
        "import worker.main, workflows, activities, domain; print(worker.main.__file__, workflows.__file__)"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", asked),
        env={**os.environ, **released},
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert [path.startswith(released["PYTHONPATH"]) for path in said.decode().split()] == [True, True]


@pytest.mark.timeout(300)
async def test_cases_of_the_release_end_under_a_new_one_that_took_its_place(
    service: Service, environment: Variables, released: Variables
) -> None:
    async with running_worker(environment | released) as old:
        await old.said("worker_started")
        begun = await begin_all(service)
        old.signal(signal.SIGTERM)
        assert await old.ended() == 0
    async with running_worker(environment):
        await end_all(service, begun)
    assert await failures(service, begun) == []
    assert (await verify(service.register.pool)).violations == ()


@pytest.mark.timeout(300)
async def test_cases_of_the_release_move_to_the_build_that_is_made_current_beside_it(
    service: Service, environment: Variables, released: Variables, operator: Operator
) -> None:
    async with (
        running_worker(environment | released) as old,
        running_worker(a_build(environment, "0.2.0")) as new,
    ):
        await old.said("worker_started")
        await new.said("worker_version_is_not_current")
        begun = await begin_all(service)
        assert await builds(service, begun) == {""}
        await operator.makes_current("0.2.0")
        await end_all(service, begun)
    moved = [case for case in begun if case.way.to_do]
    assert await builds(service, moved) == {"0.2.0"}
    assert await failures(service, begun) == []
    assert (await verify(service.register.pool)).violations == ()


@pytest.mark.timeout(300)
async def test_two_builds_share_the_cases_while_one_is_ramped_up(
    service: Service, environment: Variables, operator: Operator
) -> None:
    async with running_worker(a_build(environment, "0.2.0")):
        await operator.makes_current("0.2.0")
        begun = await begin_all(service, WAYS[:4])
        # Only now: Temporal may lose one of two builds that make the deployment known at the same moment.
        async with running_worker(a_build(environment, "0.2.1")):
            await operator.ramps("0.2.1", 50)
            await end_all(service, begun[:2])
            await operator.makes_current("0.2.1")
            await end_all(service, begun[2:])
    assert await builds(service, begun) <= {"0.2.0", "0.2.1"}
    assert await failures(service, begun) == []


@pytest.mark.timeout(300)
async def test_what_the_release_before_cannot_read_waits_visibly_and_goes_on_under_the_new_one(
    service: Service, environment: Variables, released: Variables, operator: Operator
) -> None:
    async with running_worker(environment | released):
        async with running_worker(a_build(environment, "0.2.0")):
            await operator.makes_current("0.2.0")
            begun = await begin_all(service, WAYS[:4])
        await operator.makes_unversioned_current()
        refused = an_act(Step.CHECK_PACKAGE)
        await service.accept(begun[1].filed, refused)
        await service.ring(begun[1].filed, refused)
        await somebody_fails(service, begun)
        async with running_worker(a_build(environment, "0.2.0")):
            await operator.makes_current("0.2.0")
            await end_all(service, begun)
    assert {failure.rpartition(" ")[2] for failure in await failures(service, begun)} == {NONDETERMINISTIC}
    assert (await verify(service.register.pool)).violations == ()
