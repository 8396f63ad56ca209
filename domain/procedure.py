"""The procedure of paragraphs 4-7 as pure rules: what an act does to a case, or why it may not."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.acts import (
    Act,
    AddDocuments,
    Admit,
    CheckedItem,
    CheckPackage,
    RecordDelivery,
    Refuse,
    SubmitPlan,
)
from domain.authority import check_role, check_specialists
from domain.case import Case, Standing
from domain.events import Event
from domain.package import Defect, Finding, package_findings
from domain.papers import PaperKind
from domain.refusal import ActRefused
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


def consider(act: Act, case: Case, standing: Standing) -> Taken:
    """The effects of `act` on `case`; raises `ActRefused` when the Rules do not allow it."""
    check_role(act.step, act.actor, case, standing)
    _check_stage(act.step, case)
    check_specialists(act, case, standing)
    return _RULES[act.step](act.content, case)


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
        (Event.REFUSAL_PROPOSED, proposed),
        (Event.NOTICE_SENT, bool(notice)),
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
    return _defects(findings) <= {(o.document, o.defect) for o in overruled}


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
        _check_item_against_file(item, case)
    found = package_findings(standard, case.channel, content.as_seen(case.documents), case.filing_day)
    return tuple(_with_note(finding, checked[finding.document], case) for finding in found)


def _with_note(finding: Finding, item: CheckedItem, case: Case) -> Finding:
    rejected = finding.defect is Defect.MISSING and _was_filed(finding.document, case)
    return finding.model_copy(update={"note": item.note}) if rejected else finding


def _demandable(case: Case) -> set[DocumentKind]:
    documents = standard_version(case.standard_version).documents_for(case.channel)
    return {item.kind for item in documents if item.may_be_demanded}


def _was_filed(kind: DocumentKind, case: Case) -> bool:
    return any(document.kind is kind for document in case.documents)


def _check_item_against_file(item: CheckedItem, case: Case) -> None:
    kind, filed = item.document, _was_filed(item.document, case)
    if item.present and not filed and case.channel is Channel.PORTAL:
        raise ActRefused(
            "not_attached",
            f"{kind} is marked as present but was never attached",
            "On the portal only what is attached is there",
            "Mark it as absent",
        )
    if filed and not item.present and item.note is None:
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
    _check_named_findings(content, case)
    findings = tuple(named.finding for named in content.findings) or case.findings
    if not findings:
        raise ActRefused(
            "refusal_without_finding",
            "no missing and no expired document is named",
            "Paragraph 4 allows a refusal only for an incomplete package or an expired document, each named",
            "Name what is missing or expired in findings, or admit",
        )
    return findings


def _check_named_findings(content: Refuse, case: Case) -> None:
    demandable = _demandable(case)
    if any(finding.document not in demandable for finding in content.findings):
        raise ActRefused(
            "demand_added",
            "a finding names a document that is not part of the package",
            "Paragraph 5 and Appendix 1: the list is closed, nothing else may be demanded",
            f"Name only {', '.join(sorted(demandable))}",
        )
    if any(not _has_expired(finding, case) for finding in content.findings):
        raise ActRefused(
            "not_expired",
            "a finding calls a document expired that had not expired on the day of filing, or gives no last day",
            "A document without an end does not expire, and the school's own delay never makes one expire",
            f"Give the last day in expired_on; it must be before {case.filing_day:%d.%m.%Y}",
        )

    if any(_is_unexplained(finding, case) for finding in content.findings):
        raise ActRefused(
            "absent_without_reason",
            "a finding calls a document missing that was filed, without a note",
            "The applicant must learn why a paper that was handed in does not count",
            "Say in the note of the finding what was found instead",
        )
    if case.channel is Channel.PORTAL and not _defects(content.findings) <= _defects(case.findings):
        raise ActRefused(
            "own_finding_on_portal",
            "a finding is not one of the check",
            "On the portal a refusal rests on the check of the package; the head's own findings are for the office "
            "(par. 4)",
            "Leave findings out: those of the check stand",
        )


def _defects(findings: Sequence[Finding]) -> set[tuple[DocumentKind, Defect]]:
    return {(finding.document, finding.defect) for finding in findings}


def _is_unexplained(finding: Finding, case: Case) -> bool:
    missing = finding.defect is Defect.MISSING
    return missing and _was_filed(finding.document, case) and finding.note is None


def _has_expired(finding: Finding, case: Case) -> bool:
    if finding.defect is not Defect.EXPIRED:
        return True
    return finding.expired_on is not None and finding.expired_on < case.filing_day


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
    found = _defects(case.findings)
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
    latest = _last_day_of_teaching(case)
    if latest and content.period_to > latest:
        raise ActRefused(
            "period_too_long",
            f"the period ends after {latest:%d.%m.%Y}",
            "Teaching at home lasts as long as the medical conclusion says, and without a period to the end "
            "of the school year",
            "Choose an earlier last day",
        )


def _last_day_of_teaching(case: Case) -> date | None:
    """The latest end of the conclusions valid on the day of filing; an open one runs with the school year (Q23)."""
    conclusions = [d for d in case.package if d.kind is DocumentKind.VKK_CONCLUSION]
    valid = [d for d in conclusions if d.last_day is None or d.last_day >= case.filing_day]
    ends = [d.period_to or case.school_year_ends for d in valid] or [case.school_year_ends]
    known = [end for end in ends if end]
    return max(known) if len(known) == len(ends) else None


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
