"""The end of teaching at home in the register (P10): reminded of once, ended once, found by the sweep."""

from datetime import date, timedelta
from uuid import uuid4

import asyncpg
import pytest

from activities.register.intake import Filed
from activities.register.ordered_period import (
    list_periods_without_watch,
    mark_period_watched,
    reach_period_milestone,
    read_period,
)
from activities.register.reading import read_papers
from activities.register.turns import UnknownCase
from activities.register.watching import end_procedure
from domain.period import Period, PeriodMilestone
from tests.activities.stories import an_ordered_case, status
from tests.builders import local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")
SOON, ENDED = PeriodMilestone.ENDS_SOON, PeriodMilestone.ENDED
AT_ONCE = timedelta(0)
REMINDER = "2027-04-25 09:00"
OVER = "2027-05-26 00:00"
"""Of an order until 25 May 2027."""


async def reach(register: Register, filed: Filed, milestone: PeriodMilestone, moment: str) -> Period:
    return await reach_period_milestone(register.pool, filed.case_id, milestone, local(moment), RULES)


async def messages(register: Register, filed: Filed) -> list[tuple[str, str]]:
    rows = await register.pool.fetch(
        "SELECT destination, event FROM outbox WHERE case_id = $1 AND event LIKE 'PERIOD%' ORDER BY seq",
        filed.case_id,
    )
    return [(row["destination"], row["event"]) for row in rows]


async def test_p10_an_order_has_its_period_and_the_status_tells_it(register: Register) -> None:
    filed = await an_ordered_case(register)
    assert (await read_period(register.pool, filed.case_id)).ends == date(2027, 5, 25)
    assert (await status(register, filed)).period_ends == date(2027, 5, 25)


async def test_p10_parent_and_school_are_reminded_once(register: Register) -> None:
    filed = await an_ordered_case(register)
    for _ in range(2):
        assert (await reach(register, filed, SOON, REMINDER)).reminded
    assert await messages(register, filed) == [
        ("APPLICANT", "PERIOD_ENDS_SOON"),
        ("HEAD", "PERIOD_ENDS_SOON"),
    ]
    notice = (await read_papers(register.pool, filed.number))[-1]
    assert (notice.kind, notice.facts["period"]["ends"]) == ("PERIOD_NOTICE", "2027-05-25")
    assert notice.facts["period"]["order_number"] == "1-ҮО"
    told = await register.pool.fetchval("SELECT count(*) FROM cabinet_message WHERE paper_id = $1", notice.id)
    assert told == 1


async def test_p10_nobody_is_reminded_before_the_day(register: Register) -> None:
    filed = await an_ordered_case(register)
    assert not (await reach(register, filed, SOON, "2027-04-25 08:59")).reminded
    assert await messages(register, filed) == []


async def test_p10_the_end_is_marked_after_the_last_day_and_decides_nothing(register: Register) -> None:
    filed = await an_ordered_case(register)
    await reach(register, filed, SOON, REMINDER)
    assert not (await reach(register, filed, ENDED, "2027-05-25 23:59")).ended
    before = await status(register, filed)
    assert (await reach(register, filed, ENDED, OVER)).ended
    after = await status(register, filed)
    assert (after.stage, after.outcome, after.papers) == (before.stage, before.outcome, before.papers)
    assert after.timeline[-1].event == "PERIOD_ENDED"


async def test_p10_a_period_outlives_the_procedure_of_its_case(register: Register) -> None:
    filed = await an_ordered_case(register)
    assert (await end_procedure(register.pool, filed.case_id, local("2027-02-18 00:00"))).progress.ended
    assert (await reach(register, filed, SOON, REMINDER)).reminded


async def test_p10_nobody_is_reminded_of_an_end_that_is_past(register: Register) -> None:
    filed = await an_ordered_case(register)
    assert not (await reach(register, filed, SOON, OVER)).reminded
    assert (await reach(register, filed, ENDED, OVER)).ended
    assert await messages(register, filed) == [("HEAD", "PERIOD_ENDED")]


async def unwatched(register: Register, moment: str, namespace: str = "here") -> list[str]:
    found = await list_periods_without_watch(register.pool, namespace, AT_ONCE, local(moment), 10)
    return [case.number for case in found]


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        ("2026-12-01 09:00", False),
        ("2027-04-27 09:00", False),
        ("2027-04-29 09:00", True),
    ],
    ids=["long before", "on time or a little late", "the reminder was forgotten"],
)
async def test_a_period_is_found_that_let_its_reminder_go_by(
    register: Register, moment: str, found: bool
) -> None:
    filed = await an_ordered_case(register)
    await mark_period_watched(register.pool, filed.case_id, "here")
    assert await unwatched(register, moment) == ([filed.number] if found else [])


async def test_a_period_is_found_until_this_namespace_watches_it_and_after_its_end_went_by(
    register: Register,
) -> None:
    filed = await an_ordered_case(register)
    assert await unwatched(register, "2026-12-01 09:00") == [filed.number]
    await mark_period_watched(register.pool, filed.case_id, "here")
    assert await unwatched(register, "2026-12-01 09:00") == []
    assert await unwatched(register, "2026-12-01 09:00", "a new one") == [filed.number]
    await reach(register, filed, SOON, REMINDER)
    assert await unwatched(register, "2027-05-27 09:00") == []
    assert await unwatched(register, "2027-05-29 09:00") == [filed.number]
    await reach(register, filed, ENDED, OVER)
    assert await unwatched(register, "2027-05-29 09:00") == []


async def test_a_case_without_an_order_has_no_period(register: Register) -> None:
    filed = await register.file()
    for case_id in (filed.case_id, uuid4()):
        with pytest.raises(UnknownCase):
            await read_period(register.pool, case_id)


async def test_the_service_cannot_move_the_end_of_a_period(register: Register) -> None:
    await an_ordered_case(register)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await register.pool.execute("UPDATE period SET ends = ends + 1")
