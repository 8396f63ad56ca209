"""The procedure of paragraphs 9 and 10 as pure rules: what an act does to a complaint, or why it may not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.acts import Act
from domain.application_acts import RecordDelivery
from domain.case import Case, Standing
from domain.complaint import Complaint, ComplaintTermKind
from domain.complaint_acts import (
    Addressee,
    ComplaintDecision,
    ExtendComplaint,
    Form,
    ForwardComplaint,
    RegisterComplaint,
    Ruling,
    SettleComplaint,
    Subject,
    WithdrawComplaint,
)
from domain.complaint_authority import acting_in_complaint, check_complaint_role
from domain.complaint_stages import COMPLAINT_TRANSITIONS, ComplaintStage, complaint_steps_from
from domain.consequence import Consequence
from domain.events import Event
from domain.headship import Acting
from domain.legal_time import legal_date
from domain.paper_kinds import PaperKind
from domain.periods import COMPLAINT_EXTENSION_LIMIT, in_force
from domain.recounting import Recount
from domain.refusal import ActRefused
from domain.register_acts import CalendarChanged
from domain.staff import APPLICANT
from domain.stages import Stage

__all__ = ["ComplaintTaken", "consequence_of", "consider_complaint"]


class ComplaintTaken(BaseModel):
    """What an act that is taken does to a complaint, as data: the register carries it out in its transaction."""

    model_config = ConfigDict(frozen=True)

    stage: ComplaintStage
    events: tuple[Event, ...]
    papers: tuple[PaperKind, ...] = ()
    starts: tuple[ComplaintTermKind, ...] = ()
    """Terms that run from the moment of the act."""
    stops: tuple[ComplaintTermKind, ...] = ()
    """Terms whose purpose is reached."""
    lapses: tuple[ComplaintTermKind, ...] = ()
    """Terms that nobody has to keep any more, though their purpose was not reached."""
    extends_by: int = 0
    """Working days by which the term to answer is extended, from its old due day."""
    recounts: tuple[Recount, ...] = ()
    """What a change of the calendar did to the terms that run; the register counts them."""
    consequence: Consequence | None = None
    """How the application goes on after it; None where the answer sets nothing aside that still stands."""
    other_case: str | None = None
    """The number of the case in which it goes on or was ordered already; None where another person filed it."""
    acting: Acting | None = None
    """By which order somebody did as acting head what is the head's."""
    conflict: bool = False
    """Whether whoever decides did the act complained of: recorded and shown (D5)."""

    @property
    def reopens(self) -> bool:
        """Whether the case itself is decided anew."""
        return self.consequence is not None and self.consequence.reopens


def consider_complaint(
    act: Act, at: datetime, complaint: Complaint, case: Case, standing: Standing
) -> ComplaintTaken:
    """The effects of `act`, done at `at`, on the complaint; raises `ActRefused` when the law does not allow it."""
    check_complaint_role(act, complaint, case, standing)
    _check_stage(act, complaint)
    taken = _RULES[type(act.content)](act, at, complaint, case)
    return taken.model_copy(update={"acting": acting_in_complaint(act, complaint, standing)})


def _check_stage(act: Act, complaint: Complaint) -> None:
    if (complaint.stage, act.step) not in COMPLAINT_TRANSITIONS:
        allowed = ", ".join(complaint_steps_from(complaint.stage)) or "nothing more"
        raise ActRefused(
            "wrong_stage",
            f"{act.step} is not possible for a complaint at stage {complaint.stage}",
            f"At this stage the law allows: {allowed}",
            "Look at the complaint and do what it waits for",
        )


# par. 9 - the answer (R9.5, R9.6), with the right to go to court (par. 10)


def _decide(act: Act, at: datetime, complaint: Complaint, case: Case) -> ComplaintTaken:
    decision = act.content
    assert isinstance(decision, ComplaintDecision)
    taken = _answered(act, at, complaint, case)
    ordered = taken.consequence is Consequence.ORDERED_ALREADY and _was_ordered_by(case, at)
    nothing_follows = taken.consequence is None or ordered
    if decision.ruling is not Ruling.REJECTED and decision.measure is None and nothing_follows:
        raise ActRefused(
            "measure_missing",
            "the complaint is upheld, and no measure is named",
            _ORDERED_MEANWHILE if ordered else _NOTHING_SET_ASIDE,
            "Name measure and measure_on",
        )
    return taken


def _was_ordered_by(case: Case, at: datetime) -> bool:
    """Whether whoever answered at that moment could know of the order on the child's other application."""
    return case.other is None or case.other.ordered_at is None or case.other.ordered_at <= at


_NOTHING_SET_ASIDE = (
    "Only a refusal or an inaction that is set aside leads to a new decision by itself; "
    "of anything else the reply says what is done for the applicant, and on which day"
)
_ORDERED_MEANWHILE = (
    "The child was given an order on another application meanwhile, so that nothing is left to be decided anew; "
    "the reply says what is done for the applicant, and on which day"
)


