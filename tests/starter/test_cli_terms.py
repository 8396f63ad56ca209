"""`uide term` and `uide calendar list` tell the due dates of the requirements, without any server."""

from pathlib import Path

import pytest

from tests.databases import Register
from tests.starter.command_runs import uide, uide_here

VECTORS = [
    # received, 2 working days, strict, on a six-day week, 5, 15: requirements, section 6
    ("2026-03-20", "2026-03-27", "2026-03-26", "2026-03-26", "2026-04-01", "2026-04-15"),
    ("2026-08-28", "2026-09-01", "2026-08-31", "2026-08-31", "2026-09-04", "2026-09-18"),
    ("2026-10-23", "2026-10-28", "2026-10-27", "2026-10-27", "2026-11-02", "2026-11-16"),
    ("2026-12-14", "2026-12-17", "2026-12-15", "2026-12-17", "2026-12-22", "2027-01-08"),
    ("2026-12-31", "2027-01-06", "2027-01-05", "2027-01-05", "2027-01-12", "2027-01-26"),
    ("2027-03-12", "2027-03-17", "2027-03-16", "2027-03-16", "2027-03-25", "2027-04-08"),
]
KEYS = {
    "received_at",
    "effective_day",
    "due_day",
    "due_at",
    "strict_due_day",
    "provisional",
    "working_days",
    "week",
    "calendar_version",
    "days",
}

pytestmark = pytest.mark.usefixtures("no_place")


async def due(received: str, days: int, week: int = 5) -> str:
    ended = await uide_here("term", "--received", received, "--days", days, "--week", week, "--json")
    assert ended.code == 0
    day: str = ended.document["due_day"]
    return day


@pytest.mark.parametrize(("day", "two", "strict", "six", "five", "fifteen"), VECTORS, ids=lambda day: day)
async def test_app_1_item_3_a_term_ends_on_the_day_of_the_requirements(
    day: str, two: str, strict: str, six: str, five: str, fifteen: str
) -> None:
    received = f"{day}T10:00+05:00"
    assert [await due(received, n) for n in (2, 5, 15)] == [two, five, fifteen]
    assert await due(received, 2, week=6) == six
    ended = await uide_here("term", "--received", received, "--days", 2, "--json")
    assert ended.document["strict_due_day"] == strict


async def test_app_1_item_7_what_comes_on_saturday_evening_counts_as_of_monday() -> None:
    ended = await uide("term", "--received", "2026-11-21T20:00+05:00", "--days", "2", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert set(ended.document) == KEYS
    assert ended.document["effective_day"] == "2026-11-23"
    assert ended.document["due_at"] == "2026-11-25T18:30:00+05:00"


async def test_a_term_is_explained_to_people_in_local_time() -> None:
    ended = await uide_here("term", "--received", "2026-03-20T05:00Z", "--days", 2)
    assert "received       20.03.2026 10:00 (Almaty)" in ended.out
    assert "due            27.03.2026 18:30" in ended.out
    assert "Nauryz" in ended.out


@pytest.mark.parametrize(
    ("received", "days", "code"),
    [
        ("2026-03-20T10:00", "2", "bad_moment"),
        ("20.03.2026", "2", "bad_moment"),
        ("2026-02-30T10:00+05:00", "2", "bad_moment"),
        ("2019-03-20T10:00+05:00", "2", "outside_calendar"),
        ("0001-01-01T00:00+14:00", "2", "outside_calendar"),
        ("2026-03-20T10:00+05:00", "100000", "outside_calendar"),
        ("2026-03-20T10:00+05:00", "0", "usage"),
        ("2026-03-20T10:00+05:00", "two", "usage"),
    ],
)
async def test_what_is_no_moment_or_no_term_is_refused_in_words(received: str, days: str, code: str) -> None:
    ended = await uide_here("term", "--received", received, "--days", days, "--json")
    assert ended.code == 2
    (problem,) = ended.problems
    assert problem["code"] == code
    assert all(problem[part] for part in ("where", "what", "why", "instead"))


async def test_the_built_in_calendar_is_listed_and_named_when_there_is_no_register() -> None:
    ended = await uide_here("calendar", "list", "--year", 2026, "--json")
    assert ended.code == 0
    assert (ended.document["source"], ended.document["working_days"]) == ("built-in", 247)
    assert {"2026-03-25", "2026-05-27", "2026-12-16"} < {day["date"] for day in ended.document["days"]}


async def test_the_calendar_of_the_register_has_what_was_ordered_there(here: Register) -> None:
    async with here.owner() as owner:
        await owner.execute("INSERT INTO calendar_change VALUES (1, 'order № 1', 'test', now())")
        await owner.execute("INSERT INTO calendar_override VALUES (1, '2026-06-01', 'OFF', NULL)")
    ended = await uide_here("calendar", "list", "--year", 2026, "--json")
    assert (ended.document["source"], ended.document["working_days"]) == ("register", 246)
    assert {"day": "2026-06-01", "act": "order № 1"}.items() <= ended.document["overrides"][0].items()


async def test_a_year_without_a_calendar_is_refused(no_place: Path) -> None:
    ended = await uide_here("calendar", "list", "--year", 2050, "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, "outside_calendar")
