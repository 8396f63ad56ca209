"""The workflow that has a root written every day."""

from datetime import timedelta
from pathlib import Path

from temporalio.client import Client, WorkflowHandle
from temporalio.testing import TimeSkipper
from temporalio.worker import Worker

from activities.register.evidence.root_folder import RootFolder
from activities.roots import RootActivities
from domain.legal_time import legal_date, local_time
from tests.databases import Register
from worker.main import WORKFLOWS
from workflows.root import DailyRoot


async def test_a_root_is_written_at_once_and_then_every_night(
    register: Register, client: Client, tmp_path: Path
) -> None:
    folder = RootFolder(tmp_path / "roots")
    activities = RootActivities(register.pool, folder)
    await register.file()
    async with Worker(
        client, task_queue="roots", workflows=WORKFLOWS, activities=[activities.write_daily_root]
    ):
        handle: WorkflowHandle[DailyRoot, None] = await client.start_workflow(
            DailyRoot.run, id="housekeeping/root-of-this-test", task_queue="roots"
        )
        skipper = TimeSkipper(client)
        for days in (1, 2):
            await skipper.fast_forward(handle, timedelta(days=1))
            while len(folder.roots()) < days + 1:
                await skipper.fast_forward(handle, timedelta(0))
        metadata = await handle.query("__temporal_workflow_metadata")
        await handle.terminate("the test is over")
    moments = [local_time(root.at) for root in folder.roots()]
    first = legal_date(moments[0])
    assert [legal_date(moment) - first for moment in moments] == [timedelta(days=day) for day in range(3)]
    assert [moment.hour for moment in moments[1:]] == [1, 1]
    assert "cases **1**" in metadata.current_details
