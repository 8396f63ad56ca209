"""What the applicant gets first: the receipt at the office (par. 4), the notice on the portal (par. 5)."""

from datetime import UTC, date, datetime

import pytest

from domain.documents import DocumentKind
from domain.grades import PaperLanguage
from domain.papers import PaperKind
from tests.domain.paper_sources import BOTH, KK, RU, SCHOOL
from tests.papers.readers import OFFICE, assert_all_in, says

FIRST_ANSWERS = pytest.mark.parametrize("kind", [PaperKind.RECEIPT, PaperKind.NOTICE_OF_ACCEPTANCE])


def row_of_the_conclusion(language: PaperLanguage) -> str:
    name = DocumentKind.VKK_CONCLUSION.wording.said_in(language)
    return f"1 {name[0].upper()}{name[1:]}, № 1 үлгі емхана 0011 10.09.2026"


@BOTH
def test_par_4_the_receipt_lists_the_documents_and_tells_when_and_where_the_result_comes(
    language: PaperLanguage,
) -> None:
    text = says(PaperKind.RECEIPT, language, channel=OFFICE)
    count = {KK: "Барлығы: 1 құжат", RU: "Всего документов: 1"}[language]
    place = {KK: f"берілетін орын: {SCHOOL.address_kk}", RU: f"выдачи результата: {SCHOOL.address_ru}"}[
        language
    ]
    assert_all_in(text, "AT001-2026-00007", "23.11.2026", "09:05", row_of_the_conclusion(language), count)
    assert_all_in(text, "25.11.2026", "18:30", place, "Басшыбаев Ерлан")


@BOTH
def test_par_4_the_receipt_tells_where_to_ask_how_far_the_application_is(language: PaperLanguage) -> None:
    asked = {KK: "мына телефоннан біле аласыз: +7 717 200 00 01", RU: "по телефону: +7 717 200 00 01"}
    assert asked[language] in says(PaperKind.RECEIPT, language, channel=OFFICE)


@BOTH
def test_par_4_a_receipt_for_an_application_without_documents_says_so(language: PaperLanguage) -> None:
    text = says(PaperKind.RECEIPT, language, channel=OFFICE, documents=())
    assert {KK: "Құжаттар тапсырылған жоқ", RU: "Документы не представлены"}[language] in text
    assert {KK: "құжаттардың тапсырылғанын растайды", RU: "что документы сданы"}[language] not in text


@BOTH
@FIRST_ANSWERS
def test_par_5_the_paper_names_the_day_of_receipt_where_it_is_not_the_day_of_arrival(
    kind: PaperKind, language: PaperLanguage
) -> None:
    why = {KK: "Жұмыс уақытынан тыс", RU: "вне рабочего времени"}[language]
    text = says(kind, language, effective_day=date(2026, 11, 27))
    assert_all_in(text, why, "27.11.2026")
    assert why not in says(kind, language, effective_day=date(2026, 11, 23))
    assert why not in says(kind, language)


@BOTH
def test_par_7_a_notice_after_the_term_does_not_promise_the_order_within_it(language: PaperLanguage) -> None:
    within = {KK: "осы мерзім ішінде шығарылады", RU: "издается в тот же срок"}[language]
    over = {KK: "мерзімі аяқталды: 25.11.2026, сағат 18:30", RU: "истек: 25.11.2026, 18:30"}[language]
    in_time = says(PaperKind.NOTICE_OF_ACCEPTANCE, language)
    late = says(PaperKind.NOTICE_OF_ACCEPTANCE, language, issued_at=datetime(2026, 11, 26, 5, tzinfo=UTC))
    assert [words in in_time for words in (within, over)] == [True, False]
    assert [words in late for words in (within, over)] == [False, True]


@BOTH
def test_par_5_the_notice_has_registration_documents_term_next_step_and_the_cabinet(
    language: PaperLanguage,
) -> None:
    text = says(PaperKind.NOTICE_OF_ACCEPTANCE, language)
    next_step = {KK: "Қағиданың 6-тармағы", RU: "пункт 6 Правил"}[language]
    cabinet = {KK: "«жеке кабинет", RU: "«личный кабинет»"}[language]
    assert_all_in(text, "5-Ө", "23.11.2026", "11:00", row_of_the_conclusion(language))
    assert_all_in(text, "25.11.2026", "18:30", next_step, cabinet)


@BOTH
def test_par_5_the_notice_names_its_form(language: PaperLanguage) -> None:
    form = {KK: "3-қосымшаға сәйкес нысан бойынша", RU: "по форме согласно приложению 3"}[language]
    assert form in says(PaperKind.NOTICE_OF_ACCEPTANCE, language)
