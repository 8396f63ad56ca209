"""Copies the register while the service works: python -m tools.backup_register FOLDER --keys-to ELSEWHERE."""

import argparse
import asyncio
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

import asyncpg

from domain.refusal import InputRefused
from starter.embedded.postgres import postgres_program
from starter.place import Place, ServiceNotFound, find_place
from starter.register_access import RegisterAway, SchemaMissing, telling_if_away
from tools.register_copy import (
    DUMP,
    MANIFEST,
    CopyRefused,
    Manifest,
    read_manifest,
    run_program,
    step,
    write_sums,
)
from worker.key_ring import KeyRing, KeyRingUnusable
from worker.private_file import write_private

ABOUT = """Copies the register while the service works, into a folder of its own named by the moment of the copy.

Everything accepted until that moment is in it, nothing later: all tables are read in one state. The register is
the legal record and holds names and diagnoses in clear: keep its copies as you keep the register.

The key ring goes elsewhere (--keys-to), to other people if you can: with it and Temporal's data every history can
be read. Without it a restored register does not know its children again, so it must not be lost either.

The register is the one of DATABASE_OWNER_URL and UIDE_KEY_RING, or the running stack of --data."""


async def back_up(place: Place, folder: Path, keys_to: Path, pg_dump: Path) -> Path:
    """The folder of the new copy; `CopyRefused`, and nothing is left behind, if it cannot be made."""
    if keys_to.resolve().is_relative_to(folder.resolve()):
        raise CopyRefused(
            f"{keys_to} lies in {folder}. Keep the keys away from the data: name another folder"
        )
    if place.key_ring is None:
        raise CopyRefused(
            "UIDE_KEY_RING is not set. Name the key ring of this register, it belongs to the copy"
        )
    ring = KeyRing.load(place.key_ring)
    unfinished = folder / ".unfinished"
    _make(unfinished)
    try:
        manifest = await _dump(place, ring, unfinished, pg_dump)
        with step("sums and manifest"):
            (unfinished / MANIFEST).write_text(manifest.model_dump_json(indent=2))
            write_sums(unfinished)
        stamp = f"{manifest.made_at:%Y-%m-%dT%H-%M-%SZ}"
        with step("the key ring"):
            write_private(keys_to / f"key-ring-{stamp}.json", ring.to_bytes())
        return unfinished.rename(folder / f"register-{stamp}")
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _make(unfinished: Path) -> None:
    try:
        unfinished.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise CopyRefused(
            f"{unfinished} is there: another copy is being made, or one was cut off. If none is being made, remove "
            "that folder, it holds names and diagnoses in clear, and try again"
        ) from None


async def _dump(place: Place, ring: KeyRing, folder: Path, pg_dump: Path) -> Manifest:
    url = place.owner_url.get_secret_value()
    with telling_if_away():
        connection = await asyncpg.connect(url, timeout=10)
        try:
            # What is counted here and what pg_dump reads is the same state, however much is written meanwhile.
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
                with step("counts"):
                    manifest = await read_manifest(connection, version("uide"), [key.id for key in ring.keys])
                with step("dump"):
                    options = ("--format=custom", "--compress=gzip:1", "--no-owner", f"--snapshot={snapshot}")
                    await asyncio.to_thread(run_program, pg_dump, url, *options, f"--file={folder / DUMP}")
            return manifest
        finally:
            await connection.close()


_EXPECTED = (
    *(CopyRefused, KeyRingUnusable, InputRefused, RegisterAway, SchemaMissing, ServiceNotFound, OSError),
)


def main() -> None:
    """The command: prints the folder of the copy, and on stderr how long each step took."""
    words = argparse.ArgumentParser(description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path, help="where the copies lie, each in a folder of its own")
    words.add_argument("--keys-to", type=Path, required=True, help="the folder for the copy of the key ring")
    words.add_argument("--data", type=Path, help="the data folder of a stack started with uide up")
    words.add_argument(
        "--pg-dump", type=Path, default=postgres_program("pg_dump"), help="not older than the server"
    )
    given = words.parse_args()
    try:
        copy = asyncio.run(back_up(find_place(given.data), given.folder, given.keys_to, given.pg_dump))
    except _EXPECTED as refused:
        sys.exit(f"backup: not done: {refused}")
    print(copy)


if __name__ == "__main__":
    main()
