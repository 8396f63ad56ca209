"""`uide migrate`: what the service needs before it works."""

import asyncio
from pathlib import Path
from typing import Annotated

import asyncpg
import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from activities.register.directory import load_directory
from activities.register.migrations import migrate as apply_migrations
from activities.register.rights import APP_ROLE, app_role_may_log_in
from domain.refusal import InputRefused
from domain.school import Directory
from starter.cli.answers import answer
from starter.cli.options import AsJson, Data
from starter.cli.screen import say, say_if_unsealed
from starter.input_file import read_object
from starter.place import Place, find_place
from starter.preparation import (
    TemporalPlace,
    find_temporal,
    prepare_key_ring,
    prepare_namespace,
)
from starter.register_access import telling_if_away
from worker.connection import TemporalUnreachable
from worker.namespace import NamespaceRefused

MAX_DIRECTORY_BYTES = 64 * 1024 * 1024
"""All schools of the country with their staff fit several times."""

DirectoryFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Schools, staff, roles and school years to load (docs/schemas/directory.json)."
    ),
]


def migrate(directory: DirectoryFile = None, data: Data = None, as_json: AsJson = False) -> None:
    """Bring the schema and Temporal's namespace up to date, and load a directory.

    First the schema, as the role of DATABASE_OWNER_URL, or of DATABASE_URL where no owner is named; then the
    directory, which has schools, staff and roles; then the namespace with its search attributes and a retention of
    a year, where TEMPORAL_ADDRESS or a profile names a server. A register without any case also gets its key ring
    at UIDE_KEY_RING. Safe to repeat. docs/deployment.md goes through it.

    \b
    Examples:
      uide migrate
      uide migrate --directory schools.json --json
    """
    loaded = _read_directory(directory) if directory else None
    place = find_place(data)
    temporal = find_temporal(place)  # a faulty profile is told before anything is written
    migrated = asyncio.run(_migrate(place, loaded))
    if not as_json:
        _show_migrated(migrated, loaded, place)
    changed = asyncio.run(_prepare(place, temporal, loaded)) if temporal else ()
    document = {
        "applied": migrated.applied,
        "directory": _counts(loaded) if loaded else None,
        "key_ring_made": migrated.key_ring_made,
        "temporal": {**temporal.model_dump(), "changed": changed} if temporal else None,
    }
    answer(document, as_json=as_json, screen=lambda: _show_temporal(temporal, changed, place))


class _Migrated(BaseModel):
    model_config = ConfigDict(frozen=True)

    applied: list[str]
    key_ring_made: bool
    service_may_log_in: bool


def _read_directory(file: Path) -> Directory:
    try:
        return Directory.model_validate(read_object(file, limit=MAX_DIRECTORY_BYTES))
    except ValidationError as error:
        raise InputRefused.from_validation(error, "directory") from None


async def _migrate(place: Place, directory: Directory | None) -> _Migrated:
    owner_url = place.owner_url.get_secret_value()
    with telling_if_away():
        applied = await apply_migrations(owner_url)
        if directory:
            await _load(owner_url, directory)
        return _Migrated(
            applied=applied,
            key_ring_made=await prepare_key_ring(place),
            service_may_log_in=await app_role_may_log_in(owner_url),
        )


async def _prepare(place: Place, temporal: TemporalPlace, loaded: Directory | None) -> tuple[str, ...]:
    try:
        return await prepare_namespace(place, temporal)
    except (TemporalUnreachable, NamespaceRefused) as failed:
        done = "the schema is up to date" + (" and the directory is loaded" if loaded else "")
        raise type(failed)(f"{done}, but {failed}") from failed


async def _load(owner_url: str, directory: Directory) -> None:
    try:
        await load_directory(owner_url, directory)
    except asyncpg.IntegrityConstraintViolationError as error:
        raise InputRefused.of(
            "directory_contradicts_itself",
            "directory",
            f"an entry breaks the rule {error.constraint_name}",
            "A role needs its school and its person, a code is of one school, what ends begins before",
            "Correct the file; nothing of it was loaded",
        ) from None


def _counts(directory: Directory) -> dict[str, int]:
    return {
        "schools": len(directory.schools),
        "staff": len(directory.staff),
        "roles": len(directory.roles),
        "school_years": len(directory.school_years),
    }


def _show_migrated(migrated: _Migrated, loaded: Directory | None, place: Place) -> None:
    say(f"Applied: {', '.join(migrated.applied)}" if migrated.applied else "The schema is up to date.")
    if loaded:
        say("Loaded: " + ", ".join(f"{number} {kind}" for kind, number in _counts(loaded).items()))
    if migrated.key_ring_made:
        say(f"Made the key ring {place.key_ring}. Keep a copy of it: without it no history can be read.")
    if not migrated.service_may_log_in:
        say(
            f"The role {APP_ROLE} has the rights of the service and may not log in. As a superuser of PostgreSQL: "
            f"ALTER ROLE {APP_ROLE} LOGIN PASSWORD '...'"
        )


def _show_temporal(temporal: TemporalPlace | None, changed: tuple[str, ...], place: Place) -> None:
    if temporal is None:
        say("No Temporal is named (TEMPORAL_ADDRESS, TEMPORAL_PROFILE): its namespace was not prepared.")
    else:
        done = f"made or changed {', '.join(changed)}" if changed else "it is up to date"
        say(f"Namespace {temporal.namespace} at {temporal.address}: {done}.")
    say_if_unsealed(place)