def _answered(act: Act, at: datetime, complaint: Complaint, case: Case) -> ComplaintTaken:
    answer = act.content
    assert isinstance(answer, ComplaintDecision | SettleComplaint)
    settled = isinstance(answer, SettleComplaint)
    events = [Event.COMPLAINT_SETTLED if settled else Event.COMPLAINT_DECIDED]
    consequence = consequence_of(answer, complaint, case, at)
    if consequence is Consequence.IN_ANOTHER_CASE:
        events.append(Event.REOPENING_LINKED)
    elsewhere = case.other if consequence in _ELSEWHERE else None
    # Whoever meets the complaint in time need not forward it: that is what the term was for.
    kept = ComplaintTermKind.FORWARDING if settled else ComplaintTermKind.CONSIDERATION
    return ComplaintTaken(
        stage=ComplaintStage.SETTLED if settled else ComplaintStage.DECIDED,
        events=tuple(events),
        papers=(PaperKind.COMPLAINT_REPLY,),
        stops=(kept,),
        lapses=_all_but(kept),
        consequence=consequence,
        other_case=elsewhere.number if elsewhere else None,
        conflict=act.actor == complaint.attacked_by,
    )


_ELSEWHERE = frozenset({Consequence.IN_ANOTHER_CASE, Consequence.ORDERED_ALREADY})


def _all_but(*kept: ComplaintTermKind) -> tuple[ComplaintTermKind, ...]:
    return tuple(kind for kind in ComplaintTermKind if kind not in kept)


def consequence_of(
    answer: ComplaintDecision | SettleComplaint, complaint: Complaint, case: Case, at: datetime
) -> Consequence | None:
    """How the application goes on after the answer; None where nothing is decided anew because of it.

    A child has one open case and is given one order: where another case of it goes on, that one takes this one's
    place, and where it has led to an order since, there is nothing to decide. Nor is there where an act done after the
    answer was judged before it and has decided what the answer would have set aside.
    """
    if not _sets_aside(answer, complaint, case, at):
        return Consequence.DECIDED_MEANWHILE if _did_set_aside(answer, complaint, case, at) else None
    if case.other:
        return Consequence.ORDERED_ALREADY if case.other.ordered else Consequence.IN_ANOTHER_CASE
    return Consequence.AT_THE_DESK if case.registration_number else Consequence.AT_THE_CHECK


def _sets_aside(
    answer: ComplaintDecision | SettleComplaint, complaint: Complaint, case: Case, at: datetime
) -> bool:
    """Whether a refusal or an inaction that still stands is set aside: by an answer that upholds, or by the school.

    Only in the round that was complained of: what another complaint has set aside already, or what was decided after
    that, is not touched. Not where an order was issued, or the application taken back: there is nothing to decide.
    """
    if complaint.round != case.round:
        return False
    if complaint.attacked_outcome is Stage.REFUSED:
        settled = isinstance(answer, SettleComplaint)
        return case.stage is Stage.REFUSED and (settled or _upholds(answer))
    return complaint.object is Subject.INACTION and _upholds(answer) and _is_silent(case, at)


def _did_set_aside(
    answer: ComplaintDecision | SettleComplaint, complaint: Complaint, case: Case, at: datetime
) -> bool:
    """Whether it set something aside by what was done in the application before it was given."""
    if case.when_answered is None:
        return False
    return _sets_aside(answer, complaint, case.model_copy(update=dict(case.when_answered)), at)


def _upholds(answer: ComplaintDecision | SettleComplaint) -> bool:
    return isinstance(answer, ComplaintDecision) and answer.ruling is Ruling.UPHELD


def _is_silent(case: Case, at: datetime) -> bool:
    """Whether there is no outcome although the term is over: one that runs is not prolonged by a complaint."""
    return not case.stage.is_outcome and case.due_at is not None and at > case.due_at


# D4 - the extension


def _extend(act: Act, at: datetime, complaint: Complaint, _case: Case) -> ComplaintTaken:
    extension = act.content
    assert isinstance(extension, ExtendComplaint)
    limit = in_force(COMPLAINT_EXTENSION_LIMIT, legal_date(at)).value
    if extension.working_days > limit:
        raise ActRefused(
            "extension_too_long",
            f"the extension is of {extension.working_days} working days",
            f"Law on Public Services, Art 25: the term is extended by at most {limit} working days",
            f"Extend by {limit} or fewer",
        )
    assert complaint.due_at is not None, "a complaint that is considered has its term"
    if at > complaint.due_at:
        raise ActRefused(
            "extension_too_late",
            "the term is over",
            "A term is extended while it runs; one that has passed is answered, late",
            "Decide the complaint",
        )
    return ComplaintTaken(
        stage=ComplaintStage.EXTENDED,
        events=(Event.COMPLAINT_EXTENDED,),
        papers=(PaperKind.EXTENSION_NOTICE,),
        # What came electronically is told by the notice in the cabinet, in the transaction that extends.
        starts=(ComplaintTermKind.EXTENSION_NOTICE,) if complaint.form is Form.PAPER else (),
        extends_by=extension.working_days,
    )


