"""The disk of PostgreSQL, then that of Temporal is full: all are told so, nothing is lost, and it passes with room."""

import asyncio
import base64
import os
from contextlib import suppress
from pathlib import Path
from random import Random

import asyncpg

from starter.embedded.postgres import SUPERUSER
from starter.embedded.supervision import Tell, keep_running
from starter.register_access import RegisterAway
from starter.service import Service
from tests.builders import a_child, a_document, a_file, an_application
from tests.faults.figures import Figures, Size
from tests.faults.ledger import Ledger
from tests.faults.load import Load
from tests.faults.plans import plans
from tests.faults.small_disk import MEGABYTE, SmallDisk, can_mount, small_disks
from tests.faults.stand import Stand, a_stand

NAME = "full_disk"
TITLE = "no room on the disk of PostgreSQL, then on that of Temporal"

TRIES = 60


async def run(stand_folder: Path, size: Size, tell: Tell) -> Figures:
    """Full while applications come in, and while PostgreSQL writes its journal; full while acts come in."""
    figures, ledger = Figures(NAME, TITLE, size), Ledger()
    if not can_mount():
        figures.row("left out", "this process may not mount a file system")
        return figures.ended()
    with small_disks() as disks:
        async with a_stand(stand_folder, tell) as stand, stand.service() as service:
            await stand.postgres.stop()
            of_postgres = disks.move(stand.folder.postgres, 48 * MEGABYTE)
            await stand.postgres.start()
            await stand.temporal.stop()
            of_temporal = disks.move(stand.folder.temporal, 48 * MEGABYTE)
            await stand.temporal.start()
            await stand.worker.start()
            supervision = asyncio.create_task(keep_running(stand.parts, tell))
            load = Load(service, ledger, Random(size.seed))
            await load.play_all(plans(size.of(2, 16)))
            await _register_full(stand, service, of_postgres, load, ledger, figures, tell)
            await _temporal_full(of_temporal, load, size, tell)
            await load.play_all(plans(size.of(2, 16), first_child=300))
            await stand.quiesce()
            supervision.cancel()
            async with stand.pool() as pool:
                figures.violated(await ledger.compare(pool))
            figures.violated(await stand.verify())
    figures.row("cases", load.counts["cases"])
    figures.row("acts with their verdict", load.counts["acts"])
    figures.row('told "not now", sent again', load.counts["not now"])
    return figures.ended()


async def _register_full(
    stand: Stand, service: Service, disk: SmallDisk, load: Load, ledger: Ledger, figures: Figures, tell: Tell
) -> None:
    tell("the disk of PostgreSQL is full")
    disk.fill()
    filed, told = await _file_until_told(service, ledger)
    figures.row("filed on the last free pages", filed)
    figures.row("then told", str(told).split(". ", maxsplit=1)[0])
    if told is None:
        figures.violated(["the register took everything on a full disk"])
    elif not told.startswith("not now: "):
        figures.violated([f"on a full disk a client was told: {told}"])
    tell("it has no room for its journal either")
    figures.row("PostgreSQL gave up for want of a journal", await _journal_full(stand))
    last = an_application(child=a_child(299))
    acting = asyncio.create_task(load.submit(last))
    await asyncio.sleep(3)
    tell("there is room again")
    disk.give_room()
    await acting


async def _file_until_told(service: Service, ledger: Ledger) -> tuple[int, str | None]:
    """Applications with large papers, one after another, until the register has no room; and what it says then."""
    for number in range(TRIES):
        paper = a_file(content=b"%PDF-1.7\n" + base64.b64encode(os.urandom(150_000)) + b"\n%%EOF\n")
        application = an_application(child=a_child(200 + number), documents=[a_document(file=paper)])
        ledger.sends(application)
        try:
            filed, _ = await service.submit(application)
        except RegisterAway as away:
            return number, str(away)
        ledger.received(application, filed)
    return TRIES, None


async def _journal_full(stand: Stand) -> bool:
    """Writes nothing but PostgreSQL's journal until there is no room for it; whether the server gave up then."""
    with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        connection = await asyncpg.connect(stand.postgres.url("postgres", SUPERUSER))
        try:
            for _ in range(100):
                await connection.execute("SELECT pg_logical_emit_message(true, 'x', repeat('x', 1000000))")
        finally:
            connection.terminate()
        return False
    return True


async def _temporal_full(disk: SmallDisk, load: Load, size: Size, tell: Tell) -> None:
    """Applications and acts go into the register meanwhile; their verdicts come afterwards."""
    tell("the disk of Temporal is full")
    disk.fill()
    playing = asyncio.create_task(load.play_all(plans(size.of(2, 16), first_child=100)))
    await asyncio.sleep(size.of(5, 30))
    tell("there is room again")
    disk.give_room()
    await playing
