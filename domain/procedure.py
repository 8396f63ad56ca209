"""The procedure of paragraphs 4-7 as pure rules: what an act does to a case, or why it may not."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.acts import Act, AddDocuments, Admit, CheckPackage, RecordDelivery, Refuse, SubmitPlan
from domain.case import Case, Standing
from domain.events import Event
from domain.package import Defect, Finding, package_findings
from domain.papers import PaperKind
from domain.refusal import Problem
from domain.staff import APPLICANT, ROLES_FOR, Role
from domain.stages import TRANSITIONS, Stage, Step, steps_from
from domain.standard import Channel, DocumentKind, standard_version


class Taken(BaseModel):
    """What an act that is taken does, as data: the register carries it out in the act's transaction."""

    model_config = ConfigDict(frozen=True)

    stage: Stage
    events: tuple[Event, ...]
    findings: tuple[Finding, ...] | None = None
    registers: bool = False
    """Whether the case gets its registration number by this act (R5.4)."""
    papers: tuple[PaperKind, ...] = ()


class ActRefused(Exception):
    """The act was understood but may not be done; `problem` is kept as the reason of its verdict."""

    def __init__(self, code: str, what: str, why: str, instead: str) -> None:
        self.problem = Problem(code=code, where="act", what=what, why=why, instead=instead)
        super().__init__(str(self.problem))


def consider(act: Act, case: Case, standing: Standing) -> Taken:
    """The effects of `act` on `case`; raises `ActRefused` when the Rules do not allow it."""
    _check_role(act.step, act.actor, case, standing)
    _check_stage(act.step, case)
    _check_specialists(act, case, standing)
    return _RULES[act.step](act.content, case)


# who may act


def _check_role(step: Step, actor: str, case: Case, standing: Standing) -> None:
    wanted = ROLES_FOR[step]
    if actor == APPLICANT:
        if Role.APPLICANT not in wanted:
            raise ActRefused(
                "not_for_applicants",
                f"the applicant may not {step}",
                "This is done by the school",
                "Leave it to the school",
            )
        return
    if not standing.known:
        raise ActRefused(
            "unknown_actor",
            "the person is not in the staff directory",
            "Only staff of the school act in a case",
            "Use the id of the staff directory",
        )
    if case.school not in standing.schools and standing.schools:
        raise ActRefused(
            "other_school",
            "the person belongs to another school",
            "A case is handled by its own school only",
            "Let the staff of the case's school act",
        )
    if not standing.roles & wanted:
        raise ActRefused(
            "wrong_role",
            f"{step} is not for this person",
            f"At this moment it takes the role {' or '.join(sorted(wanted))} at the case's school",
            "Let the person who holds the role act",
        )


def _check_specialists(act: Act, case: Case, standing: Standing) -> None:
    if isinstance(act.content, Admit) and (strangers := set(act.content.specialists) - standing.specialists):
        raise ActRefused(
            "not_a_specialist",
            f"{', '.join(sorted(strangers))} is not a specialist of this school",
            "Paragraph 6: the head hands the documents to the school's specialists",
            f"Choose from {', '.join(sorted(standing.specialists)) or 'the staff directory'}",
        )
    if isinstance(act.content, SubmitPlan) and case.admitted and act.actor not in case.admitted.specialists:
        raise ActRefused(
            "not_assigned",
            "the head handed this case to other specialists",
            "Paragraph 6: those organise the teaching to whom the head gave the documents",
            f"Let {', '.join(case.admitted.specialists)} submit the plan",
        )


# what the stage allows


def _check_stage(step: Step, case: Case) -> None:
    if (case.stage, step) not in TRANSITIONS:
        allowed = ", ".join(steps_from(case.stage)) or "nothing more"
        raise ActRefused(
            "wrong_stage",
            f"{step} is not possible at stage {case.stage}",
            f"At this stage the Rules allow: {allowed}",
            "Look at the case and do what it waits for",
        )


# par. 4, 5 - the check of the package


def _check_package(content: CheckPackage, case: Case) -> Taken:
    findings = _findings(content, case)
    if findings and case.channel is Channel.PORTAL and case.notice_sent:
        raise ActRefused(
            "notice_already_sent",
            "the check finds defects after the notice of acceptance was sent",
            "Paragraph 5: a portal request is answered by the notice or by the refusal, never by both",
            "Check the package as it was when the notice was sent; what was added can only help",
        )
    registers = case.registration_number is None
    registered = (Event.REGISTERED,) if registers else ()
    if findings:
        return Taken(
            stage=Stage.REFUSAL_PROPOSED,
            events=(*registered, Event.REFUSAL_PROPOSED),
            findings=findings,
            registers=registers,
        )
    notice = _notice_of_acceptance(case)
    return Taken(
        stage=Stage.REGISTERED,
        events=(*registered, *((Event.NOTICE_SENT,) if notice else ())),
        findings=(),
        registers=registers,
        papers=notice,
    )


