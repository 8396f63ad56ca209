"""What the sweep finds, list by list: no queue of a case is passed over where a full list ends in its midst."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from activities.doorbell import CaseName
from activities.register.pool import Pool
from activities.register.sweeping import QueuePlace, list_forgotten_acts, list_unwatched_cases
from domain.complaint_stages import ComplaintStep
from domain.stages import Step
from tests.activities.complaint_stories import complained
from tests.builders import a_child, an_act, an_application
from tests.databases import Register

pytestmark = pytest.mark.usefixtures("soundness")


async def cases_with_three_queues(register: Register) -> set[QueuePlace]:
    """Two cases whose term has passed, each with two complaints, and in every queue an act that waits."""
    places = set()
    for serial in (1, 2):
        filed = await register.file(an_application(child=a_child(serial)))
        complaints = [await complained(register, filed, f"2026-11-20 09:0{minute}") for minute in (1, 2)]
        for complaint in complaints:
            about = filed.model_copy(update={"number": complaint.number})
            await register.accept(about, an_act(ComplaintStep.DECIDE), "2026-11-20 10:00")
        await register.accept(filed, an_act(Step.CHECK_PACKAGE), "2026-11-20 10:01")
        places |= {QueuePlace.of(filed.case)}
        places |= {QueuePlace(filed.case_id, complaint.complaint_id) for complaint in complaints}
    return places


async def _acts(pool: Pool, after: QueuePlace, limit: int) -> list[CaseName]:
    return [act.case for act in await list_forgotten_acts(pool, timedelta(0), after, limit)]


async def _terms(pool: Pool, after: QueuePlace, limit: int) -> list[CaseName]:
    # By whatever clock the tests run, the terms of these cases are over.
    return await list_unwatched_cases(pool, timedelta(days=-3650), after, limit)


@pytest.mark.parametrize("listed", [_acts, _terms])
@pytest.mark.parametrize("limit", [1, 2, 4])
async def test_every_queue_of_a_case_is_come_to_once_where_a_full_list_ends_in_its_midst(
    register: Register, listed: Callable[..., Awaitable[list[Any]]], limit: int
) -> None:
    places = await cases_with_three_queues(register)
    # A complaint declares the breach of its case, which nobody has to notice any more.
    waiting = places if listed is _acts else {place for place in places if place.queue != place.case_id}
    seen: list[QueuePlace] = []
    after = QueuePlace()
    while batch := [QueuePlace.of(case) for case in await listed(register.pool, after, limit)]:
        seen += batch
        after = batch[-1]
    assert seen == sorted(waiting)
