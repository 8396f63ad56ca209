"""Decision, breach, change of the calendar, withdrawal, extension and reopening in any order: the law holds in each."""

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.acts import Act, ActKind, ReopenCase, restore_act
from domain.case import Case, DoneAct
from domain.complaint import Complaint, ComplaintTermKind, Via
from domain.complaint_acts import Addressee, Form, Ruling, Subject
from domain.complaint_filing import FiledComplaint
from domain.complaint_procedure import ComplaintTaken, consider_complaint
from domain.complaint_stages import ComplaintStage, ComplaintStep
from domain.complaint_term import extended, working_days_of
from domain.legal_time import legal_date
from domain.office_hours import OfficeHours
from domain.procedure import Taken, consider
from domain.recounting import Found, StoredTerm, recount
from domain.refusal import ActRefused
from domain.stages import Stage, Step
from domain.standard import Channel
from domain.term import Term, count_term
from domain.working_calendar import CalendarOverride, OverrideKind, WorkingCalendar
from tests.builders import AUTHORISED_BODY, HEAD, OFFICER, SCHOOL, an_act, local
from tests.domain.cases import CONCLUSION, LETTER, an_office_case
from tests.domain.complaints import EVERYBODY

HOURS = OfficeHours(opens=local("2026-11-17 09:00").time(), closes=local("2026-11-17 18:30").time())
SOON = date(2026, 11, 16)
FINDING = {"document": "VKK_CONCLUSION", "defect": "MISSING", "note": "Бұл басқа баланың қорытындысы"}
STEPS_OF_THE_SCHOOL = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.RETURN_PLAN, Step.SIGN_ORDER)


class _Running:
    """A term on file, with the calendar's changes that it has seen."""

    def __init__(self, term: Term, starts_at: datetime, extended_by: int = 0) -> None:
        self.term = term
        self.starts_at = starts_at
        self.extended_by = extended_by
        self.breached_at: datetime | None = None

    @property
    def due_at(self) -> datetime:
        return self.term.due_at

    def stored(self) -> StoredTerm:
        """As the register hands it to be counted anew."""
        return StoredTerm(
            starts_at=self.starts_at,
            working_days=self.term.working_days + self.extended_by,
            due_at=self.term.due_at,
            last_day_at=self.term.due_at.replace(hour=9, minute=0),
            calendar_version=self.term.calendar_version,
        )


