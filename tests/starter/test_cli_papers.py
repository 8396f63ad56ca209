"""`uide papers`: what was issued, and the PDFs as files."""

from pathlib import Path

import pytest

from activities.rendering import PaperRenderer
from tests.activities.stories import a_refused_case, an_ordered_case
from tests.builders import an_office_application
from tests.databases import Register
from tests.starter.command_runs import uide_here
from tests.templates import BUILT_IN, REFUSAL_AT_FAULT, templates_with


async def saved(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_papers_are_listed_with_what_programs_need(here: Register) -> None:
    filed = await here.file(an_office_application())
    (receipt,) = (await uide_here("papers", filed.number, "--json")).document["papers"]
    keys = {"id", "kind", "number", "issued_at", "sha256", "subject", "languages", "template", "size", "file"}
    assert set(receipt) == keys
    assert (receipt["kind"], receipt["languages"]) == ("RECEIPT", ["kk"])
    assert (receipt["sha256"], receipt["template"], receipt["size"], receipt["file"]) == (None,) * 4


async def test_papers_are_listed_for_people_with_the_command_that_saves_them(here: Register) -> None:
    filed = await here.file(an_office_application())
    shown = (await uide_here("papers", filed.number)).out
    assert f"RECEIPT  No {filed.number}  (kk)  not rendered yet" in shown
    assert f"uide papers {filed.number} --save papers" in shown
    await PaperRenderer(here.pool, BUILT_IN).render(filed.case_id)
    sha256 = await here.pool.fetchval("SELECT sha256 FROM paper")
    assert sha256 in (await uide_here("papers", filed.number)).out


async def test_par_4_the_receipt_is_in_hand_at_the_visit_while_temporal_is_away(
    here: Register, tmp_path: Path
) -> None:
    filed = await here.file(an_office_application())
    ended = await uide_here("papers", filed.number, "--save", tmp_path / "papers", "--json")
    (receipt,) = ended.document["papers"]
    (content,) = (await saved(tmp_path / "papers")).values()
    assert (ended.code, content[:5], len(content)) == (0, b"%PDF-", receipt["size"])
    assert receipt["file"] == str(tmp_path / "papers" / f"{filed.number}-receipt.pdf")
    assert content == await here.pool.fetchval("SELECT content FROM paper")
    assert receipt["sha256"] == await here.pool.fetchval("SELECT sha256 FROM paper")


async def test_the_files_have_plain_names_that_tell_what_they_are(here: Register, tmp_path: Path) -> None:
    ordered, refused = await an_ordered_case(here), await a_refused_case(here)
    for filed in (ordered, refused):
        await uide_here("papers", filed.number, "--save", tmp_path / "p")
    assert set(await saved(tmp_path / "p")) == {
        "AT001-2026-00001-notice-of-acceptance-1-sh.pdf",
        "AT001-2026-00001-order-1-uo.pdf",
        "AT001-2026-00002-receipt.pdf",
        "AT001-2026-00002-refusal-2-sh.pdf",
    }


async def test_saving_again_changes_nothing(here: Register, tmp_path: Path) -> None:
    filed = await an_ordered_case(here)
    first = await uide_here("papers", filed.number, "--save", tmp_path / "p", "--json")
    before = await saved(tmp_path / "p")
    again = await uide_here("papers", filed.number, "--save", tmp_path / "p", "--json")
    assert (again.code, again.document) == (0, first.document)
    assert await saved(tmp_path / "p") == before


async def test_a_file_with_other_content_is_never_overwritten(here: Register, tmp_path: Path) -> None:
    filed = await here.file(an_office_application())
    other = tmp_path / f"{filed.number}-receipt.pdf"
    other.write_bytes(b"another")
    ended = await uide_here("papers", filed.number, "--save", tmp_path, "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, "file_exists")
    assert str(other) in ended.problems[0]["what"]
    assert other.read_bytes() == b"another"


async def test_a_folder_that_cannot_be_written_to_is_refused(here: Register, tmp_path: Path) -> None:
    filed = await here.file(an_office_application())
    (tmp_path / "file").touch()
    ended = await uide_here("papers", filed.number, "--save", tmp_path / "file", "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, "folder_not_writable")


async def test_papers_are_readable_by_their_owner_only(here: Register, tmp_path: Path) -> None:
    filed = await here.file(an_office_application())
    await uide_here("papers", filed.number, "--save", tmp_path / "p")
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "p").iterdir()] == [0o600]


async def test_a_template_at_fault_is_told_after_the_other_papers_are_saved(
    here: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = await a_refused_case(here)
    monkeypatch.setenv(
        "UIDE_PAPER_TEMPLATES", str(templates_with(tmp_path / "forms", REFUSAL_AT_FAULT).folder)
    )
    ended = await uide_here("papers", filed.number, "--save", tmp_path / "p", "--json")
    assert (ended.code, ended.problems[0]["code"]) == (1, "paper_not_rendered")
    assert "REFUSAL with templates other" in ended.problems[0]["what"]
    assert list(await saved(tmp_path / "p")) == [f"{filed.number}-receipt.pdf"]


async def test_a_case_without_papers_has_none_to_save(here: Register, tmp_path: Path) -> None:
    filed = await here.file()
    ended = await uide_here("papers", filed.number, "--save", tmp_path / "p")
    assert (ended.code, ended.out.splitlines()[0]) == (0, f"Papers of {filed.number}: none")
