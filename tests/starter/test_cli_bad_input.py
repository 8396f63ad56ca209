"""Bad input: told in words with exit code 2; the register keeps a note of it and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from domain.acts import parse_act
from domain.stages import Step
from tests.builders import HEAD, PDF, a_child, a_document, a_file, an_act, an_applicant
from tests.databases import Register
from tests.domain.inputs import a_raw_act, a_request, with_value, without
from tests.starter.command_runs import Ended, uide, uide_here, written

TABLES = (
    "application",
    "procedure",
    "act",
    "act_result",
    "document",
    "attachment",
    "term",
    "journal",
    "paper",
)


async def content_of(register: Register) -> dict[str, list[Any]]:
    """All that the register holds of cases."""
    return {
        table: [tuple(row) for row in await register.pool.fetch(f"SELECT * FROM {table} ORDER BY 1")]  # noqa: S608
        for table in TABLES
    }


async def audit(register: Register) -> list[tuple[str, str]]:
    """The notes of refused inputs: what was tried, and the codes of what was wrong."""
    rows = await register.pool.fetch(
        "SELECT action, details FROM audit WHERE details ? 'problems' ORDER BY audit_id"
    )
    return [(row["action"], problem["code"]) for row in rows for problem in row["details"]["problems"]]


async def refused(register: Register, *arguments: object) -> Ended:
    """The command, which must be refused and leave the register as it was."""
    before = await content_of(register)
    ended = await uide_here(*arguments, "--json")
    assert ended.code == 2, ended
    assert await content_of(register) == before
    for problem in ended.problems:
        assert all(problem[part] for part in ("code", "where", "what", "why", "instead"))
    return ended


FILES = {
    "file_too_long": b'{"a": "' + b"x" * 1024 * 1024 + b'"}',
    "file_not_utf8": '{"surname": "Ж"}'.encode("cp1251"),
    "file_not_json": b'{"request_id": ',
    "file_ambiguous": b'{"channel": "OFFICE", "channel": "PORTAL"}',
    "file_too_deep": b"[" * 100_000 + b"]" * 100_000,
    "not_an_object": b"[]",
}


@pytest.mark.parametrize("code", FILES)
async def test_a_file_that_is_no_input_is_refused_and_noted(
    code: str, here: Register, tmp_path: Path
) -> None:
    file = tmp_path / "input.json"
    file.write_bytes(FILES[code])
    ended = await refused(here, "submit", file)
    assert [(problem["code"], problem["where"]) for problem in ended.problems] == [(code, "FILE")]
    assert await audit(here) == [("submit", code)]


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "1" * 5000, '"\\ud800"'])
async def test_a_value_that_is_not_plain_json_is_refused(number: str, here: Register, tmp_path: Path) -> None:
    file = tmp_path / "input.json"
    file.write_text(f'{{"wish": {{"grade": {number}}}}}')
    ended = await refused(here, "act", "AT001-2026-00001", file)
    assert ended.problems[0]["code"] in ("file_ambiguous", "file_not_utf8")


async def test_a_file_that_is_not_there_is_refused_by_the_program(here: Register, tmp_path: Path) -> None:
    ended = await uide("submit", tmp_path / "absent.json", "--json")
    assert ended.code == 2
    assert ended.problems[0]["what"].endswith(
        "absent.json: the file cannot be read: No such file or directory"
    )
    assert await audit(here) == [("submit", "file_unreadable")]


APPLICATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown field": (a_request(favourite="x"), "application.favourite"),
    "a time from outside": (a_request(received_at="2026-11-01T10:00+05:00"), "application.received_at"),
    "missing field": (without(a_request(), "wish.grade"), "application.wish.grade"),
    "bad IIN": (with_value(a_request(), "child.iin", "160314500013"), "application.child.iin"),
    "bad BIN": (with_value(a_request(), "school", "010940000014"), "application.school"),
    "bad date": (
        with_value(a_request(), "documents.0.issued_on", "2026-02-30"),
        "application.documents.0.issued_on",
    ),
    "bad phone": (with_value(a_request(), "applicant.phone", "12"), "application.applicant.phone"),
    "bad language": (with_value(a_request(), "language", "en"), "application.language"),
    "bad grade": (with_value(a_request(), "wish.grade", 14), "application.wish.grade"),
    "unknown school": (with_value(a_request(), "school", "010941000019"), "application.school"),
    "legal entity": (
        with_value(a_request(), "applicant", {**an_applicant(), "bin": "010940000013"}),
        "application.applicant",
    ),
    "no clerk": (with_value(a_request(), "channel", "OFFICE"), "application"),
    "not the clerk": (a_request(channel="OFFICE", accepted_by=HEAD), "application.accepted_by"),
    "wrong type": (
        with_value(a_request(), "documents.0.file", a_file("vkk.exe")),
        "application.documents.0.file",
    ),
    "not its type": (
        with_value(a_request(), "documents.0.file", a_file("vkk.png")),
        "application.documents.0.file",
    ),
    "empty file": (
        with_value(a_request(), "documents.0.file", a_file(content=b"")),
        "application.documents.0.file",
    ),
    "absent path": (
        with_value(a_request(), "documents.0.file", "absent.pdf"),
        "application.documents.0.file",
    ),
}


@pytest.mark.parametrize("name", APPLICATIONS)
async def test_par_4_an_application_that_cannot_be_taken_is_refused(
    name: str, here: Register, tmp_path: Path
) -> None:
    raw, where = APPLICATIONS[name]
    ended = await refused(here, "submit", written(tmp_path, raw))
    assert where in [problem["where"] for problem in ended.problems]
    assert len(await audit(here)) == len(ended.problems)


async def test_q26_files_of_more_than_5_mb_are_refused(here: Register, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        (tmp_path / name).write_bytes(PDF + b"\0" * 3 * 1024 * 1024)
    raw = a_request(documents=[a_document(file="one.pdf"), a_document("OTHER", file="two.pdf")])
    ended = await refused(here, "submit", written(tmp_path, raw))
    assert [(p["code"], p["where"]) for p in ended.problems] == [
        ("attachment_too_large", "application.documents.1.file")
    ]


async def test_q21_a_second_case_for_a_child_is_refused_and_its_number_told_to_the_same_applicant_only(
    here: Register, tmp_path: Path
) -> None:
    first = await uide_here("submit", written(tmp_path, a_request()), "--json")
    again = await refused(here, "submit", written(tmp_path, a_request(request_id="request-000002")))
    assert first.document["number"] in again.problems[0]["what"]
    stranger = an_applicant(iin="851003300025")
    other = await refused(
        here, "submit", written(tmp_path, a_request(request_id="request-000003", applicant=stranger))
    )
    assert first.document["number"] not in other.out


async def test_a_request_id_stands_for_one_application(here: Register, tmp_path: Path) -> None:
    await uide_here("submit", written(tmp_path, a_request()))
    ended = await refused(here, "submit", written(tmp_path, a_request(child=a_child(2))))
    assert ended.problems[0]["code"] == "request_id_used"


CHECK = a_raw_act("check_package", {"items": [{"document": "VKK_CONCLUSION", "present": True}]})


async def test_an_act_for_an_unknown_case_is_refused_and_noted(here: Register, tmp_path: Path) -> None:
    ended = await refused(here, "act", "AT001-2026-99999", written(tmp_path, CHECK))
    assert ended.problems[0]["code"] == "unknown_case"
    assert await audit(here) == [("act", "unknown_case")]


async def test_an_act_with_a_time_of_its_own_is_refused(here: Register, tmp_path: Path) -> None:
    filed = await here.file()
    ended = await refused(
        here, "act", filed.number, written(tmp_path, {**CHECK, "at": "2026-11-01T10:00+05:00"})
    )
    assert ended.problems[0]["where"] == "act.at"


async def test_an_act_id_with_other_content_is_refused(here: Register, tmp_path: Path) -> None:
    filed = await here.file()
    await here.accept(filed, an_act(Step.CHECK_PACKAGE, act_id="act-000001"))
    other = with_value(CHECK, "content.items.0.present", False)
    ended = await refused(here, "act", filed.number, written(tmp_path, other))
    assert ended.problems[0]["code"] == "act_id_used"


ACTS = {
    "wrong_role": {**CHECK, "actor": HEAD},
    "other_school": {**CHECK, "actor": "at002-clerk"},
    "unknown_actor": {**CHECK, "actor": "nobody-here"},
    "wrong_stage": a_raw_act("director_decision", {"decision": "sign_order"}, actor=HEAD),
}


@pytest.mark.parametrize("code", ACTS)
async def test_par_5_an_act_that_may_not_be_done_is_kept_with_its_refusal(
    code: str, here: Register, tmp_path: Path
) -> None:
    filed = await here.file()
    file = written(tmp_path, ACTS[code])
    assert (await uide_here("act", filed.number, file, "--json")).document["verdict"] == "pending"
    await here.take(filed, parse_act(ACTS[code]))
    ended = await uide_here("act", filed.number, file, "--json")
    assert ended.code == 2
    assert {"verdict": "refused", "reason_code": code, "stage": "RECEIVED"}.items() <= ended.document.items()