# D3 - through the school to the authorised body


def _forward(act: Act, _at: datetime, complaint: Complaint, _case: Case) -> ComplaintTaken:
    assert isinstance(act.content, ForwardComplaint)
    if complaint.addressee is Addressee.HEAD:
        raise ActRefused(
            "not_for_the_body",
            "the complaint is addressed to the head of the school",
            "Only a complaint to the authorised body goes there (par. 9; D3)",
            "Decide the complaint; the applicant may then turn to the authorised body",
        )
    if complaint.forwarded:
        raise ActRefused(
            "already_forwarded",
            "the case file has been sent to the authorised body",
            "A complaint has one covering letter, and the list in it says what was sent",
            "Nothing is to be done; papers that came later go with the export of the case",
        )
    waits_for_the_school = complaint.stage is ComplaintStage.FORWARDING
    return ComplaintTaken(
        stage=ComplaintStage.AT_AUTHORITY if waits_for_the_school else complaint.stage,
        events=(Event.COMPLAINT_FORWARDED,),
        papers=(PaperKind.COVERING_LETTER,),
        starts=(ComplaintTermKind.REGISTRATION,) if waits_for_the_school else (),
        stops=(ComplaintTermKind.FORWARDING,),
    )


def _register(act: Act, _at: datetime, _complaint: Complaint, _case: Case) -> ComplaintTaken:
    assert isinstance(act.content, RegisterComplaint)
    return ComplaintTaken(
        stage=ComplaintStage.IN_CONSIDERATION,
        events=(Event.COMPLAINT_AT_THE_BODY,),
        papers=(PaperKind.COMPLAINT_CONFIRMATION,),
        starts=(ComplaintTermKind.CONSIDERATION,),
        # A school that has not sent the case file by then still owes it.
        stops=(ComplaintTermKind.REGISTRATION,),
    )


def _settle(act: Act, at: datetime, complaint: Complaint, case: Case) -> ComplaintTaken:
    settlement = act.content
    assert isinstance(settlement, SettleComplaint)
    assert complaint.forwarding_due_at is not None, "what waits for the school has its term"
    if at > complaint.forwarding_due_at:
        raise ActRefused(
            "settled_too_late",
            "the term to forward the complaint is over",
            "The school may meet a complaint instead of forwarding it only within that term (АППК, Art 91(4); D3)",
            "Forward the complaint with the case file; say in the note what the school has done to meet it",
        )
    if complaint.object is Subject.INACTION and not case.stage.is_outcome:
        raise ActRefused(
            "not_settled",
            "the complaint is of an inaction, and the application has no outcome yet",
            "A complaint need not be forwarded only when an act of the school meets it fully (АППК, Art 91(4))",
            "Decide on the application and settle the complaint then, or forward it",
        )
    return _answered(act, at, complaint, case)


# what the applicant does, and what reaches the applicant


def _withdraw(act: Act, _at: datetime, _complaint: Complaint, _case: Case) -> ComplaintTaken:
    withdrawal = act.content
    assert isinstance(withdrawal, WithdrawComplaint)
    if act.actor != APPLICANT and withdrawal.reason is None:
        raise ActRefused(
            "withdrawal_without_reason",
            "somebody else takes the complaint back for the applicant without a reason",
            "Only the applicant can take a complaint back, and the register must show that it was so",
            "Name the applicant's written request in reason, with its day",
        )
    return ComplaintTaken(
        stage=ComplaintStage.WITHDRAWN,
        events=(Event.COMPLAINT_WITHDRAWN,),
        lapses=tuple(ComplaintTermKind),
    )


def _deliver(act: Act, _at: datetime, complaint: Complaint, _case: Case) -> ComplaintTaken:
    assert isinstance(act.content, RecordDelivery)
    if complaint.form is Form.ELECTRONIC:
        raise ActRefused(
            "delivered_by_cabinet",
            "the complaint came electronically, and what is answered is in the personal cabinet",
            "Only papers of a complaint that came on paper are handed over or posted (D4)",
            "Nothing is to be recorded",
        )
    if complaint.delivered:
        raise ActRefused(
            "already_delivered",
            "the delivery has been recorded",
            "The first day on which the paper reached the applicant counts",
            "Nothing is to be recorded",
        )
    return ComplaintTaken(
        stage=complaint.stage,
        events=(Event.COMPLAINT_PAPER_DELIVERED,),
        stops=(ComplaintTermKind.EXTENSION_NOTICE,),
    )


def _recount(_act: Act, _at: datetime, complaint: Complaint, _case: Case) -> ComplaintTaken:
    return ComplaintTaken(stage=complaint.stage, events=())


_RULES: dict[type[Any], Callable[[Act, datetime, Complaint, Case], ComplaintTaken]] = {
    ComplaintDecision: _decide,
    ExtendComplaint: _extend,
    ForwardComplaint: _forward,
    RegisterComplaint: _register,
    SettleComplaint: _settle,
    WithdrawComplaint: _withdraw,
    RecordDelivery: _deliver,
    CalendarChanged: _recount,
}
