"""`uide demo`: five cases to their outcome, everything checked, nothing left behind."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from domain.events import Event
from domain.inquiry import FactKind, FactResult
from domain.paper_kinds import PaperKind
from domain.stages import Stage
from tests.starter.command_runs import Ended, uide
from tests.system.running_up import RunningUp


@pytest.fixture(scope="module")
async def played(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Ended, Path]]:
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        yield await uide("demo", "--save", tmp_path_factory.mktemp("left") / "papers", "--json"), folder


@pytest.fixture
def cases(played: tuple[Ended, Path]) -> dict[str, Any]:
    ended, _ = played
    assert ended.code == 0, ended.err
    return {case["name"]: case for case in ended.document["cases"]}


def _text(paper: dict[str, Any]) -> str:
    return " ".join(page.extract_text() for page in PdfReader(paper["file"]).pages)


def _events(case: dict[str, Any]) -> list[str]:
    return [entry["event"] for entry in case["status"]["timeline"]]


async def test_the_demo_leaves_no_process_and_no_file_behind(played: tuple[Ended, Path]) -> None:
    _, folder = played
    assert await RunningUp(folder).gone()
    assert not list(folder.iterdir())


def test_par_7_the_admitted_case_ends_with_an_order_in_time(cases: dict[str, Any]) -> None:
    status = cases["admitted"]["status"]
    assert (status["outcome"], status["overdue"]) == (Stage.ORDER_ISSUED, False)
    assert [paper["kind"] for paper in cases["admitted"]["papers"]] == [
        PaperKind.NOTICE_OF_ACCEPTANCE,
        PaperKind.ORDER,
    ]


def test_par_4_the_refused_case_names_each_defect_and_is_handed_over(cases: dict[str, Any]) -> None:
    refusal = _text(cases["refused"]["papers"][-1])
    assert "Жетіспейтін құжаттар" in refusal
    assert "25.05.2025" in refusal
    assert _events(cases["refused"])[-1] == Event.RESULT_DELIVERED


def test_the_silent_case_is_reminded_breached_and_decided_late_by_its_own_clock(
    cases: dict[str, Any],
) -> None:
    case = cases["silence"]
    watch = [Event.REMINDED, Event.LAST_DAY, Event.TERM_BREACHED]
    assert [event for event in _events(case) if event in watch] == watch
    assert case["timers_gone_off"] >= len(watch)
    assert case["status"]["overdue"]
    assert case["status"]["answered_at"] > case["status"]["due_at"]


def test_par_5_r5_8_information_systems_were_asked_and_what_they_say_decided_nothing(
    cases: dict[str, Any],
) -> None:
    results = {
        name: {fact["kind"]: fact["result"] for fact in case["status"]["facts"]}
        for name, case in cases.items()
    }
    assert set(results["admitted"].values()) == {FactResult.MATCHES}
    assert results["silence"][FactKind.SCHOOL_ROLL] == FactResult.NOT_FOUND
    assert results["refused"][FactKind.CHILD_IDENTITY] == FactResult.DIFFERS


def test_the_papers_of_the_russian_case_are_in_russian(cases: dict[str, Any]) -> None:
    assert all("Услугополучатель" in _text(paper) for paper in cases["silence"]["papers"])


def test_every_paper_stays_as_the_file_that_the_register_has(cases: dict[str, Any]) -> None:
    papers = [paper for case in cases.values() for paper in case["papers"]]
    contents = [Path(paper["file"]).read_bytes() for paper in papers]
    assert [hashlib.sha256(content).hexdigest() for content in contents] == [p["sha256"] for p in papers]
    assert {path.stat().st_mode & 0o077 for path in Path(papers[0]["file"]).parent.iterdir()} == {0}


def test_every_case_has_its_term_explained_day_by_day(cases: dict[str, Any]) -> None:
    for case in cases.values():
        days = case["term"]["explanation"]
        assert [day["number"] for day in days if day["counted"]] == [1, 2]
        assert all(day["reason"]["en"] for day in days)


def test_par_9_the_refusal_that_the_head_set_aside_ends_with_an_order_in_the_second_round(
    cases: dict[str, Any],
) -> None:
    status = cases["upheld"]["status"]
    assert (status["outcome"], status["round"], status["overdue"]) == (Stage.ORDER_ISSUED, 2, False)
    (complaint,) = status["complaints"]
    assert (complaint["ruling"], complaint["conflict"]) == ("upheld", True)
    assert "сотқа" in _text(
        next(p for p in cases["upheld"]["papers"] if p["kind"] == PaperKind.COMPLAINT_REPLY)
    )


def test_par_9_the_silence_is_taken_to_the_body_extended_once_and_decided_on_the_last_day(
    cases: dict[str, Any],
) -> None:
    status, terms = cases["to-the-body"]["status"], cases["to-the-body"]["complaint_terms"]
    (complaint,) = status["complaints"]
    assert complaint["decided_at"][:10] == complaint["due_at"][:10]
    assert not complaint["overdue"]
    to_answer = [term for term in terms if term["kind"] == "CONSIDERATION"]
    assert [(term["working_days"], term["extended_by"]) for term in to_answer] == [(15, 0), (15, 5)]
    assert [day["number"] for day in to_answer[1]["explanation"] if day["counted"]] == [1, 2, 3, 4, 5]
