"""What the watch of the term waits for (R5.4, D1, Q22)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.progress import CLOCK_TOLERANCE, Milestone, Progress
from domain.stages import Stage
from domain.standard import Channel
from tests.builders import DUE_AT, SCHOOL, local

REMINDER_AT, LAST_DAY_AT = local("2026-11-18 09:00"), local("2026-11-19 09:00")
A_MOMENT = timedelta(microseconds=1)
ALL = tuple(Milestone)


def a_progress(**changes: Any) -> Progress:
    facts: dict[str, Any] = {
        "case_id": UUID(int=1),
        "revision": 1,
        "number": "AT001-2026-00001",
        "school": SCHOOL,
        "channel": Channel.PORTAL,
        "stage": Stage.RECEIVED,
        "round": 1,
        "due_at": DUE_AT,
        "reminder_at": REMINDER_AT,
        "last_day_at": LAST_DAY_AT,
    }
    return Progress(**{**facts, **changes})


@pytest.mark.parametrize(
    ("now", "reached", "expected"),
    [
        pytest.param(local("2026-11-17 10:00"), (), Milestone.REMINDER, id="just received"),
        pytest.param(REMINDER_AT, (), Milestone.REMINDER, id="at the reminder"),
        pytest.param(REMINDER_AT, ALL[:1], Milestone.LAST_DAY, id="reminded"),
        pytest.param(LAST_DAY_AT, (), Milestone.LAST_DAY, id="the last day has overtaken the reminder"),
        pytest.param(LAST_DAY_AT, ALL[:2], Milestone.BREACH, id="on the last day"),
        pytest.param(
            LAST_DAY_AT, ALL[1:2], Milestone.BREACH, id="the overtaken reminder is not sent afterwards"
        ),
        pytest.param(DUE_AT, ALL[:2], Milestone.BREACH, id="at the due moment"),
        pytest.param(DUE_AT + timedelta(days=9), (), Milestone.BREACH, id="the breach has overtaken all"),
    ],
)
def test_d1_the_watch_waits_for_the_next_milestone(
    now: datetime, reached: tuple[Milestone, ...], expected: Milestone
) -> None:
    assert a_progress(reached=reached).next_milestone(now) is expected


def test_d1_after_the_breach_nothing_is_left_to_watch() -> None:
    assert a_progress(reached=(Milestone.BREACH,)).next_milestone(DUE_AT) is None


@pytest.mark.parametrize("now", [REMINDER_AT, DUE_AT + timedelta(days=1)], ids=["in time", "later"])
def test_d1_after_the_answer_nothing_is_left_to_watch(now: datetime) -> None:
    assert a_progress(answered_at=LAST_DAY_AT).next_milestone(now) is None


def test_q30_an_office_refusal_that_nobody_handed_over_is_watched_still() -> None:
    assert a_progress(stage=Stage.REFUSED, answered_at=None).next_milestone(LAST_DAY_AT) is Milestone.LAST_DAY


def test_r5_4_the_breach_comes_after_the_due_moment_by_what_clocks_may_differ() -> None:
    progress = a_progress()
    assert progress.moment_of(Milestone.BREACH) == DUE_AT + CLOCK_TOLERANCE
    assert progress.moment_of(Milestone.BREACH) - A_MOMENT > DUE_AT
    assert progress.moment_of(Milestone.REMINDER) == REMINDER_AT
    assert progress.moment_of(Milestone.LAST_DAY) == LAST_DAY_AT


@pytest.mark.parametrize(
    ("reached", "overdue"), [(ALL[:2], False), (ALL, True)], ids=["on the last day", "after the breach"]
)
@pytest.mark.parametrize("answered_at", [None, DUE_AT + timedelta(days=1)], ids=["open", "answered late"])
def test_q22_a_case_stays_overdue_when_the_answer_came_late(
    reached: tuple[Milestone, ...], overdue: bool, answered_at: datetime | None
) -> None:
    assert a_progress(reached=reached, answered_at=answered_at).overdue is overdue


def test_progress_has_no_place_for_personal_data() -> None:
    assert not {"name", "iin", "applicant", "child"} & set(Progress.model_fields)
