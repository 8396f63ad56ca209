"""Decision, breach, calendar change, withdrawal, extension, acting order and reopening in any order: the law holds.

Runs of a fixed order show that the machine reaches each of them; hypothesis finds the other orders.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import INVARIANT_MARKER

from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee, Ruling, Subject
from domain.complaint_stages import ComplaintStage, ComplaintStep
from domain.legal_time import legal_date
from domain.progress import Milestone
from domain.stages import Stage, Step
from domain.working_calendar import OverrideKind
from tests.builders import CLERK, DEPUTY, HEAD, OFFICER, local
from tests.domain.any_case import SOON
from tests.domain.any_order import AnyOrder

AnyOrder.TestCase.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
test_par_9_in_any_order = AnyOrder.TestCase

CONSIDERATION = ComplaintTermKind.CONSIDERATION


class FixedOrder(AnyOrder):
    """The machine in the order of a test, from Tuesday, 17 November 2026, 10:00; the term ends on Thursday at 18:30."""

    def the_law_holds(self) -> None:
        for name in dir(self):
            if hasattr(getattr(type(self), name, None), INVARIANT_MARKER):
                getattr(self, name)()

    def come(self, moment: str) -> None:
        assert local(moment) > self.now, "the clock goes forward"
        self.now = local(moment)

    def order_of_the_day(self, day: date, kind: OverrideKind = OverrideKind.OFF) -> None:
        self.the_calendar_is_changed((day - SOON).days, kind)

    def is_ordered(self) -> None:
        self.the_head_acts(Step.ADMIT)
        self.somebody_else_acts(Step.SUBMIT_PLAN)
        self.the_head_acts(Step.SIGN_ORDER)
        assert self.case.stage is Stage.ORDER_ISSUED

    def is_refused(self) -> None:
        self.the_clerk_checks(present=False)
        self.the_head_refuses()
        assert self.case.stage is Stage.REFUSED

    def is_upheld(self) -> None:
        self.somebody_acts_on_the_complaint(ComplaintStep.DECIDE)
        assert self.answer == "taken"


@pytest.fixture
def case() -> Iterator[FixedOrder]:
    case = FixedOrder()
    yield case
    case.the_law_holds()


def test_par_7_an_order_is_reached(case: FixedOrder) -> None:
    case.the_clerk_checks(present=True)
    case.is_ordered()
    assert case.answered_at == case.now


def test_par_9_a_refusal_that_is_set_aside_reopens_the_case_at_the_heads_desk(case: FixedOrder) -> None:
    case.is_refused()
    case.somebody_else_acts(Step.RECORD_DELIVERY)
    case.a_complaint_is_filed(Subject.DECISION, Addressee.HEAD)
    case.come("2026-11-20 10:00")
    case.is_upheld()
    case.the_reopening_is_taken()
    assert (case.case.stage, case.case.round) == (Stage.REGISTERED, 2)
    assert case.term.due_at == local("2026-11-24 18:30"), "a new term of two working days"
    case.the_head_refuses()
    assert case.answer == "ground_set_aside"
    case.is_ordered()


def test_d1_a_silence_that_is_upheld_reopens_the_case(case: FixedOrder) -> None:
    case.come("2026-11-20 10:00")
    case.the_watch_looks()
    assert Milestone.BREACH in case.term.reached
    case.a_complaint_is_filed(Subject.INACTION, Addressee.HEAD)
    case.is_upheld()
    case.the_reopening_is_taken()
    assert (case.case.stage, case.case.round) == (Stage.RECEIVED, 2)
    assert not case.term.marks
    case.the_clerk_checks(present=True)
    case.is_ordered()


def test_par_9_a_complaint_of_inaction_while_the_term_runs_does_not_prolong_it(case: FixedOrder) -> None:
    case.a_complaint_is_filed(Subject.INACTION, Addressee.HEAD)
    case.is_upheld()
    assert case.reopen is None


def test_d1_what_was_decided_late_is_an_answer_and_stays_marked(case: FixedOrder) -> None:
    case.come("2026-11-20 10:00")
    case.the_watch_looks()
    case.the_clerk_checks(present=True)
    case.is_ordered()
    assert case.term.overdue


@pytest.mark.parametrize("by", [1, 10])
def test_d4_a_term_is_extended_once_and_moved_by_the_calendar_with_its_extension(
    case: FixedOrder, by: int
) -> None:
    case.is_refused()
    case.a_complaint_is_filed(Subject.DECISION, Addressee.QUALITY_BODY)
    for step in (ComplaintStep.FORWARD, ComplaintStep.REGISTER):
        case.somebody_acts_on_the_complaint(step)
    assert case.terms[CONSIDERATION].due_at == local("2026-12-08 18:30")
    case.somebody_acts_on_the_complaint(ComplaintStep.EXTEND, days=11)
    assert case.answer == "extension_too_long"
    case.somebody_acts_on_the_complaint(ComplaintStep.EXTEND, days=by)
    assert case.complaint
    assert case.complaint.stage is ComplaintStage.EXTENDED
    ends = {1: "2026-12-09 18:30", 10: "2026-12-23 18:30"}  # 16 December is off
    assert case.terms[CONSIDERATION].due_at == local(ends[by])
    case.somebody_acts_on_the_complaint(ComplaintStep.EXTEND, days=1)
    assert case.answer == "wrong_stage"
    case.order_of_the_day(date(2026, 12, 7))
    later = {1: "2026-12-10 18:30", 10: "2026-12-24 18:30"}
    assert case.terms[CONSIDERATION].due_at == local(later[by])
    case.come(later[by])
    case.the_watch_looks()
    case.is_upheld()
    assert case.reopen


def test_d4_a_term_that_is_over_is_not_extended(case: FixedOrder) -> None:
    case.a_complaint_is_filed(Subject.INACTION, Addressee.HEAD)
    case.come("2026-11-25 10:00")
    case.the_watch_looks()
    assert case.terms[CONSIDERATION].overdue
    case.somebody_acts_on_the_complaint(ComplaintStep.EXTEND)
    assert case.answer == "extension_too_late"


def test_the_acting_head_decides_what_waits_and_only_while_the_order_runs(case: FixedOrder) -> None:
    case.the_clerk_checks(present=True)
    case.an_acting_order_is_entered(CLERK, DEPUTY, 0, 24)
    assert case.answer == "wrong_role"
    case.an_acting_order_is_entered(HEAD, DEPUTY, 0, 24)
    case.the_head_acts(Step.ADMIT, HEAD)
    assert case.answer == "acting_order_runs"
    case.the_head_acts(Step.ADMIT, DEPUTY)
    assert case.answer == "taken"
    case.somebody_else_acts(Step.SUBMIT_PLAN)
    case.come("2026-11-18 10:01")
    case.the_head_acts(Step.SIGN_ORDER, DEPUTY)
    assert case.answer == "acting_order_over"
    case.the_head_acts(Step.SIGN_ORDER, HEAD)
    acting = [act.acting.for_whom if act.acting else None for act in case.heads_acts]
    assert list(zip([DEPUTY, HEAD], acting, strict=True)) == [(DEPUTY, HEAD), (HEAD, None)]


def test_d5_the_acting_head_decides_on_an_act_of_the_heads_until_the_order_is_ended(case: FixedOrder) -> None:
    case.is_refused()
    case.an_acting_order_is_entered(OFFICER, DEPUTY, 0, 100)
    case.a_complaint_is_filed(Subject.DECISION, Addressee.HEAD)
    case.somebody_acts_on_the_complaint(ComplaintStep.DECIDE, HEAD)
    assert case.answer == "acting_order_runs"
    case.time_passes(1)
    case.the_acting_order_is_ended(DEPUTY)
    case.somebody_acts_on_the_complaint(ComplaintStep.DECIDE, DEPUTY)
    assert case.answer == "acting_order_over"
    case.an_acting_order_is_entered(OFFICER, DEPUTY, 0, 100)
    case.is_upheld()
    last = case.heads_acts[-1]
    assert last.acting
    assert (last.actor, last.acting.order_id) == (DEPUTY, "acting-0001")


def test_section_6_a_day_off_ordered_afterwards_withdraws_the_mark_until_the_later_end(
    case: FixedOrder,
) -> None:
    case.come("2026-11-20 10:00")
    case.the_watch_looks()
    assert case.term.overdue
    case.order_of_the_day(date(2026, 11, 19))
    assert (case.term.overdue, legal_date(case.term.due_at)) == (False, date(2026, 11, 20))
    case.come("2026-11-20 19:00")
    case.the_watch_looks()
    assert case.term.overdue


def test_section_6_a_day_of_work_ordered_afterwards_makes_nobody_late(case: FixedOrder) -> None:
    case.received(day=20, hour=10)  # a Friday: the term ends on Tuesday
    case.come("2026-11-24 10:00")
    case.order_of_the_day(date(2026, 11, 21), OverrideKind.WORK)
    assert legal_date(case.term.due_at) == date(2026, 11, 24), "the earlier end, Monday, was over"
    case.received(day=20, hour=10)
    case.order_of_the_day(date(2026, 11, 22), OverrideKind.WORK)
    assert legal_date(case.term.due_at) == date(2026, 11, 22)


def test_a_case_that_was_withdrawn_in_time_is_never_late(case: FixedOrder) -> None:
    case.somebody_else_acts(Step.WITHDRAW)
    case.come("2026-11-23 10:00")
    case.the_watch_looks()
    assert (case.case.stage, case.term.reached) == (Stage.WITHDRAWN, ())
    case.a_complaint_is_filed(Subject.INACTION, Addressee.HEAD)
    case.somebody_acts_on_the_complaint(ComplaintStep.DECIDE, ruling=Ruling.UPHELD)
    assert case.reopen is None


def test_d3_a_complaint_is_settled_or_taken_back_and_nobody_keeps_a_term(case: FixedOrder) -> None:
    case.is_refused()
    case.a_complaint_is_filed(Subject.DECISION, Addressee.QUALITY_BODY)
    case.somebody_acts_on_the_complaint(ComplaintStep.WITHDRAW)
    assert (case.answer, case.terms) == ("taken", {})
    case.a_complaint_is_filed(Subject.DECISION, Addressee.QUALITY_BODY)
    case.somebody_acts_on_the_complaint(ComplaintStep.SETTLE)
    assert case.reopen
    case.the_reopening_is_taken()
    assert (case.case.round, case.terms) == (2, {})
