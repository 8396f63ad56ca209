"""The procedure of paragraphs 4-7 as pure rules: what an act does to a case, or why it may not."""

from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.acts import (
    Act,
    AddDocuments,
    Admit,
    CalendarChanged,
    CheckPackage,
    DisputeFact,
    RecordDelivery,
    Refuse,
    ReopenCase,
    SubmitPlan,
)
from domain.authority import check_office_for_applicant, check_role, check_specialists
from domain.case import Case, Standing
from domain.checking import findings_of_check, in_words
from domain.complaint_filing import FiledComplaint, filed_complaint
from domain.complaint_stages import ComplaintStep
from domain.events import Event
from domain.headship import Acting
from domain.package import Defect, Document, Finding, defects, package_findings
from domain.papers import PaperKind
from domain.recounting import Recount
from domain.refusal import ActRefused
from domain.refusing import check_grounds, findings_of_refusal
from domain.staff import APPLICANT, ROLES_FOR, Role
from domain.stages import TRANSITIONS, Stage, Step, steps_from
from domain.standard import Channel, DocumentKind, standard_version

__all__ = ["ActRefused", "Taken", "consider"]


class Taken(BaseModel):
    """What an act that is taken does, as data: the register carries it out in the act's transaction."""

    model_config = ConfigDict(frozen=True)

    stage: Stage
    events: tuple[Event, ...]
    findings: tuple[Finding, ...] | None = None
    registers: bool = False
    """Whether the case gets its registration number by this act (R5.4)."""
    papers: tuple[PaperKind, ...] = ()
    complaint: FiledComplaint | None = None
    """The complaint that the act files; the register gives it its number, and starts its terms (R9.4)."""
    recounts: tuple[Recount, ...] = ()
    """What a change of the calendar did to the term that runs; the register counts it."""
    reopens: bool = False
    """Whether a new round begins, with a term of its own."""
    linked_case: str | None = None
    """The other open case of the child that goes on instead of a new round."""
    acting: Acting | None = None
    """By which order somebody did as acting head what is the head's."""


def consider(act: Act, case: Case, standing: Standing) -> Taken:
    """The effects of `act` on `case`; raises `ActRefused` when the Rules do not allow it."""
    check_role(act.step, act.actor, case, standing)
    _check_stage(act.step, case)
    check_office_for_applicant(act, case)
    check_specialists(act, case, standing)
    assert isinstance(act.step, Step), "acts about a complaint have their own procedure"
    if act.step is Step.FILE_COMPLAINT:
        return _file_complaint(act, case, standing)
    taken = _RULES[act.step](act.content, case)
    if act.step is Step.ADD_DOCUMENTS and act.actor != APPLICANT:
        # Paragraph 4: whatever is handed in at the counter is receipted there.
        return taken.model_copy(update={"papers": (PaperKind.RECEIPT,)})
    return taken.model_copy(update={"acting": standing.acting}) if Role.HEAD in ROLES_FOR[act.step] else taken


# what the stage allows


def _check_stage(step: Step | ComplaintStep, case: Case) -> None:
    if (case.stage, step) not in TRANSITIONS:
        # Paragraph 5: on the portal the notice bars the refusal, which the table allows for the office.
        barred = {Step.REFUSE} if case.stage is Stage.REGISTERED and case.channel is Channel.PORTAL else set()
        allowed = ", ".join(step for step in steps_from(case.stage) if step not in barred) or "nothing more"
        raise ActRefused(
            "wrong_stage",
            f"{step} is not possible at stage {case.stage}",
            f"At this stage the Rules allow: {allowed}",
            "Look at the case and do what it waits for",
        )


# par. 4, 5 - the check of the package


def _check_package(content: CheckPackage, case: Case) -> Taken:
    findings = case.standing_of(findings_of_check(content, case))
    answered = case.channel is Channel.PORTAL and case.notice_sent
    if answered and not _overruled_before(findings, case):
        raise ActRefused(
            "notice_already_sent",
            "the check finds defects after the notice of acceptance was sent",
            "Paragraph 5: a portal request is answered by the notice or by the refusal, never by both",
            "Check the package as it was when the notice was sent; what was added can only help",
        )
    registers = case.registration_number is None
    proposed = bool(findings) and not answered
    notice = () if proposed else _notice_of_acceptance(case)
    events = (
        (Event.REGISTERED, registers),
        (Event.PACKAGE_CHECKED, not registers),
        (Event.REFUSAL_PROPOSED, proposed),
        (Event.NOTICE_SENT, bool(notice)),
        (Event.HANDED_TO_HEAD, case.channel is Channel.OFFICE),
    )
    return Taken(
        stage=Stage.REFUSAL_PROPOSED if proposed else Stage.REGISTERED,
        events=tuple(event for event, happens in events if happens),
        findings=findings,
        registers=registers,
        papers=notice,
    )


