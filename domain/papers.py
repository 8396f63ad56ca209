"""The papers of a case: what each of them says, kept as facts from which it can be shown again."""

from typing import Any

from domain import service
from domain.acts import Admit, SubmitPlan
from domain.application import Applicant, Capacity
from domain.complaint_facts import BodyFacts
from domain.complaint_paper import about_complaint
from domain.documents import DocumentKind
from domain.identifiers import mask_iin
from domain.legal_time import legal_date, local_time
from domain.package import Document, Finding
from domain.paper_facts import (
    ActingForFacts,
    CaseFacts,
    ComplaintFacts,
    CorrectionFacts,
    DefectFacts,
    DocumentFacts,
    EarlierFacts,
    ExecutorFacts,
    GroundFacts,
    OrderFacts,
    PaperFacts,
    PeriodFacts,
    PersonFacts,
    RefusalFacts,
    SchoolFacts,
    ServiceFacts,
    SignatoryFacts,
    SubjectFacts,
    WithdrawalFacts,
)
from domain.paper_kinds import ABOUT_COMPLAINTS, PaperKind
from domain.paper_source import ActingFor, EarlierCase, PaperSource
from domain.periods import COMPLAINT_TERM_OF_THE_BODY, COMPLAINT_TERM_OF_THE_HEAD, COMPLAINT_WINDOW, in_force
from domain.school import School, StaffMember
from domain.wording import Bilingual

__all__ = ["PaperKind", "PaperSource", "paper_facts"]

_WITH_COMPLAINT_ROUTE = frozenset(
    {PaperKind.REFUSAL, PaperKind.ORDER, PaperKind.SILENCE_NOTICE, PaperKind.CORRECTING_NOTICE}
)
_UNSIGNED = frozenset(
    {
        PaperKind.SILENCE_NOTICE,
        PaperKind.NOTICE_OF_ACCEPTANCE,
        PaperKind.CORRECTING_NOTICE,
        PaperKind.COMPLAINT_CONFIRMATION,
        PaperKind.COMPLAINT_TERM_NOTICE,
        PaperKind.COMPLAINT_CORRECTING_NOTICE,
        PaperKind.WITHDRAWAL_RECEIPT,
        PaperKind.PERIOD_NOTICE,
    }
)
"""What may have nobody's signature: what the service itself tells; a clerk who takes in a withdrawal signs for it."""


def paper_facts(source: PaperSource) -> dict[str, Any]:
    """What the register keeps of the paper, as JSON; ValueError if the source lacks what it must say."""
    facts = PaperFacts(
        kind=source.kind,
        number=source.number,
        issued_at=local_time(source.issued_at),
        languages=source.kind.languages(source.language),
        service=ServiceFacts(
            title=Bilingual.of(service.TITLE), legal_basis=Bilingual.of(service.LEGAL_BASIS)
        ),
        school=_school(source.school),
        case=_case(source),
        applicant=_applicant(source.applicant),
        child=PersonFacts(name=source.child.name.full, iin_masked=mask_iin(source.child.iin)),
        for_self=source.applicant.capacity is Capacity.SELF,
        documents=tuple(_document(document) for document in source.documents),
        signed_by=_signatory(source),
        refusal=_refusal(source) if source.kind is PaperKind.REFUSAL else None,
        order=_order(source) if source.kind is PaperKind.ORDER else None,
        correction=_correction(source) if source.kind is PaperKind.CORRECTING_NOTICE else None,
        complaint=_complaint(source) if source.kind in _WITH_COMPLAINT_ROUTE else None,
        about_complaint=about_complaint(source) if source.kind in ABOUT_COMPLAINTS else None,
        issued_by=_issued_by(source),
        withdrawal=_withdrawal(source) if source.kind is PaperKind.WITHDRAWAL_RECEIPT else None,
        earlier=_earlier(source.earlier) if source.earlier else None,
        supplementary=source.supplementary,
        period=_period(source) if source.kind is PaperKind.PERIOD_NOTICE else None,
        executor=_executor(source),
        status_address=source.status_address,
    )
    return facts.model_dump(mode="json")


def _school(school: School) -> SchoolFacts:
    return SchoolFacts(
        bin=school.bin,
        name=Bilingual(kk=school.name_kk, ru=school.name_ru),
        address=Bilingual(kk=school.address_kk, ru=school.address_ru),
        phone=school.phone,
    )


def _issued_by(source: PaperSource) -> BodyFacts | None:
    # The covering letter is the school's, also when the body has the complaint already.
    is_letter = source.kind is PaperKind.COVERING_LETTER
    return source.complaint.body if source.complaint and source.complaint.by_body and not is_letter else None


def _case(source: PaperSource) -> CaseFacts:
    received = local_time(source.received_at)
    return CaseFacts(
        number=source.case_number,
        channel=source.channel,
        received_at=received,
        registration_number=source.registration_number,
        registered_at=source.registered_at and local_time(source.registered_at),
        due_at=local_time(source.due_at),
        effective_day=None if source.effective_day == received.date() else source.effective_day,
        decided_on=source.decided_at and legal_date(source.decided_at),
        late_working_days=source.late_working_days or None,
    )


def _applicant(applicant: Applicant) -> PersonFacts:
    return PersonFacts(
        name=applicant.name.full,
        iin_masked=mask_iin(applicant.iin),
        address=applicant.address,
        phone=applicant.phone,
    )


def _document(document: Document) -> DocumentFacts:
    return DocumentFacts(
        kind=document.kind,
        name=Bilingual.of(document.kind.wording),
        title=document.title,
        number=document.number,
        issued_on=document.issued_on,
        issuer=document.issuer,
        period_from=document.period_from,
        period_to=document.period_to,
    )


