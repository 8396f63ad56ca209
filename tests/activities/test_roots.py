"""The daily roots: what was cut off together with its links is found, and the case is named."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.testing import ActivityEnvironment

from activities.register.evidence.root_folder import ROOTS, RootFolder, RootsDamaged
from activities.register.evidence.rooting import agrees_with_roots, write_root
from activities.register.verify import Violation, verify
from activities.roots import RootActivities, RootDay, RootWritten
from domain.stages import Step
from tests.activities.stories import a_refused_case, an_ordered_case
from tests.builders import a_child, an_act, an_application, local
from tests.databases import Register

EVENING = local("2026-11-22 20:00")
NEXT_DAY = local("2026-11-23 01:00")


@pytest.fixture
def folder(tmp_path: Path) -> RootFolder:
    return RootFolder(tmp_path / "roots")


async def found(register: Register, folder: RootFolder) -> list[Violation]:
    report = await verify(register.pool, besides={"roots_agree": agrees_with_roots(folder)})
    return list(report.violations)


async def cut_off(register: Register, links: int) -> None:
    """What an owner does who wants it never to have been: the ordered case loses its last links with their rows."""
    async with register.owner() as owner:
        for _ in range(links):
            gone = await owner.fetchrow(
                "DELETE FROM link USING procedure AS p WHERE p.case_id = link.case_id AND link.position = p.links"
                " AND p.stage = 'ORDER_ISSUED' RETURNING link.*"
            )
            assert gone
            assert gone["record"] == "audit"
            await owner.execute("DELETE FROM audit WHERE audit_id = $1", int(gone["row_key"]))
            await owner.execute(
                "UPDATE procedure SET links = links - 1,"
                " head = (SELECT hash FROM link WHERE case_id = $1 AND position = links - 1) WHERE case_id = $1",
                gone["case_id"],
            )


async def note(register: Register, times: int) -> None:
    for _ in range(times):
        await register.pool.execute(
            "INSERT INTO audit (at, actor, action, case_id, details)"
            " SELECT now(), 'at001-clerk', 'export', case_id, '{}' FROM procedure WHERE stage = 'ORDER_ISSUED'"
        )


async def test_a_register_without_any_root_contradicts_none(register: Register, folder: RootFolder) -> None:
    assert await found(register, folder) == []


async def test_a_case_that_was_cut_back_with_its_links_is_named_by_the_root(
    register: Register, folder: RootFolder
) -> None:
    await an_ordered_case(register)
    await a_refused_case(register)
    await note(register, 2)
    await write_root(register.pool, folder, EVENING)
    assert await found(register, folder) == []
    await cut_off(register, 2)
    assert [(one.check, one.subject) for one in await found(register, folder)] == [
        ("roots_agree", "AT001-2026-00001")
    ]


async def test_chains_that_were_made_anew_as_a_whole_are_named_by_the_root(
    register: Register, folder: RootFolder
) -> None:
    await an_ordered_case(register)
    await note(register, 2)
    await write_root(register.pool, folder, EVENING)
    await cut_off(register, 2)
    await note(register, 3)
    violations = await found(register, folder)
    assert [(one.check, one.subject) for one in violations] == [("roots_agree", "AT001-2026-00001")]
    assert "is another" in violations[0].what


async def test_a_case_that_is_gone_as_a_whole_is_named_by_the_root(
    register: Register, folder: RootFolder
) -> None:
    filed = await an_ordered_case(register)
    await write_root(register.pool, folder, EVENING)
    async with register.owner() as owner:
        await owner.execute(
            "TRUNCATE application CASCADE; TRUNCATE link; TRUNCATE counter CASCADE; TRUNCATE audit"
        )
    assert ("roots_agree", str(filed.case_id)) in {
        (one.check, one.subject) for one in await found(register, folder)
    }


async def test_the_registers_own_chains_are_held_against_the_root(
    register: Register, folder: RootFolder
) -> None:
    await write_root(register.pool, folder, EVENING)
    async with register.owner() as owner:
        await owner.execute(
            "TRUNCATE staff_role; TRUNCATE register_link; TRUNCATE register_chain; TRUNCATE audit"
        )
    violations = await found(register, folder)
    assert ("roots_agree", "register") in {(one.check, one.subject) for one in violations}
    assert any("of the chain of staff_role" in one.what for one in violations)


async def test_a_register_that_went_on_agrees_with_every_root_before(
    register: Register, folder: RootFolder
) -> None:
    filed = await register.file()
    await write_root(register.pool, folder, EVENING)
    await register.do(filed, an_act(Step.CHECK_PACKAGE))
    await register.file(an_application(child=a_child(2)))
    second = await write_root(register.pool, folder, NEXT_DAY)
    assert (second.cases, second.contradicts) == (2, 0)
    assert await found(register, folder) == []


async def test_a_root_that_was_written_after_the_cut_does_not_hide_it(
    register: Register, folder: RootFolder
) -> None:
    await an_ordered_case(register)
    await note(register, 2)
    await write_root(register.pool, folder, EVENING)
    await cut_off(register, 2)
    second = await write_root(register.pool, folder, NEXT_DAY)
    await write_root(register.pool, folder, NEXT_DAY + timedelta(days=1))
    assert second.contradicts == 1
    assert [(one.check, one.subject) for one in await found(register, folder)] == [
        ("roots_agree", "AT001-2026-00001")
    ]


async def test_each_line_names_the_one_before_and_its_heads(register: Register, folder: RootFolder) -> None:
    for day in range(3):
        await write_root(register.pool, folder, EVENING + timedelta(days=day))
    lines = (folder.path / ROOTS).read_bytes().splitlines(keepends=True)
    (folder.path / ROOTS).write_bytes(lines[0] + lines[2])
    violations = await found(register, folder)
    assert [(one.subject, one.what) for one in violations] == [
        ("roots", f"line 2 of {ROOTS} does not follow the line before it")
    ]


@pytest.mark.parametrize("harm", ["changed", "missing", "no file of heads"])
async def test_heads_that_are_not_those_of_their_root_are_told(
    register: Register, folder: RootFolder, harm: str
) -> None:
    await register.file()
    root = await write_root(register.pool, folder, EVENING)
    heads = folder.path / root.heads
    if harm == "changed":
        text = gzip.decompress(heads.read_bytes())
        heads.write_bytes(gzip.compress(text[:-2] + (b"1" if text[-2:-1] == b"0" else b"0") + b"\n"))
    elif harm == "missing":
        heads.unlink()
    else:
        heads.write_bytes(b"nothing of the kind")
    assert "roots" in {one.subject for one in await found(register, folder)}


async def test_a_line_that_is_no_root_is_told(register: Register, folder: RootFolder) -> None:
    await write_root(register.pool, folder, EVENING)
    with (folder.path / ROOTS).open("a") as lines:
        lines.write("{}\n")
    with pytest.raises(RootsDamaged, match="line 2"):
        folder.roots()


async def test_a_root_that_could_not_be_finished_leaves_nothing_behind(
    register: Register, folder: RootFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("activities.register.evidence.root_folder.NewRoot.finish", _full)
    with pytest.raises(OSError, match="no space"):
        await write_root(register.pool, folder, EVENING)
    assert [path.name for path in folder.path.iterdir()] == [ROOTS]
    assert folder.roots() == []


def _full(*_: object) -> None:
    raise OSError("no space")


async def test_the_root_of_a_day_is_written_once(register: Register, folder: RootFolder) -> None:
    activities = RootActivities(register.pool, folder)
    for moment in (EVENING, EVENING + timedelta(hours=3), NEXT_DAY):
        written = await ActivityEnvironment().run(activities.write_daily_root, RootDay(now=moment))
    assert written.at == NEXT_DAY
    assert [root.at for root in folder.roots()] == [EVENING, NEXT_DAY]


async def test_without_a_folder_no_root_is_written_and_that_is_told(
    register: Register, caplog: pytest.LogCaptureFixture
) -> None:
    activities = RootActivities(register.pool, None)
    assert await ActivityEnvironment().run(activities.write_daily_root, RootDay(now=EVENING)) == RootWritten()
    assert "root_has_no_folder" in caplog.text
