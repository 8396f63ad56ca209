"""The sender on the real server: what waits goes out by itself, and who is away holds up nobody else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio import activity
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import TimeSkipper
from temporalio.worker import Worker

from activities.sending.sender import Outlets, Round, SendingActivities, Sent
from domain.destination import Carrier
from domain.vocabulary import sender_workflow_id
from starter.simulators.monitoring import Mode
from tests.activities.mail_server import Mailbox, a_post, mail_server
from tests.activities.monitoring_system import SimulatedMonitoring, simulated_monitoring
from tests.builders import RECEIVED_AT, an_applicant, an_application
from tests.databases import RULES
from tests.workflows.service import Service
from worker.main import start_housekeeping
from workflows.sender import Sender, Sending, Way

ADDRESS = "gauhar@example.kz"


@pytest.fixture
async def monitoring(tmp_path: Path) -> AsyncIterator[SimulatedMonitoring]:
    async with simulated_monitoring(tmp_path) as simulated:
        yield simulated


@asynccontextmanager
async def sending(
    service: Service, carrier: Carrier, outlets: Outlets
) -> AsyncIterator["WorkflowHandle[Sender, None]"]:
    """The sender of a carrier as the service runs it, on a queue of its own."""
    queue = f"sender-{uuid4()}"
    activities = SendingActivities(service.register.pool, RULES, outlets)
    async with Worker(service.client, task_queue=queue, workflows=[Sender], activities=[activities.send]):
        handle: WorkflowHandle[Sender, None] = await service.client.start_workflow(
            Sender.run,
            Sending(carrier=carrier),
            id=f"{sender_workflow_id(carrier)}/{queue}",
            task_queue=queue,
        )
        yield handle
        await handle.terminate("the test is over")


async def details(handle: "WorkflowHandle[Sender, None]") -> str:
    metadata = await handle.query("__temporal_workflow_metadata")
    shown: str = metadata.current_details
    return shown


async def test_par_8_r8_1_what_is_filed_while_the_sender_runs_is_told_by_itself(
    service: Service, monitoring: SimulatedMonitoring
) -> None:
    async with sending(service, Carrier.MONITORING, Outlets(monitoring.system)) as handle:
        filed = await service.file(start=False)
        await service.until("SELECT receipt FROM outbox WHERE destination = 'MONITORING'")
        assert await monitoring.kept() == [f"{filed.number}:1"]
        while "sent: **1**" not in await details(handle):
            await asyncio.sleep(0.1)


async def test_par_8_r8_1_an_outage_is_shown_and_over_by_itself(
    service: Service, monitoring: SimulatedMonitoring
) -> None:
    await service.file(start=False)
    await monitoring.behave(Mode.DOWN)
    async with sending(service, Carrier.MONITORING, Outlets(monitoring.system)) as handle:
        while "status 503" not in (shown := await details(handle)):
            await asyncio.sleep(0.1)
        assert "waiting: **1**, the oldest since" in shown
        assert "pause between rounds: 20 s" in shown
        await monitoring.kill()
        await monitoring.start()
        await service.register.pool.execute("UPDATE sending_failure SET next_try_at = clock_timestamp()")
        await service.until("SELECT receipt FROM outbox WHERE destination = 'MONITORING'")


async def test_a_monitoring_system_that_does_not_answer_holds_up_no_mail(
    service: Service, monitoring: SimulatedMonitoring
) -> None:
    mailbox = Mailbox()
    await service.file(an_application(applicant=an_applicant(email=ADDRESS)), start=False)
    await service.register.pool.execute(
        "INSERT INTO outbox (case_id, seq, destination, event, body, at)"
        " SELECT case_id, 2, 'APPLICANT', 'NOTICE_SENT', '{}', at FROM outbox"
    )
    await monitoring.behave(Mode.MINUTE)
    async with (
        mail_server(mailbox) as port,
        sending(service, Carrier.MONITORING, Outlets(monitoring.system)),
        sending(service, Carrier.MAIL, Outlets(post=a_post(port))) as handle,
    ):
        await service.until("SELECT receipt FROM outbox WHERE destination = 'APPLICANT'")
        while "sent: **1**" not in (shown := await details(handle)):
            await asyncio.sleep(0.1)
    assert len(mailbox.to(ADDRESS)) == 1
    assert shown.startswith("### E-mail")


class _Busy:
    """Stands where the register would be, to see what the workflow makes of its answers."""

    def __init__(self, *answers: Sent) -> None:
        self._answers = iter(answers)
        self.rounds: list[Round] = []

    @activity.defn(name="send")
    async def send(self, round_: Round) -> Sent:
        self.rounds.append(round_)
        return next(self._answers, Sent())


async def test_pauses_grow_while_nothing_goes_through_and_are_short_again_afterwards(
    service: Service,
) -> None:
    away, through = Sent(failed=1, cause="status 503"), Sent(sent=1, failed=1, cause="status 500")
    busy = _Busy(*[away] * 7, through)
    queue = f"sender-{uuid4()}"
    skipper = TimeSkipper(service.client)
    async with Worker(service.client, task_queue=queue, workflows=[Sender], activities=[busy.send]):
        handle: WorkflowHandle[Sender, None] = await service.client.start_workflow(
            Sender.run, Sending(carrier=Carrier.MONITORING), id=queue, task_queue=queue
        )
        for _ in range(40):
            if len(busy.rounds) > 8:
                break
            await skipper.fast_forward(handle, timedelta(minutes=1))
        await handle.terminate("the test is over")
    moments = [round_.now for round_ in busy.rounds[:9]]
    pauses = [round((later - earlier).total_seconds(), -1) for earlier, later in pairwise(moments)]
    assert pauses == [20, 40, 80, 160, 300, 300, 300, 10]


async def test_a_run_goes_on_with_what_the_one_before_it_knew(service: Service) -> None:
    queue = f"sender-{uuid4()}"
    before = Sending(carrier=Carrier.MONITORING, way=Way(sent=5, cause="status 503", failed_at=RECEIVED_AT))
    busy = _Busy(Sent(sent=2))
    async with Worker(service.client, task_queue=queue, workflows=[Sender], activities=[busy.send]):
        handle: WorkflowHandle[Sender, None] = await service.client.start_workflow(
            Sender.run, before, id=queue, task_queue=queue
        )
        while "sent: **7**" not in (shown := await details(handle)):
            await asyncio.sleep(0.1)
        await handle.terminate("the test is over")
    assert "17.11.2026 10:00, status 503" in shown


async def test_each_carrier_has_a_sender_of_its_own_and_one_goes_on_when_the_other_ends(
    service: Service,
) -> None:
    await start_housekeeping(service.client)
    mail, monitoring = [
        service.client.get_workflow_handle(sender_workflow_id(carrier))
        for carrier in (Carrier.MAIL, Carrier.MONITORING)
    ]
    await mail.terminate("by mistake")
    assert (await monitoring.describe()).status is WorkflowExecutionStatus.RUNNING
    await start_housekeeping(service.client)
    assert (await mail.describe()).status is WorkflowExecutionStatus.RUNNING
