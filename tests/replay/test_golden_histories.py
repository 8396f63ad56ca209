"""Histories of released versions are replayed: running cases must survive a new version of the procedure."""

import base64
import json
import re
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from domain.complaint_stages import ComplaintStage
from domain.stages import Stage
from domain.vocabulary import NAMESPACE
from starter.embedded.temporal_server import EmbeddedTemporal
from tests.databases import Register
from tests.replay.commands import COMMANDS, RecordsCommands
from tests.replay.ways import WAYS, WAYS_SINCE_0_3_0
from tests.worker.rings import a_ring
from tests.workflows.service import Service
from worker.plugin import uide_plugin
from workflows.application import ApplicationProcedure
from workflows.complaint import ComplaintProcedure
from workflows.messages import OneArgument

HISTORIES = Path(__file__).parent / "histories"
VERSIONS = sorted(path.name for path in HISTORIES.iterdir())
"""Each version that runs of cases may have begun under has its own folder, which stays as it was recorded."""
CURRENT = "0.3.0"
GOLDEN = sorted(HISTORIES.glob("*/*.history.json"))


def _name(path: Path) -> str:
    return path.name.removesuffix(".history.json")


async def _replay(history: WorkflowHistory) -> None:
    plugin = uide_plugin(a_ring(), NAMESPACE, [RecordsCommands()])
    COMMANDS.clear()
    workflows = [ApplicationProcedure, ComplaintProcedure]
    await Replayer(workflows=workflows, plugins=[plugin]).replay_workflow(history)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}-{_name(path)}")
async def test_a_golden_history_replays_with_the_same_commands(path: Path) -> None:
    await _replay(WorkflowHistory.from_json(_name(path), path.read_text("utf-8")))
    assert json.loads((path.parent / f"{_name(path)}.commands.json").read_text("utf-8")) == COMMANDS


def _workflow_type(path: Path) -> str:
    started = json.loads(path.read_text("utf-8"))["events"][0]
    name: str = started["workflowExecutionStartedEventAttributes"]["workflowType"]["name"]
    return name


def _stages_told(golden: list[Path], workflow_type: str) -> set[str]:
    """The stages named in what histories of that type carry: those of cases and of complaints have names in common."""
    histories = [path.read_text("utf-8") for path in golden if _workflow_type(path) == workflow_type]
    payloads = re.findall(r'"data": "([^"]+)"', "".join(histories))
    text = b"".join(base64.b64decode(payload) for payload in payloads).decode()
    return set(re.findall(r'"stage":"([A-Z_]+)"', text))


@pytest.mark.parametrize("version", sorted({*VERSIONS, CURRENT}))
def test_the_golden_histories_of_a_version_pass_every_stage(version: str) -> None:
    golden = [path for path in GOLDEN if path.parent.name == version and _name(path) in WAYS]
    assert {_name(path) for path in golden} == set(WAYS)
    assert _stages_told(golden, "Application") == set(Stage)


@pytest.mark.parametrize("version", sorted({*VERSIONS, CURRENT} - {"0.1.0", "0.2.0"}))
def test_the_golden_histories_since_0_3_0_pass_every_stage_of_a_complaint(version: str) -> None:
    golden = [path for path in GOLDEN if path.parent.name == version and _name(path) in WAYS_SINCE_0_3_0]
    assert {_name(path) for path in golden} == set(WAYS_SINCE_0_3_0)
    assert _stages_told(golden, "Complaint") == set(ComplaintStage)


_ANSWERS_OF_TODAY = {
    "papers to render": (b'"ended":false', b'"ended":false,"papers_to_render":1'),
    "the act that follows": (b'"earlier":null', b'"earlier":null,"following":"act-of-somebody"'),
}


@pytest.mark.parametrize("told", _ANSWERS_OF_TODAY)
async def test_a_run_of_0_1_0_goes_on_without_what_its_worker_passed_over(told: str) -> None:
    said, says = _ANSWERS_OF_TODAY[told]

    def answered_today(payload: re.Match[str]) -> str:
        answer = base64.b64decode(payload[1]).replace(said, says)
        return f'"data": "{base64.b64encode(answer).decode()}"'

    path = HISTORIES / "0.1.0" / "refusal_at_the_office.history.json"
    before = path.read_text("utf-8")
    history = re.sub(r'"data": "([^"]+)"', answered_today, before)
    assert history != before
    await _replay(WorkflowHistory.from_json(_name(path), history))
    assert json.loads((path.parent / f"{_name(path)}.commands.json").read_text("utf-8")) == COMMANDS


@pytest.mark.record
@pytest.mark.parametrize("name", sorted({**WAYS, **WAYS_SINCE_0_3_0}))
async def test_record(name: str, register: Register, temporal: EmbeddedTemporal) -> None:
    """Not a test of the procedure: writes the golden files anew; only `make golden` runs it."""
    client = await Client.connect(
        temporal.address,
        namespace=NAMESPACE,
        data_converter=pydantic_data_converter,
        identity="golden",
    )
    service = await Service.at(register, client)
    options = {
        "interceptors": [OneArgument()],
        "workflow_runner": SandboxedWorkflowRunner(
            restrictions=SandboxRestrictions.default.with_passthrough_modules("domain", "activities")
        ),
    }
    async with service.working(**options):
        matter = await {**WAYS, **WAYS_SINCE_0_3_0}[name](service)
        await service.until("SELECT NOT EXISTS (SELECT FROM paper WHERE content IS NULL)")
        history = await service.handle_of(matter).fetch_history()
    await service.close()
    folder = HISTORIES / CURRENT
    folder.mkdir(exist_ok=True)
    _write(folder / f"{name}.history.json", json.loads(history.to_json()))
    await _replay(history)
    _write(folder / f"{name}.commands.json", COMMANDS)


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
