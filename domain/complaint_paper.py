"""What papers say of a complaint (par. 9, 10; D2 to D5), as facts that the register keeps."""

from datetime import datetime

from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee, ComplaintDecision, SettleComplaint
from domain.complaint_facts import (
    AboutComplaintFacts,
    AcceptedByFacts,
    Answered,
    AnswerTermFacts,
    AttackedFacts,
    EnclosureFacts,
    EnclosureKind,
    ExtensionFacts,
    ForwardingFacts,
    LetterFacts,
    MovedTermFacts,
    NextRouteFacts,
    PassedTermFacts,
    ReplyFacts,
)
from domain.complaint_source import Attacked, ComplaintSource
from domain.legal_time import legal_date, local_time
from domain.package import Document
from domain.paper_kinds import PaperKind
from domain.paper_source import PaperSource
from domain.periods import COMPLAINT_TERM_OF_THE_BODY, COMPLAINT_WINDOW, in_force
from domain.school import StaffMember
from domain.wording import Bilingual


def about_complaint(source: PaperSource) -> AboutComplaintFacts:
    """The complaint as the paper tells of it; ValueError if the source lacks what a paper of its kind must say."""
    complaint = source.complaint
    if complaint is None:
        raise ValueError(f"the {source.kind} of {source.case_number} lacks the complaint")
    return AboutComplaintFacts(
        number=complaint.number,
        addressee=complaint.addressee,
        via=complaint.via,
        form=complaint.form,
        registered_at=local_time(complaint.registered_at),
        accepted_by=_accepted_by(complaint.accepted_by),
        attacked=_attacked(complaint.attacked),
        body=complaint.body,
        body_number=complaint.body_number,
        body_registered_at=_local(complaint.body_registered_at),
        late_months=_months_to_complain(complaint.registered_at) if complaint.late else None,
        conflict=complaint.conflict,
        term=_term(complaint),
        forwarding=_forwarding(complaint),
        extension=_extension(source, complaint) if source.kind is PaperKind.EXTENSION_NOTICE else None,
        reply=_reply(source, complaint) if source.kind is PaperKind.COMPLAINT_REPLY else None,
        letter=_letter(source, complaint) if source.kind is PaperKind.COVERING_LETTER else None,
        passed=_passed(source, complaint) if source.kind is PaperKind.COMPLAINT_TERM_NOTICE else None,
        moved=_moved(source, complaint) if source.kind is PaperKind.COMPLAINT_CORRECTING_NOTICE else None,
    )


def _local(moment: datetime | None) -> datetime | None:
    return moment and local_time(moment)


def _months_to_complain(moment: datetime) -> int:
    return in_force(COMPLAINT_WINDOW, legal_date(moment)).value


# R9.4 - the registration, and until when the answer comes


def _accepted_by(member: StaffMember | None) -> AcceptedByFacts | None:
    if member is None:
        return None
    return AcceptedByFacts(name=member.name.full, post=Bilingual(kk=member.post_kk, ru=member.post_ru))


def _attacked(attacked: Attacked) -> AttackedFacts:
    return AttackedFacts(
        object=attacked.object,
        outcome=attacked.outcome,
        number=attacked.number,
        decided_on=attacked.decided_at and legal_date(attacked.decided_at),
        action=attacked.action,
    )


def _term(complaint: ComplaintSource) -> AnswerTermFacts:
    since = complaint.body_registered_at or complaint.registered_at
    return AnswerTermFacts(
        working_days=complaint.working_days,
        due_at=_local(complaint.due_at),
        effective_day=None if complaint.effective_day == legal_date(since) else complaint.effective_day,
    )


# D3 - through the school to the authorised body


def _forwarding(complaint: ComplaintSource) -> ForwardingFacts | None:
    if complaint.forwarding_due_at is None or complaint.forwarding_working_days is None:
        return None
    return ForwardingFacts(
        working_days=complaint.forwarding_working_days, due_at=local_time(complaint.forwarding_due_at)
    )


