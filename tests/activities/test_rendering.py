"""Papers get their bytes: once, from their facts, whoever asks for it."""

import asyncio
import hashlib
from pathlib import Path

import asyncpg
import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.papers import PaperNotRendered, Templates
from activities.procedure import CaseReference
from activities.register.intake import Filed
from activities.register.papers import read_paper_bytes, store_paper_bytes
from activities.register.reading import read_papers
from activities.rendering import PaperActivities, PaperRenderer
from domain.progress import Progress
from tests.activities.stories import a_refused_case, an_ordered_case
from tests.builders import CLERK, DUE_AT, an_office_application
from tests.databases import Register
from tests.templates import BUILT_IN, REFUSAL_AT_FAULT, templates_with


async def rendered(register: Register, filed: Filed, templates: Templates = BUILT_IN) -> Progress:
    activities = PaperActivities(register.pool, PaperRenderer(register.pool, templates))
    case = CaseReference(case_id=filed.case_id, now=DUE_AT)
    return await ActivityEnvironment().run(activities.render_papers, case)


async def bytes_of(register: Register, filed: Filed) -> list[bytes | None]:
    papers = await read_papers(register.pool, filed.number)
    return [await read_paper_bytes(register.pool, paper.id) for paper in papers]


async def test_every_paper_of_a_case_becomes_a_pdf_with_its_hash(register: Register, soundness: None) -> None:
    filed = await an_ordered_case(register)
    progress = await rendered(register, filed)
    papers = await read_papers(register.pool, filed.number)
    contents = [content or b"" for content in await bytes_of(register, filed)]
    assert progress.papers_to_render == 0
    assert [paper.kind for paper in papers] == ["NOTICE_OF_ACCEPTANCE", "ORDER"]
    assert {content[:5] for content in contents} == {b"%PDF-"}
    assert [hashlib.sha256(content).hexdigest() for content in contents] == [p.sha256 for p in papers]
    assert [(p.template, p.size) for p in papers] == [(BUILT_IN.current, len(c)) for c in contents]


async def test_a_paper_is_rendered_once_however_often_and_by_whom_it_is_asked_for(register: Register) -> None:
    filed = await an_ordered_case(register)
    await asyncio.gather(*(rendered(register, filed) for _ in range(3)))
    first = await bytes_of(register, filed)
    await rendered(register, filed)
    for paper in await read_papers(register.pool, filed.number):
        await store_paper_bytes(register.pool, paper.id, "later", b"%PDF-other")
    assert await bytes_of(register, filed) == first


async def test_old_papers_stay_as_they_were_when_the_template_changes(
    register: Register, tmp_path: Path
) -> None:
    filed = await register.file(an_office_application())
    await rendered(register, filed)
    before = await bytes_of(register, filed)
    progress = await rendered(register, filed, templates_with(tmp_path, {"layout": "#panic()"}))
    assert (progress.papers_to_render, await bytes_of(register, filed)) == (0, before)


async def test_a_broken_template_keeps_no_other_paper_from_being_rendered(
    register: Register, tmp_path: Path
) -> None:
    filed = await a_refused_case(register)
    with pytest.raises(PaperNotRendered, match="REFUSAL with templates other") as failed:
        await rendered(register, filed, templates_with(tmp_path, REFUSAL_AT_FAULT))
    assert [content is not None for content in await bytes_of(register, filed)] == [True, False]
    assert "Үлгібаев" not in str(failed.value)
    assert (await rendered(register, filed)).papers_to_render == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE paper SET content = '%PDF-'",
        "UPDATE paper SET sha256 = 'x'",
        "UPDATE paper SET template = NULL",
    ],
)
async def test_the_service_cannot_change_the_bytes_of_a_paper(register: Register, change: str) -> None:
    filed = await register.file(an_office_application())
    await rendered(register, filed)
    with pytest.raises(asyncpg.RestrictViolationError, match="never changed"):
        await register.pool.execute(change)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE paper SET content = 'x', template = 't'",
        "UPDATE paper SET sha256 = 'x'",
        "UPDATE paper SET content = 'x', sha256 = 'x', template = 't'",
    ],
    ids=["no hash", "no bytes", "another hash"],
)
async def test_bytes_hash_and_template_come_together(register: Register, change: str) -> None:
    await register.file(an_office_application())
    with pytest.raises(asyncpg.CheckViolationError):
        await register.pool.execute(change)


async def test_a_case_that_the_register_does_not_have_has_no_papers_to_render(register: Register) -> None:
    nobodys = CaseReference(case_id=(await register.file()).case_id, now=DUE_AT)
    activities = PaperActivities(register.pool, PaperRenderer(register.pool, BUILT_IN))
    unknown = nobodys.model_copy(update={"case_id": type(nobodys.case_id)(int=1)})
    with pytest.raises(ApplicationError) as failed:
        await ActivityEnvironment().run(activities.render_papers, unknown)
    assert failed.value.non_retryable


async def test_par_4_the_refusal_names_the_clerk_whose_check_it_follows(register: Register) -> None:
    filed = await a_refused_case(register)
    facts = (await read_papers(register.pool, filed.number))[-1].facts
    clerk = await register.pool.fetchval("SELECT surname FROM staff_member WHERE staff_id = $1", CLERK)
    assert facts["executor"]["name"].startswith(clerk)


async def test_every_paper_tells_where_its_case_can_be_followed(register: Register) -> None:
    for filed in (await an_ordered_case(register), await a_refused_case(register)):
        papers = await read_papers(register.pool, filed.number)
        address = f"https://uide.example.kz/status/{filed.number}"
        assert {paper.facts["status_address"] for paper in papers} == {address}
