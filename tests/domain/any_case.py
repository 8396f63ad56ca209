"""One case of the office and the post of its head, to which anything may happen in any order."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.acts import Act, ReopenCase
from domain.case import Case, DoneAct
from domain.complaint import ComplaintTermKind
from domain.complaint_procedure import ComplaintTaken
from domain.headship import Acting
from domain.package import defects
from domain.procedure import Taken, consider
from domain.progress import CLOCK_TOLERANCE, Progress
from domain.refusal import ActRefused
from domain.staff import ROLES_FOR, Role
from domain.stages import STEPS_OF_THE_REGISTER, Stage, Step
from domain.working_calendar import CalendarOverride, OverrideKind, WorkingCalendar
from tests.builders import CLERK, DEPUTY, HEAD, OFFICER, SCHOOL, SPECIALIST, an_act, local
from tests.domain.acting_post import MAY_ORDER, ActingPost
from tests.domain.cases import CONCLUSION, LETTER, an_office_case
from tests.domain.watched_terms import WatchedTerm

SOON = date(2026, 11, 16)
A_MOMENT = timedelta(seconds=1)
"""Between an act of the head and an order that changes who has the post: no two are done at one moment."""
NOT_GOOD = "Бұл басқа баланың қорытындысы"
WHOEVER_MAY = "whoever may"
"""The one to whom the law gives the act at that moment; the others try what is not theirs."""
SOMEBODY = st.sampled_from([*[WHOEVER_MAY] * 8, HEAD, DEPUTY, SPECIALIST, OFFICER])
WAITS_FOR_THE_HEAD = {
    Stage.REGISTERED: Step.ADMIT,
    Stage.PLAN_READY: Step.SIGN_ORDER,
}
STEPS_OF_PEOPLE = [
    step for step in Step if step not in {*STEPS_OF_THE_REGISTER, Step.FILE_COMPLAINT, Step.DISPUTE_FACT}
]
NOT_IN_THE_POST = {"acting_order_runs", "acting_order_over", "wrong_role", "other_school"}


class HeadsAct(NamedTuple):
    """An act of the head that was taken."""

    at: datetime
    actor: str
    acting: Acting | None


class AnyCase(RuleBasedStateMachine):
    """The clock goes forward, and people do whatever they like; the rules of `domain` decide what comes of it.

    Whoever adds complaints keeps their terms in `terms`, and leaves the act that decides the case anew in `reopen`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now = local("2026-11-17 10:00")
        self.calendar = WorkingCalendar()
        self.post = ActingPost()
        self.case: Case = an_office_case(documents=(LETTER, CONCLUSION))
        self.term = WatchedTerm(self.now, 2, self.calendar)
        self.answered_at: datetime | None = None
        self.rounds_ended: set[int] = set()
        self.orders = 0
        self.terms: dict[ComplaintTermKind, WatchedTerm] = {}
        self.reopen: Act | None = None
        self.heads_acts: list[HeadsAct] = []
        self.answer = ""
        """To the last act: `taken`, or the code of the refusal."""

    @initialize(day=st.integers(17, 22), hour=st.integers(0, 23))
    def received(self, day: int, hour: int) -> None:
        self.now = self.now.replace(day=day, hour=hour)
        self.term = WatchedTerm(self.now, 2, self.calendar)

    # time, and what is watched in it

    @rule(hours=st.integers(1, 90))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_watch_looks(self) -> None:
        while self.term.mark(self._progress(), self.now):
            pass
        for kind, term in self.terms.items():
            while term.mark(term.of_complaint(kind), self.now):
                pass
        for term in (*self.terms.values(), *(() if self.answered_at else (self.term,))):
            assert term.overdue == (self.now >= term.due_at + CLOCK_TOLERANCE), "silence is seen"

    def _progress(self) -> Progress:
        return Progress(
            case_id=self.case.case_id,
            revision=1,
            number=self.case.number,
            school=SCHOOL,
            channel=self.case.channel,
            stage=self.case.stage,
            round=self.case.round,
            due_at=self.term.due_at,
            reminder_at=self.term.watch.reminder_at,
            last_day_at=self.term.watch.last_day_at,
            reached=self.term.reached,
            answered_at=self.answered_at,
        )

    @rule(days=st.integers(0, 40), kind=st.sampled_from(OverrideKind))
    def the_calendar_is_changed(self, days: int, kind: OverrideKind) -> None:
        version = self.calendar.version + 1
        order = CalendarOverride(
            day=SOON + timedelta(days=days), kind=kind, act=f"Order No {version}", version=version
        )
        self.calendar = self.calendar.model_copy(
            update={"overrides": (*self.calendar.overrides, order), "version": version}
        )
        for term in (*self.terms.values(), *(() if self.answered_at else (self.term,))):
            term.count_anew(self.calendar, self.now)

    # the post of the head

    @rule(
        author=st.sampled_from([HEAD, DEPUTY, OFFICER, OFFICER, CLERK]),
        acting=st.sampled_from([DEPUTY, DEPUTY, SPECIALIST, HEAD]),
        begins_in=st.integers(0, 20),
        hours=st.integers(1, 200),
    )
    def an_acting_order_is_entered(self, author: str, acting: str, begins_in: int, hours: int) -> None:
        self.now += A_MOMENT
        begin = self.now + timedelta(hours=begins_in)
        before = self.post.holder_at(begin)
        self.answer = (
            self.post.enter(author, acting, begin, begin + timedelta(hours=hours), self.now) or "taken"
        )
        assert (self.answer == "wrong_role") == (author not in MAY_ORDER)
        assert self.post.holder_at(begin) == (acting if self.answer == "taken" else before)

    @precondition(lambda self: self.post.orders)
    @rule(author=st.sampled_from([HEAD, DEPUTY, OFFICER, SPECIALIST]))
    def the_acting_order_is_ended(self, author: str) -> None:
        self.now += A_MOMENT
        self.answer = self.post.end(author, self.now) or "taken"
        assert (self.answer == "wrong_role") == (author not in MAY_ORDER)
        if self.answer == "taken":
            assert not self.post.orders[-1].runs_at(self.now), "nobody acts by it from that moment on"

    def _note_if_the_heads(self, act: Act, wanted: frozenset[Role], taken: Taken | ComplaintTaken) -> None:
        self.answer = "taken"
        if wanted == {Role.HEAD}:
            self.heads_acts.append(HeadsAct(self.now, act.actor, taken.acting))
        else:
            assert taken.acting is None, "what is not the head's is nobody's as acting head"

    def _check_refusal(self, act: Act, wanted: frozenset[Role], refused: ActRefused) -> None:
        self.answer = refused.problem.code
        if wanted == {Role.HEAD} and act.actor == self.post.holder_at(self.now):
            assert self.answer not in NOT_IN_THE_POST, "whoever has the post has its authority"

    # the application

    @rule(present=st.booleans(), refuses=st.booleans(), actor=SOMEBODY)
    def the_school_goes_on(self, present: bool, refuses: bool, actor: str) -> None:
        """What the case waits for is done, mostly by whoever has to."""
        if self.case.stage is Stage.RECEIVED:
            self.the_clerk_checks(present)
        elif self.case.stage is Stage.REFUSAL_PROPOSED or (refuses and self.case.stage is Stage.REGISTERED):
            self.the_head_refuses(actor=actor)
        elif self.case.stage in WAITS_FOR_THE_HEAD:
            self.the_head_acts(WAITS_FOR_THE_HEAD[self.case.stage], actor)
        else:
            self.somebody_else_acts(Step.RECORD_DELIVERY if self.case.stage.is_outcome else Step.SUBMIT_PLAN)

    @precondition(lambda self: len(self.case.done) > 2)  # not often the withdrawal of what nobody has seen
    @rule(step=st.sampled_from(STEPS_OF_PEOPLE), actor=SOMEBODY)
    def somebody_acts_out_of_turn(self, step: Step, actor: str) -> None:
        if step is Step.CHECK_PACKAGE:
            self.the_clerk_checks(present=True)
        elif step is Step.REFUSE:
            self.the_head_refuses("APPLICATION", actor)
        elif ROLES_FOR[step] == {Role.HEAD}:
            self.the_head_acts(step, actor)
        else:
            self.somebody_else_acts(step)

    def the_clerk_checks(self, present: bool) -> None:
        checked = {"document": "VKK_CONCLUSION", "present": present, "note": None if present else NOT_GOOD}
        items = [{"document": "APPLICATION", "present": True}, checked]
        self._act(an_act(Step.CHECK_PACKAGE, items=items))

    def the_head_acts(self, step: Step, actor: str = WHOEVER_MAY) -> None:
        self._act(an_act(step, actor=self._head_or(actor)))

    def the_head_refuses(self, document: str = "VKK_CONCLUSION", actor: str = WHOEVER_MAY) -> None:
        finding = {"document": document, "defect": "MISSING", "note": NOT_GOOD}
        self._act(an_act(Step.REFUSE, actor=self._head_or(actor), findings=[finding]))

    def _head_or(self, actor: str) -> str:
        return self.post.holder_at(self.now) if actor == WHOEVER_MAY else actor

    def somebody_else_acts(self, step: Step) -> None:
        self._act(an_act(step))

    def _act(self, act: Act) -> Taken | None:
        if self.reopen:
            self._take_the_reopening()  # it was written before, and acts are taken in their order
        assert isinstance(act.step, Step)
        try:
            taken = consider(act, self.case, self.post.standing_of(act.actor, self.now))
        except ActRefused as refused:
            self._check_refusal(act, ROLES_FOR[act.step], refused)
            return None
        self._note_if_the_heads(act, ROLES_FOR[act.step], taken)
        self._follow(act, act.step, taken)
        return taken

    def _follow(self, act: Act, step: Step, taken: Taken) -> None:
        ended_before = self.case.stage.is_outcome
        done = DoneAct(act_id=act.act_id, step=step, actor=act.actor, round=self.case.round)
        known: dict[str, object] = {"stage": taken.stage, "done": (*self.case.done, done)}
        if taken.findings is not None:
            known["findings"] = taken.findings
        if taken.registers:
            known["registration_number"] = "1-Ө"
        if step is Step.ADMIT:
            known["admitted"] = act.content
        if step is Step.CHECK_PACKAGE:
            known["check"] = act.content
        if step is Step.RECORD_DELIVERY:
            known["delivered"] = True
            self.answered_at = self.answered_at or self.now
        elif taken.stage.is_outcome and not ended_before:
            known["outcome_act"] = act.act_id
            self.orders += taken.stage is Stage.ORDER_ISSUED
            assert self.case.round not in self.rounds_ended, "a round ends once"
            self.rounds_ended.add(self.case.round)
            if taken.stage is not Stage.REFUSED:  # Q30: a refusal of the office counts from its delivery
                self.answered_at = self.now
        self.case = self.case.model_copy(update=known)

    # decided anew

    @precondition(lambda self: self.reopen is not None)
    @rule()
    def the_reopening_is_taken(self) -> None:
        self._take_the_reopening()

    def _take_the_reopening(self) -> None:
        act, self.reopen = self.reopen, None
        assert act is not None
        taken = consider(act, self.case, self.post.standing_of(act.actor, self.now))
        assert taken.reopens
        assert isinstance(act.content, ReopenCase)
        anew: dict[str, object] = {
            "stage": taken.stage,
            "round": self.case.round + 1,
            "set_aside": (*self.case.set_aside, *act.content.set_aside),
        }
        if anew["set_aside"]:
            anew["check"] = None  # what the clerk saw holds in a new round unless a ruling set it aside
        forgotten = {"findings": (), "admitted": None, "plan": None, "delivered": False, "outcome_act": None}
        self.case = self.case.model_copy(update={**forgotten, **anew})
        self.term, self.answered_at = WatchedTerm(self.now, 2, self.calendar), None

    # what holds whatever happened

    @invariant()
    def every_act_of_the_head_was_by_whoever_had_the_post_at_its_moment(self) -> None:
        for act in self.heads_acts:
            assert act.actor == self.post.holder_at(act.at)
            standing = self.post.standing_of(act.actor, act.at)
            assert Role.HEAD in standing.roles, "no order entered or ended later takes it away"
            assert act.acting == standing.acting
            assert (act.acting is None) == (act.actor == HEAD)
            if act.acting:
                order = self.post.order(act.acting.order_id)
                assert (order.acting, act.acting.for_whom) == (act.actor, HEAD), "both are named"

    @invariant()
    def there_is_one_order_at_most(self) -> None:
        assert self.orders == (self.case.stage is Stage.ORDER_ISSUED)

    @invariant()
    def a_round_that_ended_is_over_until_another_begins(self) -> None:
        assert (self.case.round in self.rounds_ended) == self.case.stage.is_outcome

    @invariant()
    def no_refusal_rests_on_what_a_complaint_has_set_aside(self) -> None:
        assert not defects(self.case.findings) & defects(self.case.set_aside)

    @invariant()
    def nobody_is_marked_late_who_was_not(self) -> None:
        for term in (self.term, *self.terms.values()):
            term.check_marks()
        if self.answered_at and self.answered_at <= self.term.due_at:
            assert not self.term.overdue, "an answer in time is never marked late"