class AnyOrder(RuleBasedStateMachine):
    """One case of the office and its complaints; the clock goes forward, and people do whatever they like."""

    def __init__(self) -> None:
        super().__init__()
        self.now = local("2026-11-17 10:00")
        self.calendar = WorkingCalendar()
        self.case: Case = an_office_case(documents=(LETTER, CONCLUSION))
        self.term = _Running(count_term(self.now, 2, HOURS, self.calendar), self.now)
        self.answered_at: dict[int, datetime] = {}
        self.due_when_answered: dict[int, datetime] = {}
        self.orders = 0
        self.complaint: Complaint | None = None
        self.to_answer: _Running | None = None
        self.to_forward: _Running | None = None
        self.extensions = 0
        self.reopen: Act | None = None
        self.ended_round: set[int] = set()

    @initialize(day=st.integers(17, 22), hour=st.integers(0, 23))
    def received(self, day: int, hour: int) -> None:
        self.now = self.now.replace(day=day, hour=hour)
        self.term = _Running(count_term(self.now, 2, HOURS, self.calendar), self.now)

    # time, and what is watched in it

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_watch_looks(self) -> None:
        stage = self.case.stage
        if self.case.round not in self.answered_at and self.now > self.term.due_at:
            self.term.breached_at = self.term.breached_at or self.now
        considered = self.complaint is not None and not self.complaint.stage.is_final
        if considered and self.to_answer and self.now > self.to_answer.due_at:
            self.to_answer.breached_at = self.to_answer.breached_at or self.now
        assert self.case.stage is stage, "nobody is decided upon by a timer"

    @rule(days=st.integers(0, 14), kind=st.sampled_from(OverrideKind))
    def the_calendar_is_changed(self, days: int, kind: OverrideKind) -> None:
        version = self.calendar.version + 1
        order = CalendarOverride(
            day=SOON + timedelta(days=days), kind=kind, act=f"Order No {version}", version=version
        )
        self.calendar = self.calendar.model_copy(
            update={"overrides": (*self.calendar.overrides, order), "version": version}
        )
        if self.case.round not in self.answered_at:
            self._count_anew(self.term)
        if self.complaint and not self.complaint.stage.is_final:
            for running in (self.to_answer, self.to_forward):
                if running:
                    self._count_anew(running)

    def _count_anew(self, running: _Running) -> None:
        old = running.due_at
        found, counted = recount(running.stored(), self.calendar, self.calendar.version, self.now)
        if found.is_in_force:
            running.term = counted.model_copy(update={"working_days": running.term.working_days})
        if old <= self.now:
            assert running.due_at >= old, "a recount never makes late what was in time"
        if found is Found.LATER:
            running.breached_at = None
        elif running.due_at < old:
            assert running.due_at > self.now, "an earlier end applies only if it is still to come"

    # the application

    @rule(step=st.sampled_from(STEPS_OF_THE_SCHOOL))
    def the_school_acts(self, step: Step) -> None:
        changes = {}
        if step is Step.CHECK_PACKAGE:
            items = [{"document": kind, "present": True} for kind in ("APPLICATION", "VKK_CONCLUSION")]
            changes = {"items": items}
        self._act(an_act(step, **changes))

    @rule()
    def the_head_refuses(self) -> None:
        self._act(an_act(Step.REFUSE, findings=[FINDING]))

    @rule()
    def the_refusal_is_handed_over(self) -> None:
        self._act(an_act(Step.RECORD_DELIVERY))

    @rule()
    def the_applicant_withdraws(self) -> None:
        self._act(an_act(Step.WITHDRAW))

    @rule()
    def the_applicant_adds_papers(self) -> None:
        self._act(an_act(Step.ADD_DOCUMENTS))

    def _act(self, act: Act) -> Taken | None:
        if self.reopen and act is not self.reopen:
            self._take_the_reopening()  # it was written before, and acts are taken in their order
        try:
            taken = consider(act, self.case, EVERYBODY.model_copy(update={"bodies": frozenset()}))
        except ActRefused:
            return None
        self._follow(act, taken)
        return taken

    def _follow(self, act: Act, taken: Taken) -> None:
        before = self.case.stage
        step = act.step
        assert isinstance(step, Step)
        done = DoneAct(act_id=act.act_id, step=step, actor=act.actor, round=self.case.round)
        known: dict[str, object] = {"stage": taken.stage, "done": (*self.case.done, done)}
        if taken.findings is not None:
            known["findings"] = taken.findings
        if taken.registers:
            known["registration_number"] = "1-Ө"
        if step is Step.ADMIT:
            known["admitted"] = act.content
        if step is Step.RECORD_DELIVERY:
            known["delivered"] = True
            self._answered()
        elif taken.stage.is_outcome and not before.is_outcome:
            known["outcome_act"] = act.act_id
            self.orders += taken.stage is Stage.ORDER_ISSUED
            self.ended_round.add(self.case.round)
            if taken.stage is not Stage.REFUSED:
                self._answered()
        self.case = self.case.model_copy(update=known)

    def _answered(self) -> None:
        if self.case.stage is not Stage.ORDER_ISSUED:
            self.answered_at.setdefault(self.case.round, self.now)
            self.due_when_answered.setdefault(self.case.round, self.term.due_at)

    # complaints

    @precondition(lambda self: self.complaint is None or self.complaint.stage.is_final)
    @rule(
        subject=st.sampled_from([Subject.DECISION, Subject.INACTION]),
        addressee=st.sampled_from(Addressee),
    )
    def a_complaint_is_filed(self, subject: Subject, addressee: Addressee) -> None:
        taken = self._act(an_act(Step.FILE_COMPLAINT, object=subject, addressee=addressee))
        if taken is None or taken.complaint is None:
            return
        self.complaint = self._registered(taken.complaint, subject, addressee)
        self.extensions = 0
        self.to_answer = self.to_forward = None
        if addressee is Addressee.HEAD:
            self._starts_to_answer()
        else:
            self.to_forward = self._starts(ComplaintTermKind.FORWARDING)

    def _registered(self, filed: FiledComplaint, subject: Subject, addressee: Addressee) -> Complaint:
        return Complaint(
            complaint_id=self.case.case_id,
            case_id=self.case.case_id,
            number="AT001-2026-S00001",
            addressee=addressee,
            via=Via.SCHOOL,
            form=Form.ELECTRONIC,
            object=subject,
            attacked_act=filed.attacked_act,
            attacked_outcome=filed.attacked_outcome,
            attacked_by=filed.attacked_by,
            round=self.case.round,
            stage=filed.stage,
            registered_at=self.now,
            considered_by=SCHOOL if addressee is Addressee.HEAD else AUTHORISED_BODY,
        )

    def _starts_to_answer(self) -> None:
        self.to_answer = self._starts(ComplaintTermKind.CONSIDERATION)

    def _starts(self, kind: ComplaintTermKind) -> _Running:
        assert self.complaint is not None
        days = working_days_of(kind, self.complaint.addressee, legal_date(self.now))
        return _Running(count_term(self.now, days, HOURS, self.calendar), self.now)

    @precondition(lambda self: self.complaint is not None)
    @rule(step=st.sampled_from(ComplaintStep), ruling=st.sampled_from(Ruling), days=st.integers(1, 14))
    def somebody_acts_on_the_complaint(self, step: ComplaintStep, ruling: Ruling, days: int) -> None:
        assert self.complaint is not None
        at_the_body = self.complaint.addressee is Addressee.QUALITY_BODY
        changes: dict[str, object] = {}
        if step is ComplaintStep.DECIDE:
            changes = {"ruling": ruling, "measure": "Түсініктеме берілді", "measure_on": "2026-11-20"}
        if step is ComplaintStep.EXTEND:
            changes = {"working_days": days}
        if step in {ComplaintStep.DECIDE, ComplaintStep.EXTEND, ComplaintStep.REGISTER}:
            changes["actor"] = OFFICER if at_the_body else HEAD
        act, complaint = an_act(step, **changes), self._as_it_stands()
        try:
            taken = consider_complaint(act, self.now, complaint, self.case, EVERYBODY)
        except ActRefused:
            return
        self._follow_complaint(act, complaint, taken, days)

    def _as_it_stands(self) -> Complaint:
        assert self.complaint is not None
        due_at = self.to_answer.due_at if self.to_answer else None
        forwarding_due_at = self.to_forward.due_at if self.to_forward else None
        return self.complaint.model_copy(update={"due_at": due_at, "forwarding_due_at": forwarding_due_at})

    def _follow_complaint(self, act: Act, complaint: Complaint, taken: ComplaintTaken, days: int) -> None:
        self.complaint = complaint.model_copy(update={"stage": taken.stage})
        if act.step is ComplaintStep.REGISTER:
            self._starts_to_answer()
        if act.step is ComplaintStep.FORWARD:
            assert not complaint.forwarded, "the case file is sent once"
            self.complaint = self.complaint.model_copy(update={"forwarded": True})
        if act.step is ComplaintStep.SETTLE:
            assert complaint.forwarding_due_at, "only the school has anything to settle"
            assert self.now <= complaint.forwarding_due_at, "it is settled while it may be forwarded in time"
        ended = {*taken.stops, *taken.lapses}
        assert not taken.stage.is_final or ended == set(ComplaintTermKind), (
            "nobody keeps a term after the end"
        )
        if taken.extends_by:
            assert self.to_answer is not None
            old = self.to_answer.due_at
            assert self.now <= old, "a term is extended while it runs"
            assert days <= 10, "by ten working days at most"
            term = extended(legal_date(old), days, HOURS, self.calendar)
            assert term.due_at > old
            self.to_answer.term = term.model_copy(update={"working_days": self.to_answer.term.working_days})
            self.to_answer.extended_by = days
            self.extensions += 1
        if taken.reopens:
            assert taken.stage.is_final, "only an answer reopens"
            record = {
                "complaint_id": str(complaint.complaint_id),
                "ruling_act_id": act.act_id,
                "set_aside": [finding.model_dump(mode="json") for finding in self.case.findings],
            }
            self.reopen = restore_act("reopen-1", ActKind.REOPEN_CASE, "register", record)

    @precondition(lambda self: self.reopen is not None)
    @rule()
    def the_reopening_is_taken(self) -> None:
        self._take_the_reopening()

    def _take_the_reopening(self) -> None:
        act, self.reopen = self.reopen, None
        assert act is not None
        try:
            taken = consider(act, self.case, EVERYBODY)
        except ActRefused:
            assert self.case.stage in {Stage.ORDER_ISSUED, Stage.WITHDRAWN}, "else it is decided anew"
            return
        assert isinstance(act.content, ReopenCase)
        set_aside = (*self.case.set_aside, *act.content.set_aside)
        self.case = self.case.model_copy(
            update={
                "stage": taken.stage,
                "round": self.case.round + 1,
                "findings": (),
                "admitted": None,
                "plan": None,
                "delivered": False,
                "outcome_act": None,
                "set_aside": set_aside,
            }
        )
        self.term = _Running(count_term(self.now, 2, HOURS, self.calendar), self.now)

    # what holds whatever happened

    @invariant()
    def there_is_one_order_at_most(self) -> None:
        assert self.orders <= 1
        assert (self.orders == 1) == (self.case.stage is Stage.ORDER_ISSUED)

    @invariant()
    def a_round_ends_once_and_only_a_round_that_was_reopened_is_followed_by_another(self) -> None:
        assert all(round_ <= self.case.round for round_ in self.ended_round)
        assert (self.case.round in self.ended_round) == self.case.stage.is_outcome

    @invariant()
    def a_complaint_is_extended_once_at_most(self) -> None:
        assert self.extensions <= 1
        if self.complaint and self.complaint.stage is ComplaintStage.EXTENDED:
            assert self.extensions == 1

    @invariant()
    def an_answer_in_time_is_never_marked_late(self) -> None:
        for round_, answered in self.answered_at.items():
            if round_ == self.case.round and answered <= self.due_when_answered[round_]:
                assert self.term.breached_at is None or self.term.breached_at <= answered

    @invariant()
    def the_channel_and_the_package_never_change_by_a_ruling(self) -> None:
        assert self.case.channel is Channel.OFFICE
        assert CONCLUSION in self.case.documents


AnyOrder.TestCase.settings = settings(
    max_examples=200, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
test_par_9_in_any_order = AnyOrder.TestCase
