"""What each kind of paper says between its head and its signature, in the order of the Rules' paragraphs."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from domain.grades import PaperLanguage
from domain.package import Defect
from domain.paper_facts import DefectFacts, OrderFacts, PaperFacts, RefusalFacts
from domain.paper_kinds import PaperKind
from domain.paper_texts import layout
from domain.paper_texts.kazakh import KAZAKH
from domain.paper_texts.layout import Block
from domain.paper_texts.russian import RUSSIAN
from domain.paper_texts.words import Words
from domain.standard import Channel

Part = TypeVar("Part")

_WORDS = {words.language: words for words in (KAZAKH, RUSSIAN)}


def text_of(facts: PaperFacts, language: PaperLanguage) -> str:
    """The whole paper as plain text; days as dd.mm.yyyy, moments in local time."""
    words = _WORDS[language]
    school = facts.school.name.said_in(language)
    blocks = (
        layout.head(facts, words),
        layout.title(facts, words),
        layout.service(facts, words),
        layout.people(facts, words),
        *_BODIES[facts.kind](facts, words),
        layout.complaint(facts.complaint, school, words),
        layout.signature(facts, words),
    )
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _part(part: Part | None, facts: PaperFacts) -> Part:
    if part is None:
        raise ValueError(f"the facts of {facts.kind} {facts.number} lack what this kind of paper must say")
    return part


# par. 4 - receipt of the office


def _receipt(facts: PaperFacts, words: Words) -> tuple[Block, ...]:
    return (
        layout.application(facts, words),
        layout.documents(facts, words),
        (words.receipt if facts.documents else words.receipt_without_documents,),
        (
            *_result(facts, words),
            words.follow.format(phone=facts.school.phone),
        ),
    )


def _result(facts: PaperFacts, words: Words) -> Block:
    lines = [words.result_due.format(moment=facts.case.due_at.strftime(words.moment))]
    if facts.case.effective_day:
        lines.insert(0, words.effective_day.format(day=facts.case.effective_day.strftime(words.day)))
    if facts.case.channel is Channel.PORTAL:
        return (*lines, words.result_place_portal)
    return (*lines, words.result_place_office.format(address=facts.school.address.said_in(words.language)))


# par. 5 - notice of acceptance of documents


def _notice_of_acceptance(facts: PaperFacts, words: Words) -> tuple[Block, ...]:
    return (
        layout.application(facts, words),
        (words.accepted,),
        layout.documents(facts, words),
        _result(facts, words),
        (words.next_step, words.contact.format(phone=facts.school.phone)),
    )


# par. 4, 5 - reasoned refusal of further consideration


def _refusal(facts: PaperFacts, words: Words) -> tuple[Block, ...]:
    refusal = _part(facts.refusal, facts)
    on_the_portal = facts.case.channel is Channel.PORTAL
    grounds = (ground.words.said_in(words.language) for ground in refusal.grounds)
    return (
        layout.application(facts, words),
        (words.refused_on_the_portal if on_the_portal else words.refused_at_the_office,),
        (words.grounds, *layout.numbered(grounds)),
        _missing(refusal, words),
        _expired(refusal, words),
        (words.reasoning.format(reasoning=refusal.reasoning),),
        (words.cure_heading, *_cure(refusal, words), words.contact.format(phone=facts.school.phone)),
    )


def _cure(refusal: RefusalFacts, words: Words) -> Block:
    found = {defect.defect for defect in refusal.defects}
    parts = {Defect.MISSING: words.cure_missing, Defect.EXPIRED: words.cure_expired}
    return (*(part for defect, part in parts.items() if defect in found), words.cure)


def _missing(refusal: RefusalFacts, words: Words) -> Block:
    names = [_missing_name(defect, words) for defect in refusal.defects if defect.defect is Defect.MISSING]
    return (words.missing, *layout.numbered(names)) if names else ()


def _missing_name(defect: DefectFacts, words: Words) -> str:
    name = _defect_name(defect, words)
    return words.missing_document.format(name=name, note=defect.note) if defect.note else name


def _expired(refusal: RefusalFacts, words: Words) -> Block:
    names = [_expired_name(defect, words) for defect in refusal.defects if defect.defect is Defect.EXPIRED]
    return (words.expired, *layout.numbered(names)) if names else ()


def _expired_name(defect: DefectFacts, words: Words) -> str:
    name = _defect_name(defect, words)
    if defect.expired_on:
        name = words.expired_document.format(name=name, day=defect.expired_on.strftime(words.day))
    return words.expired_note.format(name=name, note=defect.note) if defect.note else name


def _defect_name(defect: DefectFacts, words: Words) -> str:
    name = defect.name.said_in(words.language)
    return f"{name}, № {defect.number}" if defect.number else name


# par. 7 - order on admission to individual free education at home


def _order(facts: PaperFacts, words: Words) -> tuple[Block, ...]:
    order = _part(facts.order, facts)
    admit = words.admit_pupil if facts.for_self else words.admit
    child = admit.format(name=facts.child.name, iin=layout.masked(facts.child, words))
    return (
        _ground(facts, order, words),
        (words.i_order,),
        (f"1. {child}", *_admission(order, words)),
        (f"2. {words.subjects}", *_subjects(order, words), *_agreed(facts, order, words)),
        (f"3. {words.responsible.format(responsible=order.responsible)}",),
    )


def _ground(facts: PaperFacts, order: OrderFacts, words: Words) -> Block:
    day = facts.case.received_at.strftime(words.day)
    names = (layout.document_name(conclusion, words) for conclusion in order.conclusions)
    return (words.on_the_ground_of.format(number=facts.case.number, day=day), *layout.numbered(names))


def _admission(order: OrderFacts, words: Words) -> Block:
    begins, ends = (day.strftime(words.day) for day in (order.period_from, order.period_to))
    return (
        words.grade.format(grade=order.grade),
        words.language_of_instruction.format(language=order.language_name.said_in(words.language)),
        words.period.format(begins=begins, ends=ends),
        words.programme.format(programme=order.programme),
    )


def _subjects(order: OrderFacts, words: Words) -> Block:
    subjects = (
        words.subject.format(subject=entry.subject, hours=_hours(entry.weekly_hours), teacher=entry.teacher)
        for entry in order.subjects
    )
    lines = [*layout.numbered(subjects), words.weekly_hours.format(hours=_hours(order.weekly_hours))]
    if order.timetable:
        lines.append(words.timetable.format(timetable=order.timetable))
    return tuple(lines)


def _agreed(facts: PaperFacts, order: OrderFacts, words: Words) -> Block:
    if order.agreed_with_parent_on is None:
        return ()
    agreed = words.agreed_with_pupil if facts.for_self else words.agreed
    return (agreed.format(day=order.agreed_with_parent_on.strftime(words.day)),)


def _hours(hours: Decimal) -> str:
    return f"{hours.normalize():f}".replace(".", ",")


# when the term is over without a result (Q22)


def _silence_notice(facts: PaperFacts, words: Words) -> tuple[Block, ...]:
    due = facts.case.due_at.strftime(words.moment)
    contact = words.contact.format(phone=facts.school.phone)
    if facts.case.decided_on:
        day = facts.case.decided_on.strftime(words.day)
        return (
            layout.application(facts, words),
            (words.decided_not_delivered.format(moment=due, day=day),),
            (words.decision_is_owed, contact),
        )
    return (
        layout.application(facts, words),
        (words.silence.format(moment=due),),
        (words.silence_meaning,),
        (words.silence_case_open, contact),
    )


_BODIES: dict[PaperKind, Callable[[PaperFacts, Words], tuple[Block, ...]]] = {
    PaperKind.RECEIPT: _receipt,
    PaperKind.NOTICE_OF_ACCEPTANCE: _notice_of_acceptance,
    PaperKind.REFUSAL: _refusal,
    PaperKind.ORDER: _order,
    PaperKind.SILENCE_NOTICE: _silence_notice,
}
