"""Reads a copy of the register back: python -m tools.restore_register COPY --key-ring FILE [--data EMPTY-FOLDER]."""

import argparse
import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from pydantic import SecretStr
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.service import RPCError, RPCStatusCode

from activities.register.migrations import migrate
from activities.register.pool import Pool
from activities.register.rights import RightsMissing
from activities.register.verify import Report, verify
from domain.refusal import InputRefused
from starter.embedded.child import ChildFailed
from starter.embedded.data_folder import DataFolder, DataFolderRefused
from starter.embedded.postgres import DATABASE, OWNER_ROLE, EmbeddedPostgres, postgres_program
from starter.embedded.stack import key_ring_file
from starter.place import Place, ServiceNotFound, find_place
from starter.preparation import find_temporal
from starter.register_access import RegisterAway, SchemaMissing, open_register
from tools.register_copy import DUMP, CopyRefused, Manifest, read_copy, rows_by_table, run_program, step
from worker.connection import TemporalUnreachable, connect_service
from worker.key_ring import KeyRing, KeyRingUnusable
from worker.private_file import AlreadyThere, write_private
from worker.runtime import build_runtime_without_metrics, end_runtimes

ABOUT = """Reads a copy of the register back, into an empty place, and verifies it.

With --data it makes the data folder of a new stack; then: uide up --data FOLDER. Without it the empty database is
the one of DATABASE_OWNER_URL, and the key ring is put at UIDE_KEY_RING.

Temporal begins empty and is not copied: its sweep starts every case that has not ended, each where the register
says it is. A namespace that knows these cases already is refused, it would know more than the register."""

_TABLES = "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')"


class Restored(NamedTuple):
    """What was read back, and what `uide verify` says of it."""

    manifest: Manifest
    report: Report


async def restore_to_folder(copy: Path, key_ring: Path, data: Path, pg_restore: Path) -> Restored:
    """Makes the data folder of a stack from the copy; after a failure nothing is left of it."""
    if data.exists() and any(data.iterdir()):
        raise CopyRefused(
            f"{data} is not empty. A register is never restored over another: name a new folder"
        )
    manifest, ring = _matching(copy, key_ring)
    folder = DataFolder(data)
    try:
        with folder.locked():
            async with _postgres(folder) as url:
                restored = await _restore(copy, manifest, url, pg_restore)
            _put_key_ring(ring, key_ring_file(folder))
    except BaseException:
        shutil.rmtree(data, ignore_errors=True)
        raise
    return restored


async def restore_to_database(copy: Path, key_ring: Path, place: Place, pg_restore: Path) -> Restored:
    """Fills the empty database of the place from the copy; it is empty again after a failure of the reading."""
    if place.key_ring is None:
        raise CopyRefused(
            "UIDE_KEY_RING is not set. Name the file where the service will look for the key ring"
        )
    manifest, ring = _matching(copy, key_ring)
    await _require_ignorant_temporal(place, manifest)
    _put_key_ring(ring, place.key_ring)
    return await _restore(copy, manifest, place.owner_url.get_secret_value(), pg_restore)


def _matching(copy: Path, key_ring: Path) -> tuple[Manifest, KeyRing]:
    with step("sums checked"):
        manifest, ring = read_copy(copy), KeyRing.load(key_ring)
    if not {key.id for key in ring.keys} & set(manifest.keys):
        raise CopyRefused(
            f"{key_ring} is not the key ring of this register: its children would be strangers to it. "
            f"Look for the copy that holds the key {manifest.keys[0]}"
        )
    return manifest, ring


@asynccontextmanager
async def _postgres(folder: DataFolder) -> AsyncIterator[str]:
    server = EmbeddedPostgres(folder)
    with step("an empty PostgreSQL"):
        await server.start()
    try:
        yield server.url(DATABASE, OWNER_ROLE)
    finally:
        await server.stop()