def _signatory(source: PaperSource) -> SignatoryFacts | None:
    member = source.signed_by
    if member is None:
        if source.kind not in _UNSIGNED:
            raise ValueError(f"{source.kind} of {source.case_number} names nobody who signs it")
        return None
    return SignatoryFacts(
        name=member.name.full,
        post=_post(member),
        acting_for=_acting_for(source.acting_for) if source.acting_for else None,
    )


def _acting_for(acting: ActingFor) -> ActingForFacts:
    replaced = acting.member
    return ActingForFacts(
        name=replaced.name.full if replaced else None,
        post=_post(replaced) if replaced else None,
        act=acting.act,
    )


def _post(member: StaffMember) -> Bilingual:
    return Bilingual(kk=member.post_kk, ru=member.post_ru)


def _executor(source: PaperSource) -> ExecutorFacts | None:
    member = source.executor
    if member is None:
        return None
    return ExecutorFacts(name=member.name.full, post=_post(member), phone=source.school.phone)


# par. 4, 5 - reasoned refusal of further consideration


def _refusal(source: PaperSource) -> RefusalFacts:
    if not source.findings or not source.reasoning:
        raise ValueError(f"the refusal of {source.case_number} lacks its findings or its reasoning")
    grounds = dict.fromkeys(finding.ground for finding in source.findings)
    return RefusalFacts(
        grounds=tuple(GroundFacts(code=ground, words=Bilingual.of(ground.wording)) for ground in grounds),
        defects=tuple(_defect(finding) for finding in source.findings),
        reasoning=source.reasoning,
    )


def _defect(finding: Finding) -> DefectFacts:
    return DefectFacts(
        kind=finding.document,
        defect=finding.defect,
        name=Bilingual.of(finding.document.wording),
        number=finding.number,
        expired_on=finding.expired_on,
        note=finding.note,
    )


# par. 7 - the order on admission to home education


def _order(source: PaperSource) -> OrderFacts:
    conclusions = _conclusions(source)
    if source.admitted is None or source.plan is None or not conclusions:
        raise ValueError(
            f"the order of {source.case_number} lacks the head's decision, the plan or a conclusion"
        )
    return _decided(source.admitted, source.plan, conclusions)


def _conclusions(source: PaperSource) -> tuple[DocumentFacts, ...]:
    """The medical conclusions that carry the order: those valid on the day of filing, if there are such."""
    day = legal_date(source.received_at)
    filed = [document for document in source.documents if document.kind is DocumentKind.VKK_CONCLUSION]
    valid = [document for document in filed if document.last_day is None or document.last_day >= day]
    return tuple(_document(document) for document in valid or filed)


def _decided(admitted: Admit, plan: SubmitPlan, conclusions: tuple[DocumentFacts, ...]) -> OrderFacts:
    return OrderFacts(
        conclusions=conclusions,
        grade=admitted.grade,
        language_of_instruction=admitted.language_of_instruction,
        language_name=Bilingual.of(admitted.language_of_instruction.wording),
        period_from=admitted.period_from,
        period_to=admitted.period_to,
        programme=plan.programme,
        responsible=plan.responsible,
        subjects=tuple(SubjectFacts(**subject.model_dump()) for subject in plan.subjects),
        weekly_hours=plan.weekly_hours,
        agreed_with_parent_on=plan.agreed_with_parent_on,
        timetable=plan.timetable,
    )


# when the calendar was changed after the term had passed


def _correction(source: PaperSource) -> CorrectionFacts:
    correction = source.correction
    if correction is None or correction.old_due_at >= source.due_at:
        raise ValueError(f"the correcting notice of {source.case_number} lacks an earlier term or the act")
    return CorrectionFacts(
        act=correction.act,
        old_due_at=local_time(correction.old_due_at),
        corrected_on=correction.notice_issued_at and legal_date(correction.notice_issued_at),
    )


# what becomes of the application otherwise


def _withdrawal(source: PaperSource) -> WithdrawalFacts:
    if source.withdrawal is None:
        raise ValueError(f"the receipt of the withdrawal of {source.case_number} lacks the withdrawal")
    return WithdrawalFacts(**source.withdrawal.model_dump())


def _earlier(earlier: EarlierCase) -> EarlierFacts:
    return EarlierFacts(number=earlier.number, documents=tuple(map(_document, earlier.documents)))


def _period(source: PaperSource) -> PeriodFacts:
    period = source.period
    if period is None:
        raise ValueError(f"the notice of the end of teaching at home in {source.case_number} lacks the order")
    return PeriodFacts(
        order_number=period.order_number, ordered_on=legal_date(period.ordered_at), ends=period.ends
    )


# par. 9, 10 - complaints and court


def _complaint(source: PaperSource) -> ComplaintFacts:
    # Silence is known once the term is over; a paper cannot be known before it is issued.
    since = source.due_at if source.kind is PaperKind.SILENCE_NOTICE else source.issued_at
    today = legal_date(source.issued_at)
    return ComplaintFacts(
        head_working_days=in_force(COMPLAINT_TERM_OF_THE_HEAD, today).value,
        body_working_days=in_force(COMPLAINT_TERM_OF_THE_BODY, today).value,
        authorised_body=Bilingual(kk=source.school.authorised_body_kk, ru=source.school.authorised_body_ru),
        months=in_force(COMPLAINT_WINDOW, today).value,
        not_before=legal_date(since),
    )
