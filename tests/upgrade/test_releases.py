"""A new release takes over cases at every stage from the one before, on the register that it has migrated."""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause

from activities.register.verify import verify
from domain.stages import Step
from domain.vocabulary import SWEEP_ID, application_workflow_id
from tests.builders import an_act
from tests.upgrade.conftest import Release
from tests.upgrade.every_stage import COMPLAINED, WAYS, Begun, begin_all, end_all
from tests.upgrade.operator import DEPLOYMENT, Operator
from tests.worker.running_worker import running_worker
from tests.workflows.service import Service

FAILED = EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
NONDETERMINISTIC = str(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR)
ROOT = Path(__file__).parents[2]

THIS, NEXT = "0.3.0", "0.3.1"
"""Two builds of this version."""

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


async def test_the_old_worker_of_these_tests_is_the_released_one(released: Release) -> None:
    asked = (
        "import worker.main, workflows, importlib.metadata as of;"
        "print(worker.main.__file__, workflows.__file__, of.version('uide'))"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", asked),
        env={**os.environ, **released.variables},
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    *paths, version = said.decode().split()
    assert [path.startswith(released.folder) for path in paths] == [True, True]
    assert version == released.version


@pytest.mark.timeout(600)
async def test_cases_of_the_release_end_under_a_new_one_that_took_its_place(
    service: Service, environment: Variables, released: Release
) -> None:
    async with running_worker(environment | released.variables) as old:
        await old.said("worker_started")
        begun = await begin_all(service, released.ways)
        old.signal(signal.SIGTERM)
        assert await old.ended() == 0
    async with running_worker(environment):
        await end_all(service, begun)
    assert await failures(service, begun) == []
    assert (await verify(service.register.pool)).violations == ()


@pytest.mark.timeout(600)
async def test_cases_of_the_release_move_to_the_build_that_is_made_current_beside_it(
    service: Service, environment: Variables, released: Release, operator: Operator
) -> None:
    async with (
        running_worker(environment | released.variables) as old,
        running_worker(a_build(environment, THIS)) as new,
    ):
        await old.said("worker_started")
        await new.said("worker_version_is_not_current")
        begun = await begin_all(service, released.ways)
        assert await builds(service, begun) == {""}
        await operator.makes_current(THIS)
        await end_all(service, begun)
    moved = [case for case in begun if case.way.to_do]
    assert await builds(service, moved) == {THIS}
    assert await failures(service, begun) == []
    assert (await verify(service.register.pool)).violations == ()


@pytest.mark.timeout(600)
async def test_two_builds_share_the_cases_while_one_is_ramped_up(
    service: Service, environment: Variables, operator: Operator
) -> None:
    async with running_worker(a_build(environment, THIS)):
        await operator.makes_current(THIS)
        begun = await begin_all(service, WAYS[:4])
        # Only now: Temporal may lose one of two builds that make the deployment known at the same moment.
        async with running_worker(a_build(environment, NEXT)):
            await operator.ramps(NEXT, 50)
            await end_all(service, begun[:2])
            await operator.makes_current(NEXT)
            await end_all(service, begun[2:])
    assert await builds(service, begun) <= {THIS, NEXT}
    assert await failures(service, begun) == []


@pytest.mark.timeout(600)
async def test_what_the_release_before_cannot_read_waits_visibly_and_goes_on_under_the_new_one(
    service: Service, environment: Variables, release_before: Release, operator: Operator
) -> None:
    ways = (*WAYS[1:3], COMPLAINED)
    async with running_worker(environment | release_before.variables):
        async with running_worker(a_build(environment, THIS)):
            await operator.makes_current(THIS)
            begun = await begin_all(service, ways)
            *others, complained = begun
            assert complained.complaint
            await service.verdict(complained.complaint.act_id)
            await service.complaint(await service.complaint_by(complained.complaint))
        await operator.makes_unversioned_current()
        waits = an_act(Step.SUBMIT_PLAN)
        await service.accept(complained.filed, waits)
        await service.ring(complained.filed, waits)
        await somebody_fails(service, begun)
        # Cases that this version has not carried past one of its changes go on under the old one.
        await end_all(service, others)
        async with running_worker(a_build(environment, THIS)):
            await operator.makes_current(THIS)
            assert (await service.verdict(waits.act_id)).reason is None
            await end_all(service, [replace(complained, way=replace(COMPLAINED, to_do=COMPLAINED.to_do[1:]))])
    where = application_workflow_id(complained.filed.case_id)
    assert set(await failures(service, begun)) == {f"{where}: {NONDETERMINISTIC}"}
    assert (await verify(service.register.pool)).violations == ()
