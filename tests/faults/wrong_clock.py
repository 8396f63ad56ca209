"""A process whose clock is thirty days off: it stamps nothing, no date is wrong and no term is breached by it."""

import asyncio
import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from unittest.mock import patch

from activities.register.pool import Pool
from domain.stages import Step
from starter.clock import ClocksDisagree
from starter.connection_file import write_connection
from starter.embedded.child import Child, Program
from starter.embedded.postgres import EmbeddedPostgres
from starter.embedded.supervision import Tell
from starter.service import Service
from tests.builders import a_child, an_act, an_application
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.plans import plans
from tests.faults.stand import Stand, a_stand
from tests.starter.command_runs import EXAMPLES, uide

NAME = "wrong_clock"
TITLE = "worker, acceptor or PostgreSQL with a clock 30 days off"

DAYS = 30
NEAR = timedelta(minutes=2)


def faketime_library() -> Path | None:
    """The library that shows a process another time, where the package faketime is installed."""
    return next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)


def off_by(days: int) -> dict[str, str]:
    """The environment of a process whose clock is so many days ahead; only its calendar, not its stop-watch."""
    library = faketime_library()
    assert library is not None, "the package faketime is not installed: apt-get install faketime"
    steady = {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
    return {"LD_PRELOAD": str(library), "FAKETIME": f"{days:+d}d", **steady}


class PostgresOfAnotherDay(EmbeddedPostgres):
    """The server of the stand, begun under a clock that is off only after it has changed its user."""

    async def _begin(self, program: Program) -> Child:
        shown = [f"{name}={value}" for name, value in off_by(-DAYS).items()]
        return await super()._begin(replace(program, arguments=("/usr/bin/env", *shown, *program.arguments)))


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """Cases of every kind on a worker of the future and one of the past; commands and a database that disagree."""
    figures, ledger, begun = Figures(NAME, TITLE, size), Ledger(), datetime.now(UTC)
    async with a_stand(stand_folder, tell) as stand, stand.service() as service:
        load = Load(service, ledger, Random(size.seed))
        for days in size.of((-DAYS,), (-DAYS, DAYS)):
            tell(f"a worker whose clock is {days:+d} days off")
            worker = stand.another_worker(f"worker{days:+d}", environment=off_by(days))
            await worker.start()
            await load.play_all(plans(size.of(1, 16), first_child=100 + days))
            await worker.stop()
        await stand.worker.start()
        for days in size.of((DAYS,), (-DAYS, DAYS)):
            await _commands(stand, load, days, figures, tell)
        await _database(stand, service, ledger, figures, tell)
        await load.play_all(plans(1, first_child=400))
        async with stand.pool() as pool:
            figures.violated(await ledger.compare(pool))
            figures.violated(await _dates(pool, begun - NEAR, datetime.now(UTC) + NEAR))
        figures.violated(await stand.verify())
    figures.row("cases", load.counts["cases"])
    figures.row("acts with their verdict", load.counts["acts"])
    return figures.ended()


async def _commands(stand: Stand, load: Load, days: int, figures: Figures, tell: Tell) -> None:
    """`uide submit` and `uide act` of a machine with another date are refused, and leave nothing."""
    filed = await load.submit(an_application(child=a_child(300 + days)))
    write_connection(stand.folder.root, stand.connection)
    here = ("--data", stand.folder.root, "--json")
    tell(f"commands whose clock is {days:+d} days off")
    with _environment(off_by(days)):
        submitted, acted = await asyncio.gather(
            uide("submit", EXAMPLES / "portal-admitted.json", *here),
            uide("act", filed.number, EXAMPLES / "acts" / "check-package-complete.json", *here),
        )
    codes = [(ended.code, ended.problems[0]["code"]) for ended in (submitted, acted)]
    if codes != [(1, "clocks_disagree")] * 2:
        figures.violated([f"commands {days:+d} days off ended with {codes}"])
    figures.row(f"told to a command {days:+d} days off", submitted.problems[0]["what"].split(",")[0])
    await load.act(filed.number, an_act(Step.CHECK_PACKAGE))


async def _database(stand: Stand, service: Service, ledger: Ledger, figures: Figures, tell: Tell) -> None:
    """PostgreSQL with another date: nobody can tell who is wrong, so nothing is accepted."""
    application = an_application(child=a_child(2))
    ledger.sends(application)
    tell(f"PostgreSQL's clock is {-DAYS} days off")
    await stand.postgres.stop()
    other = PostgresOfAnotherDay(stand.folder)
    await other.start()
    try:
        filed = await service.submit(application)
    except ClocksDisagree as told:
        figures.row("told by the acceptor", str(told).split(",", maxsplit=1)[0])
    else:
        figures.violated([f"filed against a clock of the past: {filed}"])
    finally:
        await other.stop()
    tell("PostgreSQL's clock is right again")
    await stand.postgres.start()


def _environment(more: Mapping[str, str]) -> AbstractContextManager[object]:
    return patch.dict(os.environ, more)


async def _dates(pool: Pool, earliest: datetime, latest: datetime) -> list[str]:
    """Every date of the law outside the time in which all this happened, and every breach."""
    rows = await pool.fetch(_DATES, earliest, latest)
    breaches = await pool.fetch("SELECT case_id, at FROM journal WHERE event = 'TERM_BREACHED'")
    return [f"{row['what']}: {row['at']}" for row in rows] + [f"breach: {dict(row)}" for row in breaches]


_DATES = """
SELECT * FROM (
    SELECT 'received' AS what, received_at AS at FROM application
    UNION ALL SELECT 'act', at FROM act
    UNION ALL SELECT 'verdict', taken_at FROM act_result
    UNION ALL SELECT 'journal', at FROM journal
    UNION ALL SELECT 'paper', issued_at FROM paper
    UNION ALL SELECT 'outcome', decided_at FROM outcome
    UNION ALL SELECT 'audit', at FROM audit
) AS dates
WHERE at NOT BETWEEN $1 AND $2
"""
