"""Metrics: what a worker shows is what the register holds, and every rule and document names what is shown."""

import asyncio
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import yaml
from prometheus_client.parser import text_string_to_metric_families
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig

from activities.register.figures import read_figures
from domain.stages import Step
from starter.embedded.temporal_server import free_ports
from tests.builders import CLERK, a_child, an_act, an_application
from tests.databases import Register
from tests.worker.running_worker import running_worker
from tests.worker.silent_line import SilentLine
from worker.business_metrics import BusinessMetrics

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\b(?:uide|temporal)_\w+")
ATTEMPTS = 600
SHOWN_WITH_FAILURES = {"temporal_workflow_task_execution_failed_total"}
"""The SDK shows it from the first failure on."""

Shown = dict[str, float]


async def shown(address: str) -> Shown:
    """All of the service's and the SDK's metrics by name and, where there is one, stage or code."""
    async with httpx.AsyncClient() as client:
        try:
            text = (await client.get(f"http://{address}/metrics")).text
        except httpx.TransportError:
            return {}
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {_named(sample.name, sample.labels): sample.value for sample in samples}


def _named(name: str, labels: dict[str, str]) -> str:
    of = labels.get("stage") or labels.get("code") or labels.get("result") or labels.get("term")
    return f"{name} {of}" if of else name


async def shown_when(address: str, seen: Callable[[Shown], bool]) -> Shown:
    metrics: Shown = {}
    for _ in range(ATTEMPTS):
        metrics = await shown(address)
        if metrics and seen(metrics):
            return metrics
        await asyncio.sleep(0.1)
    raise AssertionError(metrics)


def names_in(path: str) -> set[str]:
    metrics, _, _ = (ROOT / path).read_text(encoding="utf-8").partition("\n## Logs")
    return set(NAME.findall(metrics))


async def test_the_figures_are_those_of_the_register_and_every_rule_names_what_is_shown(
    environment: dict[str, str], register: Register
) -> None:
    address = f"127.0.0.1:{free_ports(1)[0]}"
    filed = await register.file()
    await register.do(filed, an_act(Step.CHECK_PACKAGE))
    await register.do(filed, an_act(Step.ADMIT, actor=CLERK))
    await register.file(an_application(child=a_child(2)))
    async with running_worker({**environment, "UIDE_METRICS_ADDRESS": address}):
        metrics = await shown_when(
            address,
            lambda found: {"uide_open_cases RECEIVED", "uide_last_sweep_timestamp_seconds"} <= {*found},
        )
    assert (metrics["uide_open_cases REGISTERED"], metrics["uide_open_cases RECEIVED"]) == (1, 1)
    assert metrics["uide_refused_acts_total wrong_role"] == 1
    assert (metrics["uide_register_up"], metrics["uide_temporal_up"]) == (1, 1)
    names = {name.partition(" ")[0] for name in metrics} | SHOWN_WITH_FAILURES
    assert names_in("deploy/prometheus-rules.yml") <= names
    assert names_in("docs/metrics.md") <= names
    assert {name for name in names if name.startswith("uide_")} <= names_in("docs/metrics.md")


async def test_figures_that_are_not_known_any_more_are_no_numbers(register: Register) -> None:
    address = f"127.0.0.1:{free_ports(1)[0]}"
    runtime = Runtime(telemetry=TelemetryConfig(metrics=PrometheusConfig(bind_address=address)))
    metrics = BusinessMetrics(runtime.metric_meter)
    now = datetime.now(UTC)
    metrics.show(await read_figures(register.pool, "no namespace", now), now)
    assert (await shown(address))["uide_overdue_cases RECEIVED"] == 0
    assert (await shown(address))["uide_open_complaints AT_AUTHORITY"] == 0
    assert (await shown(address))["uide_overdue_complaints REGISTRATION"] == 0
    metrics.forget()
    forgotten = await shown(address)
    assert math.isnan(forgotten["uide_overdue_cases RECEIVED"])
    assert math.isnan(forgotten["uide_open_complaints AT_AUTHORITY"])
    assert math.isnan(forgotten["uide_overdue_complaints REGISTRATION"])
    assert math.isnan(forgotten["uide_complaints_without_workflow"])
    assert math.isnan(forgotten["uide_oldest_waiting_act_seconds"])
    assert forgotten["uide_figures_timestamp_seconds"] == now.timestamp()


async def test_a_silent_register_is_shown_as_down(environment: dict[str, str]) -> None:
    address = f"127.0.0.1:{free_ports(1)[0]}"
    async with SilentLine.to(environment["DATABASE_URL"]) as line:
        told = {**environment, "UIDE_METRICS_ADDRESS": address, "DATABASE_URL": line.url}
        async with running_worker(told):
            await shown_when(address, lambda found: found.get("uide_register_up") == 1)
            line.falls_silent()
            await shown_when(address, lambda found: found["uide_register_up"] == 0)


def test_every_rule_says_how_bad_it_is_and_what_it_means() -> None:
    rules = yaml.safe_load((ROOT / "deploy/prometheus-rules.yml").read_text(encoding="utf-8"))
    for rule in rules["groups"][0]["rules"]:
        assert rule["labels"]["severity"] in ("critical", "warning")
        assert rule["annotations"]["summary"].endswith(".")
