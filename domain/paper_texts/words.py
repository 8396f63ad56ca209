"""The words that papers are made of; a language that lacks one does not pass the type check."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.grades import PaperLanguage
from domain.paper_kinds import PaperKind


@dataclass(frozen=True)
class Words:
    """The words of one language; `{name}` places are filled from the facts."""

    language: PaperLanguage
    moment: str
    titles: Mapping[PaperKind, str]
    forms: Mapping[PaperKind, str]
    """The appendix whose form a paper follows, for those that the Rules have a form for."""

    # head and people
    number: str
    school: str
    service: str
    legal_basis: str
    addressee: str
    address: str
    child: str
    pupil: str
    iin: str
    phone: str
    cabinet: str

    # application and package
    application: str
    registered: str
    documents: str
    no_documents: str
    document_count: str
    day: str

    # par. 4 - receipt
    receipt: str
    receipt_without_documents: str
    effective_day: str
    result_due: str
    result_place_office: str
    result_place_portal: str
    follow: str

    # par. 5 - notice of acceptance
    accepted: str
    next_step: str
    contact: str

    # par. 4, 5 - refusal
    refused_at_the_office: str
    refused_on_the_portal: str
    grounds: str
    missing: str
    missing_document: str
    expired: str
    expired_document: str
    expired_note: str
    reasoning: str
    cure_heading: str
    cure_missing: str
    cure_expired: str
    cure: str

    # par. 7 - order
    on_the_ground_of: str
    i_order: str
    admit: str
    admit_pupil: str
    grade: str
    language_of_instruction: str
    period: str
    programme: str
    subjects: str
    subject: str
    weekly_hours: str
    timetable: str
    agreed: str
    agreed_with_pupil: str
    responsible: str

    # silence
    silence: str
    silence_meaning: str
    silence_case_open: str
    decided_not_delivered: str
    decision_is_owed: str

    # par. 9, 10 - complaints and court
    complaint_heading: str
    complaint_may_be_filed: str
    complaint_to_head: str
    complaint_to_body: str
    complaint_window: str
    complaint_late: str
    court: str

    # signature
    digital_signature: str
    no_digital_signature: str
    hand_signature: str
    mark_of_receipt: str
