"""`uide acting`: orders by which somebody acts as head, entered, listed and ended by command."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.acting_order import parse_acting_order
from domain.legal_time import local_time
from domain.stages import Step
from tests.builders import CLERK, DEPUTY, HEAD, OTHER_SCHOOL, SCHOOL, SPECIALIST, an_act
from tests.databases import Register
from tests.starter.command_runs import EXAMPLES, Ended, uide_here, written

HOUR = timedelta(hours=1)


def moment(ahead: timedelta) -> str:
    return (datetime.now(UTC) + ahead).isoformat(timespec="seconds")


def an_order(**changes: Any) -> dict[str, Any]:
    """By it the deputy acts from now on."""
    said = {"actor": HEAD, "acting": DEPUTY, "act": "№ 15-ЖҚ", "order_id": "acting-0001"}
    return {**said, "valid_from": moment(timedelta(0)), "valid_until": moment(HOUR), **changes}


async def enter(folder: Path, **changes: Any) -> Ended:
    return await uide_here(
        "acting", "add", "--school", SCHOOL, written(folder, an_order(**changes)), "--json"
    )


async def test_an_order_is_entered_listed_and_ended(here: Register, tmp_path: Path) -> None:
    entered = await enter(tmp_path)
    assert (entered.code, entered.document["acting"], entered.document["repeated"]) == (0, DEPUTY, False)
    (listed,) = (await uide_here("acting", "list", "--school", SCHOOL, "--json")).document["orders"]
    assert (listed["order_id"], listed["state"]) == ("acting-0001", "RUNNING")
    assert listed["name"] == "Орынбасарова Жанар Серікқызы"
    shown = (await uide_here("acting", "list", "--school", SCHOOL)).out
    assert "RUNNING" in shown
    ended = await uide_here("acting", "end", "acting-0001", "--by", HEAD, "--act", "№ 16-ЖҚ", "--json")
    assert (ended.code, ended.document["ended_by"], ended.document["ended_act"]) == (0, HEAD, "№ 16-ЖҚ")
    assert "ENDED" in (await uide_here("acting", "list", "--school", SCHOOL)).out


async def test_an_order_is_entered_by_options_with_an_id_made_up(here: Register) -> None:
    options = (
        "--by",
        HEAD,
        "--who",
        SPECIALIST,
        "--act",
        "№ 15-ЖҚ",
        "--from",
        moment(HOUR),
        "--until",
        moment(2 * HOUR),
    )
    ended = await uide_here("acting", "add", "--school", SCHOOL, *options)
    assert ended.code == 0
    assert "Entered: acting-" in ended.out
    assert "End it earlier:" in ended.out


async def test_the_same_order_again_gets_the_first_answer(here: Register, tmp_path: Path) -> None:
    file = written(tmp_path, an_order())
    first, again = [await uide_here("acting", "add", "--school", SCHOOL, file, "--json") for _ in range(2)]
    assert (again.code, again.document) == (0, {**first.document, "repeated": True})
    other = await enter(tmp_path, act="№ 16-ЖҚ")
    assert (other.code, other.problems[0]["code"]) == (2, "order_id_used")


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a time without its offset": ({"valid_from": "2026-11-24T09:00:00"}, "moment"),
    "no act": ({"act": ""}, "string_too_short"),
    "an id of nobody": ({"acting": "nobody"}, "unknown_acting"),
    "a stranger": ({"acting": "at002-deputy"}, "acting_stranger"),
    "the head for the head": ({"acting": HEAD}, "acting_own_post"),
    "a clerk enters it": ({"actor": CLERK}, "wrong_role"),
    "yesterday": ({"valid_from": moment(-timedelta(days=2))}, "acting_order_backdated"),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_an_order_that_may_not_be_is_refused_and_noted(
    what: str, here: Register, tmp_path: Path
) -> None:
    changes, code = REFUSED[what]
    ended = await enter(tmp_path, **changes)
    assert (ended.code, ended.problems[0]["code"]) == (2, code)
    noted = await here.pool.fetchval("SELECT details FROM audit WHERE action = 'enter_acting_order'")
    assert noted["problems"][0]["code"] == code
    assert await here.pool.fetchval("SELECT count(*) FROM acting_order") == 0


async def another_order_here(here: Register, folder: Path) -> None:
    """The specialist acts in this time."""
    assert (await enter(folder, order_id="acting-0002", acting=SPECIALIST)).code == 0


async def the_head_acts_elsewhere(here: Register, folder: Path) -> None:
    """The head is a deputy of another school as well, and acts in the post of its head."""
    async with here.owner() as owner:
        await owner.execute(
            "INSERT INTO staff_role SELECT $1, $2, 'DEPUTY_HEAD', valid_from, NULL, act FROM staff_role"
            " WHERE staff_id = $1 AND role = 'HEAD'",
            HEAD,
            OTHER_SCHOOL,
        )
    there = written(folder, an_order(order_id="acting-0002", actor="at002-head", acting=HEAD))
    assert (await uide_here("acting", "add", "--school", OTHER_SCHOOL, there, "--json")).code == 0


@pytest.mark.parametrize(
    ("before", "code"),
    [(another_order_here, "acting_orders_overlap"), (the_head_acts_elsewhere, "acting_chain")],
    ids=["overlap", "chain"],
)
async def test_an_order_that_meets_another_is_refused_and_noted(
    before: Callable[[Register, Path], Awaitable[None]], code: str, here: Register, tmp_path: Path
) -> None:
    await before(here, tmp_path)
    ended = await enter(tmp_path)
    assert (ended.code, ended.problems[0]["code"]) == (2, code)
    assert "uide acting end acting-0002" in ended.problems[0]["instead"]
    noted = await here.pool.fetch(
        "SELECT details FROM audit WHERE action = 'enter_acting_order' ORDER BY audit_id"
    )
    assert [problem["code"] for problem in noted[-1]["details"]["problems"]] == [code]
    assert await here.pool.fetchval("SELECT array_agg(order_id) FROM acting_order") == ["acting-0002"]


async def test_an_order_is_given_as_a_file_or_by_options_and_never_by_both(
    here: Register, tmp_path: Path
) -> None:
    file = written(tmp_path, an_order())
    ended = await uide_here("acting", "add", "--school", SCHOOL, file, "--by", HEAD, "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, "order_twice")


async def test_orders_of_a_school_that_is_not_there_are_refused(here: Register) -> None:
    ended = await uide_here("acting", "list", "--school", "010941000019", "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, "unknown_school")
    assert (await uide_here("acting", "list", "--school", OTHER_SCHOOL, "--json")).document["orders"] == []


async def test_an_order_that_nobody_entered_cannot_be_ended(here: Register) -> None:
    ended = await uide_here("acting", "end", "acting-0009", "--by", HEAD, "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, "unknown_acting_order")


async def test_status_and_inbox_name_who_acts_as_head(here: Register, tmp_path: Path) -> None:
    filed = await here.file()
    await here.do(filed, an_act(Step.CHECK_PACKAGE))
    await enter(tmp_path)
    for command in (("status", filed.number), ("inbox", "--school", SCHOOL)):
        shown = (await uide_here(*command)).out
        assert (
            f"Орынбасарова Жанар Серікқызы, директордың тәрбие ісі жөніндегі орынбасары ({DEPUTY})" in shown
        )
        assert "acting head for Басшыбаев Ерлан Әділұлы, директор, by № 15-ЖҚ" in shown


async def test_status_tells_by_whom_an_act_was_done_and_for_whom(here: Register, tmp_path: Path) -> None:
    filed = await here.file()
    await here.do(filed, an_act(Step.CHECK_PACKAGE))
    await enter(tmp_path, valid_until=moment(48 * HOUR))
    later = local_time(datetime.now(UTC) + HOUR)
    await here.do(filed, an_act(Step.ADMIT, actor=DEPUTY), moment=f"{later:%Y-%m-%d %H:%M}")
    shown = (await uide_here("status", filed.number)).out
    assert f"director_decision admit by {DEPUTY}, acting head for {HEAD} by № 15-ЖҚ: taken" in shown
    assert f"{DEPUTY}, acting for {HEAD}" in shown


def test_the_example_has_the_form_of_an_order() -> None:
    example = json.loads((EXAMPLES / "acting" / "order.json").read_text(encoding="utf-8"))
    assert parse_acting_order({"order_id": "acting-0001", **example}).acting == DEPUTY


@pytest.mark.parametrize("command", ["add", "list", "end"])
async def test_every_command_has_help_with_examples(command: str, no_place: Path) -> None:
    shown = (await uide_here("acting", command, "--help")).out
    assert f"uide acting {command}" in shown.partition("Examples:")[2]
