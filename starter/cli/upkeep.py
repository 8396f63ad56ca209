"""`uide migrate` and `uide verify`: the schema and the invariants of the register."""

import asyncio
from pathlib import Path
from typing import Annotated

import asyncpg
import typer
from pydantic import ValidationError

from activities.register.directory import load_directory
from activities.register.migrations import migrate as apply_migrations
from activities.register.verify import Report
from activities.register.verify import verify as verify_register
from domain.refusal import InputRefused
from domain.school import Directory
from starter.cli.answers import FAILED, answer
from starter.cli.options import AsJson, Data
from starter.cli.screen import say, say_if_unsealed, show_table
from starter.input_file import read_object
from starter.place import Place, find_place
from starter.register_access import open_register, telling_if_away

MAX_DIRECTORY_BYTES = 64 * 1024 * 1024
"""All schools of the country with their staff fit several times."""

DirectoryFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Schools, staff, roles and school years to load (docs/schemas/directory.json)."
    ),
]


def migrate(directory: DirectoryFile = None, data: Data = None, as_json: AsJson = False) -> None:
    """Bring the schema up to date, and load a directory.

    A directory has schools, staff and roles. Works as the role of DATABASE_OWNER_URL, or of DATABASE_URL where
    no owner is named. Safe to repeat.

    \b
    Examples:
      uide migrate
      uide migrate --directory schools.json --json
    """
    loaded = _read_directory(directory) if directory else None
    place = find_place(data)
    applied = asyncio.run(_migrate(place, loaded))
    document = {"applied": applied, "directory": _counts(loaded) if loaded else None}
    answer(document, as_json=as_json, screen=lambda: _show_migrated(applied, loaded, place))


def verify(data: Data = None, as_json: AsJson = False) -> None:
    """Check every invariant of the register.

    Reads only; names each violation, and ends with 1 if there is one.

    \b
    Examples:
      uide verify
      uide verify --json
    """
    place = find_place(data)
    report = asyncio.run(_verify(place))
    document = {"ok": not report.violations, **report.model_dump(mode="json")}
    answer(document, as_json=as_json, screen=lambda: _show_report(report, place))
    if report.violations:
        raise typer.Exit(FAILED)


# migrate


def _read_directory(file: Path) -> Directory:
    try:
        return Directory.model_validate(read_object(file, limit=MAX_DIRECTORY_BYTES))
    except ValidationError as error:
        raise InputRefused.from_validation(error, "directory") from None


async def _migrate(place: Place, directory: Directory | None) -> list[str]:
    owner_url = place.owner_url.get_secret_value()
    with telling_if_away():
        applied = await apply_migrations(owner_url)
        if directory:
            await _load(owner_url, directory)
    return applied


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


def _show_migrated(applied: list[str], loaded: Directory | None, place: Place) -> None:
    say(f"Applied: {', '.join(applied)}" if applied else "The schema is up to date.")
    if loaded:
        say("Loaded: " + ", ".join(f"{number} {kind}" for kind, number in _counts(loaded).items()))
    say_if_unsealed(place)


# verify


async def _verify(place: Place) -> Report:
    async with open_register(place.database_url, size=1) as pool:
        return await verify_register(pool)


def _show_report(report: Report, place: Place) -> None:
    say(f"{len(report.checks)} checks, {len(report.violations)} violations.")
    if report.violations:
        rows = (tuple(violation.model_dump(mode="json").values()) for violation in report.violations)
        show_table("Violations", tuple(type(report.violations[0]).model_fields), rows)
    say_if_unsealed(place)
