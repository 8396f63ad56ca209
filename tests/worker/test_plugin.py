import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle, WorkflowHistory
from temporalio.common import RawValue
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from starter.embedded.temporal_binary import temporal_binary
from tests.worker.captured_logs import logs_to
from tests.worker.rings import a_ring
from tests.worker.secret_case import QUEUE, Child, FailingCase, TellingCase, look_up
from worker.plugin import UidePlugin, uide_plugin

NAMESPACE = "uide-test"
INPUT = Child(name="planted-input")


@pytest.fixture(scope="module")
def plugin() -> UidePlugin:
    return uide_plugin(a_ring(), NAMESPACE)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temporal") / "temporal.db"


@pytest.fixture(scope="module")
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture(scope="module")
async def client(plugin: UidePlugin, database: Path, log: io.StringIO) -> AsyncIterator[Client]:
    async with (
        await WorkflowEnvironment.start_local(
            namespace=NAMESPACE,
            plugins=[plugin],
            dev_server_existing_path=str(temporal_binary()),
            dev_server_database_filename=str(database),
        ) as environment,
        Worker(
            environment.client, task_queue=QUEUE, workflows=[TellingCase, FailingCase], activities=[look_up]
        ),
    ):
        with logs_to(log):
            yield environment.client


@pytest.fixture(scope="module")
async def plain(client: Client) -> Client:
    """A client without the plugin: it sees what the server sees."""
    return await Client.connect(client.service_client.config.target_host, namespace=NAMESPACE)


@pytest.fixture(scope="module")
async def told(client: Client) -> WorkflowHandle[TellingCase, Child]:
    """A case that has ended, after words went through each of its doors."""
    handle = await client.start_workflow(
        TellingCase.run,
        INPUT,
        id="application/told",
        task_queue=QUEUE,
        memo={"note": "planted-memo"},
        static_summary="planted-summary",
        static_details="planted-static-details",
    )
    assert await handle.execute_update(TellingCase.correct, INPUT) == Child(name="planted-update-result")
    await handle.signal("tell", Child(name="planted-signal"))
    assert await handle.result() == Child(name="planted-result")
    return handle


@pytest.fixture(scope="module")
async def failed(client: Client) -> WorkflowHandle[FailingCase, None]:
    handle = await client.start_workflow(FailingCase.run, INPUT, id="application/failed", task_queue=QUEUE)
    with pytest.raises(WorkflowFailureError):
        await handle.result()
    return handle


def raw(history: WorkflowHistory) -> bytes:
    return b"".join(event.SerializeToString() for event in history.events)


async def test_the_history_of_a_case_holds_none_of_its_words(
    plain: Client, told: WorkflowHandle[TellingCase, Child], failed: WorkflowHandle[FailingCase, None]
) -> None:
    for case in (told, failed):
        content = raw(await plain.get_workflow_handle(case.id).fetch_history())
        assert b"binary/encrypted" in content
        assert b"planted" not in content
        assert b"secret_case.py" not in content


async def test_the_file_of_the_server_holds_none_of_the_words_but_would_show_them(
    plain: Client,
    told: WorkflowHandle[TellingCase, Child],
    failed: WorkflowHandle[FailingCase, None],
    database: Path,
) -> None:
    await plain.start_workflow("Nobody", "in-clear-for-proof", id="proof", task_queue="nobody")
    content = b"".join(file.read_bytes() for file in database.parent.glob("temporal.db*"))
    assert b"in-clear-for-proof" in content
    assert b"application/told" in content
    assert b"planted" not in content


async def test_a_failure_tells_its_own_side_everything(failed: WorkflowHandle[FailingCase, None]) -> None:
    with pytest.raises(WorkflowFailureError) as raised:
        await failed.result()
    end = cast(ApplicationError, raised.value.cause)
    assert (end.message, end.details[0]["name"]) == ("planted-end", "planted-end-details")
    activity_error = cast(ActivityError, end.cause)
    cause = cast(ApplicationError, activity_error.cause)
    assert (cause.message, cause.details) == ("planted-message", ("planted-details",))
    assert "planted_stack_frame" in (cause.failure.stack_trace if cause.failure else "")


async def test_the_replayer_reads_with_the_same_plugin(
    plain: Client, told: WorkflowHandle[TellingCase, Child], plugin: UidePlugin
) -> None:
    history = await plain.get_workflow_handle(told.id).fetch_history()
    await Replayer(workflows=[TellingCase], plugins=[plugin]).replay_workflow(history)
    config: Any = Replayer(workflows=[TellingCase], plugins=[plugin]).config(active_config=True)
    assert config["data_converter"].payload_codec is plugin.codec
    assert isinstance(config["workflow_runner"], SandboxedWorkflowRunner)


async def test_a_worker_takes_the_sandbox_from_its_client(client: Client) -> None:
    worker = Worker(client, task_queue="another", workflows=[TellingCase])
    runner = worker.config(active_config=True)["workflow_runner"]
    assert isinstance(runner, SandboxedWorkflowRunner)
    assert {"domain", "activities", "pydantic"} <= runner.restrictions.passthrough_modules


async def test_messages_typed_by_hand_or_forged_reach_the_case_and_do_not_freeze_it(
    client: Client, plain: Client, plugin: UidePlugin
) -> None:
    case = await client.start_workflow(TellingCase.run, INPUT, id="application/by-hand", task_queue=QUEUE)
    (forged,) = await plugin.codec.encode([Payload(data=b"x")])
    forged.data = forged.data[:-1] + bytes([forged.data[-1] ^ 1])
    await plain.get_workflow_handle(case.id).signal("tell", "typed by hand")
    await plain.get_workflow_handle(case.id).signal("tell", RawValue(forged))
    assert await case.result() == Child(name="planted-result")
    assert await case.query(TellingCase.encodings) == ["json/plain", "binary/encrypted"]
    assert plugin.codec.passed_through >= 1
    assert plugin.codec.not_authentic >= 1


def test_a_client_of_another_namespace_is_refused(plugin: UidePlugin) -> None:
    with pytest.raises(ValueError, match="encrypts for namespace uide-test, the client is of default"):
        plugin.configure_client(cast(Any, {"namespace": "default"}))


async def test_the_log_names_the_case_in_workflow_and_activity_and_holds_no_words(
    told: WorkflowHandle[TellingCase, Child], log: io.StringIO
) -> None:
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    for event in ("case_told", "child_looked_up"):
        assert {line.get("case_id") for line in lines if line["event"] == event} >= {"told"}
    assert INPUT.name not in log.getvalue()
