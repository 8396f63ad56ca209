"""What `uide verify` compares between PostgreSQL and Temporal."""

import pytest
from temporalio.client import Client

from activities.register.checks.found import Found
from domain.stages import Step
from domain.vocabulary import NAMESPACE, TASK_QUEUE
from starter import temporal_agreement
from starter.temporal_agreement import find_disagreements
from tests.builders import a_child, an_act, an_application
from tests.workflows.service import Service
from workflows.application import ApplicationProcedure
from workflows.application_file import ApplicationCase


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What really differs is known after two looks."""
    monkeypatch.setattr(temporal_agreement, "_LOOKS_AGAIN", 3)
    monkeypatch.setattr(temporal_agreement, "_SETTLE_SECONDS", 0.3)


async def disagreements(service: Service) -> list[Found]:
    """Cases become old enough first, so that each should have its workflow."""
    async with service.register.owner() as owner:
        await owner.execute("ALTER TABLE procedure DISABLE TRIGGER USER")
        await owner.execute("UPDATE procedure SET written_at = written_at - interval '1 h'")
        await owner.execute("UPDATE complaint SET written_at = written_at - interval '1 h'")
    return await find_disagreements(service.register.pool, service.client.service_client, NAMESPACE)


async def test_cases_that_go_their_way_are_at_the_same_stage_in_both(service: Service) -> None:
    async with service.working():
        first, second = await service.file(), await service.file(an_application(child=a_child(2)))
        await service.do(first, an_act(Step.CHECK_PACKAGE))
        assert await disagreements(service) == []
    assert second.created


async def test_a_case_without_a_workflow_is_named(service: Service) -> None:
    filed = await service.file(start=False)
    found = await disagreements(service)
    assert [(one.subject, one.what) for one in found] == [
        (filed.number, "it has not ended and has 0 running workflows")
    ]


async def test_a_stage_that_only_the_register_knows_is_named(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.CHECK_PACKAGE))
        async with service.register.owner() as owner:
            await owner.execute("UPDATE procedure SET stage = 'PLAN_READY'")
        found = await disagreements(service)
    assert [(one.subject, one.what) for one in found] == [
        (filed.number, "it is at the stage PLAN_READY, its workflow at REGISTERED")
    ]


async def test_a_workflow_of_a_case_that_has_ended_is_named(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.WITHDRAW))
        async with service.register.owner() as owner:
            await owner.execute("UPDATE procedure SET ended_at = now()")
        found = await disagreements(service)
    assert [one.subject for one in found] == [filed.number]
    assert "it has ended" in found[0].what


async def test_a_complaint_is_at_the_same_stage_in_both_and_one_without_a_workflow_is_named(
    service: Service,
) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.CHECK_PACKAGE))
        complaint = await service.complain(filed)
        assert await disagreements(service) == []
        await service.handle_of(complaint).terminate("by mistake")
        found = await disagreements(service)
    assert [(one.subject, one.what) for one in found] == [
        (complaint.number, "it has not ended and has 0 running workflows")
    ]


async def test_a_workflow_without_a_case_is_named(service: Service, client: Client) -> None:
    filed = await service.file(start=False)
    stranger = "application/00000000-0000-4000-8000-000000000001"
    handle = await client.start_workflow(
        ApplicationProcedure.run,
        ApplicationCase(case_id=filed.case_id),
        id=stranger,
        task_queue=f"{TASK_QUEUE}-nobody-works-on",
    )
    try:
        found = await disagreements(service)
    finally:
        await handle.terminate("the test is over")
    assert (
        stranger.partition("/")[2],
        f"the workflow {stranger} runs, the register knows nothing of it",
    ) in {(one.subject, one.what) for one in found}
