"""R10.2: the script of an export counts the terms of complaints again: as started, extended, and counted anew."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from activities.register.acceptance import find_case
from activities.register.complaints.taking import take_complaint_act
from activities.register.turns import Queue
from domain.complaint_stages import ComplaintStep
from starter.export.archive import archive
from starter.export.files import ExportedCase
from tests.activities.calendar_stories import an_order, enter, write_acts
from tests.activities.stories import a_refused_case
from tests.activities.test_complaint_papers import a_complaint, do
from tests.builders import an_act, local
from tests.databases import RULES, Register
from tests.starter.test_cli_export import Files, case_file, checked, files_in, linked_anew, rows_of

EXTENDED, CHANGED = "2026-11-20 10:00", "2026-11-20 12:00"


@pytest.fixture
async def exported(register: Register) -> Files:
    """A complaint to the head of five working days, extended by ten, then counted anew for a day off."""
    filed = await a_refused_case(register)
    number = await a_complaint(register, filed)
    await do(register, number, an_act(ComplaintStep.EXTEND, working_days=10), EXTENDED)
    entered = await enter(register, an_order("2026-11-24"), CHANGED)
    await write_acts(register, entered.version, CHANGED)
    queue = Queue.of(await find_case(register.pool, number))
    act_id = f"calendar-{entered.version}-{queue.complaint_id}"
    await take_complaint_act(register.pool, queue, act_id, local(CHANGED), RULES)
    return files_in(archive(ExportedCase(await case_file(register, filed))))


def forged(files: Files, version: int, changes: dict[str, Any]) -> Files:
    """That version of the term says something else, and every hash agrees with it."""
    rows = rows_of(files)
    terms = [(row, json.loads(row["row"])) for row in rows if row["record"] == "complaint_term"]
    row, told = next((row, told) for row, told in terms if told["version"] == version)
    if not changes:
        told["explanation"][-1]["counted"] = False
    row["row"] = json.dumps({**told, **changes}, ensure_ascii=False)
    return linked_anew(files, rows)


def test_a_term_extended_and_counted_anew_is_counted_rightly(exported: Files, tmp_path: Path) -> None:
    code, said = checked(exported, tmp_path)
    assert (code, said[4]) == (0, "ok     every term is counted rightly")
    terms = [json.loads(row["row"]) for row in rows_of(exported) if row["record"] == "complaint_term"]
    told = [(term["version"], term["extended_by"], term["cause"][:9]) for term in terms]
    assert [(version, by) for version, by, _ in told] == [(1, 0), (2, 10), (3, 10)]
    assert told[2][2] == "calendar-"


@pytest.mark.parametrize(
    ("version", "changes", "named"),
    [
        pytest.param(1, {}, "counts 4 days, and it is one of 5 working days", id="as started"),
        pytest.param(2, {}, "counts 9 days, and it is one of 10 working days", id="extended"),
        pytest.param(2, {"extended_by": 12}, "counts 10 days, and it is one of 12", id="extended by more"),
        pytest.param(
            2,
            {"due_day": "2026-12-31"},
            "ends on 2026-12-09, and its due day is 2026-12-31",
            id="a later day",
        ),
        pytest.param(3, {}, "counts 14 days, and it is one of 15 working days", id="counted anew"),
        pytest.param(3, {"cause": "r-extend"}, "counts 15 days, and it is one of 10", id="no calendar's act"),
    ],
)
def test_a_forged_term_of_a_complaint_is_named(
    version: int, changes: dict[str, Any], named: str, exported: Files, tmp_path: Path
) -> None:
    code, said = checked(forged(exported, version, changes), tmp_path)
    wrong = [line for line in said if line.startswith("WRONG")]
    assert code == 1
    assert len(wrong) == 1
    assert re.search(rf"every term is counted rightly: the complaint's term \S+ {named}", wrong[0]), wrong