async def _restore(copy: Path, manifest: Manifest, url: str, pg_restore: Path) -> Restored:
    async with open_register(SecretStr(url), size=1) as pool:
        if await pool.fetchval(_TABLES):
            raise CopyRefused(
                "The database is not empty. Name a new one: a register is never restored over another"
            )
        with step("read back"):
            options = ("--no-owner", "--single-transaction", "--exit-on-error", str(copy / DUMP))
            await asyncio.to_thread(run_program, pg_restore, url, *options)
        with step("counted"):
            await _compare(pool, manifest)
        with step("brought up to this release"):
            await migrate(url)
        with step("verified"):
            return Restored(manifest, await verify(pool))


async def _compare(pool: Pool, manifest: Manifest) -> None:
    async with pool.acquire() as connection:
        rows = await rows_by_table(connection)
    differing = [table for table in {*rows, *manifest.rows} if rows.get(table) != manifest.rows.get(table)]
    if differing:
        raise CopyRefused(f"The table {differing[0]} has not the rows that were copied. Take another copy")


def _put_key_ring(ring: KeyRing, path: Path) -> None:
    try:
        write_private(path, ring.to_bytes())
    except AlreadyThere:
        if KeyRing.load(path).child_key != ring.child_key:
            raise CopyRefused(
                f"At {path} there is the key ring of another register. Put it away first"
            ) from None


async def _require_ignorant_temporal(place: Place, manifest: Manifest) -> None:
    temporal = find_temporal(place)
    if temporal is None:
        print(
            "Temporal is not named (TEMPORAL_ADDRESS): give this register an empty namespace.",
            file=sys.stderr,
        )
        return
    service = await connect_service(temporal.namespace, runtime=build_runtime_without_metrics())
    try:
        request = DescribeNamespaceRequest(namespace=temporal.namespace)
        answer = await service.workflow_service.describe_namespace(request)
    except RPCError as refused:
        if refused.status is RPCStatusCode.NOT_FOUND:
            return
        raise TemporalUnreachable(
            f"Temporal does not tell about its namespaces: {refused.message}"
        ) from refused
    if answer.namespace_info.id in manifest.namespaces:
        raise CopyRefused(
            f"The namespace {temporal.namespace} at {temporal.address} ran these cases and knows more of them than the "
            "copy. Name another in TEMPORAL_NAMESPACE, or delete it: temporal operator namespace delete"
        )


def _told(manifest: Manifest) -> str:
    last = manifest.last_act
    act = f"the last act in it is no {last.seq} of {last.number} ({last.act_id})" if last else "it has no act"
    return (
        f"The register stands as of {manifest.made_at.isoformat()}; {act}; open cases: {manifest.open_cases}.\n"
        "Whatever was accepted later is not in it: have it sent again. Numbers that were given later are given again:\n"
        "compare the registers of the schools on paper. docs/backup.md says how to go on."
    )


def _read_arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("copy", type=Path, help="the folder that the backup printed")
    words.add_argument(
        "--key-ring", type=Path, required=True, help="the copy of the key ring, from its other place"
    )
    words.add_argument("--data", type=Path, help="a new data folder, for uide up")
    words.add_argument(
        "--pg-restore", type=Path, default=postgres_program("pg_restore"), help="not older than the dump"
    )
    return words.parse_args()


async def _run(given: argparse.Namespace) -> Restored:
    if given.data:
        return await restore_to_folder(given.copy, given.key_ring, given.data, given.pg_restore)
    return await restore_to_database(given.copy, given.key_ring, find_place(), given.pg_restore)


_EXPECTED = (
    *(
        CopyRefused,
        KeyRingUnusable,
        InputRefused,
        RegisterAway,
        SchemaMissing,
        ServiceNotFound,
        RightsMissing,
    ),
    *(TemporalUnreachable, ChildFailed, DataFolderRefused, OSError),
)


def main() -> None:
    """The command: says on stderr how long each step took, and prints what the register holds now."""
    try:
        restored = asyncio.run(_run(_read_arguments()))
    except _EXPECTED as refused:
        sys.exit(f"restore: not done: {refused}")
    finally:
        end_runtimes()
    print(_told(restored.manifest))
    if restored.report.violations:
        sys.exit("restore: the register was not whole when it was copied; uide verify names what is wrong")


if __name__ == "__main__":
    main()
