"""R10.2: `uide export`, the whole file of a case for a body or a court, checked where there is no service."""

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from activities.register.case_file import CaseFile, read_case_file
from activities.register.intake import Filed
from activities.rendering import PaperRenderer
from domain.complaint_stages import ComplaintStep
from domain.legal_time import ALMATY
from starter.export.archive import archive
from starter.export.files import ExportedCase
from tests.activities.stories import a_refused_case
from tests.activities.test_complaint_papers import a_complaint, do
from tests.builders import (
    APPLICANT_IIN,
    HEAD,
    OFFICER,
    RECEIVED_AT,
    a_child,
    an_act,
    an_office_application,
)
from tests.databases import Register
from tests.starter.command_runs import uide_here
from tests.templates import BUILT_IN, REFUSAL_AT_FAULT, templates_with

Files = dict[str, bytes]


async def with_two_complaints(register: Register) -> Filed:
    """A refused case complained of to the head, who extended the term, and to the body, which has rejected it."""
    filed = await a_refused_case(register)
    to_head = await a_complaint(register, filed)
    to_body = await a_complaint(register, filed, addressee="QUALITY_BODY")
    await do(register, to_head, an_act(ComplaintStep.EXTEND), "2026-11-20 10:00")
    await do(register, to_body, an_act(ComplaintStep.FORWARD), "2026-11-19 10:00")
    await do(register, to_body, an_act(ComplaintStep.REGISTER), "2026-11-20 11:00")
    rejected = an_act(ComplaintStep.DECIDE, actor=OFFICER, ruling="rejected")
    await do(register, to_body, rejected, "2026-12-01 10:00")
    return filed


@pytest.fixture
async def exported(register: Register) -> Files:
    filed = await with_two_complaints(register)
    await PaperRenderer(register.pool, BUILT_IN).render(filed.case_id)
    return files_in(archive(ExportedCase(await case_file(register, filed))))


async def case_file(register: Register, filed: Filed) -> CaseFile:
    return await read_case_file(register.pool, filed.case_id, "ops", RECEIVED_AT)


def files_in(content: bytes) -> Files:
    with zipfile.ZipFile(BytesIO(content)) as archived:
        return {name: archived.read(name) for name in archived.namelist()}