def _overruled_before(findings: tuple[Finding, ...], case: Case) -> bool:
    # The head may have sent the notice in spite of them, and has to give the reasons anew when admitting again.
    overruled = case.admitted.overruled if case.admitted else ()
    return defects(findings) <= {(o.document, o.defect) for o in overruled}


def _notice_of_acceptance(case: Case) -> tuple[PaperKind, ...]:
    wanted = case.channel is Channel.PORTAL and not case.notice_sent
    return (PaperKind.NOTICE_OF_ACCEPTANCE,) if wanted else ()


# par. 4 - reasoned refusal of further consideration


def _refuse(content: Refuse, case: Case) -> Taken:
    findings = findings_of_refusal(content, case)
    check_grounds(content, findings, case)
    return Taken(
        stage=Stage.REFUSED,
        events=(Event.REFUSED,),
        findings=findings,
        papers=(PaperKind.REFUSAL,),
    )


# par. 6 - the head determines grade and language and hands over to specialists


def _admit(content: Admit, case: Case) -> Taken:
    _check_overruling(content, case)
    _check_period(content, case)
    notice = _notice_of_acceptance(case)
    return Taken(
        stage=Stage.WITH_SPECIALISTS,
        events=(
            *((Event.NOTICE_SENT,) if notice else ()),
            Event.HEAD_REVIEW,
            Event.GRADE_AND_LANGUAGE_SET,
            Event.WITH_SPECIALISTS,
        ),
        papers=notice,
    )


def _check_overruling(content: Admit, case: Case) -> None:
    found = defects(case.standing_findings)
    overruled = {(overruling.document, overruling.defect) for overruling in content.overruled}
    absent = tuple(finding for finding in case.standing_findings if finding.defect is Defect.MISSING)
    if case.stage is Stage.REFUSAL_PROPOSED and absent:
        raise ActRefused(
            "missing_document_overruled",
            f"a mandatory document is absent: {in_words(absent)}",
            "Without it the package of Appendix 1 is incomplete, which nobody can decide away",
            "Refuse, or let the applicant add the paper while the term runs",
        )
    if (case.round > 1 or case.set_aside) and (missing := _missing_documents(case)):
        raise ActRefused(
            "document_missing",
            f"a mandatory document is not in the package: {in_words(missing)}",
            "An order rests on the medical conclusion, also when a refusal was set aside",
            "Let the applicant add the paper, and admit then",
        )
    if overruled != found:
        raise ActRefused(
            "findings_not_answered",
            "the reasons for overruling do not match what the check found: "
            + in_words(case.standing_findings),
            "Each finding is followed or overruled with a reason of its own, and nothing else can be overruled",
            f"Overrule {_to_overrule(found)}",
        )


def _missing_documents(case: Case) -> tuple[Finding, ...]:
    found = package_findings(
        standard_version(case.standard_version), case.channel, case.package, case.filing_day
    )
    return tuple(finding for finding in found if finding.defect is Defect.MISSING)


def _to_overrule(found: set[tuple[DocumentKind, Defect]]) -> str:
    entries = ", ".join(f"{document} {defect}" for document, defect in sorted(found))
    return f"exactly these, each with its reason: {entries}" if entries else "nothing: leave overruled empty"


def _check_period(content: Admit, case: Case) -> None:
    earliest = _first_day_of_teaching(case)
    if earliest and content.period_from < earliest:
        raise ActRefused(
            "period_too_early",
            f"the period begins before {earliest:%d.%m.%Y}",
            "Teaching at home begins no earlier than the medical conclusion says",
            "Choose a later first day",
        )
    latest = _last_day_of_teaching(case)
    if latest and content.period_to > latest:
        raise ActRefused(
            "period_too_long",
            f"the period ends after {latest:%d.%m.%Y}",
            "Teaching at home lasts as long as the medical conclusion says, and without a period to the end "
            "of the school year",
            "Choose an earlier last day",
        )


