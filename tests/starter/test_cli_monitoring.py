"""`uide verify --monitoring`: the register and the real simulator side by side (R8.2)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.testing import ActivityEnvironment

from activities.register.intake import Filed
from activities.sending.sender import Outlets, Round, SendingActivities
from domain.destination import Carrier
from domain.reconciliation import Discrepancy
from starter.simulators.monitoring import Mode
from tests.activities.monitoring_system import SimulatedMonitoring, simulated_monitoring
from tests.activities.stories import an_ordered_case
from tests.builders import RECEIVED_AT, SCHOOL, a_child, an_application
from tests.databases import RULES, Register
from tests.starter.command_runs import Ended, uide_here


@pytest.fixture
async def monitoring(
    tmp_path: Path, here: Register, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[SimulatedMonitoring]:
    async with simulated_monitoring(tmp_path) as simulated:
        monkeypatch.setenv("UIDE_MONITORING_URL", simulated.url)
        yield simulated


async def send(register: Register, monitoring: SimulatedMonitoring) -> int:
    activities = SendingActivities(register.pool, RULES, Outlets(monitoring.system))
    round_ = Round(carrier=Carrier.MONITORING, now=RECEIVED_AT)
    return (await ActivityEnvironment().run(activities.send, round_)).sent


async def sent_in_time(register: Register, monitoring: SimulatedMonitoring) -> Filed:
    """A case to its order, all of it told at once."""
    filed = await an_ordered_case(register)
    await send(register, monitoring)
    async with register.owner() as owner:
        await owner.execute("ALTER TABLE outbox DISABLE TRIGGER message_is_done_with_once")
        await owner.execute("UPDATE outbox SET sent_at = at + interval '5 seconds' WHERE sent_at IS NOT NULL")
        await owner.execute("ALTER TABLE outbox ENABLE TRIGGER message_is_done_with_once")
    return filed


async def verified(*options: str) -> Ended:
    return await uide_here("verify", "--monitoring", "--json", *options)


def named(ended: Ended) -> list[tuple[str, str]]:
    return [(found["check"], found["subject"]) for found in ended.document["violations"]]


async def test_r8_2_both_sides_agree_when_everything_was_told(
    here: Register, monitoring: SimulatedMonitoring
) -> None:
    await sent_in_time(here, monitoring)
    ended = await verified()
    told = ended.document["monitoring"]
    assert (ended.code, ended.document["ok"], ended.document["violations"]) == (0, True, [])
    assert (told["here"], told["there"], told["unsent"], told["late"]) == (7, 7, 0, 0)
    assert ended.document["checks"] == list(Discrepancy)


async def test_r8_2_a_planted_loss_is_found_and_sent_again(
    here: Register, monitoring: SimulatedMonitoring
) -> None:
    filed = await sent_in_time(here, monitoring)
    first = await here.pool.fetchval("SELECT receipt FROM outbox WHERE seq = 1")
    await monitoring.forget(f"{filed.number}:1")
    ended = await verified("--resend")
    assert ended.code == 1
    assert named(ended) == [("monitoring_has_every_event", f"{filed.number}:1")]
    assert ended.document["monitoring"]["asked_to_resend"] == 1
    assert (await verified("--resend")).document["monitoring"]["asked_to_resend"] == 0
    assert await send(here, monitoring) == 1
    again = await here.pool.fetchrow("SELECT receipt, sent_at FROM resend_request")
    assert again is not None
    assert again["receipt"] not in (None, first)
    assert await here.pool.fetchval("SELECT receipt FROM outbox WHERE seq = 1") == first
    assert (await verified()).code == 0


async def test_r8_2_an_event_that_was_acknowledged_and_lost_is_found(
    here: Register, monitoring: SimulatedMonitoring
) -> None:
    await monitoring.behave(Mode.LOSES)
    filed = await here.file()
    await send(here, monitoring)
    await monitoring.behave(Mode.NORMAL)
    assert named(await verified()) == [("monitoring_has_every_event", f"{filed.number}:1")]


async def test_r8_2_an_event_that_nobody_sent_is_found(
    here: Register, monitoring: SimulatedMonitoring
) -> None:
    await sent_in_time(here, monitoring)
    strange: dict[str, Any] = {
        "case_number": "AT001-2026-00777",
        "seq": 3,
        "stage": "RECEIVED",
        "at": "2026-11-17T10:00:00+05:00",
        "channel": "PORTAL",
        "school_bin": SCHOOL,
    }
    await monitoring.keep(**strange)
    assert named(await verified()) == [("monitoring_has_no_other_event", "AT001-2026-00777:3")]


async def test_r8_2_what_was_sent_late_is_told_and_is_no_violation(
    here: Register, monitoring: SimulatedMonitoring
) -> None:
    filed = await here.file(received_at="2026-01-13 10:00")
    await send(here, monitoring)
    ended = await verified()
    assert (ended.code, ended.document["monitoring"]["late"]) == (0, 1)
    assert ended.document["monitoring"]["first_late"] == [f"{filed.number}:1"]


async def test_r8_2_what_waits_too_long_is_named_with_the_oldest(
    here: Register, monitoring: SimulatedMonitoring
) -> None:
    await here.file(an_application(child=a_child(2)), received_at="2026-01-14 10:00")
    oldest = await here.file(received_at="2026-01-13 10:00")
    ended = await verified()
    assert ended.code == 1
    assert {check for check, _ in named(ended)} == {"monitoring_is_told_in_time"}
    assert ended.document["monitoring"]["oldest_unsent"] == {
        "key": f"{oldest.number}:1",
        "at": "2026-01-13T10:00:00+05:00",
    }


async def test_r8_2_only_stages_since_a_day_are_compared_where_that_is_asked(
    here: Register, monitoring: SimulatedMonitoring
) -> None:
    await sent_in_time(here, monitoring)
    day = f"{RECEIVED_AT + timedelta(days=1):%Y-%m-%d}"
    told = (await verified("--since", day)).document["monitoring"]
    assert (told["here"], told["there"]) == (0, 0)


async def test_many_pages_are_compared_in_the_order_of_their_places(
    here: Register, monitoring: SimulatedMonitoring
) -> None:
    async with here.owner() as owner:
        filed = await here.file()
        await owner.execute(
            "INSERT INTO outbox (case_id, seq, destination, event, body, at) SELECT case_id, place, 'MONITORING',"
            " 'REGISTERED', '{\"stage\": \"REGISTERED\"}', at FROM outbox, generate_series(2, 603) AS place"
        )
    while await send(here, monitoring):
        pass
    await monitoring.forget(f"{filed.number}:501")
    ended = await verified()
    assert named(ended) == [("monitoring_has_every_event", f"{filed.number}:501")]
    assert (ended.document["monitoring"]["here"], ended.document["monitoring"]["there"]) == (603, 602)


async def test_people_see_what_both_sides_have(here: Register, monitoring: SimulatedMonitoring) -> None:
    filed = await sent_in_time(here, monitoring)
    await monitoring.forget(f"{filed.number}:1")
    shown = (await uide_here("verify", "--monitoring")).out
    assert "The register has 7 events, the monitoring system 6." in shown
    assert "missing there    1" in shown
    assert "send it again with --resend" in shown


@pytest.mark.parametrize("mode", [Mode.DOWN, Mode.HTML, Mode.LARGE, Mode.NOTHING])
async def test_a_monitoring_system_that_does_not_answer_is_told_in_words(
    here: Register, monitoring: SimulatedMonitoring, mode: Mode
) -> None:
    await monitoring.behave(mode)
    ended = await verified()
    assert ended.code == 1
    assert [problem["code"] for problem in ended.problems] == ["monitoring_away"]


async def test_without_a_monitoring_system_nothing_can_be_compared(
    here: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UIDE_MONITORING_URL", raising=False)
    ended = await verified()
    assert (ended.code, ended.problems[0]["code"]) == (2, "monitoring_not_named")


@pytest.mark.parametrize("options", [["--resend"], ["--since", "2026-09-01"]])
async def test_options_of_the_comparison_need_it(here: Register, options: list[str]) -> None:
    ended = await uide_here("verify", "--json", *options)
    assert (ended.code, ended.problems[0]["code"]) == (2, "monitoring_not_asked")
