"""Sending on a real register, to the real simulator and a real mail server: in order, once, and for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.testing import ActivityEnvironment

from activities.register.figures import read_figures
from activities.register.reading import read_status
from activities.register.watching import reach_milestone
from activities.sending.monitoring import MonitoringSystem
from activities.sending.post import Post
from activities.sending.sender import Outlets, Round, SendingActivities, Sent
from domain.destination import Carrier
from domain.progress import Milestone
from domain.stages import Step
from starter.simulators.monitoring import Mode
from tests.activities.mail_server import Mailbox, a_post, mail_server
from tests.activities.monitoring_system import SimulatedMonitoring, simulated_monitoring
from tests.activities.stories import an_ordered_case
from tests.builders import RECEIVED_AT, SCHOOL, a_child, an_act, an_applicant, an_application, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")

ADDRESS = "gauhar@example.kz"


@pytest.fixture
async def monitoring(tmp_path: Path) -> AsyncIterator[SimulatedMonitoring]:
    async with simulated_monitoring(tmp_path) as simulated:
        yield simulated


async def send(
    register: Register,
    carrier: Carrier = Carrier.MONITORING,
    system: MonitoringSystem | None = None,
    post: Post | None = None,
    now: datetime = RECEIVED_AT + timedelta(hours=2),
) -> Sent:
    activities = SendingActivities(register.pool, RULES, Outlets(system, post))
    return await ActivityEnvironment().run(activities.send, Round(carrier=carrier, now=now))


async def report(register: Register, monitoring: SimulatedMonitoring) -> Sent:
    return await send(register, system=monitoring.system)


async def mail(register: Register, post: Post | None, **changes: Any) -> Sent:
    return await send(register, Carrier.MAIL, post=post, **changes)


async def outbox(register: Register, columns: str, condition: str = "true") -> list[tuple[Any, ...]]:
    asked = f"SELECT {columns} FROM outbox WHERE {condition} ORDER BY case_id, seq"  # noqa: S608 - of this file
    rows = await register.pool.fetch(asked)
    return [tuple(row) for row in rows]


async def now_may_be_tried(register: Register) -> None:
    """Lets the pauses between tries be over."""
    await register.pool.execute("UPDATE sending_failure SET next_try_at = clock_timestamp()")


# the monitoring system


async def test_par_8_r8_1_every_stage_arrives_in_its_order_with_nothing_personal(
    register: Register, monitoring: SimulatedMonitoring
) -> None:
    filed = await an_ordered_case(register)
    sent = await report(register, monitoring)
    told = await outbox(register, "seq, body ->> 'stage', receipt", "destination = 'MONITORING'")
    events = await monitoring.events()
    assert (sent.sent, sent.failed, sent.waiting, sent.more) == (len(told), 0, 0, False)
    assert await monitoring.kept() == [f"{filed.number}:{seq}" for seq, _, _ in told]
    assert [(event["seq"], event["stage"], event["receipt"]) for event in events] == told
    assert set(events[0]) == {"case_number", "seq", "stage", "at", "channel", "school_bin", "receipt"}
    assert (events[0]["at"], events[0]["channel"], events[0]["school_bin"]) == (
        "2026-11-17T10:00:00+05:00",
        "PORTAL",
        SCHOOL,
    )


async def test_par_8_r8_1_what_was_sent_is_not_sent_again(
    register: Register, monitoring: SimulatedMonitoring
) -> None:
    await an_ordered_case(register)
    await report(register, monitoring)
    arrived = await monitoring.deliveries()
    assert (await report(register, monitoring)).sent == 0
    assert await monitoring.deliveries() == arrived


@pytest.mark.parametrize(
    ("mode", "cause"),
    [
        (Mode.DOWN, "status 503"),
        (Mode.FAILS, "status 500"),
        (Mode.HTML, "AnswerNotJson"),
        (Mode.NOTHING, "AnswerNotReadable"),
        (Mode.LARGE, "AnswerTooLong"),
        (Mode.ANOTHER, "AnswerToAnotherEvent"),
        (Mode.REDIRECT, "status 307"),
        (Mode.MINUTE, "TimeoutError"),
    ],
)
async def test_par_8_r8_1_an_event_that_gets_no_receipt_is_kept_and_sent_later_once(
    register: Register, monitoring: SimulatedMonitoring, mode: Mode, cause: str
) -> None:
    filed = await register.file()
    await monitoring.behave(mode)
    failed = await report(register, monitoring)
    assert (failed.sent, failed.failed, failed.cause, failed.waiting) == (0, 1, cause, 1)
    assert failed.got_nowhere
    await monitoring.behave(Mode.NORMAL)
    await now_may_be_tried(register)
    assert (await report(register, monitoring)).sent == 1
    assert await monitoring.kept() == [f"{filed.number}:1"]


async def test_par_8_r8_1_a_simulator_that_is_killed_in_the_middle_gets_the_rest_when_it_is_back(
    register: Register, monitoring: SimulatedMonitoring
) -> None:
    await an_ordered_case(register)
    await register.file(an_application(child=a_child(2)))
    await report(register, monitoring)
    before = await monitoring.events()
    await monitoring.kill()
    await register.file(an_application(child=a_child(3)))
    assert (await report(register, monitoring)).cause == "ConnectError"
    await monitoring.start()
    await now_may_be_tried(register)
    assert (await report(register, monitoring)).sent == 1
    assert (await monitoring.events())[: len(before)] == before


async def test_par_8_r8_1_a_second_delivery_has_no_second_effect_and_gets_the_first_receipt(
    register: Register, monitoring: SimulatedMonitoring
) -> None:
    filed = await register.file()
    await monitoring.behave(Mode.KEEPS_AND_FAILS)
    assert (await report(register, monitoring)).failed == 1
    await monitoring.behave(Mode.NORMAL)
    await now_may_be_tried(register)
    await report(register, monitoring)
    events = await monitoring.events()
    assert await monitoring.deliveries() == [f"{filed.number}:1"] * 2
    assert await outbox(register, "receipt") == [(event["receipt"],) for event in events]
    assert len(events) == 1


async def test_par_8_r8_1_a_sender_that_ends_after_the_sending_and_before_its_commit_has_no_second_effect(
    register: Register, monitoring: SimulatedMonitoring
) -> None:
    filed = await register.file()
    async with register.owner() as owner, owner.transaction():
        await owner.execute("SELECT FROM outbox FOR UPDATE")
        sending = asyncio.create_task(report(register, monitoring))
        while not await monitoring.kept():
            await asyncio.sleep(0.02)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
    assert await outbox(register, "sent_at, receipt") == [(None, None)]
    assert (await report(register, monitoring)).sent == 1
    assert await monitoring.deliveries() == [f"{filed.number}:1"] * 2
    assert await monitoring.kept() == [f"{filed.number}:1"]


@pytest.mark.parametrize("mode", [Mode.REFUSES, Mode.FAILS])
async def test_par_8_r8_1_an_event_that_is_not_taken_holds_up_its_own_case_and_no_other(
    register: Register, monitoring: SimulatedMonitoring, mode: Mode
) -> None:
    stuck = await an_ordered_case(register)
    await monitoring.behave(mode, only=f"{stuck.number}:1")
    others = [await register.file(an_application(child=a_child(serial))) for serial in range(2, 12)]
    for _ in range(3):
        await now_may_be_tried(register)
        last = await report(register, monitoring)
    assert set(await monitoring.kept()) == {f"{filed.number}:1" for filed in others}
    assert (last.waiting > 1, last.refused) == (True, int(mode is Mode.REFUSES))
    await monitoring.behave(Mode.NORMAL)
    await now_may_be_tried(register)
    assert (await report(register, monitoring)).waiting == 0
    places = [int(key.partition(":")[2]) for key in await monitoring.kept() if key.startswith(stuck.number)]
    assert places == sorted(places)
    assert len(places) == 7


async def test_many_broken_events_do_not_stand_before_the_others(
    register: Register, monitoring: SimulatedMonitoring
) -> None:
    broken = [await register.file(an_application(child=a_child(serial))) for serial in range(1, 21)]
    whole = await register.file(an_application(child=a_child(21), school="010940000023"))
    await monitoring.behave(Mode.FAILS, only="AT001")
    rounds = 0
    while not await monitoring.kept():
        await report(register, monitoring)
        rounds += 1
        assert rounds < 10
    assert await monitoring.kept() == [f"{whole.number}:1"]
    assert not any(number.number.startswith(whole.number[:5]) for number in broken)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [(Mode.FAILS, [15, 30, 60, 120, 240, 300, 300]), (Mode.REFUSES, [600, 1200, 2400, 3600])],
)
async def test_the_pause_before_the_next_try_grows(
    register: Register, monitoring: SimulatedMonitoring, mode: Mode, expected: list[int]
) -> None:
    await register.file()
    await monitoring.behave(mode)
    pauses = []
    for _ in expected:
        await report(register, monitoring)
        row = await register.pool.fetchrow(
            "SELECT tries, next_try_at - failed_at AS pause FROM sending_failure"
        )
        assert row is not None
        pauses.append(round(row["pause"].total_seconds()))
        await now_may_be_tried(register)
    assert pauses == expected


async def test_without_a_monitoring_system_events_are_kept_and_shown_as_unsent(register: Register) -> None:
    await register.file()
    sent = await send(register)
    assert (sent.sent, sent.failed, sent.waiting, sent.oldest_at) == (0, 0, 1, RECEIVED_AT)
    assert (await read_figures(register.pool, "a namespace", RECEIVED_AT)).left_undone.unsent_messages == 1


async def test_r8_2_the_first_receipt_is_never_changed(
    register: Register, monitoring: SimulatedMonitoring
) -> None:
    await register.file()
    await report(register, monitoring)
    for change in ("receipt = 'another'", "sent_at = NULL, receipt = NULL", "sent_at = now()"):
        with pytest.raises(Exception, match="never changed"):
            await register.pool.execute(f"UPDATE outbox SET {change}")  # noqa: S608 - of this file


# e-mail


async def a_breach(register: Register, **applicant: Any) -> str:
    """A case whose term passed without an answer; its number."""
    filed = await register.file(an_application(applicant=an_applicant(**applicant)))
    moment = local("2026-11-19 18:31")
    await reach_milestone(register.pool, filed.case_id, Milestone.BREACH, moment, RULES)
    return filed.number


BREACHED = local("2026-11-19 18:32")


async def test_d1_people_are_told_by_mail_where_an_address_is_known(register: Register) -> None:
    mailbox = Mailbox()
    async with register.owner() as owner:
        await owner.execute("UPDATE school SET email = 'head@school.example.kz'")
    number = await a_breach(register, email=ADDRESS)
    async with mail_server(mailbox) as port:
        sent = await mail(register, a_post(port), now=BREACHED)
    assert (sent.sent, sent.not_sent, sent.failed, sent.waiting) == (2, 1, 0, 0)
    assert {letter["To"] for letter in mailbox.letters} == {ADDRESS, "head@school.example.kz"}
    text = mailbox.to(ADDRESS)[0].get_content()
    assert number in text
    assert "19.11.2026 18:30" in text
    assert f"https://uide.example.kz/status/{number}" in text
    assert "үш ай ішінде" in text
    assert "трех месяцев" in text


async def test_a_letter_says_nothing_of_persons_health_school_or_decision(register: Register) -> None:
    mailbox = Mailbox()
    filed = await register.file(an_application(applicant=an_applicant(email=ADDRESS)))
    await register.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT), an_act(Step.SUBMIT_PLAN))
    await register.do(filed, an_act(Step.SIGN_ORDER))
    async with mail_server(mailbox) as port:
        await mail(register, a_post(port))
    letters = [f"{letter['Subject']} {letter.get_content()}".lower() for letter in mailbox.to(ADDRESS)]
    assert len(letters) == 2
    for word in (
        "үлгібаев",
        "жәңгір",
        "гауһар",
        "8804144",
        "денсау",
        "здоров",
        "бұйрық",
        "приказ",
        "дкк",
        "вкк",
    ):
        assert [word in letter for letter in letters] == [False, False], word


async def test_a_mailbox_that_is_not_there_is_not_tried_again_and_the_clerk_reads_of_it(
    register: Register,
) -> None:
    mailbox = Mailbox()
    mailbox.answers[ADDRESS] = "550 5.1.1 no such user"
    number = await a_breach(register, email=ADDRESS)
    async with mail_server(mailbox) as port:
        await mail(register, a_post(port), now=BREACHED)
        assert (await mail(register, a_post(port), now=BREACHED)).waiting == 0
    status = await read_status(register.pool, number)
    assert status.timeline[-1].event == "MAIL_RETURNED"
    assert await outbox(register, "not_sent", "destination = 'APPLICANT'") == [("NO_MAILBOX",)]
    assert mailbox.letters == []


@pytest.mark.parametrize(
    ("answer", "refused"),
    [("450 4.2.0 greylisted", 0), ("550 5.7.1 relaying denied", 1), ("452 4.2.2 mailbox full", 0)],
)
async def test_a_letter_that_may_be_taken_later_stays(register: Register, answer: str, refused: int) -> None:
    mailbox = Mailbox()
    mailbox.answers[ADDRESS] = answer
    await a_breach(register, email=ADDRESS)
    async with mail_server(mailbox) as port:
        first = await mail(register, a_post(port), now=BREACHED)
        assert (first.failed, first.waiting, first.refused) == (1, 1, refused)
        assert first.cause == f"code {answer[:3]}"
        mailbox.answers.clear()
        await now_may_be_tried(register)
        assert (await mail(register, a_post(port), now=BREACHED)).waiting == 0
    assert len(mailbox.to(ADDRESS)) == 1


async def test_a_mail_server_that_is_away_holds_up_nothing_but_the_mail(
    register: Register, monitoring: SimulatedMonitoring
) -> None:
    await a_breach(register, email=ADDRESS)
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        pass
    away = await mail(register, a_post(port), now=BREACHED)
    assert (away.failed, away.waiting, away.got_nowhere) == (1, 1, True)
    assert (await report(register, monitoring)).waiting == 0
    async with mail_server(mailbox, port=port):
        await now_may_be_tried(register)
        back, afterwards = [await mail(register, a_post(port), now=BREACHED) for _ in range(2)]
    assert [(round_.sent, round_.waiting) for round_ in (back, afterwards)] == [(1, 0), (0, 0)]
    assert [letter["To"] for letter in mailbox.letters] == [ADDRESS]


async def test_messages_to_people_without_an_address_are_not_counted_as_unsent(register: Register) -> None:
    await a_breach(register)
    assert (await read_figures(register.pool, "a namespace", BREACHED)).left_undone.unsent_messages == 4
    async with mail_server(Mailbox()) as port:
        sent = await mail(register, a_post(port), now=BREACHED)
    assert (sent.sent, sent.not_sent) == (0, 3)
    assert set(await outbox(register, "not_sent", "destination <> 'MONITORING'")) == {("NO_ADDRESS",)}
    left = (await read_figures(register.pool, "a namespace", BREACHED)).left_undone
    assert (left.unsent_messages, left.refused_messages) == (1, 0)


async def test_where_no_mail_is_sent_at_all_nothing_waits_for_it(register: Register) -> None:
    await a_breach(register, email=ADDRESS)
    await mail(register, None, now=BREACHED)
    assert set(await outbox(register, "not_sent", "destination <> 'MONITORING'")) == {("NO_MAIL",)}


async def test_nobody_is_told_what_was_true_long_ago(register: Register) -> None:
    mailbox = Mailbox()
    async with register.owner() as owner:
        await owner.execute("UPDATE school SET email = 'head@school.example.kz'")
    filed = await register.file(an_application(applicant=an_applicant(email=ADDRESS)))
    moment = local("2026-11-18 09:00")
    await reach_milestone(register.pool, filed.case_id, Milestone.REMINDER, moment, RULES)
    async with mail_server(mailbox) as port:
        await mail(register, a_post(port), now=moment + timedelta(days=1, seconds=1))
    assert await outbox(register, "not_sent", "destination = 'HEAD'") == [("OUTDATED",)]
    assert mailbox.letters == []
