"""Registering a complaint (R9.4): number, moment and terms, in the transaction of the act that files it."""

from datetime import datetime
from uuid import UUID, uuid4

from activities.register.complaints.issue import issue_complaint_paper
from activities.register.complaints.terms import start_term
from activities.register.directory import read_school
from activities.register.house_rules import HouseRules
from activities.register.pool import Connection
from activities.register.records import LockedCase
from activities.register.statements import fetch_one, sql
from domain.acts import Act, FileComplaint
from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee, Subject
from domain.complaint_filing import FiledComplaint
from domain.complaint_stages import ComplaintStage
from domain.complaint_window import window_until
from domain.events import Event
from domain.legal_time import legal_date
from domain.numbers import complaint_number
from domain.paper_kinds import PaperKind
from domain.staff import APPLICANT

_FIRST_TERM = {
    ComplaintStage.REGISTERED: ComplaintTermKind.CONSIDERATION,
    ComplaintStage.FORWARDING: ComplaintTermKind.FORWARDING,
    ComplaintStage.AT_AUTHORITY: ComplaintTermKind.REGISTRATION,
}


async def enter_complaint(
    case: LockedCase,
    act: Act,
    content: FileComplaint,
    filed: FiledComplaint,
    at: datetime,
    rules: HouseRules,
) -> UUID:
    """Gives the complaint its number and starts its first term; the complainant gets the confirmation."""
    connection = case.connection
    school = await read_school(connection, case.school_bin)
    of_the_head = content.addressee is Addressee.HEAD
    considered_by = school.bin if of_the_head else school.authorised_body_bin
    year = legal_date(at).year
    seq = await connection.fetchval(sql("next_number"), school.bin, "COMPLAINT", year)
    complaint_id, number = uuid4(), complaint_number(school.code, year, seq)
    await connection.execute(
        sql("insert_complaint"),
        complaint_id,
        case.case_id,
        number,
        act.act_id,
        content.addressee,
        filed.via,
        filed.form,
        content.object,
        filed.attacked_act,
        filed.attacked_outcome,
        filed.attacked_by,
        case.round,
        considered_by,
        filed.conflict,
        await _is_late(connection, case, content, filed, at),
        at,
        None if act.actor == APPLICANT else act.actor,
        filed.stage,
    )
    keeper = considered_by if filed.stage is ComplaintStage.AT_AUTHORITY else school.bin
    kind = _FIRST_TERM[filed.stage]
    await start_term(connection, complaint_id, kind, content.addressee, keeper, at, act.act_id)
    await issue_complaint_paper(case, complaint_id, PaperKind.COMPLAINT_CONFIRMATION, at, act, rules)
    await case.tell("HEAD", Event.COMPLAINT_REGISTERED, at, complaint=number)
    if not of_the_head:
        await case.tell("QUALITY_CONTROL", Event.COMPLAINT_REGISTERED, at, complaint=number)
    return complaint_id


async def _is_late(
    connection: Connection, case: LockedCase, content: FileComplaint, filed: FiledComplaint, at: datetime
) -> bool:
    """D2: whether the three months are over, counted from the earliest day on which one can have learnt of it."""
    if filed.attacked_outcome:
        # Q30: an office refusal is known from the day on which it was handed over or posted.
        outcome = await fetch_one(connection, "read_outcome", case.case_id, case.round)
        return outcome["answered_at"] is not None and at >= window_until(outcome["answered_at"])
    if filed.attacked_act:
        attacked = await fetch_one(connection, "find_act", filed.attacked_act)
        return at >= window_until(attacked["at"])
    if content.object is Subject.INACTION:
        term = await fetch_one(connection, "read_term", case.case_id, case.round)
        return at >= window_until(term["due_at"])
    return False