def _findings(content: CheckPackage, case: Case) -> tuple[Finding, ...]:
    standard = standard_version(case.standard_version)
    to_check = _demandable(case)
    checked = {item.document: item for item in content.items}
    if added := sorted(checked.keys() - to_check):
        raise ActRefused(
            "demand_added",
            f"{', '.join(added)} is checked but not part of the package",
            "Paragraph 5 and Appendix 1: the list is closed, nothing else may be demanded",
            f"Check only {', '.join(sorted(to_check))}",
        )
    if left_out := sorted(to_check - checked.keys()):
        raise ActRefused(
            "item_not_checked",
            f"{', '.join(left_out)} is not checked",
            "The check covers the whole package of Appendix 1",
            "Say of each document whether it is there",
        )
    for item in content.items:
        _check_item_against_file(item.document, item.present, item.note, case)
    seen = tuple(document for kind in sorted(to_check) for document in checked[kind].as_seen(case.documents))
    return package_findings(standard, case.channel, seen, case.filing_day)


def _demandable(case: Case) -> set[DocumentKind]:
    documents = standard_version(case.standard_version).documents_for(case.channel)
    return {item.kind for item in documents if item.may_be_demanded}


def _check_item_against_file(kind: DocumentKind, present: bool, note: str | None, case: Case) -> None:
    filed = any(document.kind is kind for document in case.documents)
    if present and not filed and case.channel is Channel.PORTAL:
        raise ActRefused(
            "not_attached",
            f"{kind} is marked as present but was never attached",
            "On the portal only what is attached is there",
            "Mark it as absent",
        )
    if filed and not present and note is None:
        raise ActRefused(
            "absent_without_reason",
            f"{kind} was filed and is marked as absent without a note",
            "The applicant must learn why a paper that was handed in does not count",
            "Say in the note what was found instead, or mark it as present",
        )


def _notice_of_acceptance(case: Case) -> tuple[PaperKind, ...]:
    wanted = case.channel is Channel.PORTAL and not case.notice_sent
    return (PaperKind.NOTICE_OF_ACCEPTANCE,) if wanted else ()


# par. 4 - reasoned refusal of further consideration


def _refuse(content: Refuse, case: Case) -> Taken:
    findings = _refusal_findings(content, case)
    _check_grounds(content, findings, case)
    return Taken(
        stage=Stage.REFUSED,
        events=(Event.REFUSED,),
        findings=findings,
        papers=(PaperKind.REFUSAL,),
    )


def _refusal_findings(content: Refuse, case: Case) -> tuple[Finding, ...]:
    if case.stage is Stage.REGISTERED and case.channel is Channel.PORTAL:
        raise ActRefused(
            "refusal_after_notice",
            "the notice of acceptance has been sent",
            "Paragraph 5: a portal request is answered by the notice or by the refusal, never by both",
            "Set grade and language and hand the case to the specialists",
        )
    demandable = _demandable(case)
    if any(finding.document not in demandable for finding in content.findings):
        raise ActRefused(
            "demand_added",
            "a finding names a document that is not part of the package",
            "Paragraph 5 and Appendix 1: the list is closed, nothing else may be demanded",
            f"Name only {', '.join(sorted(demandable))}",
        )
    findings = content.findings or case.findings
    if not findings:
        raise ActRefused(
            "refusal_without_finding",
            "no missing and no expired document is named",
            "Paragraph 4 allows a refusal only for an incomplete package or an expired document, each named",
            "Name what is missing or expired in findings, or admit",
        )
    return findings


def _check_grounds(content: Refuse, findings: tuple[Finding, ...], case: Case) -> None:
    allowed = standard_version(case.standard_version).refusal_grounds
    if off := sorted(set(content.grounds) - set(allowed)):
        raise ActRefused(
            "ground_not_allowed",
            f"{', '.join(off)} is not a ground of refusal",
            "Paragraph 4 has two grounds only",
            f"Use {', '.join(sorted(allowed))}",
        )
    if set(content.grounds) != {finding.ground for finding in findings}:
        raise ActRefused(
            "grounds_do_not_fit",
            "the grounds do not fit what was found",
            "Each ground rests on a document named, and each document named on its ground",
            f"Use {', '.join(sorted({finding.ground for finding in findings}))}",
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
    found = {(finding.document, finding.defect) for finding in case.findings}
    overruled = {(overruling.document, overruling.defect) for overruling in content.overruled}
    if case.stage is Stage.REFUSAL_PROPOSED and any(defect is Defect.MISSING for _, defect in found):
        raise ActRefused(
            "missing_document_overruled",
            "a mandatory document is absent",
            "Without it the package of Appendix 1 is incomplete, which nobody can decide away",
            "Refuse, or let the applicant add the paper while the term runs",
        )
    if overruled != found:
        raise ActRefused(
            "findings_not_answered",
            "the findings of the check and the reasons for overruling them do not match",
            "Each finding is followed or overruled with a reason of its own, and nothing else can be overruled",
            "Give one entry in overruled for each finding of the check",
        )


def _check_period(content: Admit, case: Case) -> None:
    ends = [d.period_to for d in case.documents if d.kind is DocumentKind.VKK_CONCLUSION and d.period_to]
    latest = max(ends) if ends else case.school_year_ends
    if latest and content.period_to > latest:
        raise ActRefused(
            "period_too_long",
            f"the period ends after {latest:%d.%m.%Y}",
            "Teaching at home lasts as long as the medical conclusion says, and without a period to the end "
            "of the school year",
            "Choose an earlier last day",
        )


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
    return Taken(stage=Stage.WITHDRAWN, events=(Event.WITHDRAWN,))


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
}
