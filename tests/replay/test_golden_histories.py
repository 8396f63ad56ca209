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

from domain.stages import Stage
from domain.vocabulary import NAMESPACE
from starter.embedded.temporal_server import EmbeddedTemporal
from tests.databases import Register
from tests.replay.commands import COMMANDS, RecordsCommands
from tests.replay.ways import WAYS
from tests.worker.rings import a_ring
from tests.workflows.service import Service
from worker.plugin import uide_plugin
from workflows.application import ApplicationProcedure
from workflows.messages import OneArgument

HISTORIES = Path(__file__).parent / "histories"
GOLDEN = sorted(HISTORIES.glob("*.history.json"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name.removesuffix(".history.json"))
async def test_a_golden_history_replays_with_the_same_commands(path: Path) -> None:
    name = path.name.removesuffix(".history.json")
    history = WorkflowHistory.from_json(name, path.read_text("utf-8"))
    plugin = uide_plugin(a_ring(), NAMESPACE, [RecordsCommands()])
    COMMANDS.clear()
    await Replayer(workflows=[ApplicationProcedure], plugins=[plugin]).replay_workflow(history)
    assert json.loads((HISTORIES / f"{name}.commands.json").read_text("utf-8")) == COMMANDS


def test_the_golden_histories_pass_every_stage() -> None:
    payloads = re.findall(r'"data": "([^"]+)"', "".join(path.read_text("utf-8") for path in GOLDEN))
    text = b"".join(base64.b64decode(payload) for payload in payloads).decode()
    assert {path.name.removesuffix(".history.json") for path in GOLDEN} >= set(WAYS)
    assert {stage for stage in Stage if f'"stage":"{stage}"' in text} == set(Stage)


@pytest.mark.record
@pytest.mark.parametrize("name", sorted(WAYS))
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
        filed = await WAYS[name](service)
        history = await service.handle(filed.case_id).fetch_history()
    await service.close()
    HISTORIES.mkdir(exist_ok=True)
    _write(HISTORIES / f"{name}.history.json", json.loads(history.to_json()))
    COMMANDS.clear()
    plugin = uide_plugin(a_ring(), NAMESPACE, [RecordsCommands()])
    await Replayer(workflows=[ApplicationProcedure], plugins=[plugin]).replay_workflow(history)
    _write(HISTORIES / f"{name}.commands.json", COMMANDS)


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
