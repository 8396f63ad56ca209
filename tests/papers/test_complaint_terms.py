"""Paragraphs 9 and 10: a term of a complaint that is over, the next route, and the notice that withdraws that."""

from typing import Any

import pytest

from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Form
from domain.complaint_source import PassedTerm
from domain.grades import PaperLanguage
from domain.papers import PaperKind
from tests.domain.complaint_sources import AT_THE_BODY, BODY, PASSED_AT, TO_THE_BODY, a_complaint
from tests.domain.paper_sources import BOTH, KK, RU, SCHOOL
from tests.papers.readers import assert_all_in, says

TO_THE_BODY_NEXT = {
    KK: "уәкілетті органға (Үлгі департаменті) шағым беруге құқылысыз",
    RU: "подать жалобу в уполномоченный орган",
}
COURT = {KK: "сотқа жүгінуге құқылысыз", RU: "вправе обратиться в суд"}
MONTHS = {KK: "3 ай ішінде беріледі", RU: "в течение 3 месяцев"}


def passed(language: PaperLanguage, kind: ComplaintTermKind, **changes: Any) -> str:
    term = PassedTerm(kind=kind, due_at=PASSED_AT)
    complaint = a_complaint(**{**changes, "passed": term, "moved": None})
    return says(PaperKind.COMPLAINT_TERM_NOTICE, language, signed_by=None, complaint=complaint)


@BOTH
def test_par_9_silence_of_the_head_shows_the_way_to_the_body_and_to_court(language: PaperLanguage) -> None:
    text = passed(language, ComplaintTermKind.CONSIDERATION)
    silent = {KK: "басшысы дәлелді жауап берген жоқ", RU: "мотивированного ответа не дал"}[language]
    over = {KK: "аяқталды: 24.11.2026, сағат 18:30", RU: "истек: 24.11.2026, 18:30"}[language]
    assert_all_in(text, over, silent, TO_THE_BODY_NEXT[language], MONTHS[language], COURT[language])


@BOTH
def test_par_10_silence_of_the_body_leaves_the_way_to_court(language: PaperLanguage) -> None:
    text = passed(language, ComplaintTermKind.CONSIDERATION, **AT_THE_BODY)
    silent = {KK: "уәкілетті орган (Үлгі департаменті) дәлелді", RU: "уполномоченный орган (Образцовый"}
    assert_all_in(text, silent[language], COURT[language], BODY.bin)
    assert TO_THE_BODY_NEXT[language] not in text


@BOTH
def test_d3_what_the_school_has_not_forwarded_the_applicant_may_bring_to_the_body(
    language: PaperLanguage,
) -> None:
    text = passed(language, ComplaintTermKind.FORWARDING, **TO_THE_BODY)
    itself = {KK: "тікелей беруге құқылысыз", RU: "непосредственно в уполномоченный орган"}[language]
    assert_all_in(text, itself, COURT[language], SCHOOL.bin)
    assert MONTHS[language] not in text


@BOTH
def test_d3_a_case_file_that_was_not_sent_holds_up_nothing(language: PaperLanguage) -> None:
    text = passed(language, ComplaintTermKind.FORWARDING, **AT_THE_BODY)
    goes_on = {KK: "қарауды тоқтатпайды", RU: "это не останавливает"}[language]
    assert_all_in(text, goes_on, SCHOOL.bin)


@BOTH
def test_r9_4_what_the_body_has_not_registered_has_no_term_yet(language: PaperLanguage) -> None:
    text = passed(language, ComplaintTermKind.REGISTRATION, **TO_THE_BODY)
    from_then = {KK: "ол тіркелген күннен бастап", RU: "исчисляется со дня ее регистрации"}[language]
    assert BODY.phone
    assert_all_in(text, from_then, "+7 717 200 00 09", COURT[language])


@BOTH
def test_d4_an_extension_that_was_not_told_is_told_with_the_new_term(language: PaperLanguage) -> None:
    text = passed(language, ComplaintTermKind.EXTENSION_NOTICE, form=Form.PAPER)
    assert_all_in(text, {KK: "жаңа мерзімі: 01.12.2026", RU: "новый срок: 01.12.2026"}[language])


@BOTH
@pytest.mark.parametrize("kind", ComplaintTermKind)
def test_par_9_no_notice_about_a_term_of_a_complaint_decides_anything(
    kind: ComplaintTermKind, language: PaperLanguage
) -> None:
    nothing = {KK: "шағым бойынша шешім емес", RU: "не является решением по жалобе"}[language]
    assert nothing in passed(language, kind)


@BOTH
def test_the_correcting_notice_withdraws_the_notice_of_the_term_of_a_complaint(
    language: PaperLanguage,
) -> None:
    text = says(PaperKind.COMPLAINT_CORRECTING_NOTICE, language, signed_by=None)
    terms = {
        KK: ("Бұрынғы мерзім: 24.11.2026, сағат 18:30", "Жаңа мерзім: 01.12.2026, сағат 18:30"),
        RU: ("Прежний срок: 24.11.2026, 18:30", "Новый срок: 01.12.2026, 18:30"),
    }[language]
    withdrawn = {KK: "24.11.2026 күнгі хабарлама күшін жояды", RU: "срока от 24.11.2026 утратило силу"}
    assert_all_in(text, *terms, withdrawn[language], "№ 1 бұйрығы", COURT[language])
