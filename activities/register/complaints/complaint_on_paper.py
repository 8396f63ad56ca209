"""A complaint as its papers tell of it: read under the lock of its case, with what the act at hand has just done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from activities.register.complaints.records import locked_complaint
from activities.register.directory import read_staff_member
from activities.register.packages import read_documents
from activities.register.pool import Connection, Row
from activities.register.records import LockedCase
from activities.register.statements import fetch_one, sql
from domain.acts import Act, ComplaintDecision, ExtendComplaint, ForwardComplaint, SettleComplaint
from domain.complaint import Complaint, ComplaintTermKind
from domain.complaint_acts import FileComplaint
from domain.complaint_facts import BodyFacts
from domain.complaint_procedure import ComplaintTaken
from domain.complaint_source import Attacked, ComplaintSource, Issued, MovedTerm, PassedTerm
from domain.complaint_term import working_days_of
from domain.legal_time import legal_date
from domain.wording import Bilingual

Told = Act | PassedTerm | MovedTerm
"""What a paper about a complaint tells of: what somebody did, or what became of a term."""


async def complaint_on_paper(
    case: LockedCase, complaint_id: UUID, told: Told, at: datetime, taken: ComplaintTaken | None = None
) -> ComplaintSource:
    """The complaint as it stands, with what is told of it and what follows; LookupError when it is not of the case."""
    connection = case.connection
    locked = await locked_complaint(case, complaint_id)
    complaint, row = locked.read, await fetch_one(connection, "read_complaint", complaint_id)
    matter = await fetch_one(connection, "read_complaint_matter", complaint_id)
    accepted_by = row["accepted_by"]
    return ComplaintSource(
        number=complaint.number,
        addressee=complaint.addressee,
        via=complaint.via,
        form=complaint.form,
        registered_at=complaint.registered_at,
        accepted_by=await read_staff_member(connection, accepted_by) if accepted_by else None,
        attacked=_attacked(complaint, matter),
        body=_body(matter),
        body_number=row["body_number"],
        body_registered_at=row["body_registered_at"],
        late=row["late"],
        conflict=row["conflict"],
        **await _terms(connection, complaint, at),
        **await _told(case, complaint, told, taken),
    )


def _attacked(complaint: Complaint, matter: Row) -> Attacked:
    filed = FileComplaint.model_validate(matter["filed"])
    return Attacked(
        object=complaint.object,
        outcome=complaint.attacked_outcome,
        number=matter["attacked_number"],
        decided_at=matter["attacked_at"],
        action=filed.action,
    )


def _body(matter: Row) -> BodyFacts:
    address = matter["body_address_kk"] and Bilingual(
        kk=matter["body_address_kk"], ru=matter["body_address_ru"]
    )
    return BodyFacts(
        bin=matter["body_bin"],
        name=Bilingual(kk=matter["body_name_kk"], ru=matter["body_name_ru"]),
        address=address,
        phone=matter["body_phone"],
    )


async def _terms(connection: Connection, complaint: Complaint, at: datetime) -> Mapping[str, Any]:
    rows = await connection.fetch(sql("list_complaint_terms"), complaint.complaint_id)
    terms = {ComplaintTermKind(row["kind"]): row for row in rows}
    answering = terms.get(ComplaintTermKind.CONSIDERATION)
    forwarding = terms.get(ComplaintTermKind.FORWARDING)
    plain = working_days_of(ComplaintTermKind.CONSIDERATION, complaint.addressee, legal_date(at))
    return {
        "working_days": answering["working_days"] if answering else plain,
        "due_at": answering and answering["due_at"],
        "effective_day": answering["effective_day"] if answering and not answering["extended_by"] else None,
        "forwarding_working_days": forwarding and forwarding["working_days"],
        "forwarding_due_at": forwarding and forwarding["due_at"],
        "old_due_at": await connection.fetchval(sql("read_due_before_extension"), complaint.complaint_id),
    }


async def _told(
    case: LockedCase, complaint: Complaint, told: Told, taken: ComplaintTaken | None
) -> Mapping[str, Any]:
    if isinstance(told, PassedTerm):
        return {"passed": told}
    if isinstance(told, MovedTerm):
        return {"moved": told}
    by_the_one_complained_of = told.actor == complaint.attacked_by
    return {"by_the_one_complained_of": by_the_one_complained_of, **await _done(case, told, taken)}


async def _done(case: LockedCase, act: Act, taken: ComplaintTaken | None) -> Mapping[str, Any]:
    content = act.content
    if isinstance(content, ComplaintDecision | SettleComplaint):
        assert taken is not None, "an answer does something to its complaint"
        return {"answer": content, "consequence": taken.consequence, "other_case": taken.other_case}
    if isinstance(content, ExtendComplaint):
        return {"extension": content}
    if isinstance(content, ForwardComplaint):
        return {"forwarding": content, **await _file(case)}
    return {}


async def _file(case: LockedCase) -> Mapping[str, Any]:
    papers = await case.connection.fetch(sql("list_papers"), case.case_id)
    return {
        "documents": await read_documents(case.connection, case.case_id),
        "issued": tuple(
            Issued(kind=paper["kind"], number=paper["number"], issued_at=paper["issued_at"])
            for paper in papers
        ),
    }
