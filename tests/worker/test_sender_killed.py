"""A worker that is killed between the sending and its commit: the event is sent again and has no second effect."""

import asyncio
import signal
from pathlib import Path

from tests.activities.monitoring_system import simulated_monitoring
from tests.worker.running_worker import running_worker
from tests.workflows.service import Service


async def test_par_8_r8_1_a_worker_killed_after_the_sending_and_before_its_commit_has_no_second_effect(
    environment: dict[str, str], service: Service, tmp_path: Path
) -> None:
    async with simulated_monitoring(tmp_path) as monitoring:
        told = {**environment, "UIDE_MONITORING_URL": monitoring.url}
        filed = await service.file()
        async with service.register.owner() as owner, owner.transaction():
            await owner.execute("SELECT FROM outbox FOR UPDATE")
            async with running_worker(told) as worker:
                while not await monitoring.kept():
                    await asyncio.sleep(0.05)
                worker.signal(signal.SIGKILL)
                await worker.ended()
            # The server goes on with a statement whose client is gone, until it gives the lock up.
            while await owner.fetchval("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"):
                await asyncio.sleep(0.05)
        assert await service.register.pool.fetchval("SELECT receipt FROM outbox") is None
        async with running_worker(told):
            receipt = await service.until("SELECT receipt FROM outbox")
        assert [event["receipt"] for event in await monitoring.events()] == [receipt]
        assert set(await monitoring.deliveries()) == {f"{filed.number}:1"}
        assert await monitoring.kept() == [f"{filed.number}:1"]
        assert len(await monitoring.deliveries()) > 1
