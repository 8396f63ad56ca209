"""The worker process: runs the workflows and their activities until it is told to stop."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError
from temporalio.worker import Worker

from activities.calendar_change import CalendarActivities
from activities.complaints import ComplaintActivities
from activities.doorbell import Doorbell
from activities.gateway.client import Gateway, open_gateway
from activities.housekeeping import HousekeepingActivities
from activities.inquiry import InquiryActivities
from activities.ordered_period import PeriodActivities
from activities.papers import Templates
from activities.procedure import ProcedureActivities
from activities.register.evidence.root_folder import RootFolder
from activities.register.house_rules import HouseRules
from activities.register.pool import POOL_SIZE, Pool
from activities.rendering import PaperActivities, PaperRenderer, templates_at
from activities.roots import RootActivities
from activities.sending.monitoring import open_monitoring
from activities.sending.post import Post
from activities.sending.sender import NO_OUTLETS, Outlets, SendingActivities
from domain.destination import Carrier
from domain.legal_time import check_time_zone, legal_date
from domain.refusal import InputRefused
from domain.vocabulary import (
    INQUIRY_ID,
    ROOT_ID,
    SEARCH_ATTRIBUTES,
    SWEEP_ID,
    TASK_QUEUE,
    sender_workflow_id,
)
from worker.activity_log import ActivityLog
from worker.connection import TemporalUnreachable, connect
from worker.deployment import command_to_make_current, deployment_config, read_deployed
from worker.key_ring import KeyRingUnusable
from worker.live_key_ring import LiveKeyRing
from worker.logs import configure_logs
from worker.namespace import RETENTION, NamespaceRefused, require_namespace
from worker.register_connection import RegisterUnreachable, register_open
from worker.runtime import build_runtime, end_runtimes
from worker.settings import Settings, read_settings
from worker.stop import Stop
from worker.watched import watched
from workflows.application import ApplicationProcedure
from workflows.calendar_change import CalendarChange
from workflows.complaint import ComplaintProcedure
from workflows.doorbell import TemporalDoorbell
from workflows.housekeeping import Sweep
from workflows.inquiry import Inquiry
from workflows.ordered_period import PeriodWatch
from workflows.root import DailyRoot
from workflows.sender import Sender, Sending

log = structlog.get_logger()


WORKFLOWS = (
    ApplicationProcedure,
    ComplaintProcedure,
    PeriodWatch,
    Sweep,
    DailyRoot,
    Inquiry,
    Sender,
    CalendarChange,
)


class Kept(NamedTuple):
    """What runs for ever under a name of its own, and how operators see it."""

    run: Callable[..., Awaitable[None]]
    id: str
    summary: str
    arguments: tuple[Any, ...] = ()


HOUSEKEEPING = (
    Kept(Sweep.run, SWEEP_ID, "Housekeeping: what nobody heard"),
    Kept(DailyRoot.run, ROOT_ID, "Housekeeping: the daily root of the register"),
    Kept(Inquiry.run, INQUIRY_ID, "Housekeeping: what information systems know (R5.8)"),
    *(
        Kept(Sender.run, sender_workflow_id(carrier), summary, (Sending(carrier=carrier),))
        for carrier, summary in {
            Carrier.MONITORING: "Housekeeping: what the monitoring system is to be told (R8.1)",
            Carrier.MAIL: "Housekeeping: what people are told by e-mail",
        }.items()
    ),
)

WORKFLOW_TASKS = 16
"""At a time: a task has ten seconds, and one process with more of them than it can end in that ends none in time."""

HOUSEKEEPING_SECONDS = 30.0
"""How often a worker looks whether the housekeeping runs."""


def all_activities(
    pool: Pool,
    doorbell: Doorbell,
    templates: Templates,
    rules: HouseRules,
    roots: Path | None = None,
    gateway: Gateway | None = None,
    outlets: Outlets = NO_OUTLETS,
) -> list[Callable[..., Awaitable[Any]]]:
    """Every activity of the service on this register, with what of the outside world is named."""
    renderer = PaperRenderer(pool, templates)
    procedure = ProcedureActivities(pool, rules)
    papers = PaperActivities(pool, renderer)
    periods = PeriodActivities(pool, rules)
    complaints = ComplaintActivities(pool, rules, renderer, doorbell)
    housekeeping = HousekeepingActivities(pool, doorbell, renderer, rules)
    daily = RootActivities(pool, RootFolder(roots) if roots else None)
    calendar = CalendarActivities(pool, doorbell)
    inquiry = InquiryActivities(pool, gateway)
    sending = SendingActivities(pool, rules, outlets)
    return [
        procedure.read_case,
        procedure.take_act,
        procedure.write_messages,
        procedure.reach_milestone,
        procedure.end_procedure,
        papers.render_papers,
        periods.read_period,
        periods.reach_period_milestone,
        complaints.read_complaint,
        complaints.take_complaint_act,
        complaints.write_complaint_messages,
        complaints.reach_complaint_milestone,
        complaints.end_complaint,
        complaints.render_complaint_papers,
        complaints.tell_the_application,
        housekeeping.sweep,
        daily.write_daily_root,
        calendar.write_calendar_acts,
        calendar.look_at_recount,
        inquiry.inquire,
        sending.send,
    ]


async def start_housekeeping(client: Client) -> None:
    """Starts each workflow of the housekeeping unless it runs."""
    for kept in HOUSEKEEPING:
        await client.start_workflow(
            kept.run,
            args=kept.arguments,
            id=kept.id,
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary=kept.summary,
        )


@asynccontextmanager
async def housekeeping(client: Client, pause: float = HOUSEKEEPING_SECONDS) -> AsyncIterator[None]:
    """Has the housekeeping run as long as the block: on a Temporal that has lost its data meanwhile, too."""
    await start_housekeeping(client)
    async with asyncio.TaskGroup() as group:
        keeping = group.create_task(_keep_housekeeping(client, pause))
        yield
        keeping.cancel()


async def _keep_housekeeping(client: Client, pause: float) -> None:
    while True:
        await asyncio.sleep(pause)
        try:
            await start_housekeeping(client)
        except RPCError as error:
            log.warning("housekeeping_not_looked_after", cause=error.status.name)


async def run(settings: Settings, stop: Stop) -> None:
    """Works until it is asked to stop, then ends what it has begun within the graceful time."""
    check_time_zone(legal_date(datetime.now(UTC)))
    templates = templates_at(settings.paper_templates)
    runtime = build_runtime(settings)
    client = await connect(settings, LiveKeyRing(settings.key_ring), runtime=runtime)
    await require_namespace(client.service_client, settings.namespace, RETENTION, SEARCH_ATTRIBUTES)
    server = settings.mail_server
    async with (
        register_open(settings, POOL_SIZE) as pool,
        open_gateway(settings.gateway_url) as gateway,
        open_monitoring(settings.monitoring_url) as monitoring,
    ):
        doorbell = await TemporalDoorbell.at(client)
        worker = Worker(
            client,
            task_queue=TASK_QUEUE,
            workflows=WORKFLOWS,
            activities=all_activities(
                pool,
                doorbell,
                templates,
                settings.house_rules,
                settings.roots,
                gateway,
                Outlets(monitoring, Post(server) if server else None),
            ),
            # Each holds one connection at a time: what waits its turn waits in Temporal, not in an attempt.
            max_concurrent_activities=POOL_SIZE,
            max_concurrent_workflow_tasks=WORKFLOW_TASKS,
            interceptors=[stop.running, ActivityLog()],
            graceful_shutdown_timeout=settings.time_for_activities,
            deployment_config=deployment_config(settings.deployment_version),
        )
        works = lambda: worker.is_running and not stop.asked.is_set()  # noqa: E731
        async with (
            watched(settings, client, runtime, doorbell, works),
            worker,
            housekeeping(client),
        ):
            log.info("worker_started", namespace=client.namespace, task_queue=TASK_QUEUE)
            await _say_who_gets_tasks(client, settings)
            await stop.asked.wait()
    log.info("worker_stopped", left=stop.running.names)


async def _say_who_gets_tasks(client: Client, settings: Settings) -> None:
    version = settings.deployment_version
    if version is None:
        return
    deployed = await read_deployed(client.service_client, client.namespace, version)
    if deployed.gets_tasks:
        log.info("worker_version", version=version.to_canonical_string(), **deployed._asdict())
    else:
        log.warning(
            "worker_version_is_not_current",
            version=version.to_canonical_string(),
            meaning="this worker gets no tasks until its version is made the current one",
            command=command_to_make_current(version, client.namespace),
        )


async def main() -> int:
    """The process: settings from the environment, until SIGINT or SIGTERM; 1 when it cannot begin."""
    configure_logs()
    stop = Stop()
    stop.listen()
    try:
        settings = read_settings()
        await stop.over(run(settings, stop), settings.graceful_shutdown)
    except (
        InputRefused,
        KeyRingUnusable,
        NamespaceRefused,
        RegisterUnreachable,
        TemporalUnreachable,
    ) as error:
        log.error("worker_cannot_start", cause=str(error))
        return 1
    return 0


if __name__ == "__main__":
    try:
        exit_code = asyncio.run(main())
    finally:
        end_runtimes()
    sys.exit(exit_code)
