"""What a reasoned refusal of further consideration rests on (par. 4): R4.7-R4.9, R5.8, Q8, Q9."""

from domain.acts import Refuse
from domain.case import Case
from domain.checking import demandable, in_words, was_filed
from domain.package import Defect, Document, Finding, defects, package_findings
from domain.refusal import ActRefused
from domain.stages import Stage
from domain.standard import Channel, standard_version


def findings_of_refusal(content: Refuse, case: Case) -> tuple[Finding, ...]:
    """The findings of the check that stand, and the head's own; raises `ActRefused` where one has no basis."""
    if case.stage is Stage.REGISTERED and case.channel is Channel.PORTAL:
        raise ActRefused(
            "refusal_after_notice",
            "the notice of acceptance has been sent",
            "Paragraph 5: a portal request is answered by the notice or by the refusal, never by both",
            "Set grade and language and hand the case to the specialists",
        )
    findings = _together(case.standing_findings, _own_findings(content, case))
    if not findings:
        raise ActRefused(
            "refusal_without_finding",
            "no missing and no expired document is named",
            "Paragraph 4 allows a refusal only for an incomplete package or an expired document, each named",
            "Name what is missing or expired in findings, or admit",
        )
    return findings


def check_grounds(content: Refuse, findings: tuple[Finding, ...], case: Case) -> None:
    """Raises `ActRefused` unless the grounds are exactly those of the findings (R4.9)."""
    fitting = ", ".join(sorted({finding.ground for finding in findings}))
    allowed = standard_version(case.standard_version).refusal_grounds
    if off := sorted(set(content.grounds) - set(allowed)):
        raise ActRefused(
            "ground_not_allowed",
            f"{', '.join(off)} is not a ground of refusal",
            f"Paragraph 4 has two grounds only: {' and '.join(sorted(allowed))}",
            f"What was found here fits {fitting}: use that",
        )
    if set(content.grounds) != {finding.ground for finding in findings}:
        raise ActRefused(
            "grounds_do_not_fit",
            f"the grounds do not fit what was found: {in_words(findings)}",
            "Each ground rests on a document named, and each document named on its ground",
            f"Use {fitting}",
        )


# the head's own findings


def _own_findings(content: Refuse, case: Case) -> tuple[Finding, ...]:
    named = tuple(finding.finding for finding in content.findings)
    _check_demandable(named, case)
    _check_not_set_aside(named, case)
    for finding in named:
        _check_missing(finding, case) if finding.defect is Defect.MISSING else _check_expired(finding, case)
    _check_still_expired(named, case)
    if case.channel is Channel.PORTAL:
        return _none_on_the_portal(named, case)
    return tuple(_with_number(finding, case) for finding in named)


def _check_demandable(named: tuple[Finding, ...], case: Case) -> None:
    to_demand = demandable(case)
    if any(finding.document not in to_demand for finding in named):
        raise ActRefused(
            "demand_added",
            "a finding names a document that is not part of the package",
            "Paragraph 5 and Appendix 1: the list is closed, nothing else may be demanded",
            f"Name only {', '.join(sorted(to_demand))}",
        )


def _check_not_set_aside(named: tuple[Finding, ...], case: Case) -> None:
    if barred := defects(named) & defects(case.set_aside):
        raise ActRefused(
            "ground_set_aside",
            f"a complaint has set aside: {', '.join(sorted(f'{kind} {defect}' for kind, defect in barred))}",
            "What was set aside by a ruling cannot carry a refusal again (par. 9)",
            "Decide without it: admit, or refuse on what is left",
        )


def _check_missing(finding: Finding, case: Case) -> None:
    if was_filed(finding.document, case) and finding.note is None:
        raise ActRefused(
            "absent_without_reason",
            "a finding calls a document missing that was filed, without a note",
            "The applicant must learn why a paper that was handed in does not count",
            "Say in the note of the finding what was found instead",
        )


def _check_expired(finding: Finding, case: Case) -> None:
    if finding.expired_on is None or finding.expired_on >= case.filing_day:
        raise ActRefused(
            "not_expired",
            "a finding calls a document expired that had not expired on the day of filing, or gives no last day",
            "A document without an end does not expire, and the school's own delay never makes one expire",
            f"Give the last day in expired_on; it must be before {case.filing_day:%d.%m.%Y}",
        )
    meant = _meant(finding, case)
    if not meant:
        raise ActRefused(
            "expired_document_not_filed",
            "a finding calls a document expired that is not in the package, or does not say which one it means",
            "Only a document that was handed in can have expired; what was not handed in is missing",
            "Give the number of the document as it was filed",
        )
    if finding.note is None and any(document.last_day != finding.expired_on for document in meant):
        raise ActRefused(
            "changed_without_reason",
            "a finding gives another last day than the document that was filed, without a note",
            "The applicant must learn where the other day was found",
            "Say in the note of the finding where the paper shows this day",
        )


def _check_still_expired(named: tuple[Finding, ...], case: Case) -> None:
    corrected = tuple(_corrected(document, named, case) for document in case.package)
    standard = standard_version(case.standard_version)
    expired = defects(package_findings(standard, case.channel, corrected, case.filing_day))
    called = {entry for entry in defects(named) if entry[1] is Defect.EXPIRED}
    if not called <= expired:
        raise ActRefused(
            "valid_document_filed",
            "a finding calls a document expired beside which a valid one was filed",
            "One valid document of the kind is enough: the package is complete with it",
            "Leave the finding out, or say of each document of the kind why it does not count",
        )


def _corrected(document: Document, named: tuple[Finding, ...], case: Case) -> Document:
    for finding in named:
        if finding.defect is Defect.EXPIRED and document in _meant(finding, case):
            return document.model_copy(update={"valid_until": finding.expired_on, "period_to": None})
    return document


def _meant(finding: Finding, case: Case) -> tuple[Document, ...]:
    of_kind = tuple(document for document in case.package if document.kind is finding.document)
    if finding.number is None and len(of_kind) == 1:
        return of_kind
    return tuple(document for document in of_kind if document.number == finding.number)


def _with_number(finding: Finding, case: Case) -> Finding:
    if finding.defect is Defect.MISSING or finding.number:
        return finding
    return finding.model_copy(update={"number": _meant(finding, case)[0].number})


def _none_on_the_portal(named: tuple[Finding, ...], case: Case) -> tuple[Finding, ...]:
    if not defects(named) <= defects(case.standing_findings):
        raise ActRefused(
            "own_finding_on_portal",
            "a finding is not one of the check",
            "On the portal a refusal rests on the check of the package; the head's own findings are for the office "
            "(par. 4)",
            "Leave findings out: those of the check stand",
        )
    return ()


# with those of the check


def _together(found: tuple[Finding, ...], own: tuple[Finding, ...]) -> tuple[Finding, ...]:
    known = {_key(finding) for finding in found}
    added = tuple(finding for finding in own if _key(finding) not in known)
    return (*(_as_restated(finding, own) for finding in found), *added)


def _key(finding: Finding) -> tuple[str, ...]:
    number = finding.number or "" if finding.defect is Defect.EXPIRED else ""
    return (finding.document, finding.defect, number)


def _as_restated(finding: Finding, own: tuple[Finding, ...]) -> Finding:
    again = next((named for named in own if _key(named) == _key(finding)), finding)
    return again.model_copy(update={"note": again.note or finding.note})
