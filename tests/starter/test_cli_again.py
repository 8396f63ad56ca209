"""`uide silence`, and what the commands say of applications filed again, taken back and added to."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from activities.register.taking import take_act
from domain.stages import Step
from starter.embedded.temporal_server import EmbeddedTemporal
from tests.builders import CLERK, a_document, an_act, an_office_application
from tests.databases import RULES, Register
from tests.starter.command_runs import EXAMPLES, uide_here, written
from tests.starter.test_cli_filing import at_work

BODY = "010941000019"


async def test_d1_silence_is_listed_for_programs_and_for_people(here: Register) -> None:
    filed = await here.file(received_at="2026-11-10 10:00")
    document = (await uide_here("silence", "--body", BODY, "--json")).document
    assert set(document) == {"body", "at", "cases"}
    (case,) = document["cases"]
    assert (case["number"], case["due_at"]) == (filed.number, "2026-11-12T18:30:00+05:00")
    assert case["late_working_days"] >= 6
    assert (case["answered_by"], case["complaints"]) == (None, [])
    shown = (await uide_here("silence", "--body", BODY)).out
    assert "1 without an answer in time, 1 of them still without one" in shown
    assert filed.number in shown


async def test_a_body_without_silence_is_told_so(here: Register) -> None:
    assert (await uide_here("silence", "--body", BODY, "--json")).document["cases"] == []


async def test_silence_for_a_body_that_nobody_knows_is_refused(here: Register) -> None:
    ended = await uide_here("silence", "--body", "010941000029", "--json")
    assert (ended.code, [problem["code"] for problem in ended.problems]) == (2, ["unknown_body"])


async def refused_at_the_office(here: Register) -> str:
    submitted = (await uide_here("submit", EXAMPLES / "office-refused.json", "--json")).document
    number: str = submitted["number"]
    for name in ("check-package-defects", "refuse"):
        answered = await uide_here("act", number, EXAMPLES / "acts" / f"{name}.json", "--json")
        case_id, act_id, now = UUID(submitted["case_id"]), answered.document["act_id"], datetime.now(UTC)
        await take_act(here.pool, case_id, act_id, now, RULES)
    return number


async def test_d6_submit_says_what_was_taken_over_and_warns_of_what_has_expired(
    here: Register, tmp_path: Path
) -> None:
    number = await refused_at_the_office(here)
    raw = json.loads((EXAMPLES / "again-after-refusal.json").read_text(encoding="utf-8"))
    again = written(tmp_path, {**raw, "after": number, "documents": []})
    document = (await uide_here("submit", again, "--json")).document
    assert (document["after"], document["taken_over"]) == (number, 1)
    (expired,) = document["expired"]
    assert (expired["number"], expired["expired_on"]) == ("0012", "2025-05-25")
    shown = (await uide_here("submit", again)).out
    assert f"follows   {number}: 1 paper(s) taken over" in shown
    assert "WARNING   Expired document" in shown
    status = (await uide_here("status", document["number"])).out
    assert f"follows       {number}" in status
    assert f"followed by   {document['number']}" in (await uide_here("status", number)).out


async def test_d6_an_earlier_case_that_is_not_there_is_refused_with_what_to_do(
    here: Register, tmp_path: Path
) -> None:
    raw = json.loads((EXAMPLES / "again-after-refusal.json").read_text(encoding="utf-8"))
    ended = await uide_here("submit", written(tmp_path, {**raw, "documents": []}), "--json")
    assert ended.code == 2
    assert [problem["code"] for problem in ended.problems] == ["earlier_case_unknown"]
    assert await here.pool.fetchval("SELECT count(*) FROM application") == 0


async def test_par_4_receipts_of_added_papers_are_files_of_their_own(here: Register, tmp_path: Path) -> None:
    filed = await here.file(an_office_application())
    for number in ("0021", "0022"):
        paper = a_document("OTHER", number=number, file=None)
        await here.do(filed, an_act(Step.ADD_DOCUMENTS, actor=CLERK, documents=[paper]))
    saved = await uide_here("papers", filed.number, "--save", tmp_path / "papers", "--json")
    assert (saved.code, len({paper["file"] for paper in saved.document["papers"]})) == (0, 3)


async def test_at_the_office_act_says_how_to_print_the_receipt_of_a_withdrawal(
    here: Register, temporal: EmbeddedTemporal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal.address)
    async with at_work(here, temporal, tmp_path):
        number = (await uide_here("submit", EXAMPLES / "office-refused.json", "--json")).document["number"]
        taken_back = (await uide_here("act", number, EXAMPLES / "acts" / "withdraw.json")).out
        assert "Print the receipt for the applicant" in taken_back
