"""The figures by which the service is watched, counted on a real register."""

from datetime import date, timedelta

import pytest

from activities.doorbell import CaseName
from activities.register.complaints.watching import reach_complaint_milestone
from activities.register.figures import read_condition, read_figures, unconfirmed_year
from activities.register.house_rules import HouseRules
from activities.register.pool import open_pool
from activities.register.statements import fetch_one
from activities.register.sweeping import mark_started
from activities.register.turns import Queue
from activities.register.watching import reach_milestone
from domain.complaint import ComplaintTermKind
from domain.complaint_stages import OPEN_COMPLAINT_STAGES, ComplaintStage, ComplaintStep
from domain.progress import CLOCK_TOLERANCE, Milestone
from domain.stages import OPEN_STAGES, Stage, Step
from tests.activities.complaint_stories import complained, does
from tests.builders import (
    CLERK,
    DUE_AT,
    RECEIVED_AT,
    a_child,
    an_act,
    an_application,
    an_office_application,
    local,
)
from tests.databases import RULES, Register


async def test_open_cases_are_counted_by_stage_and_by_their_term(register: Register) -> None:
    overdue = await register.file()
    done = await register.file(an_application(child=a_child(2)))
    await register.do(done, an_act(Step.WITHDRAW))
    late = DUE_AT + CLOCK_TOLERANCE
    await reach_milestone(
        register.pool, overdue.case_id, Milestone.BREACH, late, HouseRules(unsealed_allowed=True)
    )
    on_the_day = (await read_figures(register.pool, "a namespace", late)).open_cases
    on_the_day_before = (await read_figures(register.pool, "a namespace", RECEIVED_AT)).open_cases
    assert set(on_the_day) == OPEN_STAGES
    received = on_the_day[Stage.RECEIVED]
    assert (received.cases, received.due_today, received.overdue) == (1, 1, 1)
    assert on_the_day_before[Stage.RECEIVED].due_today == 0


async def test_what_is_left_undone_is_counted_with_its_age(register: Register) -> None:
    filed = await register.file()
    await register.accept(filed, an_act(Step.CHECK_PACKAGE))
    await register.accept(filed, an_act(Step.ADMIT))
    left = (await read_figures(register.pool, "a namespace", RECEIVED_AT)).left_undone
    assert left.waiting_acts == 2
    assert left.oldest_waiting_act_seconds > 0
    # It was filed just now, and the sweep has a minute.
    assert left.cases_without_workflow == 0


async def test_a_case_and_a_complaint_that_temporal_was_not_told_of_are_counted_each_by_itself(
    register: Register,
) -> None:
    filed = await register.file()
    complaint = await complained(register, filed, "2026-11-18 10:00")
    namespace = "a namespace"
    # The complaint was written just now, and the sweep has a minute.
    assert (
        await read_figures(register.pool, namespace, RECEIVED_AT)
    ).left_undone.complaints_without_workflow == 0

    async def untold() -> tuple[int, int]:
        async with register.pool.acquire() as connection:
            row = await fetch_one(connection, "count_left_undone", namespace, timedelta(), RECEIVED_AT)
        return row["cases_without_workflow"], row["complaints_without_workflow"]

    assert await untold() == (1, 1)
    told = CaseName(case_id=filed.case_id, number=complaint.number, complaint_id=complaint.complaint_id)
    await mark_started(register.pool, told, namespace)
    assert await untold() == (1, 0)


async def test_r9_4_complaints_are_counted_by_stage_and_by_the_term_that_passed(register: Register) -> None:
    filed = await register.file()
    to_the_body = {"addressee": "QUALITY_BODY"}
    late, in_time = [
        await complained(register, filed, moment, **to_the_body)
        for moment in ("2026-11-17 12:00", "2026-11-18 12:00")
    ]
    for complaint in (late, in_time):
        await does(register, filed, complaint, an_act(ComplaintStep.FORWARD), "2026-11-18 15:00")
    await complained(register, filed, "2026-11-18 16:00")
    queue = Queue(filed.case_id, late.complaint_id)
    kind, breach = ComplaintTermKind.REGISTRATION, Milestone.BREACH
    await reach_complaint_milestone(register.pool, queue, kind, breach, local("2026-11-20 12:00"), RULES)

    counted = (await read_figures(register.pool, "a namespace", RECEIVED_AT)).complaints
    assert set(counted.of_stage) == OPEN_COMPLAINT_STAGES
    assert {stage: count for stage, count in counted.of_stage.items() if count} == {
        ComplaintStage.AT_AUTHORITY: 2,
        ComplaintStage.REGISTERED: 1,
    }
    assert counted.overdue == {**dict.fromkeys(ComplaintTermKind, 0), kind: 1}

    await does(register, filed, late, an_act(ComplaintStep.REGISTER), "2026-11-20 15:00")
    counted = (await read_figures(register.pool, "a namespace", RECEIVED_AT)).complaints
    assert counted.of_stage[ComplaintStage.IN_CONSIDERATION] == 1
    assert counted.overdue[kind] == 0


async def test_the_age_of_a_paper_is_that_of_its_waiting_and_not_of_its_issue(register: Register) -> None:
    filed = await register.file(an_office_application())
    issued_at = RECEIVED_AT - timedelta(days=1)
    async with register.owner() as owner:
        await owner.execute("UPDATE paper SET issued_at = $2 WHERE case_id = $1", filed.case_id, issued_at)
        await owner.execute("UPDATE paper SET written_at = clock_timestamp() - interval '1 hour'")
    left = (await read_figures(register.pool, "a namespace", RECEIVED_AT)).left_undone
    assert left.unrendered_papers == 1
    assert 3600 <= left.oldest_unrendered_paper_seconds < 24 * 3600


async def test_refused_acts_are_counted_by_the_code_of_the_reason(register: Register) -> None:
    filed = await register.file()
    await register.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT, actor=CLERK))
    await register.do(filed, an_act(Step.ADMIT, actor=CLERK))
    assert (await read_figures(register.pool, "a namespace", RECEIVED_AT)).refused_acts == {"wrong_role": 2}


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 9, 30), None), (date(2026, 10, 1), 2027), (date(2025, 12, 31), None)],
    ids=["before October", "from October on", "the next year is confirmed"],
)
async def test_from_october_on_the_next_year_has_to_be_confirmed(
    register: Register, today: date, year: int | None
) -> None:
    assert await unconfirmed_year(register.pool, today) == year


async def test_a_year_confirmed_in_the_register_needs_no_warning(register: Register) -> None:
    async with register.owner() as owner:
        await owner.execute("INSERT INTO calendar_change VALUES (1, 'act', 'somebody', now())")
        await owner.execute("INSERT INTO calendar_confirmed_year VALUES (1, 2027)")
    assert await unconfirmed_year(register.pool, date(2026, 10, 1)) is None


async def test_a_register_that_takes_nothing_is_told_apart(register: Register) -> None:
    assert (await read_condition(register.pool)).writable
    async with register.owner() as owner:
        name = await owner.fetchval("SELECT current_database()")
        await owner.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    standby = await open_pool(register.app_url, size=1)
    try:
        assert not (await read_condition(standby)).writable
    finally:
        await standby.close()
