"""Signals that nobody should send: none has an effect, each is explained, the cases come to their outcome."""

import asyncio
from pathlib import Path
from random import Random

from temporalio.client import Client

from activities.register.pool import Pool
from domain.stages import Step
from domain.vocabulary import NAMESPACE, application_workflow_id
from starter.embedded.supervision import Tell
from starter.service import Service
from tests.builders import a_child, an_act, an_application
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.made_up import Target, signal
from tests.faults.plans import Plan, plans
from tests.faults.stand import Stand, a_stand

NAME = "signals"
TITLE = "signals made up, malformed, oversized, replayed or meant for another case"

MOST_EVENTS, MOST_BYTES = 51_200, 50 * 1024 * 1024
"""Of one run: with more, Temporal ends the workflow."""
AT_ONCE = 40
LONGEST_DETAILS = 5_000
WRITTEN_SECONDS = 900


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """10,000 signals (in short 280) to a handful of open cases while their real acts are done."""
    figures, ledger, count = Figures(NAME, TITLE, size), Ledger(), size.of(280, 10_000)
    async with a_stand(stand_folder, tell) as stand, stand.service() as service:
        await stand.worker.start()
        load = Load(service, ledger, Random(size.seed), pause=size.of(0.0, 20.0))
        intended = plans(size.of(2, 5))
        targets = await _begin(stand, service, load, intended)
        before = await _bytes(stand)
        tell(f"{count} signals to {len(targets)} cases, and their real acts")
        async with asyncio.TaskGroup() as group:
            flood = group.create_task(_flood(targets, count))
            for plan, target in zip(intended, targets, strict=True):
                group.create_task(load.play_acts(target.filed, plan, after=1))
        tell("all sent, all cases at their outcome; the last signals are written")
        await _written(stand, flood.result())
        await stand.quiesce()
        await _look_at(stand, targets, figures)
        async with stand.pool() as pool:
            figures.violated(await ledger.compare(pool))
            figures.violated(await _effects(pool))
            figures.row("bytes kept of one signal", (await _bytes(stand) - before) // flood.result())
            await _reasons(pool, figures)
        figures.violated(await stand.verify())
    figures.row("signals sent", count)
    figures.row("of them refused with a reason", flood.result())
    figures.row("real acts with their verdict", load.counts["acts"])
    return figures.ended()


async def _begin(stand: Stand, service: Service, load: Load, intended: list[Plan]) -> list[Target]:
    """All cases filed and their first acts done; one more case lends its act for signals to the others."""
    client, foreign = await stand.client(), an_act(Step.CHECK_PACKAGE)
    plain = await Client.connect(stand.temporal.address, namespace=NAMESPACE)
    targets = []
    for plan in intended:
        filed = await load.submit(plan.application)
        await load.act(filed.number, plan.acts[0])
        workflow = application_workflow_id(filed.case_id)
        handles = client.get_workflow_handle(workflow), plain.get_workflow_handle(workflow)
        targets.append(Target(filed, *handles, plan.acts[0].act_id, foreign.act_id))
    other = await load.submit(an_application(child=a_child(900)))
    await load.act(other.number, foreign)
    return targets


async def _flood(targets: list[Target], count: int) -> int:
    """Sends all signals as fast as Temporal takes them; how many of them are to be kept as refused."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> bool:
        target = targets[
            (number + number // 200) % len(targets)
        ]  # else one case would get all the large ones
        sent = signal(target, number)
        async with turns:
            await sent.send(target)
        return sent.kept

    return sum(await asyncio.gather(*(one(number) for number in range(count))))


async def _written(stand: Stand, expected: int) -> None:
    """Waits until so many signals are kept as refused."""
    async with stand.pool() as pool:
        for _ in range(WRITTEN_SECONDS * 2):
            kept = await pool.fetchval(_KEPT)
            if kept >= expected:
                return
            await asyncio.sleep(0.5)
    raise AssertionError(f"only {kept} of {expected} signals are kept as refused")


_KEPT = "SELECT count(*) FROM act JOIN act_result USING (act_id) WHERE accepted_via = 'SIGNAL'"


async def _look_at(stand: Stand, targets: list[Target], figures: Figures) -> None:
    """Runs, events and details of the cases, as operators see them."""
    client = await stand.client()
    infos = []
    for target in targets:
        async for run in client.list_workflows(f"WorkflowId = '{target.handle.id}'"):
            one = client.get_workflow_handle(run.id, run_id=run.run_id)
            infos.append((await one.describe()).raw_description)
    events = max(info.workflow_execution_info.history_length for info in infos)
    size = max(info.workflow_execution_info.history_size_bytes for info in infos)
    longest = 0
    for target in targets:
        metadata = await target.handle.query("__temporal_workflow_metadata")
        longest = max(longest, len(metadata.current_details))
    figures.row("runs of the cases", len(infos))
    figures.row("most events of a run", events)
    figures.row("most bytes of a run", size)
    figures.row("longest details in the UI, characters", longest)
    if events > MOST_EVENTS or size > MOST_BYTES or longest > LONGEST_DETAILS:
        figures.violated([f"too much: {events} events, {size} bytes, {longest} characters"])


async def _effects(pool: Pool) -> list[str]:
    taken = await pool.fetch(
        "SELECT act_id, kind FROM act JOIN act_result USING (act_id) WHERE verdict = 'taken' "
        "AND accepted_via = 'SIGNAL'"
    )
    return [f"taken: {dict(row)}" for row in taken]


async def _reasons(pool: Pool, figures: Figures) -> None:
    codes = (
        "SELECT reason ->> 'code' AS code, count(*) FROM act JOIN act_result USING (act_id) "
        "WHERE accepted_via = 'SIGNAL' GROUP BY 1 ORDER BY 2 DESC"
    )
    for row in await pool.fetch(codes):
        figures.row(f"refused as `{row['code']}`", row["count"])


async def _bytes(stand: Stand) -> int:
    async with stand.pool() as pool:
        size: int = await pool.fetchval("SELECT pg_database_size(current_database())")
    return size
