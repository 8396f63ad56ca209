"""The client of the gateway before the real simulator: what it takes for an answer, and what it never takes for one."""

import logging
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.gateway import client as gateway_client
from activities.gateway.client import Gateway, NoAnswer, open_gateway
from activities.gateway.contract import Enrolment, Identity, Kinship
from activities.gateway.questions import People, Question, question
from domain.inquiry import FactKind, FactResult, FullName, Unanswered
from starter.embedded.temporal_server import free_ports
from starter.simulators.information_systems import Mode
from tests.activities.information_systems import InformationSystems, information_systems
from tests.contracts.openapi import Contract

CONTRACT = Contract("information-systems")
PEOPLE = People(
    applicant_iin="880414400029",
    applicant=FullName(surname="Үлгібаева", first_name="Гауһар", patronymic="Қанағатқызы"),
    child_iin="170314500013",
    child=FullName(surname="Үлгібаев", first_name="Жәңгір", patronymic="Өтегенұлы"),
    school_bin="010940000013",
)
QUESTIONS = {kind: question(kind, PEOPLE) for kind in FactKind}
ROLL = QUESTIONS[FactKind.SCHOOL_ROLL]
EVERY_QUESTION = pytest.mark.parametrize("asked", QUESTIONS.values(), ids=list(QUESTIONS))


@pytest.fixture(scope="module")
async def simulator(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[InformationSystems]:
    async with information_systems(tmp_path_factory.mktemp("systems")) as systems:
        yield systems


@pytest.fixture
async def systems(simulator: InformationSystems) -> AsyncIterator[InformationSystems]:
    await simulator.behave(Mode.NORMAL)
    yield simulator
    await simulator.behave(Mode.NORMAL)


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch, why: Unanswered) -> None:
    """Nobody waits eight seconds in a test to learn what comes after them."""
    if why is Unanswered.TIMEOUT:
        monkeypatch.setattr(gateway_client, "TOTAL_SECONDS", 0.5)


async def _why(gateway: Gateway, asked: Question) -> Unanswered:
    with pytest.raises(NoAnswer) as unanswered:
        await gateway.ask(asked)
    return unanswered.value.why


# the contract


@EVERY_QUESTION
def test_what_is_asked_is_of_the_contract(asked: Question) -> None:
    assert asked.path in CONTRACT.paths
    assert CONTRACT.faults(asked.about, CONTRACT.schema_of_request(asked.path)) == []


def test_every_path_of_the_contract_is_asked() -> None:
    assert {asked.path for asked in QUESTIONS.values()} == CONTRACT.paths


@EVERY_QUESTION
async def test_what_the_simulator_answers_is_of_the_contract(
    systems: InformationSystems, asked: Question
) -> None:
    header = {"X-Request-Id": str(UUID(int=1))}
    async with httpx.AsyncClient(base_url=systems.url) as client:
        answer = await client.post(asked.path, json=asked.about, headers=header)
        without_id = await client.post(asked.path, json=asked.about)
        of_more = await client.post(asked.path, json={**asked.about, "diagnosis": "-"}, headers=header)
    assert CONTRACT.faults(answer.json(), CONTRACT.schema_of_answer(asked.path)) == []
    for problem in (without_id, of_more):
        assert (problem.status_code, problem.headers["content-type"]) == (400, "application/problem+json")
        assert CONTRACT.faults(problem.json(), CONTRACT.schema("Problem")) == []


_NUMBERS = st.from_regex(r"[0-9]{12}", fullmatch=True)
_WORDS = st.text(st.characters(categories=["L"]), min_size=1, max_size=100)
_NAMES = st.fixed_dictionaries(
    {"surname": _WORDS, "first_name": _WORDS}, optional={"patronymic": _WORDS | st.none()}
)


@given(_NUMBERS, _NAMES | st.none(), _WORDS)
def test_every_identity_of_the_contract_can_be_read(
    iin: str, name: dict[str, Any] | None, source: str
) -> None:
    document = {"iin": iin, "name": name, "source": source, "as_of": "2026"}
    assert CONTRACT.faults(document, CONTRACT.schema("Identity")) == []
    assert Identity.model_validate(document).iin == iin


@given(_NUMBERS, _NUMBERS, st.booleans(), _WORDS)
def test_every_other_answer_of_the_contract_can_be_read(
    first: str, second: str, yes: bool, source: str
) -> None:
    kinship = {"adult_iin": first, "child_iin": second, "confirmed": yes, "source": source}
    enrolment = {"child_iin": first, "school_bin": second, "enrolled": yes, "source": source}
    assert CONTRACT.faults(kinship, CONTRACT.schema("Kinship")) == []
    assert CONTRACT.faults(enrolment, CONTRACT.schema("Enrolment")) == []
    assert Kinship.model_validate(kinship).finds is yes
    assert Enrolment.model_validate(enrolment).finds is yes


