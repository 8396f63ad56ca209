"""What the clerk sees of what information systems were asked: in words on the screen, in codes for programs."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from activities.register.facts import FactStatus
from domain.inquiry import FactKind, FactResult, NamePart, Unanswered
from domain.stages import Step
from starter.cli.facts import fact_lines
from starter.export.archive import archive
from starter.export.files import ExportedCase
from tests.builders import an_act, local
from tests.databases import Register
from tests.starter.command_runs import uide_here
from tests.starter.test_cli_export import case_file, checked, files_in


def a_fact(**changes: Any) -> FactStatus:
    """An answer that matches, until a test changes something."""
    said: dict[str, Any] = {
        "kind": FactKind.PARENTHOOD,
        "result": FactResult.MATCHES,
        "differs": (),
        "source": "АХАЖ",
        "at": local("2026-11-17 10:00"),
        "request_id": UUID(int=1),
        "answers": 1,
        "contradicts": False,
        "disputed": False,
        "failure": None,
        "since": None,
        "is_asked_for": False,
    }
    return FactStatus(**{**said, **changes})


UNCHECKED = {
    "result": "NOT_CHECKED",
    "source": None,
    "at": None,
    "since": local("2026-11-17 09:30"),
    "is_asked_for": True,
}
NOT_ON_THE_ROLL = {"kind": FactKind.SCHOOL_ROLL, "result": FactResult.NOT_FOUND}


def lines(**changes: Any) -> str:
    """What the screen says of one answer, without the heading."""
    return "\n".join(list(fact_lines([a_fact(**changes)]))[1:])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "applicant is a parent of the child: matches, by АХАЖ, 17.11.2026 10:00"),
        ({"result": FactResult.DIFFERS, "differs": (NamePart.SURNAME,)}, "DIFFERS in surname, by АХАЖ"),
        (UNCHECKED, "not checked, asked for since 17.11.2026 09:30"),
        ({**UNCHECKED, "failure": Unanswered.NOT_JSON}, "09:30: the gateway answers no JSON"),
        ({**UNCHECKED, "is_asked_for": False}, "not checked, asked for until the outcome, since 17.11.2026"),
        ({"disputed": True}, "the applicant disputes it"),
        ({"contradicts": True}, "an earlier answer said something else"),
        (NOT_ON_THE_ROLL, "the head may decide all the same (Q20)"),
        (
            {"failure": Unanswered.TIMEOUT, "since": local("2026-11-18 10:00")},
            "asked again without an answer since 18.11.2026 10:00: the gateway does not answer in time",
        ),
    ],
)
def test_par_5_r5_8_the_screen_says_what_was_checked_and_what_could_not_be_since_when(
    changes: dict[str, Any], said: str
) -> None:
    assert said in lines(**changes)


@pytest.mark.parametrize("failure", Unanswered)
def test_every_reason_for_no_answer_has_its_words(failure: Unanswered) -> None:
    assert lines(**UNCHECKED, failure=failure).count(": ") == 2


def test_the_screen_says_that_nothing_follows_from_an_answer() -> None:
    heading, *_ = fact_lines([a_fact()])
    assert "nothing may be demanded or refused for it (par. 5)" in heading


def test_a_case_of_before_has_no_such_lines() -> None:
    assert list(fact_lines([])) == []


async def test_the_status_of_a_case_shows_what_is_asked_and_still_names_the_next_act(here: Register) -> None:
    filed = await here.file()
    shown = await uide_here("status", filed.number)
    assert "child is a pupil of this school: not checked, asked for since" in shown.out
    assert "to check the package and register the request" in shown.out
    facts = (await uide_here("status", filed.number, "--json")).document["facts"]
    assert [fact["kind"] for fact in facts] == [
        FactKind.APPLICANT_IDENTITY,
        FactKind.CHILD_IDENTITY,
        FactKind.PARENTHOOD,
        FactKind.SCHOOL_ROLL,
    ]
    assert {(fact["result"], fact["disputed"]) for fact in facts} == {("NOT_CHECKED", False)}


async def test_r10_2_the_export_tells_what_information_systems_said_and_that_it_is_disputed(
    register: Register, tmp_path: Path
) -> None:
    filed = await register.file()
    await register.pool.execute(
        "INSERT INTO fact VALUES ($1, 'SCHOOL_ROLL', 1, 'NOT_FOUND', '[]', '{}', 'ҰБДБ', $2, $3)",
        filed.case_id,
        UUID(int=1),
        filed.received_at,
    )
    await register.do(filed, an_act(Step.DISPUTE_FACT))
    files = files_in(archive(ExportedCase(await case_file(register, filed))))
    russian, kazakh = files["index.ru.txt"].decode(), files["index.kk.txt"].decode()
    assert "ребенок — учащийся этой школы; Ответ: не найдено; Источник: ҰБДБ" in russian
    assert "Возражение: заявитель не согласен" in russian
    assert "бала — осы мектептің оқушысы; Жауабы: табылмады" in kazakh
    assert "ақпараттық жүйенің мәліметіне келіспеу" in kazakh
    assert checked(files, tmp_path)[0] == 0
