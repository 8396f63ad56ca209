"""The complaints of a case to which anything may happen in any order."""

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from domain.acts import Act, ActKind, restore_act
from domain.complaint import Complaint, ComplaintTermKind
from domain.complaint_acts import Addressee, Ruling, Subject
from domain.complaint_filing import FiledComplaint
from domain.complaint_procedure import ComplaintTaken, consider_complaint
from domain.complaint_stages import CONSIDERED, ComplaintStage, ComplaintStep
from domain.complaint_term import working_days_of
from domain.legal_time import legal_date
from domain.refusal import ActRefused
from domain.staff import APPLICANT, Role
from domain.stages import Stage, Step
from tests.builders import AUTHORISED_BODY, OFFICER, SCHOOL, an_act
from tests.domain.any_case import SOMEBODY, WHOEVER_MAY, AnyCase
from tests.domain.watched_terms import WatchedTerm

TERM_OF = {
    ComplaintStage.REGISTERED: ComplaintTermKind.CONSIDERATION,
    ComplaintStage.FORWARDING: ComplaintTermKind.FORWARDING,
    ComplaintStage.AT_AUTHORITY: ComplaintTermKind.REGISTRATION,
    ComplaintStage.IN_CONSIDERATION: ComplaintTermKind.CONSIDERATION,
    ComplaintStage.EXTENDED: ComplaintTermKind.CONSIDERATION,
}
WAITS_FOR = {
    ComplaintStage.FORWARDING: ComplaintStep.FORWARD,
    ComplaintStage.AT_AUTHORITY: ComplaintStep.REGISTER,
}
RULING = st.sampled_from([*[Ruling.UPHELD] * 6, Ruling.PARTLY, Ruling.REJECTED])


