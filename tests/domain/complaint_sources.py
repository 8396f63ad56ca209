"""What papers about a complaint are made of in tests: a complaint with all that any of them says."""

from datetime import UTC, datetime
from typing import Any

from domain.complaint import ComplaintTermKind, Via
from domain.complaint_acts import (
    Addressee,
    ComplaintDecision,
    ExtendComplaint,
    ExtensionGround,
    Form,
    ForwardComplaint,
    Ruling,
    SettleComplaint,
    Subject,
)
from domain.complaint_facts import BodyFacts
from domain.complaint_source import Attacked, ComplaintSource, Issued, MovedTerm, PassedTerm
from domain.documents import DocumentKind
from domain.package import Document
from domain.paper_kinds import PaperKind
from domain.stages import Stage
from domain.wording import Bilingual

BODY = BodyFacts(
    bin="010941000019",
    name=Bilingual(kk="Үлгі департаменті", ru="Образцовый департамент"),
    address=Bilingual(kk="Үлгі қаласы, 9-үй", ru="город Образцовый, дом 9"),
    phone="+77172000009",
)
PASSED_AT = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
REGISTERED = datetime(2026, 11, 24, 5, 10, tzinfo=UTC)
AGAINST_THE_REFUSAL = Attacked(
    object=Subject.DECISION,
    outcome=Stage.REFUSED,
    number="6-Ш",
    decided_at=datetime(2026, 11, 20, 5, tzinfo=UTC),
)
UPHELD = ComplaintDecision(ruling=Ruling.UPHELD, reasons="Қорытынды өтініш берілген күні жарамды болған.")
MEASURE = {"measure": "Мектеп құжаттарды қайта қарайды", "measure_on": "2026-12-01"}
PARTLY = ComplaintDecision.model_validate({**UPHELD.model_dump(), "ruling": Ruling.PARTLY, **MEASURE})
REJECTED = UPHELD.model_copy(update={"ruling": Ruling.REJECTED})
SETTLEMENT = SettleComplaint(measure="Мектеп бас тарту туралы шешімін өзі қайта қарайды")
EXTENSION = ExtendComplaint(
    working_days=10, ground=ExtensionGround.FURTHER_STUDY, reason="Мектепке барып тексеру қажет болды"
)
FORWARDED = ForwardComplaint(note="Отказ вынесен в срок, недостатки названы в нем поименно")
FILED = Document(
    kind=DocumentKind.VKK_CONCLUSION, number="0011", issued_on=datetime(2026, 9, 10, tzinfo=UTC).date()
)

AT_THE_BODY: dict[str, Any] = {
    "addressee": Addressee.QUALITY_BODY,
    "working_days": 15,
    "body_number": "ЖТ-77",
    "body_registered_at": datetime(2026, 11, 26, 4, tzinfo=UTC),
    "due_at": datetime(2026, 12, 18, 13, 30, tzinfo=UTC),
    "forwarding_working_days": 3,
    "forwarding_due_at": datetime(2026, 11, 27, 13, 30, tzinfo=UTC),
}
"""Forwarded by the school, and registered by the body."""
TO_THE_BODY: dict[str, Any] = {
    **AT_THE_BODY,
    "body_number": None,
    "body_registered_at": None,
    "due_at": None,
    "old_due_at": None,
}
"""Addressed to the body and still at the school."""


def a_complaint(**changes: Any) -> ComplaintSource:
    """To the head, against the refusal, electronic, answered in time; changes are of its fields."""
    complaint: dict[str, Any] = {
        "number": "AT001-2026-S00003",
        "addressee": Addressee.HEAD,
        "via": Via.SCHOOL,
        "form": Form.ELECTRONIC,
        "registered_at": REGISTERED,
        "attacked": AGAINST_THE_REFUSAL,
        "body": BODY,
        "working_days": 5,
        "old_due_at": datetime(2026, 11, 24, 13, 30, tzinfo=UTC),
        "due_at": datetime(2026, 12, 1, 13, 30, tzinfo=UTC),
        "answer": UPHELD,
        "extension": EXTENSION,
        "forwarding": FORWARDED,
        "passed": PassedTerm(kind=ComplaintTermKind.CONSIDERATION, due_at=PASSED_AT),
        "moved": MovedTerm(
            kind=ComplaintTermKind.CONSIDERATION,
            act="Сынақ министрлігінің № 1 бұйрығы",
            old_due_at=PASSED_AT,
            due_at=datetime(2026, 12, 1, 13, 30, tzinfo=UTC),
            notice_issued_at=datetime(2026, 11, 24, 13, 31, tzinfo=UTC),
        ),
        "documents": (FILED,),
        "issued": (
            Issued(kind=PaperKind.REFUSAL, number="6-Ш", issued_at=datetime(2026, 11, 20, 5, tzinfo=UTC)),
        ),
    }
    return ComplaintSource(**(complaint | changes))