def checked(files: Files, folder: Path) -> tuple[int, list[str]]:
    """What the script of the export says of itself in a folder of its own, without anything of the service."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    ended = run_check(folder)
    assert ended.stderr == ""
    return ended.returncode, ended.stdout.splitlines()


def run_check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", "check.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={}, check=False)


def rows_of(files: Files) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files["chain.jsonl"].splitlines()]


def with_rows(files: Files, rows: list[dict[str, Any]]) -> Files:
    """The export with another chain, and with a manifest that agrees with it as far as files go."""
    lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return with_file(files, "chain.jsonl", "".join(f"{line}\n" for line in lines).encode())


def with_file(files: Files, name: str, content: bytes) -> Files:
    manifest = json.loads(files["manifest.json"])
    for entry in manifest["files"]:
        if entry["path"] == name:
            entry["sha256"] = hashlib.sha256(content).hexdigest()
    return {**files, name: content, "manifest.json": json.dumps(manifest).encode()}


def linked_anew(files: Files, rows: list[dict[str, Any]]) -> Files:
    """A forged chain: every hash from the first changed row on is made to agree, in the manifest too."""
    manifest = json.loads(files["manifest.json"])
    before = manifest["case_id"]
    for row in rows:
        row["row_sha256"] = hashlib.sha256(row["row"].encode()).hexdigest()
        lines = (before, str(row["position"]), row["record"], row["row_key"], row["row_sha256"])
        before = row["hash"] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    manifest["head"] = before
    return with_rows({**files, "manifest.json": json.dumps(manifest).encode()}, rows)


def test_an_export_with_two_complaints_is_whole_where_there_is_no_service(
    exported: Files, tmp_path: Path
) -> None:
    code, said = checked(exported, tmp_path)
    assert (code, [line[:6] for line in said[:5]]) == (0, ["ok    "] * 5)
    rows = rows_of(exported)
    assert len([row for row in rows if row["record"] == "complaint"]) == 2
    wanted = {
        "application",
        "act",
        "act_result",
        "journal",
        "term",
        "paper",
        "audit",
        "complaint_term",
        "attachment",
    }
    assert wanted <= {row["record"] for row in rows}


def a_file_changed(prefix: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        name = next(name for name in sorted(files) if name.startswith(prefix))
        return {**files, name: files[name][:-1] + b"?"}

    return change


def a_file_changed_with_its_hash(prefix: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        name = next(name for name in sorted(files) if name.startswith(prefix))
        return with_file(files, name, files[name][:-1] + b"?")

    return change


def a_row_changed(record: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        rows = rows_of(files)
        row = next(row for row in rows if row["record"] == record)
        row["row"] = row["row"].replace("2026", "2025", 1)
        return with_rows(files, rows)

    return change


def without_the_last_row(files: Files) -> Files:
    return with_rows(files, rows_of(files)[:-1])


def without_a_row(files: Files) -> Files:
    rows = rows_of(files)
    return with_rows(files, rows[:7] + rows[8:])


def without_a_file(files: Files) -> Files:
    return {name: content for name, content in files.items() if name != "papers/01-receipt.pdf"}


def with_a_file_more(files: Files) -> Files:
    return {**files, "papers/99-order.pdf": b"%PDF-"}


def with_a_forged_term(files: Files) -> Files:
    rows = rows_of(files)
    row = next(row for row in rows if row["record"] == "term")
    told = json.loads(row["row"])
    told["explanation"][-1]["counted"] = False
    row["row"] = json.dumps(told, ensure_ascii=False)
    return linked_anew(files, rows)


def with_a_term_over_a_holiday(files: Files) -> Files:
    rows = rows_of(files)
    row = next(row for row in rows if row["record"] == "complaint_term")
    told = json.loads(row["row"].replace("2026-11-1", "2026-12-1"))
    told["explanation"] = [
        {**day, "source": "5-day working week", "date": f"2026-12-{16 + place:02}"}
        for place, day in enumerate(told["explanation"])
    ]
    row["row"] = json.dumps(told, ensure_ascii=False)
    return linked_anew(files, rows)


def with_an_act_cut_out(files: Files) -> Files:
    rows = [row for row in rows_of(files) if not (row["record"] == "act" and row["row_key"] == "r-admit")]
    for place, row in enumerate(rows, start=1):
        row["position"] = place
    manifest = {**json.loads(files["manifest.json"]), "links": len(rows)}
    return linked_anew({**files, "manifest.json": json.dumps(manifest).encode()}, rows)


TAMPERED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a paper": (a_file_changed("papers/"), r"every file .*: papers/01-\S+ is not what was exported"),
    "an attachment": (a_file_changed("attachments/"), r"every file .*: attachments/01\.pdf is not"),
    "the index": (a_file_changed("index.html"), r"every file .*: index\.html is not"),
    "a paper with the manifest": (
        a_file_changed_with_its_hash("papers/"),
        r"papers/01-\S+ is not the paper \S+ of",
    ),
    "an attachment with the manifest": (
        a_file_changed_with_its_hash("attachments/"),
        r"attachments/01\.pdf is not the attachment \S+ of the chain",
    ),
    "an act": (a_row_changed("act"), r"act \S+, place \d+ of the chain, is not the row that was linked"),
    "a verdict": (a_row_changed("act_result"), r"act_result \S+, place \d+ .* is not the row"),
    "the journal": (a_row_changed("journal"), r"journal 1, place \d+ .* is not the row"),
    "a complaint": (a_row_changed("complaint"), r"complaint \S+, place \d+ .* is not the row"),
    "the audit": (a_row_changed("audit"), r"audit \d+, place \d+ .* is not the row"),
    "the last row cut off": (
        without_the_last_row,
        r"the chain ends at place \d+; the register had \d+ links",
    ),
    "a row cut out": (without_a_row, r"place 8 of the chain, has the place 9"),
    "a file gone": (without_a_file, r"papers/01-receipt\.pdf cannot be read"),
    "a file more": (with_a_file_more, r"papers/99-order\.pdf was not part of the export"),
    "a forged term": (with_a_forged_term, r"the term 1/1 counts 1 days, and it is one of 2"),
    "a term over a holiday": (with_a_term_over_a_holiday, r"every term is counted rightly: "),
    "an act cut out of a forged chain": (with_an_act_cut_out, r"act 2 is missing"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_tampered_with_is_named(what: str, exported: Files, tmp_path: Path) -> None:
    tamper, named = TAMPERED[what]
    code, said = checked(tamper(exported), tmp_path)
    assert code == 1
    assert [line for line in said if re.search(named, line) and line.startswith("WRONG")], said


async def test_the_same_state_gives_the_same_bytes(register: Register) -> None:
    filed = await with_two_complaints(register)
    first, second = [archive(ExportedCase(await case_file(register, filed))) for _ in range(2)]
    assert first == second


async def test_the_zip_itself_can_be_checked(here: Register, tmp_path: Path) -> None:
    filed = await with_two_complaints(here)
    ended = await uide_here("export", filed.number, "--by", HEAD, "--to", tmp_path / "case.zip", "--json")
    told = ended.document
    content = (tmp_path / "case.zip").read_bytes()
    assert (told["size"], told["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    (tmp_path / "check.py").write_bytes(files_in(content)["check.py"])
    assert run_check(tmp_path, "case.zip").returncode == 0


async def test_the_audit_knows_who_took_the_file_and_which_bytes(here: Register, tmp_path: Path) -> None:
    filed = await a_refused_case(here)
    ended = await uide_here("export", filed.number, "--by", OFFICER, "--to", tmp_path / "case.zip", "--json")
    (row,) = await here.pool.fetch("SELECT actor, case_id, details FROM audit WHERE action = 'export'")
    assert (row["actor"], row["case_id"]) == (OFFICER, filed.case_id)
    assert row["details"] == {"sha256": ended.document["sha256"], "size": ended.document["size"]}


async def test_by_the_number_of_a_complaint_the_file_of_its_case_is_exported(
    here: Register, tmp_path: Path
) -> None:
    filed = await a_refused_case(here)
    number = await a_complaint(here, filed)
    ended = await uide_here("export", number, "--by", "ops", "--to", tmp_path / "case.zip", "--json")
    assert ended.document["number"] == filed.number


@pytest.mark.parametrize(
    ("by", "code"),
    [
        pytest.param((), "exporter_not_named", id="nobody named"),
        pytest.param(("--by", "at002-head"), "not_theirs_to_export", id="of another school"),
        pytest.param(("--by", "no-such-person"), "not_theirs_to_export", id="unknown"),
        pytest.param(("--by", "applicant"), "not_theirs_to_export", id="no staff"),
    ],
)
async def test_whoever_has_no_part_in_the_case_gets_no_file_and_the_audit_knows(
    by: tuple[str, ...], code: str, here: Register, tmp_path: Path
) -> None:
    filed = await a_refused_case(here)
    ended = await uide_here("export", filed.number, *by, "--to", tmp_path / "case.zip", "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, code)
    assert not (tmp_path / "case.zip").exists()
    noted = await here.pool.fetchval(
        "SELECT details #>> '{problems,0,code}' FROM audit WHERE action = 'export'"
    )
    assert noted == code


async def test_no_file_is_overwritten(here: Register, tmp_path: Path) -> None:
    filed = await a_refused_case(here)
    (tmp_path / "case.zip").write_text("another")
    ended = await uide_here("export", filed.number, "--by", HEAD, "--to", tmp_path / "case.zip", "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, "file_exists")
    assert (tmp_path / "case.zip").read_text() == "another"


async def test_a_paper_that_cannot_be_rendered_keeps_no_file_from_a_court(
    here: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates_with(tmp_path / "own", REFUSAL_AT_FAULT)
    monkeypatch.setenv("UIDE_PAPER_TEMPLATES", str(tmp_path / "own"))
    filed = await a_refused_case(here)
    ended = await uide_here("export", filed.number, "--by", HEAD, "--to", tmp_path / "case.zip", "--json")
    assert "REFUSAL" in ended.document["not_rendered"]
    files = files_in((tmp_path / "case.zip").read_bytes())
    assert "файл еще не сформирован" in files["index.ru.txt"].decode()
    assert checked(files, tmp_path / "there")[0] == 0


def test_the_index_is_read_by_people_in_both_languages(exported: Files) -> None:
    russian, kazakh = exported["index.ru.txt"].decode(), exported["index.kk.txt"].decode()
    assert "жалоба зарегистрирована" in russian
    assert "шағым тіркелді" in kazakh
    assert "Басшыбаев" in russian
    page = exported["index.html"].decode()
    assert set(re.findall(r'href="([^#"]+)"', page)) == {
        name for name in exported if name.startswith(("papers/", "attachments/"))
    }


def test_whole_iins_stand_in_the_rows_alone(exported: Files) -> None:
    with_iin = {name for name, content in exported.items() if APPLICANT_IIN.encode() in content}
    assert with_iin == {"chain.jsonl"}


def test_moments_of_the_index_are_those_of_almaty(exported: Files) -> None:
    received = RECEIVED_AT.astimezone(ALMATY).strftime("%d.%m.%Y, %H:%M")
    assert f"Заявление поступило; Название: {received}" in exported["index.ru.txt"].decode()


async def test_d6_the_export_of_a_case_that_took_papers_over_has_their_files(
    register: Register, tmp_path: Path
) -> None:
    refused = await a_refused_case(register)
    application = an_office_application(child=a_child(2), after=refused.number, documents=[])
    again = await register.file(application, "2026-11-20 10:00")
    files = files_in(archive(ExportedCase(await case_file(register, again))))
    taken = [name for name in files if name.startswith("attachments/")]
    assert len(taken) == 1
    assert taken[0] in files["index.ru.txt"].decode()
    assert checked(files, tmp_path)[0] == 0
    assert checked(a_file_changed_with_its_hash("attachments/")(files), tmp_path)[0] == 1