class AnyOrder(AnyCase):
    """One complaint after another, to head or body, with the terms of each."""

    def __init__(self) -> None:
        super().__init__()
        self.complaint: Complaint | None = None
        self.forwarding: WatchedTerm | None = None

    @precondition(lambda self: self.complaint is None or self.complaint.stage.is_final)
    @rule(addressee=st.sampled_from(Addressee), other=st.sampled_from([False] * 5 + [True]))
    def somebody_complains(self, addressee: Addressee, other: bool) -> None:
        """Mostly of what there is to complain of."""
        subjects = [Subject.DECISION, Subject.INACTION]
        self.a_complaint_is_filed(subjects[self.case.stage.is_outcome == other], addressee)

    def a_complaint_is_filed(self, subject: Subject, addressee: Addressee) -> None:
        taken = self._act(an_act(Step.FILE_COMPLAINT, object=subject, addressee=addressee))
        if taken is None:
            return
        filed = taken.complaint
        assert filed is not None
        own_act = addressee is Addressee.HEAD and filed.attacked_by == self.post.holder_at(self.now)
        assert filed.conflict == own_act, "D5: shown where the one in the post decides on an own act"
        self.complaint, self.terms, self.forwarding = self._registered(filed, subject, addressee), {}, None
        self._starts(TERM_OF[filed.stage])

    def _registered(self, filed: FiledComplaint, subject: Subject, addressee: Addressee) -> Complaint:
        return Complaint(
            complaint_id=self.case.case_id,
            case_id=self.case.case_id,
            number="AT001-2026-S00001",
            addressee=addressee,
            object=subject,
            round=self.case.round,
            registered_at=self.now,
            considered_by=SCHOOL if addressee is Addressee.HEAD else AUTHORISED_BODY,
            **filed.model_dump(exclude={"conflict"}),
        )

    def _starts(self, kind: ComplaintTermKind) -> None:
        assert self.complaint is not None
        days = working_days_of(kind, self.complaint.addressee, legal_date(self.now))
        self.terms[kind] = WatchedTerm(self.now, days, self.calendar)
        if kind is ComplaintTermKind.FORWARDING:
            self.forwarding = self.terms[kind]

    @precondition(lambda self: self.complaint is not None and not self.complaint.stage.is_final)
    @rule(
        extends=st.sampled_from([False, False, True]), actor=SOMEBODY, ruling=RULING, days=st.integers(1, 12)
    )
    def the_complaint_goes_on(self, extends: bool, actor: str, ruling: Ruling, days: int) -> None:
        """What it waits for is done, mostly by whoever has to."""
        assert self.complaint is not None
        extends = extends and not self.complaint.extended
        considered = ComplaintStep.EXTEND if extends else ComplaintStep.DECIDE
        step = WAITS_FOR.get(self.complaint.stage, considered)
        self.somebody_acts_on_the_complaint(step, actor, ruling, days)

    @precondition(lambda self: self.complaint is not None)
    @rule(step=st.sampled_from(ComplaintStep), actor=SOMEBODY, ruling=RULING, days=st.integers(1, 12))
    def somebody_acts_on_the_complaint(
        self, step: ComplaintStep, actor: str = WHOEVER_MAY, ruling: Ruling = Ruling.UPHELD, days: int = 10
    ) -> None:
        changes: dict[str, object] = {}
        if step is ComplaintStep.DECIDE:
            changes = {"ruling": ruling, "measure": "Түсініктеме берілді", "measure_on": "2026-11-20"}
        if step is ComplaintStep.EXTEND:
            changes = {"working_days": days}
        complaint, wanted = self._complaint_as_it_stands(), self._wanted(step)
        by_right = {Role.HEAD: self._head_or(WHOEVER_MAY), Role.OFFICER: OFFICER, Role.APPLICANT: APPLICANT}
        act = an_act(step, actor=by_right[min(wanted)] if actor == WHOEVER_MAY else actor, **changes)
        case = self.case.model_copy(update={"due_at": self.term.due_at})
        try:
            taken = consider_complaint(
                act, self.now, complaint, case, self.post.standing_of(act.actor, self.now)
            )
        except ActRefused as refused:
            self._check_refusal(act, wanted, refused)
            return
        self._note_if_the_heads(act, wanted, taken)
        assert taken.conflict == (
            step in {ComplaintStep.DECIDE, ComplaintStep.SETTLE} and act.actor == complaint.attacked_by
        )
        self._follow_complaint(act, complaint, taken)

    def _wanted(self, step: ComplaintStep) -> frozenset[Role]:
        assert self.complaint is not None
        to_the_head = self.complaint.addressee is Addressee.HEAD
        if step in {ComplaintStep.DECIDE, ComplaintStep.EXTEND}:
            return frozenset({Role.HEAD if to_the_head else Role.OFFICER})
        others = {ComplaintStep.REGISTER: Role.OFFICER, ComplaintStep.WITHDRAW: Role.APPLICANT}
        return frozenset({others.get(step, Role.HEAD)})

    def _complaint_as_it_stands(self) -> Complaint:
        assert self.complaint is not None
        to_answer = self.terms.get(ComplaintTermKind.CONSIDERATION)
        ends = {
            "due_at": to_answer and to_answer.due_at,
            "forwarding_due_at": self.forwarding and self.forwarding.due_at,
        }
        return self.complaint.model_copy(update=ends)

    def _follow_complaint(self, act: Act, complaint: Complaint, taken: ComplaintTaken) -> None:
        forwards, extends = act.step is ComplaintStep.FORWARD, bool(taken.extends_by)
        known = {"stage": taken.stage, "forwarded": complaint.forwarded or forwards}
        assert not (forwards and complaint.forwarded), "the case file is sent once"
        if act.step is ComplaintStep.SETTLE:
            assert complaint.forwarding_due_at, "only the school has anything to settle"
            assert self.now <= complaint.forwarding_due_at, "it is settled while it may be forwarded in time"
        if extends:
            to_answer = self.terms[ComplaintTermKind.CONSIDERATION]
            assert not complaint.extended, "a term is extended once"
            assert self.now <= to_answer.due_at, "and while it runs"
            assert taken.extends_by <= 10, "by ten working days at most"
            to_answer.extend(taken.extends_by, self.calendar)
        self.complaint = complaint.model_copy(update={**known, "extended": complaint.extended or extends})
        for kind in {*taken.stops, *taken.lapses}:
            self.terms.pop(kind, None)
        for kind in taken.starts:
            self._starts(kind)
        if taken.reopens:
            self._write_the_reopening(act, complaint)

    def _write_the_reopening(self, ruling: Act, complaint: Complaint) -> None:
        refused = complaint.attacked_outcome is Stage.REFUSED
        assert self.case.stage is Stage.REFUSED if refused else self.now > self.term.due_at, (
            "decided anew is what was refused, or not decided in time"
        )
        record = {
            "complaint_id": str(complaint.complaint_id),
            "ruling_act_id": ruling.act_id,
            "set_aside": [found.model_dump(mode="json") for found in self.case.findings if refused],
        }
        self.reopen = restore_act("reopen-1", ActKind.REOPEN_CASE, "register", record)

    # what holds whatever happened

    @invariant()
    def a_complaint_has_the_term_of_its_stage_and_after_its_end_none(self) -> None:
        if self.complaint:
            assert TERM_OF.get(self.complaint.stage) in {*self.terms, None}
            assert not (self.complaint.stage.is_final and self.terms)
            considered = self.complaint.stage in CONSIDERED
            assert (ComplaintTermKind.CONSIDERATION in self.terms) == considered