def _letter(source: PaperSource, complaint: ComplaintSource) -> LetterFacts:
    if complaint.forwarding is None:
        raise ValueError(
            f"the covering letter of {complaint.number} lacks the act that forwards the complaint"
        )
    documents = (_document(document) for document in complaint.documents)
    papers = (
        EnclosureFacts(
            kind=EnclosureKind.PAPER,
            paper=issued.kind,
            number=issued.number,
            dated=legal_date(issued.issued_at),
        )
        for issued in complaint.issued
    )
    enclosures = (
        EnclosureFacts(
            kind=EnclosureKind.COMPLAINT, number=complaint.number, dated=legal_date(complaint.registered_at)
        ),
        EnclosureFacts(
            kind=EnclosureKind.APPLICATION, number=source.case_number, dated=legal_date(source.received_at)
        ),
        *documents,
        *papers,
        EnclosureFacts(
            kind=EnclosureKind.FILE, number=source.case_number, dated=legal_date(source.issued_at)
        ),
    )
    return LetterFacts(note=complaint.forwarding.note, enclosures=enclosures)


def _document(document: Document) -> EnclosureFacts:
    return EnclosureFacts(
        kind=EnclosureKind.DOCUMENT,
        name=Bilingual.of(document.kind.wording),
        title=document.title,
        number=document.number,
        dated=document.issued_on,
    )


# D4 - the extension


def _extension(source: PaperSource, complaint: ComplaintSource) -> ExtensionFacts:
    extension, old, new = complaint.extension, complaint.old_due_at, complaint.due_at
    if extension is None or old is None or new is None or old >= new:
        raise ValueError(f"the {source.kind} of {complaint.number} lacks the extension or an earlier term")
    return ExtensionFacts(
        working_days=extension.working_days,
        ground=extension.ground,
        reason=extension.reason,
        old_due_at=local_time(old),
    )


# R9.5, R9.6 - the reasoned answer, and the way from there (par. 10)


def _reply(source: PaperSource, complaint: ComplaintSource) -> ReplyFacts:
    answer = complaint.answer
    if answer is None:
        raise ValueError(f"the reply to {complaint.number} lacks what was decided")
    reply = _settled(answer, source) if isinstance(answer, SettleComplaint) else _decided(answer)
    return reply.model_copy(
        update={
            "consequence": complaint.consequence,
            "other_case": complaint.other_case,
            "by_the_one_complained_of": complaint.by_the_one_complained_of,
            "next_route": None if complaint.by_body else _next_route(source, complaint, source.issued_at),
        }
    )


def _settled(settlement: SettleComplaint, source: PaperSource) -> ReplyFacts:
    return ReplyFacts(
        answered=Answered.SETTLED, measure=settlement.measure, measure_on=legal_date(source.issued_at)
    )


def _decided(decision: ComplaintDecision) -> ReplyFacts:
    return ReplyFacts(
        answered=Answered[decision.ruling.name],
        reasons=decision.reasons,
        measure=decision.measure,
        measure_on=decision.measure_on,
    )


def _next_route(source: PaperSource, complaint: ComplaintSource, known_at: datetime) -> NextRouteFacts:
    today = legal_date(source.issued_at)
    return NextRouteFacts(
        authorised_body=complaint.body.name,
        body_working_days=in_force(COMPLAINT_TERM_OF_THE_BODY, today).value,
        months=_months_to_complain(source.issued_at),
        not_before=legal_date(known_at),
    )


# when a term of the complaint is over, and when a change of the calendar takes that back


def _passed(source: PaperSource, complaint: ComplaintSource) -> PassedTermFacts:
    passed = complaint.passed
    if passed is None or passed.due_at > source.issued_at:
        raise ValueError(f"the {source.kind} of {complaint.number} lacks a term that is over")
    waits_for_the_school = complaint.addressee is Addressee.HEAD or (
        passed.kind is ComplaintTermKind.FORWARDING and complaint.body_registered_at is None
    )
    return PassedTermFacts(
        term=passed.kind,
        due_at=local_time(passed.due_at),
        # That a term was not kept is known once it is over.
        next_route=_next_route(source, complaint, passed.due_at) if waits_for_the_school else None,
    )


def _moved(source: PaperSource, complaint: ComplaintSource) -> MovedTermFacts:
    moved = complaint.moved
    if moved is None or moved.old_due_at >= moved.due_at:
        raise ValueError(f"the {source.kind} of {complaint.number} lacks an earlier term or the act")
    return MovedTermFacts(
        term=moved.kind,
        act=moved.act,
        old_due_at=local_time(moved.old_due_at),
        due_at=local_time(moved.due_at),
        corrected_on=moved.notice_issued_at and legal_date(moved.notice_issued_at),
    )
