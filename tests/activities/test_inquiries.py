"""The asking of information systems on a real register: what is learnt, and what could not be checked."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import pytest
from temporalio.testing import ActivityEnvironment

from activities.gateway import client as gateway_client
from activities.inquiry import GIVEN_UP_AFTER, Inquired, Inquiring, InquiryActivities
from activities.register.facts import FactStatus
from activities.register.figures import read_figures
from activities.register.intake import Filed
from activities.register.reading import read_status
from domain.inquiry import ASKED_AGAIN, FactKind, FactResult, NamePart, Unanswered
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from starter.simulators.information_systems import Mode
from tests.activities.information_systems import InformationSystems, information_systems
from tests.builders import a_child, an_act, an_applicant, an_application
from tests.databases import Register

pytestmark = pytest.mark.usefixtures("soundness")

CHILD: dict[str, Any] = {
    "iin": "170314500013",
    "name": {"surname": "Үлгібаев", "first_name": "Жәңгір", "patronymic": "Өтегенұлы"},
}
"""Whom the simulator knows, as the child of the applicant of every test."""
AT_ONCE = [
    (FactKind.APPLICANT_IDENTITY, FactResult.MATCHES),
    (FactKind.CHILD_IDENTITY, FactResult.MATCHES),
    (FactKind.PARENTHOOD, FactResult.MATCHES),
    (FactKind.SCHOOL_ROLL, FactResult.MATCHES),
]


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
def patience(monkeypatch: pytest.MonkeyPatch, mode: Mode) -> None:
    """Nobody waits eight seconds in a test for an answer that comes after a minute."""
    if mode is Mode.MINUTE:
        monkeypatch.setattr(gateway_client, "TOTAL_SECONDS", 0.5)


async def _inquire(
    register: Register, systems: InformationSystems, later: timedelta = timedelta(0)
) -> Inquired:
    """A round of asking, now or so much later."""
    now: datetime = await register.pool.fetchval("SELECT clock_timestamp()") + later
    activities = InquiryActivities(register.pool, systems.gateway)
    return await ActivityEnvironment().run(activities.inquire, Inquiring(now=now))


async def _facts(register: Register, filed: Filed) -> tuple[FactStatus, ...]:
    return (await read_status(register.pool, filed.number)).facts


async def _fact(register: Register, filed: Filed, kind: FactKind) -> FactStatus:
    return next(fact for fact in await _facts(register, filed) if fact.kind is kind)


async def _events(register: Register, filed: Filed) -> list[str]:
    rows = await register.pool.fetch(
        "SELECT event FROM journal WHERE case_id = $1 ORDER BY seq", filed.case_id
    )
    return [row["event"] for row in rows]


async def test_par_5_r5_8_what_information_systems_know_is_asked_for_and_kept_with_source_and_time(
    register: Register, systems: InformationSystems
) -> None:
    filed = await register.file(an_application(child=CHILD))
    assert [fact.result for fact in await _facts(register, filed)] == ["NOT_CHECKED"] * 4
    assert await _inquire(register, systems) == Inquired(facts=4)
    facts = await _facts(register, filed)
    assert [(fact.kind, fact.result) for fact in facts] == AT_ONCE
    assert all(fact.source and fact.at and fact.request_id and not fact.since for fact in facts)
    assert await _events(register, filed) == ["RECEIVED", "FACTS_RECEIVED"]


async def test_what_matches_is_asked_once(register: Register, systems: InformationSystems) -> None:
    await register.file(an_application(child=CHILD))
    assert (await _inquire(register, systems)).facts == 4
    assert await _inquire(register, systems, timedelta(days=2)) == Inquired()


async def test_a_name_that_differs_is_shown_with_its_part_and_never_with_the_name(
    register: Register, systems: InformationSystems
) -> None:
    name = {**an_applicant()["name"], "first_name": "Гүлжан"}
    filed = await register.file(an_application(child=CHILD, applicant=an_applicant(name=name)))
    await _inquire(register, systems)
    fact = await _fact(register, filed, FactKind.APPLICANT_IDENTITY)
    assert (fact.result, fact.differs) == (FactResult.DIFFERS, (NamePart.FIRST_NAME,))
    assert "ГАУҺАР" not in (await read_status(register.pool, filed.number)).model_dump_json()


async def test_q20_a_child_who_is_not_on_the_roll_is_shown_so_and_admitted_all_the_same(
    register: Register, systems: InformationSystems
) -> None:
    filed = await register.file(an_application(child=a_child()))
    await _inquire(register, systems)
    assert (await _fact(register, filed, FactKind.SCHOOL_ROLL)).result is FactResult.NOT_FOUND
    verdict = await register.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT))
    assert (verdict.reason, verdict.stage) == (None, Stage.WITH_SPECIALISTS)


async def test_an_answer_that_does_not_match_is_asked_for_again_and_the_later_one_is_another_row(
    register: Register, systems: InformationSystems
) -> None:
    filed = await register.file(an_application(child=a_child()))
    await _inquire(register, systems)
    assert (await _inquire(register, systems, ASKED_AGAIN - timedelta(minutes=1))).facts == 0
    await _inquire(register, systems, ASKED_AGAIN + timedelta(minutes=1))
    fact = await _fact(register, filed, FactKind.SCHOOL_ROLL)
    assert (fact.answers, fact.contradicts) == (2, False)
    kept = "SELECT count(*) FROM fact WHERE kind = 'SCHOOL_ROLL'"
    assert await register.pool.fetchval(kept) == 2


async def test_answers_that_contradict_each_other_are_both_kept_and_shown_so(
    register: Register, systems: InformationSystems
) -> None:
    await systems.behave(Mode.CONTRADICTING)
    filed = await register.file(an_application(child=a_child()))
    await _inquire(register, systems)
    await _inquire(register, systems, ASKED_AGAIN + timedelta(minutes=1))
    fact = await _fact(register, filed, FactKind.SCHOOL_ROLL)
    assert (fact.result, fact.answers, fact.contradicts) == (FactResult.MATCHES, 2, True)


async def test_nothing_that_was_answered_can_be_changed_by_the_service(
    register: Register, systems: InformationSystems
) -> None:
    await register.file(an_application(child=CHILD))
    await _inquire(register, systems)
    for statement in ("UPDATE fact SET result = 'MATCHES'", "DELETE FROM fact", "DELETE FROM inquiry"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await register.pool.execute(statement)


# disputes


async def test_r5_8_the_applicant_disputes_an_answer_which_stays_on_file_and_is_asked_for_again(
    register: Register, systems: InformationSystems
) -> None:
    filed = await register.file(an_application(child=a_child()))
    await _inquire(register, systems)
    verdict = await register.do(filed, an_act(Step.DISPUTE_FACT))
    assert (verdict.kind, verdict.stage) == (VerdictKind.TAKEN, Stage.RECEIVED)
    assert await _events(register, filed) == ["RECEIVED", "FACTS_RECEIVED", "FACT_DISPUTED"]
    disputed = await _fact(register, filed, FactKind.SCHOOL_ROLL)
    assert (disputed.result, disputed.disputed) == (FactResult.NOT_FOUND, True)
    assert not (await _fact(register, filed, FactKind.CHILD_IDENTITY)).disputed
    assert (await _inquire(register, systems)).facts == 1
    again = await _fact(register, filed, FactKind.SCHOOL_ROLL)
    assert (again.answers, again.disputed) == (2, True)


async def test_a_dispute_ends_with_an_answer_that_says_something_else(
    register: Register, systems: InformationSystems
) -> None:
    await systems.behave(Mode.CONTRADICTING)
    filed = await register.file(an_application(child=a_child(9)))
    await _inquire(register, systems)
    await register.do(filed, an_act(Step.DISPUTE_FACT))
    await _inquire(register, systems)
    fact = await _fact(register, filed, FactKind.SCHOOL_ROLL)
    assert (fact.result, fact.disputed) == (FactResult.MATCHES, False)


async def test_what_was_never_answered_is_not_disputed(register: Register) -> None:
    filed = await register.file(an_application(child=CHILD))
    verdict = await register.do(filed, an_act(Step.DISPUTE_FACT))
    assert verdict.reason
    assert verdict.reason.code == "no_such_fact"


# bad answers

BAD = {
    Mode.HTML: Unanswered.NOT_JSON,
    Mode.LARGE: Unanswered.TOO_LARGE,
    Mode.NOTHING: Unanswered.NOT_JSON,
    Mode.MINUTE: Unanswered.TIMEOUT,
    Mode.WRONG_CHILD: Unanswered.ABOUT_ANOTHER,
    Mode.DOWN: Unanswered.FAILED,
}


@pytest.mark.parametrize(("mode", "why"), BAD.items())
async def test_a_bad_answer_leaves_the_case_alive_and_is_named(
    register: Register, systems: InformationSystems, patience: None, mode: Mode, why: Unanswered
) -> None:
    filed = await register.file(an_application(child=CHILD))
    await systems.behave(mode)
    assert (await _inquire(register, systems)).unanswered == {why: 4}
    for fact in await _facts(register, filed):
        assert (fact.result, fact.failure, fact.is_asked_for) == ("NOT_CHECKED", why, True)
        assert fact.since is not None
    figures = await read_figures(register.pool, "namespace", filed.received_at)
    assert figures.inquiries == {why: 4}
    verdict = await register.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT))
    assert verdict.stage is Stage.WITH_SPECIALISTS


async def test_what_got_a_bad_answer_is_asked_for_again_and_learnt(
    register: Register, systems: InformationSystems
) -> None:
    filed = await register.file(an_application(child=CHILD))
    await systems.behave(Mode.WRONG_CHILD)
    assert (await _inquire(register, systems)).facts == 0
    await systems.behave(Mode.NORMAL)
    assert (await _inquire(register, systems, timedelta(minutes=1))).facts == 4
    assert [(fact.kind, fact.result) for fact in await _facts(register, filed)] == AT_ONCE


async def test_what_came_before_a_bad_answer_stays_and_the_failure_stands_beside_it(
    register: Register, systems: InformationSystems
) -> None:
    filed = await register.file(an_application(child=a_child()))
    await _inquire(register, systems)
    await systems.behave(Mode.HTML)
    await _inquire(register, systems, ASKED_AGAIN + timedelta(minutes=1))
    fact = await _fact(register, filed, FactKind.SCHOOL_ROLL)
    assert (fact.result, fact.failure) == (FactResult.NOT_FOUND, Unanswered.NOT_JSON)


async def test_pauses_grow_while_there_is_no_answer(register: Register, systems: InformationSystems) -> None:
    await register.file(an_application(child=CHILD))
    await systems.behave(Mode.HTML)
    pauses = []
    for attempt in range(1, 4):
        await _inquire(register, systems, timedelta(hours=attempt))
        pauses.append(await register.pool.fetchval("SELECT min(next_attempt_at) FROM inquiry"))
    waited = [pause - timedelta(hours=attempt) for attempt, pause in enumerate(pauses, start=1)]
    assert waited == sorted(waited)
    assert waited[-1] - waited[0] > timedelta(seconds=30)


async def test_since_when_it_could_not_be_checked_stays_the_first_failure(
    register: Register, systems: InformationSystems
) -> None:
    filed = await register.file(an_application(child=CHILD))
    await systems.behave(Mode.HTML)
    await _inquire(register, systems)
    first = [fact.since for fact in await _facts(register, filed)]
    await _inquire(register, systems, timedelta(hours=1))
    assert [fact.since for fact in await _facts(register, filed)] == first


async def test_a_gateway_that_was_killed_is_away_and_answers_when_it_is_started_again(
    register: Register, systems: InformationSystems
) -> None:
    filed = await register.file(an_application(child=CHILD))
    await systems.kill()
    away = await _inquire(register, systems)
    assert (away.unanswered, away.away) == ({Unanswered.UNREACHABLE: 4}, True)
    await systems.start()
    assert (await _inquire(register, systems, timedelta(minutes=1))).facts == 4
    assert [(fact.kind, fact.result) for fact in await _facts(register, filed)] == AT_ONCE


async def test_a_gateway_that_is_away_is_not_asked_about_every_case(
    register: Register, systems: InformationSystems
) -> None:
    for serial in range(10):
        await register.file(an_application(child=a_child(serial)))
    await systems.behave(Mode.DOWN)
    round_ = await _inquire(register, systems)
    assert (round_.away, round_.is_full) == (True, False)
    assert GIVEN_UP_AFTER <= sum(round_.unanswered.values()) < 40
    await systems.behave(Mode.NORMAL)
    assert (await _inquire(register, systems, timedelta(minutes=1))).facts == 40


async def test_a_case_that_is_locked_keeps_no_other_from_its_facts(
    register: Register, systems: InformationSystems
) -> None:
    locked = await register.file(an_application(child=CHILD))
    other = await register.file(an_application(child=a_child(2)))
    async with register.owner() as owner, owner.transaction():
        await owner.execute("SELECT FROM procedure WHERE case_id = $1 FOR UPDATE", locked.case_id)
        round_ = await _inquire(register, systems)
    assert (round_.facts, round_.unanswered) == (4, {Unanswered.NOT_ENTERED: 4})
    assert all(fact.at for fact in await _facts(register, other))
    assert (await _inquire(register, systems, timedelta(minutes=1))).facts == 4


# when nobody asks


async def test_a_case_with_its_outcome_is_not_asked_about(
    register: Register, systems: InformationSystems
) -> None:
    filed = await register.file(an_application(child=CHILD))
    await register.do(filed, an_act(Step.WITHDRAW))
    assert await _inquire(register, systems) == Inquired()
    assert {(fact.result, fact.is_asked_for) for fact in await _facts(register, filed)} == {
        ("NOT_CHECKED", False)
    }


async def test_without_a_gateway_nothing_is_asked_and_every_case_says_so(register: Register) -> None:
    filed = await register.file(an_application(child=CHILD))
    now = await register.pool.fetchval("SELECT clock_timestamp()")
    activities = InquiryActivities(register.pool, None)
    asked = await ActivityEnvironment().run(activities.inquire, Inquiring(now=now))
    assert asked == Inquired(gateway_named=False)
    assert {(fact.result, fact.failure) for fact in await _facts(register, filed)} == {("NOT_CHECKED", None)}
    figures = await read_figures(register.pool, "namespace", now)
    assert figures.inquiries == {"WAITING": 4}


async def test_a_case_that_an_older_service_filed_has_nothing_to_be_asked(
    register: Register, systems: InformationSystems
) -> None:
    filed = await register.file(an_application(child=CHILD))
    async with register.owner() as owner:
        await owner.execute("DELETE FROM inquiry")
    assert await _inquire(register, systems) == Inquired()
    assert await _facts(register, filed) == ()
