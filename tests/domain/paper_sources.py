"""What papers are made of in tests: a case with all that any of them says."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.acts import Admit, PlanSubject, SubmitPlan
from domain.application import Applicant, Capacity, Child
from domain.documents import DocumentKind
from domain.grades import InstructionLanguage, PaperLanguage
from domain.package import Defect, Document, Finding
from domain.paper_source import OrderedPeriod, Withdrawal
from domain.papers import PaperKind, PaperSource
from domain.person import PersonName
from domain.school import Level, School, StaffMember
from domain.standard import Channel
from tests.domain.complaint_sources import a_complaint

KK, RU = PaperLanguage.KK, PaperLanguage.RU
APPLICANT_IIN, CHILD_IIN = "880414400029", "170314500013"
BOTH = pytest.mark.parametrize("language", list(PaperLanguage))

SCHOOL = School(
    bin="010940000013",
    code="AT001",
    level=Level.GENERAL_SECONDARY,
    name_kk="№ 1 үлгі мектеп",
    name_ru="Образцовая школа № 1",
    address_kk="Үлгі қаласы, 1-үй",
    address_ru="город Образцовый, дом 1",
    phone="+77172000001",
    authorised_body_bin="010941000019",
    authorised_body_kk="Үлгі департаменті",
    authorised_body_ru="Образцовый департамент",
)
HEAD = StaffMember(
    staff_id="at001-head",
    name=PersonName(surname="Басшыбаев", first_name="Ерлан"),
    post_kk="директор",
    post_ru="директор",
)
VKK = Document(
    kind=DocumentKind.VKK_CONCLUSION, number="0011", issued_on=date(2026, 9, 10), issuer="№ 1 үлгі емхана"
)
FINDINGS = (
    Finding(document=DocumentKind.APPLICATION, defect=Defect.MISSING),
    Finding(
        document=DocumentKind.VKK_CONCLUSION,
        defect=Defect.EXPIRED,
        number="0012",
        expired_on=date(2025, 5, 25),
    ),
)
ADMITTED = Admit(
    decision="admit",
    grade=4,
    language_of_instruction=InstructionLanguage.KK,
    period_from=date(2026, 12, 1),
    period_to=date(2027, 5, 25),
    specialists=("at001-specialist-1",),
)
PLAN = SubmitPlan(
    programme="жеке оқу жұмыс жоспары",
    responsible="Жоспарова Ғалия",
    subjects=(
        PlanSubject(subject="Қазақ тілі", weekly_hours=Decimal(2), teacher="Сынақбаева Ләззат"),
        PlanSubject(subject="Математика", weekly_hours=Decimal("2.50"), teacher="Пробный Андрей"),
    ),
    agreed_with_parent_on=date(2026, 11, 24),
)


def a_source(kind: PaperKind, **changes: Any) -> PaperSource:
    source: dict[str, Any] = {
        "kind": kind,
        "number": "7-Ш",
        "issued_at": datetime(2026, 11, 24, 20, 30, tzinfo=UTC),
        "school": SCHOOL,
        "case_number": "AT001-2026-00007",
        "channel": Channel.PORTAL,
        "language": KK,
        "received_at": datetime(2026, 11, 23, 4, 5, tzinfo=UTC),
        "registration_number": "5-Ө",
        "registered_at": datetime(2026, 11, 23, 6, 0, tzinfo=UTC),
        "due_at": datetime(2026, 11, 25, 13, 30, tzinfo=UTC),
        "applicant": Applicant(
            name=PersonName(surname="Үлгібаева", first_name="Гауһар"),
            iin=APPLICANT_IIN,
            capacity=Capacity.PARENT,
            address="Сынақ көшесі, 1-үй",
            phone="+77000000011",
        ),
        "child": Child(name=PersonName(surname="Үлгібаев", first_name="Жәңгір"), iin=CHILD_IIN),
        "documents": (VKK,),
        "findings": FINDINGS,
        "reasoning": "Өтініш тапсырылмаған",
        "admitted": ADMITTED,
        "plan": PLAN,
        "signed_by": HEAD,
        "complaint": a_complaint(),
        "withdrawal": Withdrawal(by_office=False),
        "period": OrderedPeriod(
            order_number="3-ҮО", ordered_at=datetime(2026, 11, 24, 20, 0, tzinfo=UTC), ends=date(2027, 5, 25)
        ),
    }
    return PaperSource(**(source | changes))
