"""A worker that is killed around an act's commit: the act is taken once, whenever it happened."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from domain.stages import Stage, Step
from tests.builders import an_act
from tests.system.worker_that_dies import MOMENTS
from tests.workflows.service import Service


@pytest.mark.parametrize("moment", MOMENTS)
async def test_an_act_has_its_effect_once_although_the_worker_died(
    service: Service, own_ring: Path, temporal_address: str, moment: str
) -> None:
    act = an_act(Step.CHECK_PACKAGE)
    filed = await service.file()
    await service.accept(filed, act)
    await service.ring(filed, act)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")},
        "DATABASE_URL": service.register.app_url,
        "TEMPORAL_ADDRESS": temporal_address,
        "UIDE_KEY_RING": str(own_ring),
        "UIDE_ALLOW_UNSEALED_ACTS": "true",
    }
    dying = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "tests.system.worker_that_dies", moment],
        env=environment,
        cwd=Path(__file__).parents[2],
        timeout=60,
        check=False,
        capture_output=True,
    )
    assert dying.returncode == -9
    async with service.working():
        verdict = await service.verdict(act.act_id)
        progress = await service.progress(filed)
        while progress.stage is Stage.RECEIVED:
            progress = await service.progress(filed)
    assert verdict.stage is progress.stage is Stage.REGISTERED
    assert await service.events(filed) == ["RECEIVED", "REGISTERED", "NOTICE_SENT"]
    assert await service.register.pool.fetchval("SELECT last FROM counter WHERE book = 'REGISTRATION'") == 1
