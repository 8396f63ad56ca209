"""`uide schools` and `uide staff`: who provides the service, and who may act there."""

import asyncio

from activities.register.directory_lists import HeldRole, list_schools, list_staff
from domain.school import School
from starter.cli.answers import answer
from starter.cli.options import AsJson, Data, SchoolBin
from starter.cli.screen import moment, say_if_unsealed, show_table
from starter.place import Place, find_place
from starter.register_access import open_register


def schools(data: Data = None, as_json: AsJson = False) -> None:
    """List the schools of the directory.

    They are loaded by uide migrate --directory FILE.

    \b
    Examples:
      uide schools
      uide schools --json
    """
    place = find_place(data)
    found = asyncio.run(_schools(place))
    document = {"schools": [school.model_dump(mode="json") for school in found]}
    answer(document, as_json=as_json, screen=lambda: _show_schools(found, place))


def staff(school: SchoolBin, data: Data = None, as_json: AsJson = False) -> None:
    """List who holds a role at a school.

    Since when, until when, and by which act.

    \b
    Examples:
      uide staff --school 010940000013
      uide staff --school 010940000013 --json
    """
    place = find_place(data)
    found = asyncio.run(_staff(place, school))
    document = {"school": school, "staff": [person.model_dump(mode="json") for person in found]}
    answer(document, as_json=as_json, screen=lambda: _show_staff(school, found, place))


async def _schools(place: Place) -> tuple[School, ...]:
    async with open_register(place.database_url, size=1) as pool:
        return await list_schools(pool)


async def _staff(place: Place, school: str) -> tuple[HeldRole, ...]:
    async with open_register(place.database_url, size=1) as pool:
        return await list_staff(pool, school)


def _show_schools(found: tuple[School, ...], place: Place) -> None:
    rows = ((s.code, s.bin, s.week, f"{s.opens:%H:%M}-{s.closes:%H:%M}", s.name_kk, s.name_ru) for s in found)
    show_table("Schools", ("code", "BIN", "week", "office", "name (kk)", "name (ru)"), rows)
    say_if_unsealed(place)


def _show_staff(school: str, found: tuple[HeldRole, ...], place: Place) -> None:
    rows = (
        (p.role, p.staff_id, p.name, moment(p.valid_from), moment(p.valid_until), p.post_kk, p.act)
        for p in found
    )
    show_table(f"Staff of {school}", ("role", "staff_id", "name", "since", "until", "post", "by"), rows)
    say_if_unsealed(place)
