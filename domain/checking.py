"""What the clerk's check of the package finds (par. 4, 5): R4.3, R4.7, R5.4, R5.8."""

from collections.abc import Sequence
from datetime import date

from domain.acts import CheckedItem, CheckPackage
from domain.case import Case
from domain.package import Defect, Document, Finding, package_findings
from domain.refusal import ActRefused
from domain.standard import Channel, DocumentKind, standard_version


def findings_of_check(content: CheckPackage, case: Case) -> tuple[Finding, ...]:
    """Every defect that follows from what the clerk saw; raises `ActRefused` where the check itself is at fault."""
    checked = {item.document: item for item in content.items}
    _check_coverage(set(checked), demandable(case))
    for item in content.items:
        _check_item_against_file(item, case)
    found = package_findings(
        standard_version(case.standard_version),
        case.channel,
        content.as_seen(case.documents),
        case.filing_day,
    )
    return tuple(_with_note(finding, checked[finding.document], case) for finding in found)


def demandable(case: Case) -> set[DocumentKind]:
    """The closed list of what the applicant of this case has to give."""
    documents = standard_version(case.standard_version).documents_for(case.channel)
    return {item.kind for item in documents if item.may_be_demanded}


def was_filed(kind: DocumentKind, case: Case) -> bool:
    """Whether a document of the kind was handed in or attached, at filing or later."""
    return any(document.kind is kind for document in case.documents)


def in_words(findings: Sequence[Finding]) -> str:
    """The findings as a refused act names them, in English."""
    return "; ".join(finding.words.en for finding in findings) or "no finding"


def _check_coverage(checked: set[DocumentKind], to_check: set[DocumentKind]) -> None:
    if added := sorted(checked - to_check):
        raise ActRefused(
            "demand_added",
            f"{', '.join(added)} is checked but not part of the package",
            "Paragraph 5 and Appendix 1: the list is closed, nothing else may be demanded",
            f"Check only {', '.join(sorted(to_check))}",
        )
    if left_out := sorted(to_check - checked):
        raise ActRefused(
            "item_not_checked",
            f"{', '.join(left_out)} is not checked",
            "The check covers the whole package of Appendix 1",
            "Say of each document whether it is there",
        )


def _check_item_against_file(item: CheckedItem, case: Case) -> None:
    filed = was_filed(item.document, case)
    if item.present and not filed:
        raise _nothing_filed(item.document, case.channel)
    if filed and not item.present and item.note is None:
        raise ActRefused(
            "absent_without_reason",
            f"{item.document} was filed and is marked as absent without a note",
            "The applicant must learn why a paper that was handed in does not count",
            "Say in the note what was found instead, or mark it as present",
        )
    if item.note is None and _ends_earlier(item, case.documents):
        raise ActRefused(
            "changed_without_reason",
            f"{item.document} is said to end earlier than what was filed, without a note",
            "A refusal may rest on it, and the applicant must learn where the other day was found",
            "Say in the note where the paper shows this day, or leave the dates out: those that were filed stand",
        )


def _nothing_filed(kind: DocumentKind, channel: Channel) -> ActRefused:
    if channel is Channel.PORTAL:
        return ActRefused(
            "not_attached",
            f"{kind} is marked as present but was never attached",
            "On the portal only what is attached is there",
            "Mark it as absent",
        )
    return ActRefused(
        "not_filed",
        f"{kind} is marked as present but no such paper was recorded",
        "The order rests on the papers of the case, and a paper that nobody recorded has no number",
        "Record the paper with add_documents first, or mark it as absent",
    )


def _ends_earlier(item: CheckedItem, filed: tuple[Document, ...]) -> bool:
    of_kind = [document for document in filed if document.kind is item.document]
    seen = item.as_seen(filed)
    return bool(of_kind and seen) and _latest_end(seen) < _latest_end(of_kind)


def _latest_end(documents: Sequence[Document]) -> date:
    return max(document.last_day or date.max for document in documents)


def _with_note(finding: Finding, item: CheckedItem, case: Case) -> Finding:
    rejected = finding.defect is Defect.MISSING and was_filed(finding.document, case)
    corrected = finding.defect is Defect.EXPIRED and _ends_earlier(item, case.documents)
    return finding.model_copy(update={"note": item.note}) if rejected or corrected else finding
