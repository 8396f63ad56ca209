"""The parts that several papers share: head, people, package, complaint route and signature."""

from collections.abc import Iterable

from domain.paper_facts import ComplaintFacts, DocumentFacts, PaperFacts, PersonFacts
from domain.paper_kinds import PaperKind
from domain.paper_texts.words import Words
from domain.standard import Channel

Block = tuple[str, ...]
"""Lines that stand together; blocks are set apart by an empty line."""


def head(facts: PaperFacts, words: Words) -> Block:
    """Whose paper it is."""
    school = facts.school
    return (
        words.school.format(
            name=school.name.said_in(words.language),
            bin=school.bin,
            address=school.address.said_in(words.language),
            phone=school.phone,
        ),
    )


def title(facts: PaperFacts, words: Words) -> Block:
    """What paper it is, its number and moment."""
    moment = facts.issued_at.strftime(words.moment)
    return (words.titles[facts.kind], words.number.format(number=facts.number, moment=moment))


def service(facts: PaperFacts, words: Words) -> Block:
    """The exact title of the service, its legal basis (R1.1), and the form of the Rules that the paper follows."""
    lines = (
        words.service.format(title=facts.service.title.said_in(words.language)),
        words.legal_basis.format(basis=facts.service.legal_basis.said_in(words.language)),
        words.forms.get(facts.kind),
    )
    return tuple(line for line in lines if line)


def people(facts: PaperFacts, words: Words) -> Block:
    """The applicant with the address or cabinet, and the child."""
    lines = [words.addressee.format(name=facts.applicant.name, iin=masked(facts.applicant, words))]
    if facts.applicant.address:
        lines.append(words.address.format(address=facts.applicant.address))
    if facts.applicant.phone:
        lines.append(words.phone.format(phone=facts.applicant.phone))
    if facts.case.channel is Channel.PORTAL:
        lines.append(words.cabinet.format(moment=facts.issued_at.strftime(words.moment)))
    who = words.pupil if facts.for_self else words.child
    lines.append(who.format(name=facts.child.name, iin=masked(facts.child, words)))
    return tuple(lines)


def masked(person: PersonFacts, words: Words) -> str:
    """The person's IIN as papers show it."""
    return words.iin.format(masked=person.iin_masked)


def application(facts: PaperFacts, words: Words) -> Block:
    """The application's number and moment, and those of its registration where there is one."""
    case = facts.case
    lines = [words.application.format(number=case.number, moment=case.received_at.strftime(words.moment))]
    if case.registration_number and case.registered_at:
        moment = case.registered_at.strftime(words.moment)
        lines.append(words.registered.format(number=case.registration_number, moment=moment))
    return tuple(lines)


def documents(facts: PaperFacts, words: Words) -> Block:
    """The documents taken in, each by name, and their count."""
    if not facts.documents:
        return (words.no_documents,)
    names = (document_name(document, words) for document in facts.documents)
    return (words.documents, *numbered(names), words.document_count.format(count=len(facts.documents)))


def document_name(document: DocumentFacts, words: Words) -> str:
    """A document by its name, number, day and issuer, as far as they are known."""
    day = document.issued_on and document.issued_on.strftime(words.day)
    number = document.number and f"№ {document.number}"
    parts = (document.name.said_in(words.language), document.title, number, day, document.issuer)
    return ", ".join(part for part in parts if part)


def numbered(lines: Iterable[str]) -> Block:
    """The lines with 1), 2), 3) before them."""
    return tuple(f"{count}) {line}" for count, line in enumerate(lines, start=1))


def complaint(complaint: ComplaintFacts | None, school: str, words: Words) -> Block:
    """Both routes with their terms, the time to complain, and the court (R9.7, R10.1)."""
    if complaint is None:
        return ()
    day = complaint.not_before.strftime(words.day)
    body = complaint.authorised_body.said_in(words.language)
    return (
        words.complaint_heading,
        words.complaint_may_be_filed,
        words.complaint_to_head.format(school=school, days=complaint.head_working_days),
        words.complaint_to_body.format(body=body, days=complaint.body_working_days),
        words.complaint_window.format(months=complaint.months, day=day),
        words.complaint_late,
        words.court,
    )


def signature(facts: PaperFacts, words: Words) -> Block:
    """Who signs and how; paper copies of a refusal have room for the applicant's mark of receipt."""
    if facts.signed_by is None:
        return ()
    signed = facts.signed_by
    post = signed.post.said_in(words.language)
    lines = [f"{post[:1].upper()}{post[1:]}: {signed.name}", _mark(facts, words)]
    if facts.kind is PaperKind.REFUSAL and facts.case.channel is Channel.OFFICE:
        lines.append(words.mark_of_receipt)
    return tuple(lines)


def _mark(facts: PaperFacts, words: Words) -> str:
    if facts.case.channel is Channel.OFFICE:
        return words.hand_signature
    if facts.signed_by is None or facts.signed_by.signature is None:
        return words.no_digital_signature
    return words.digital_signature.format(signature=facts.signed_by.signature)