@pytest.mark.parametrize(
    "document",
    [
        {"confirmed": "true"},
        {"confirmed": 1},
        {"adult_iin": 880414400029},
        {"adult_iin": "88041440002"},
        {"source": ""},
        {"source": "a\u0000b"},
        {"source": "x" * 201},
    ],
)
def test_what_is_not_of_the_contract_is_not_read(document: dict[str, Any]) -> None:
    right = {"adult_iin": "880414400029", "child_iin": "170314500013", "confirmed": True, "source": "ЗАГС"}
    Kinship.model_validate_json(httpx.Request("POST", "http://gateway", json=right).content)
    wrong = httpx.Request("POST", "http://gateway", json={**right, **document}).content
    with pytest.raises(ValueError, match="validation error"):
        Kinship.model_validate_json(wrong)


# what is answered


@EVERY_QUESTION
async def test_an_answer_is_held_against_what_was_filed(systems: InformationSystems, asked: Question) -> None:
    answered = await systems.gateway.ask(asked)
    found = FactResult.NOT_FOUND if asked.kind is FactKind.GUARDIANSHIP else FactResult.MATCHES
    assert answered.reply.result(asked.filed) is found


async def test_every_question_has_an_id_of_its_own(systems: InformationSystems) -> None:
    first, second = await systems.gateway.ask(ROLL), await systems.gateway.ask(ROLL)
    assert first.request_id != second.request_id


MISBEHAVIOUR = {
    Mode.DOWN: Unanswered.FAILED,
    Mode.HTML: Unanswered.NOT_JSON,
    Mode.LARGE: Unanswered.TOO_LARGE,
    Mode.NOTHING: Unanswered.NOT_JSON,
    Mode.HANGS_UP: Unanswered.UNREACHABLE,
    Mode.DROPS: Unanswered.TIMEOUT,
    Mode.MINUTE: Unanswered.TIMEOUT,
    Mode.WRONG_CHILD: Unanswered.ABOUT_ANOTHER,
    Mode.NOT_OF_THE_CONTRACT: Unanswered.NOT_OF_THE_CONTRACT,
    Mode.REDIRECT: Unanswered.REDIRECTED,
}


def test_every_misbehaviour_of_the_simulator_is_tried() -> None:
    assert set(Mode) - set(MISBEHAVIOUR) == {Mode.NORMAL, Mode.SLOW, Mode.CONTRADICTING}


@pytest.mark.parametrize(("mode", "why"), MISBEHAVIOUR.items())
async def test_what_is_no_answer_is_named_and_not_believed(
    systems: InformationSystems, patience: None, mode: Mode, why: Unanswered
) -> None:
    await systems.behave(mode)
    assert await _why(systems.gateway, ROLL) is why


async def test_after_what_was_no_answer_the_next_one_is_read(systems: InformationSystems) -> None:
    for mode in (Mode.LARGE, Mode.HANGS_UP, Mode.HTML):
        await systems.behave(mode)
        await _why(systems.gateway, ROLL)
    await systems.behave(Mode.NORMAL)
    assert (await systems.gateway.ask(ROLL)).reply.finds


async def test_a_slow_answer_is_waited_for(systems: InformationSystems) -> None:
    await systems.behave(Mode.SLOW)
    assert (await systems.gateway.ask(ROLL)).reply.finds


async def test_where_nobody_listens_there_is_no_answer() -> None:
    async with open_gateway(f"http://127.0.0.1:{free_ports(1)[0]}") as gateway:
        assert gateway is not None
        assert await _why(gateway, ROLL) is Unanswered.UNREACHABLE


async def test_a_question_that_is_not_taken_is_named(systems: InformationSystems) -> None:
    asked = Question(FactKind.SCHOOL_ROLL, "/v1/nothing", ROLL.about, ROLL.filed, Enrolment)
    assert await _why(systems.gateway, asked) is Unanswered.NOT_TAKEN


async def test_without_an_address_there_is_no_gateway() -> None:
    async with open_gateway(None) as gateway:
        assert gateway is None


@EVERY_QUESTION
async def test_no_number_and_no_name_of_a_person_is_in_an_address_or_a_log(
    systems: InformationSystems, asked: Question, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await systems.gateway.ask(asked)
    await systems.behave(Mode.WRONG_CHILD)
    why = await _why(systems.gateway, asked)
    told = f"{asked!r} {asked.path} {why} {caplog.text}"
    secret = (PEOPLE.applicant_iin, PEOPLE.child_iin, PEOPLE.applicant.surname, PEOPLE.child.first_name)
    assert [word for word in secret if word in told] == []
