"""`uide calendar add`, `confirm` and `list` on a register: what is entered, what is refused, what is told."""

import json
from pathlib import Path

import pytest

from tests.databases import Register
from tests.starter.command_runs import Ended, uide, uide_here

OFF = ("--off", "--week", "both", "--act", "Қаулы № 100", "--by", "A. Operator", "--json")


async def add(day: str, *options: str) -> Ended:
    return await uide_here("calendar", "add", day, *options)


async def test_a_change_is_entered_and_told_to_programs_even_while_temporal_is_away(here: Register) -> None:
    await here.file(received_at="2039-03-29 10:00")
    ended = await uide("calendar", "add", "2039-03-30", *OFF)
    assert ended.code == 0
    assert ended.document | {"entered_at": ""} == {
        "version": 1,
        "act": "Қаулы № 100",
        "entered_by": "A. Operator",
        "entered_at": "",
        "day": "2039-03-30",
        "kind": "OFF",
        "week": None,
        "year": None,
        "waiting": 1,
        "written": 0,
        "taken": 0,
        "finished_at": None,
        "created": True,
        "carried_out": False,
    }


async def test_the_same_change_again_gets_the_first_answer(here: Register) -> None:
    first, again = [(await add("2039-03-30", *OFF)).document for _ in range(2)]
    assert (first["version"], first["created"]) == (1, True)
    assert again == {**first, "created": False}
    assert await here.pool.fetchval("SELECT count(*) FROM audit WHERE action = 'calendar'") == 1


async def test_people_are_told_that_it_goes_on_by_itself(here: Register) -> None:
    await here.file(received_at="2039-03-29 10:00")
    shown = (await add("2039-03-30", *OFF[:-1])).out
    assert "Version 1 of the working calendar: 30.03.2039 is a day off, both weeks" in shown
    assert "to be counted: 1. It goes on by itself" in shown
    assert "calendar list" in shown


@pytest.mark.parametrize(
    ("day", "options", "where", "code"),
    [
        ("2039-03-30", ("--off", "--week", "both"), "calendar.act", "missing"),
        ("2039-03-30", ("--off", "--week", "both", "--act", "  "), "calendar.act", "string_too_short"),
        ("2039-03-30", ("--off", "--act", "Act 1"), "calendar.week", "missing"),
        ("2039-03-30", ("--week", "5", "--act", "Act 1"), "calendar.kind", "missing"),
        ("30.03.2039", ("--off", "--week", "5", "--act", "Act 1"), "calendar.day", "day"),
        ("2025-03-31", ("--off", "--week", "5", "--act", "Act 1"), "calendar.day", "year_closed"),
        ("2041-03-29", ("--off", "--week", "5", "--act", "Act 1"), "calendar.day", "outside_calendar"),
        ("2039-03-27", ("--off", "--week", "5", "--act", "Act 1"), "calendar.day", "day_is_so_already"),
        (
            "2039-03-29",
            ("--work", "--week", "5", "--act", "Act 1"),
            "calendar.day",
            "contradicts_another_row",
        ),
    ],
)
async def test_bad_input_is_refused_with_its_reason_and_noted_in_the_audit(
    here: Register, day: str, options: tuple[str, ...], where: str, code: str
) -> None:
    await add("2039-03-29", *OFF)
    ended = await add(day, *options, "--json")
    assert ended.code == 2
    assert [(problem["where"], problem["code"]) for problem in ended.problems] == [(where, code)]
    assert all(ended.problems[0].values())
    assert await here.pool.fetchval("SELECT count(*) FROM calendar_change") == 1
    noted = await here.pool.fetchval("SELECT details FROM audit WHERE details ? 'problems'")
    assert noted == {"problems": [{"code": code, "where": where}]}


async def test_a_later_act_takes_the_place_of_a_row_that_it_names(here: Register) -> None:
    await add("2039-03-30", *OFF)
    back = ("--work", "--week", "both", "--act", "Қаулы № 101", "--replaces", "1", "--json")
    assert (await add("2039-03-30", *back)).document["version"] == 2
    listed = (await uide_here("calendar", "list", "--year", "2039", "--json")).document
    assert [row["kind"] for row in listed["overrides"]] == ["OFF", "WORK"]
    assert not [day for day in listed["days"] if day["date"] == "2039-03-30" and not day["working"]]


async def test_a_year_is_confirmed_once(here: Register) -> None:
    told = ("--act", "Хабарландыру № 7", "--json")
    first = await uide_here("calendar", "confirm", "2039", *told)
    again = await uide_here("calendar", "confirm", "2039", *told)
    other = await uide_here("calendar", "confirm", "2039", "--act", "Хабарландыру № 8", "--json")
    assert (first.document["year"], first.document["created"]) == (2039, True)
    assert again.document == {**first.document, "created": False}
    assert (other.code, other.problems[0]["code"]) == (2, "year_confirmed")
    listed = (await uide_here("calendar", "list", "--year", "2039", "--json")).document
    assert (listed["confirmed"], listed["confirmed_by"]) == (True, ["Хабарландыру № 7"])


async def test_the_list_tells_each_change_and_how_far_terms_are_counted_anew(here: Register) -> None:
    await here.file(received_at="2039-03-29 10:00")
    await add("2039-03-30", *OFF)
    listed = await uide_here("calendar", "list", "--year", "2039", "--json")
    [change] = listed.document["changes"]
    assert (change["version"], change["waiting"], change["taken"]) == (1, 1, 0)
    shown = (await uide_here("calendar", "list", "--year", "2039")).out
    assert "30.03.2039 is a day off, both weeks" in shown
    assert "still to be counted" in shown


async def test_a_change_needs_a_register(no_place: Path) -> None:
    ended = await add("2039-03-30", *OFF)
    assert (ended.code, json.loads(ended.out)["error"]["problems"][0]["code"]) == (1, "service_not_found")
    assert list(no_place.iterdir()) == []
