"""PostgreSQL is killed at random and in COMMIT: what was acknowledged stays, what was not is sent again."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import psutil

from activities.register.intake import Filed
from starter.embedded.postgres import APP_ROLE
from starter.embedded.supervision import Tell
from tests.faults.commits import in_commit, not_written_yet, written_but_unanswered
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.plans import Plan, plans
from tests.faults.stand import Stand, a_stand, freeze, kill, thaw

NAME = "postgres_killed"
TITLE = "PostgreSQL is killed while clients wait for their COMMIT, and killed and frozen under load"

SILENT_SECONDS = 3.0
ACTING = 4
"""Clients whose act is in its COMMIT at a kill; one more files."""


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """10 rounds of COMMIT, then 10 times each: server killed, session killed, server silent.

    In short two rounds, one kill and one session.
    """
    figures, ledger, chance = Figures(NAME, TITLE, size), Ledger(), Random(size.seed)
    async with a_stand(stand_folder, tell) as stand, stand.service() as service:
        await stand.worker.start()
        load = Load(service, ledger, chance, pause=size.of(0.3, 1.0))
        rounds = Rounds(stand, load, tell)
        for number in range(size.of(2, 10)):
            await rounds.play(number)
        await asyncio.gather(*(load.play_acts(filed, plan) for filed, plan in rounds.begun))
        troubled = asyncio.create_task(_trouble(stand, chance, size, tell))
        others = iter(plans(800, first_child=100))
        await asyncio.gather(*(_play_until(troubled, load, others) for _ in range(size.of(4, 20))))
        await stand.quiesce()
        async with stand.pool() as pool:
            figures.violated(await ledger.compare(pool))
        figures.violated(rounds.faults)
        figures.violated(await stand.verify())
    for label, value in {**rounds.counts, **await troubled, **_told(load)}.items():
        figures.row(label, value)
    return figures.ended()


def _told(load: Load) -> dict[str, object]:
    return {
        "cases at their outcome": load.counts["cases"],
        "acts with their verdict": load.counts["acts"],
        'told "not now", sent again': load.counts["not now"],
        'requests found on file after a "not now"': load.counts["found"],
        'longest wait for a "not now", s': load.slowest["not now"],
    }


class Rounds:
    """Kills in COMMIT; in every other round what was committed is on disk before the kill, though nobody was told."""

    def __init__(self, stand: Stand, load: Load, tell: Tell) -> None:
        self._stand = stand
        self._load = load
        self._tell = tell
        self.begun: list[tuple[Filed, Plan]] = []
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []

    async def play(self, number: int) -> None:
        """Four act and one files; the server is killed while they wait, and they send it all again."""
        *acting, filing = plans(ACTING + 1, first_child=1 + (ACTING + 1) * number)
        cases = [(await self._load.submit(plan.application), plan) for plan in acting]
        hold, wait_event, kept = _HOLDS[number % 2]
        async with hold(self._stand):
            acts = [
                asyncio.create_task(self._load.act_once(case.number, plan.acts[0])) for case, plan in cases
            ]
            request = asyncio.create_task(self._load.submit(filing.application))
            waiting = await in_commit(self._stand, wait_event, ACTING + 1)
            await kill(self._stand.postgres)
            killed_at = datetime.now(UTC)
            await self._stand.postgres.start()
        self._tell(f"PostgreSQL was killed while {waiting} sessions were in COMMIT ({wait_event})")
        await asyncio.gather(*acts)
        self.begun += [*cases, (await request, filing)]
        self._count(kept, waiting, await self._on_file(cases, filing, killed_at))

    async def _on_file(self, cases: list[tuple[Filed, Plan]], filing: Plan, killed_at: datetime) -> int:
        ids = [plan.acts[0].act_id for _, plan in cases]
        async with self._stand.pool() as pool:
            return int(await pool.fetchval(_WRITTEN_BEFORE, ids, filing.application.request_id, killed_at))

    def _count(self, kept: bool, waiting: int, on_file: int) -> None:
        if not waiting:
            self.faults.append("nobody was in COMMIT when PostgreSQL was killed")
        if not kept and on_file:
            self.faults.append(f"{on_file} writes are on file that were killed before they were written")
        self.counts["kills in COMMIT"] += 1
        self.counts["answers of COMMIT lost, found done"] += on_file
        self.counts["COMMITs lost, done again"] += 0 if kept else waiting


_Hold = Callable[[Stand], AbstractAsyncContextManager[None]]
_HOLDS: tuple[tuple[_Hold, str, bool], ...] = (
    (written_but_unanswered, "SyncRep", True),
    (not_written_yet, "PgSleep", False),
)
_WRITTEN_BEFORE = """
SELECT count(*) FROM (
    SELECT written_at FROM act WHERE act_id = ANY($1)
    UNION ALL
    SELECT p.written_at FROM application JOIN procedure AS p USING (case_id) WHERE request_id = $2
) AS sent WHERE written_at < $3
"""


# under load


async def _play_until(troubled: "asyncio.Task[Counter[str]]", load: Load, cases: Iterator[Plan]) -> None:
    for plan in cases:
        await load.play(plan)
        if troubled.done():
            return


async def _trouble(stand: Stand, chance: Random, size: Size, tell: Tell) -> Counter[str]:
    counts: Counter[str] = Counter()
    troubles = list(_TROUBLES.items())
    for kind, trouble in size.of(troubles[:2], troubles * 10):
        await asyncio.sleep(chance.uniform(0.5, 2))
        tell(f"PostgreSQL: {kind}")
        await trouble(stand, chance)
        counts[kind] += 1
    return counts


async def _kill_the_server(stand: Stand, chance: Random) -> None:
    await kill(stand.postgres)
    await asyncio.sleep(chance.uniform(0, 2))
    await stand.postgres.start()


async def _kill_a_session(stand: Stand, chance: Random) -> None:
    """The server ends all other sessions then, and recovers by itself."""
    sessions = [one for one in psutil.Process(stand.postgres.pid).children() if _is_of_the_service(one)]
    chance.choice(sessions).kill()


async def _be_silent(stand: Stand, _: Random) -> None:
    freeze(stand.postgres)
    await asyncio.sleep(SILENT_SECONDS)
    thaw(stand.postgres)


def _is_of_the_service(process: psutil.Process) -> bool:
    return f"postgres: {APP_ROLE} " in " ".join(process.cmdline())


_TROUBLES = {
    "kills of the server": _kill_the_server,
    "kills of one session": _kill_a_session,
    f"silences of {SILENT_SECONDS:g} s": _be_silent,
}
