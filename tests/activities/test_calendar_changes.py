"""Changes of the working calendar in the register: entered once, and every term that runs counted anew."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.testing import ActivityEnvironment

from activities.calendar_change import CalendarActivities, Portion, Recounted
from activities.register.calendar_changes import finish_recount, list_changes, read_change
from activities.register.figures import unconfirmed_year
from activities.register.intake import Filed
from activities.register.taking import take_act
from activities.register.watching import reach_milestone
from domain.calendar_change import DayOrder, YearConfirmation
from domain.legal_time import legal_date
from domain.progress import Milestone
from domain.recounting import Found
from domain.refusal import InputRefused
from domain.stages import Step
from domain.verdict import Verdict
from tests.activities.calendar_stories import (
    AT_ONCE,
    Bell,
    a_confirmation,
    an_order,
    enter,
    write_acts,
)
from tests.activities.stories import a_refused_case, papers, status
from tests.builders import a_child, an_act, an_application, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")


async def take(register: Register, filed: Filed, version: int, moment: str = AT_ONCE) -> Verdict:
    act_id = f"calendar-{version}-{filed.case_id}"
    answer = await take_act(register.pool, filed.case_id, act_id, local(moment), RULES)
    assert answer.verdict is not None, "no earlier act waits"
    return answer.verdict


async def change(
    register: Register, filed: Filed, order: DayOrder | YearConfirmation, moment: str = AT_ONCE
) -> Found:
    """Enters the change and has the term of the case counted anew at once; what came out."""
    entered = await enter(register, order, moment)
    await write_acts(register, entered.version, moment)
    await take(register, filed, entered.version, moment)
    return await found(register, filed, entered.version)


async def found(register: Register, filed: Filed, version: int) -> Found:
    effects = await register.pool.fetchval(
        "SELECT effects FROM act_result WHERE act_id = $1", f"calendar-{version}-{filed.case_id}"
    )
    return Found(effects["recounts"][0]["found"])


async def breach(register: Register, filed: Filed, moment: str) -> None:
    await reach_milestone(register.pool, filed.case_id, Milestone.BREACH, local(moment), RULES)


# entering


async def test_a_change_is_entered_once_however_often_it_is_sent(register: Register) -> None:
    entered = await asyncio.gather(*(enter(register, an_order()) for _ in range(4)))
    assert {one.version for one in entered} == {1}
    assert [one.created for one in entered].count(True) == 1
    noted = await register.pool.fetch("SELECT actor, details FROM audit WHERE action = 'calendar'")
    assert [(row["actor"], row["details"]) for row in noted] == [
        ("somebody", {"version": 1, "day": "2026-11-18", "kind": "OFF", "week": None})
    ]


async def test_changes_entered_at_once_get_versions_without_a_gap(register: Register) -> None:
    days = ("2026-12-01", "2026-12-02", "2026-12-03")
    entered = await asyncio.gather(*(enter(register, an_order(day)) for day in days))
    assert sorted(one.version for one in entered) == [1, 2, 3]
    assert [row.version for row in await list_changes(register.pool)] == [1, 2, 3]


async def test_what_contradicts_another_row_is_refused_and_leaves_nothing(register: Register) -> None:
    await enter(register, an_order())
    with pytest.raises(InputRefused, match="Қаулы № 100"):
        await enter(register, an_order(kind="WORK", week=5))
    assert len(await list_changes(register.pool)) == 1
    assert (await enter(register, an_order(kind="WORK", act="Қаулы № 101", replaces=1))).version == 2


async def test_a_year_is_confirmed_once_and_health_warns_of_it_no_more(register: Register) -> None:
    october = legal_date(local("2026-10-01 09:00"))
    assert await unconfirmed_year(register.pool, october) == 2027
    first = await enter(register, a_confirmation())
    again = await enter(register, a_confirmation())
    assert (first.version, again.version, again.created) == (1, 1, False)
    assert await unconfirmed_year(register.pool, october) is None


# counting anew


async def test_a_day_off_in_the_term_moves_its_end_and_both_ends_are_kept_with_the_act(
    register: Register,
) -> None:
    filed = await register.file()
    assert await change(register, filed, an_order()) is Found.LATER
    read = await status(register, filed)
    assert read.due_at == local("2026-11-20 18:30")
    assert [(term.due_at, term.cause, term.act) for term in read.terms] == [
        (local("2026-11-19 18:30"), "receipt", None),
        (local("2026-11-20 18:30"), f"calendar-1-{filed.case_id}", "Қаулы № 100"),
    ]
    assert [entry.event for entry in read.timeline] == ["RECEIVED", "TERM_RECOUNTED"]


async def test_school_and_applicant_are_told_of_an_end_that_moves_and_of_no_other(register: Register) -> None:
    filed = await register.file()
    await change(register, filed, an_order("2026-12-01"))
    assert await register.pool.fetch("SELECT FROM outbox WHERE event = 'TERM_RECOUNTED'") == []
    await change(register, filed, an_order())
    told = await register.pool.fetch("SELECT destination, body FROM outbox WHERE event = 'TERM_RECOUNTED'")
    body = {
        "act": "Қаулы № 100",
        "old_due_at": "2026-11-19T18:30:00+05:00",
        "due_at": "2026-11-20T18:30:00+05:00",
    }
    assert [(row["destination"], row["body"]) for row in told] == [("HEAD", body), ("APPLICANT", body)]


async def test_the_watch_goes_by_the_new_end(register: Register) -> None:
    filed = await register.file()
    await reach_milestone(register.pool, filed.case_id, Milestone.REMINDER, local("2026-11-18 09:00"), RULES)
    await change(register, filed, an_order(), "2026-11-18 12:00")
    await breach(register, filed, "2026-11-19 18:31")
    assert not (await status(register, filed)).overdue
    await breach(register, filed, "2026-11-20 18:31")
    assert (await status(register, filed)).overdue


async def test_a_later_end_withdraws_the_mark_of_a_breach_by_a_correcting_notice(register: Register) -> None:
    filed = await register.file()
    await breach(register, filed, "2026-11-19 18:31")
    assert await change(register, filed, an_order(), "2026-11-20 10:00") is Found.LATER
    read = await status(register, filed)
    assert (read.overdue, read.due_at) == (False, local("2026-11-20 18:30"))
    assert await papers(register, filed) == [
        ("SILENCE_NOTICE", filed.number),
        ("CORRECTING_NOTICE", filed.number),
    ]
    facts = await register.pool.fetchval("SELECT facts FROM paper WHERE kind = 'CORRECTING_NOTICE'")
    assert facts["correction"] == {
        "act": "Қаулы № 100",
        "old_due_at": "2026-11-19T18:30:00+05:00",
        "corrected_on": "2026-11-19",
    }
    await register.do(filed, an_act(Step.WITHDRAW), moment="2026-11-20 18:30")
    read = await status(register, filed)
    assert (read.overdue, read.answered_at) == (False, local("2026-11-20 18:30"))


async def test_a_term_that_is_over_by_the_new_end_too_is_overdue_by_it(register: Register) -> None:
    filed = await register.file()
    await breach(register, filed, "2026-11-19 18:31")
    await change(register, filed, an_order(), "2026-11-23 10:00")
    await breach(register, filed, "2026-11-23 10:01")
    assert (await status(register, filed)).overdue
    kinds = [kind for kind, _ in await papers(register, filed)]
    assert kinds == ["SILENCE_NOTICE", "CORRECTING_NOTICE", "SILENCE_NOTICE"]


async def test_nobody_watched_the_old_end_and_the_change_comes_first(register: Register) -> None:
    filed = await register.file()
    await change(register, filed, an_order(), "2026-11-20 10:00")
    assert not (await status(register, filed)).overdue
    assert await papers(register, filed) == []


@pytest.mark.parametrize(
    ("taken", "expected", "due_at"),
    [
        ("2026-11-21 18:29", Found.EARLIER, "2026-11-21 18:30"),
        ("2026-11-21 18:30", Found.EARLIER_IS_PAST, "2026-11-23 18:30"),
    ],
)
async def test_an_earlier_end_holds_only_if_it_is_still_to_come_when_the_act_is_taken(
    register: Register, taken: str, expected: Found, due_at: str
) -> None:
    # After hours on Wednesday, so of Thursday: the two days end on Monday, with Saturday worked on Saturday.
    filed = await register.file(received_at="2026-11-18 19:00")
    assert (await status(register, filed)).due_at == local("2026-11-23 18:30")
    entered = await enter(register, an_order("2026-11-21", "WORK", week=5), "2026-11-20 10:00")
    await write_acts(register, entered.version, "2026-11-20 10:00")
    await take(register, filed, entered.version, taken)
    assert await found(register, filed, entered.version) is expected
    assert (await status(register, filed)).due_at == local(due_at)


async def test_an_answer_given_before_the_change_was_taken_is_in_time_by_the_old_end(
    register: Register,
) -> None:
    filed = await register.file(received_at="2026-11-18 19:00")
    entered = await enter(register, an_order("2026-11-21", "WORK", week=5), "2026-11-20 10:00")
    await write_acts(register, entered.version, "2026-11-20 10:00")
    await register.accept(filed, an_act(Step.WITHDRAW, act_id="too-late-by-then"), "2026-11-21 20:00")
    await take(register, filed, entered.version, "2026-11-21 20:01")
    answer = await take_act(
        register.pool, filed.case_id, "too-late-by-then", local("2026-11-21 20:01"), RULES
    )
    assert answer.progress.answered_at == local("2026-11-21 20:00")
    assert not (await status(register, filed)).overdue


async def test_a_round_that_was_answered_is_untouched(register: Register) -> None:
    filed = await register.file()
    await register.accept(filed, an_act(Step.WITHDRAW, act_id="answered-first"))
    entered = await enter(register, an_order())
    await write_acts(register, entered.version)
    await take_act(register.pool, filed.case_id, "answered-first", local(AT_ONCE), RULES)
    await take(register, filed, entered.version)
    assert await found(register, filed, entered.version) is Found.TERM_IS_OVER
    read = await status(register, filed)
    assert (read.due_at, len(read.terms)) == (local("2026-11-19 18:30"), 1)
    second = await enter(register, an_order("2026-11-17"))
    assert await write_acts(register, second.version) == []


async def test_q30_the_term_of_a_refusal_that_was_not_handed_over_still_runs(register: Register) -> None:
    filed = await a_refused_case(register, delivered=False)
    assert await change(register, filed, an_order()) is Found.LATER


async def test_each_running_term_gets_one_act_and_what_is_filed_later_none(register: Register) -> None:
    first, second = await register.file(), await register.file(an_application(child=a_child(2)))
    entered = await enter(register, an_order())
    third = await register.file(an_application(child=a_child(3)))
    rung = await write_acts(register, entered.version)
    assert set(rung) == {f"calendar-1-{filed.case_id}" for filed in (first, second)}
    assert await write_acts(register, entered.version) == []
    assert third.due_at == local("2026-11-20 18:30")


async def test_of_several_changes_each_moves_the_end_in_its_turn(register: Register) -> None:
    filed = await register.file()
    for order in (an_order(), an_order(kind="WORK", act="Қаулы № 101", replaces=1)):
        await write_acts(register, (await enter(register, order)).version)
    for version in (1, 2):
        await take(register, filed, version)
    assert [(term.due_at, term.act) for term in (await status(register, filed)).terms] == [
        (local("2026-11-19 18:30"), None),
        (local("2026-11-20 18:30"), "Қаулы № 100"),
        (local("2026-11-19 18:30"), "Қаулы № 101"),
    ]


async def test_a_provisional_term_is_so_no_longer_when_its_year_is_confirmed(register: Register) -> None:
    filed = await register.file(received_at="2026-12-30 10:00")
    assert (await status(register, filed)).provisional
    assert await change(register, filed, a_confirmation(), "2026-12-30 12:00") is Found.SAME
    read = await status(register, filed)
    assert (read.provisional, read.due_at) == (False, filed.due_at)


async def test_the_verdict_on_a_recount_is_always_the_first(register: Register) -> None:
    filed = await register.file()
    await change(register, filed, an_order())
    await take(register, filed, 1, "2026-11-30 10:00")
    assert len((await status(register, filed)).terms) == 2


# how far it is


async def test_a_recount_is_finished_when_every_act_has_its_verdict_and_nothing_can_still_be_committed(
    register: Register,
) -> None:
    filed = await register.file()
    entered = await enter(register, an_order())
    seen = await read_change(register.pool, entered.version)
    assert (seen.waiting, seen.written, seen.taken, seen.is_carried_out) == (1, 0, 0, False)
    await write_acts(register, entered.version)
    await _long_ago(register)
    await finish_recount(register.pool, entered.version, local(AT_ONCE))
    seen = await read_change(register.pool, entered.version)
    assert (seen.waiting, seen.written, seen.taken, seen.finished_at) == (0, 1, 0, None)
    await take(register, filed, entered.version)
    await finish_recount(register.pool, entered.version, local(AT_ONCE))
    seen = await read_change(register.pool, entered.version)
    assert (seen.taken, seen.is_carried_out, seen.finished_at) == (1, True, local(AT_ONCE))


async def test_a_recount_is_not_finished_while_an_older_calendar_may_still_be_counted_with(
    register: Register,
) -> None:
    entered = await enter(register, an_order())
    activities = CalendarActivities(register.pool, Bell())
    looked = await ActivityEnvironment().run(activities.look_at_recount, Portion(version=entered.version))
    assert looked == Recounted(act="Қаулы № 100", waiting=0, written=0, taken=0, finished=False)
    await _long_ago(register)
    looked = await ActivityEnvironment().run(activities.look_at_recount, Portion(version=entered.version))
    assert looked.finished


async def _long_ago(register: Register) -> None:
    async with register.owner() as owner:
        await owner.execute(
            "UPDATE calendar_change SET written_at = written_at - $1::interval", timedelta(minutes=1)
        )
