"""The worker process: runs the workflows and their activities until it is told to stop."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.worker import Worker

from activities.doorbell import Doorbell
from activities.housekeeping import HousekeepingActivities
from activities.procedure import ProcedureActivities
from activities.register.pool import Pool, open_pool
from domain.legal_time import check_time_zone, legal_date
from domain.refusal import InputRefused
from domain.vocabulary import SWEEP_ID, TASK_QUEUE
from worker.connection import TemporalUnreachable, connect
from worker.key_ring import KeyRing, KeyRingUnusable
from worker.logs import configure_logs
from worker.runtime import build_runtime
from worker.settings import Settings, read_settings
from workflows.application import ApplicationProcedure
from workflows.doorbell import TemporalDoorbell
from workflows.housekeeping import Sweep

log = structlog.get_logger()


WORKFLOWS = (ApplicationProcedure, Sweep)


def all_activities(
    pool: Pool, doorbell: Doorbell, *, unsealed_allowed: bool
) -> list[Callable[..., Awaitable[Any]]]:
    """Every activity of the service on this register."""
    procedure = ProcedureActivities(pool, unsealed_allowed=unsealed_allowed)
    housekeeping = HousekeepingActivities(pool, doorbell, unsealed_allowed=unsealed_allowed)
    return [
        procedure.read_case,
        procedure.take_act,
        procedure.write_messages,
        procedure.reach_milestone,
        procedure.end_procedure,
        housekeeping.sweep,
    ]


async def start_housekeeping(client: Client) -> None:
    """Starts the sweep unless it runs."""
    await client.start_workflow(
        Sweep.run,
        id=SWEEP_ID,
        task_queue=TASK_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        static_summary="Housekeeping: what nobody heard",
    )


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Works until `stop` is set, then ends what it has begun within the graceful time."""
    check_time_zone(legal_date(datetime.now(UTC)))
    runtime = build_runtime(settings)
    client = await connect(settings, KeyRing.load(settings.key_ring), runtime=runtime)
    pool = await open_pool(settings.database_url.get_secret_value())
    try:
        doorbell = await TemporalDoorbell.at(client)
        worker = Worker(
            client,
            task_queue=TASK_QUEUE,
            workflows=WORKFLOWS,
            activities=all_activities(pool, doorbell, unsealed_allowed=settings.allow_unsealed_acts),
            graceful_shutdown_timeout=settings.graceful_shutdown,
        )
        async with worker:
            await start_housekeeping(client)
            log.info("worker_started", namespace=client.namespace, task_queue=TASK_QUEUE)
            await stop.wait()
    finally:
        await pool.close()
    log.info("worker_stopped")


async def main() -> int:
    """The process: settings from the environment, until SIGINT or SIGTERM; 1 when it cannot begin."""
    configure_logs()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        await run(read_settings(), stop)
    except (InputRefused, KeyRingUnusable, TemporalUnreachable) as error:
        log.error("worker_cannot_start", cause=str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