def _first_day_of_teaching(case: Case) -> date | None:
    """The earliest beginning of the conclusions valid on the day of filing; None if one of them sets none."""
    begins = [document.period_from for document in _valid_conclusions(case)]
    known = [day for day in begins if day]
    return min(known) if known and len(known) == len(begins) else None


def _last_day_of_teaching(case: Case) -> date | None:
    """The latest end of the conclusions valid on the day of filing; an open one runs with the school year (Q23)."""
    valid = _valid_conclusions(case)
    ends = [d.period_to or case.school_year_ends for d in valid] or [case.school_year_ends]
    known = [end for end in ends if end]
    return max(known) if len(known) == len(ends) else None


def _valid_conclusions(case: Case) -> tuple[Document, ...]:
    conclusions = (d for d in case.package if d.kind is DocumentKind.VKK_CONCLUSION)
    return tuple(d for d in conclusions if d.last_day is None or d.last_day >= case.filing_day)


# par. 6 - the specialists organise the teaching


def _submit_plan(_content: SubmitPlan, _case: Case) -> Taken:
    return Taken(stage=Stage.PLAN_READY, events=(Event.PLAN_SUBMITTED,))


def _return_plan(_content: Any, _case: Case) -> Taken:
    return Taken(stage=Stage.WITH_SPECIALISTS, events=(Event.PLAN_RETURNED,))


# par. 7 - the order on admission to home education


def _sign_order(_content: Any, _case: Case) -> Taken:
    return Taken(
        stage=Stage.ORDER_ISSUED,
        events=(Event.ORDER_ISSUED,),
        papers=(PaperKind.ORDER,),
    )


# what the applicant does


def _add_documents(_content: AddDocuments, _case: Case) -> Taken:
    return Taken(stage=Stage.RECEIVED, events=(Event.DOCUMENTS_ADDED,))


def _withdraw(_content: Any, _case: Case) -> Taken:
    return Taken(
        stage=Stage.WITHDRAWN,
        events=(Event.WITHDRAWN,),
        papers=(PaperKind.WITHDRAWAL_RECEIPT,),
    )


def _dispute_fact(content: DisputeFact, case: Case) -> Taken:
    if content.fact not in case.facts:
        raise ActRefused(
            "no_such_fact",
            f"no information system has answered about {content.fact} in this case",
            "An answer can be disputed when there is one; what was not answered counts for nothing",
            "Look at the case: uide status shows what was answered",
        )
    return Taken(stage=case.stage, events=(Event.FACT_DISPUTED,))


def _record_delivery(_content: RecordDelivery, case: Case) -> Taken:
    if case.channel is Channel.PORTAL:
        raise ActRefused(
            "delivered_by_cabinet",
            "the result of a portal request is in the personal cabinet",
            "Only papers of the office are handed over or posted",
            "Nothing is to be recorded",
        )
    if case.delivered:
        raise ActRefused(
            "already_delivered",
            "the delivery has been recorded",
            "The first day on which the paper reached the applicant counts",
            "Nothing is to be recorded",
        )
    return Taken(stage=case.stage, events=(Event.RESULT_DELIVERED,))


# par. 9 - a complaint, and what it leads to when it is upheld


def _file_complaint(act: Act, case: Case, standing: Standing) -> Taken:
    return Taken(
        stage=case.stage,
        events=(Event.COMPLAINT_REGISTERED,),
        complaint=filed_complaint(act, case, standing),
    )


def _reopen(_content: ReopenCase, case: Case) -> Taken:
    return Taken(
        stage=Stage.REGISTERED if case.registration_number else Stage.RECEIVED,
        events=(Event.REOPENED,),
        reopens=True,
    )


def _recount(_content: CalendarChanged, case: Case) -> Taken:
    return Taken(stage=case.stage, events=())


_RULES: dict[Step, Callable[[Any, Case], Taken]] = {
    Step.CHECK_PACKAGE: _check_package,
    Step.ADMIT: _admit,
    Step.REFUSE: _refuse,
    Step.SUBMIT_PLAN: _submit_plan,
    Step.RETURN_PLAN: _return_plan,
    Step.SIGN_ORDER: _sign_order,
    Step.ADD_DOCUMENTS: _add_documents,
    Step.WITHDRAW: _withdraw,
    Step.RECORD_DELIVERY: _record_delivery,
    Step.DISPUTE_FACT: _dispute_fact,
    Step.REOPEN_CASE: _reopen,
    Step.CALENDAR_CHANGED: _recount,
}
