"""Papers are rendered beside the procedure, which never waits for them before its end."""

from datetime import timedelta
from pathlib import Path

from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import ActivityEnvironment

from activities.housekeeping import Beginning, Swept
from activities.register.intake import Filed
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.builders import an_act, an_office_application
from tests.templates import BUILT_IN, REFUSAL_AT_FAULT, templates_with
from tests.workflows.service import Service

RUNNING = WorkflowExecutionStatus.RUNNING
A_MOMENT = timedelta(minutes=1)
ALL_RENDERED = "SELECT count(*) = $1 AND bool_and(content IS NOT NULL) FROM paper"
ABSENT = [{"document": kind, "present": False} for kind in ("APPLICATION", "VKK_CONCLUSION")]
AT_FAULT = {**REFUSAL_AT_FAULT, "receipt": "#let receipt(..) = panic()"}


async def refused(service: Service) -> Filed:
    filed = await service.file(an_office_application(documents=[]))
    await service.do(filed, an_act(Step.CHECK_PACKAGE, items=ABSENT), an_act(Step.REFUSE))
    return filed


async def test_par_5_to_7_every_paper_of_a_case_is_rendered_by_its_workflow(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        way = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
        await service.do(filed, *(an_act(step) for step in way))
        assert await service.until(ALL_RENDERED, 2)


async def test_par_4_the_receipt_is_rendered_as_soon_as_the_workflow_runs(service: Service) -> None:
    async with service.working():
        await service.file(an_office_application())
        assert await service.until(ALL_RENDERED, 1)


async def test_d1_the_notice_of_silence_is_rendered_too(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.forward_to(filed, filed.due_at + A_MOMENT)
        assert await service.until(ALL_RENDERED, 1)


async def _being_rendered(service: Service, filed: Filed) -> bool:
    """Whether the workflow asks for the papers now, as soon as it does; never, if it ends before."""
    while (described := await service.handle(filed.case_id).describe()).status is RUNNING:
        pending = described.raw_description.pending_activities
        if any(activity.activity_type.name == "render_papers" for activity in pending):
            return True
    return False


async def test_a_template_at_fault_holds_up_no_act_and_is_seen(service: Service, tmp_path: Path) -> None:
    service.templates = templates_with(tmp_path, AT_FAULT)
    async with service.working():
        filed = await refused(service)
        assert await _being_rendered(service, filed)
        verdict = await service.do(filed, an_act(Step.RECORD_DELIVERY))
    assert (verdict.kind, verdict.stage) == (VerdictKind.TAKEN, Stage.REFUSED)


async def test_what_a_corrected_template_renders_is_rendered_by_itself(
    service: Service, tmp_path: Path
) -> None:
    service.templates = templates_with(tmp_path, AT_FAULT)
    async with service.working():
        await refused(service)
    service.templates = BUILT_IN
    async with service.working():
        assert await service.until(ALL_RENDERED, 2)


async def test_the_workflow_of_an_ended_case_waits_for_its_papers(service: Service, tmp_path: Path) -> None:
    async with service.working():
        filed = await refused(service)
        await service.until(ALL_RENDERED, 2)
        window = (await service.progress(filed)).window_until
        assert window is not None
        await service.forward_to(filed, window - A_MOMENT)
    async with service.register.owner() as owner:
        await owner.execute("ALTER TABLE paper DISABLE TRIGGER USER")
        await owner.execute("UPDATE paper SET content = NULL, sha256 = NULL, template = NULL")
    service.templates = templates_with(tmp_path, AT_FAULT)
    async with service.working():
        await service.forward_to(filed, window + A_MOMENT)
        await service.until("SELECT true FROM procedure WHERE ended_at IS NOT NULL")
        assert await _being_rendered(service, filed)
    service.templates = BUILT_IN
    async with service.working():
        assert (await service.handle(filed.case_id).result()).papers_to_render == 0


async def _sweep(service: Service) -> Swept:
    now = await service.register.pool.fetchval("SELECT now()")
    return await ActivityEnvironment().run(service.housekeeping().sweep, Beginning(now=now))


async def _age(service: Service) -> None:
    async with service.register.owner() as owner:
        await owner.execute("UPDATE paper SET written_at = written_at - interval '61 seconds'")


async def test_the_sweep_renders_what_no_workflow_has_rendered(service: Service) -> None:
    await service.file(an_office_application(), start=False)
    assert (await _sweep(service)).rendered == 0
    await _age(service)
    assert (await _sweep(service)).rendered == 1
    assert await service.register.pool.fetchval(ALL_RENDERED, 1)
    assert (await _sweep(service)).rendered == 0


async def test_a_paper_that_the_sweep_cannot_render_keeps_no_other_case_waiting(
    service: Service, tmp_path: Path
) -> None:
    service.templates = templates_with(tmp_path, AT_FAULT)
    await service.file(an_office_application(), start=False)
    await _age(service)
    swept = await _sweep(service)
    assert (swept.rendered, swept.missed) == (0, 1)
