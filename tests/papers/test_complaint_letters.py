"""D3 and D4: the covering letter to the authorised body, and the notice that the term is extended."""

from datetime import UTC, datetime
from typing import Any

from domain.complaint import Via
from domain.grades import PaperLanguage
from domain.papers import PaperKind
from tests.domain.complaint_sources import AT_THE_BODY, BODY, EXTENSION, FORWARDED, TO_THE_BODY, a_complaint
from tests.domain.paper_sources import BOTH, KK, RU, SCHOOL
from tests.papers.readers import assert_all_in, says


def forwarded(language: PaperLanguage, **changes: Any) -> str:
    source = changes.pop("source", {})
    complaint = a_complaint(**{**TO_THE_BODY, **changes})
    return says(PaperKind.COVERING_LETTER, language, complaint=complaint, **source)


@BOTH
def test_d3_the_letter_goes_from_the_school_to_the_body(language: PaperLanguage) -> None:
    text = forwarded(language)
    assert BODY.address
    assert_all_in(text, BODY.name.model_dump()[language], BODY.address.model_dump()[language], SCHOOL.bin)
    assert_all_in(text, {KK: "91-бабының 4-тармағына", RU: "пункта 4 статьи 91"}[language])


@BOTH
def test_d3_the_letter_lists_the_case_file(language: PaperLanguage) -> None:
    text = forwarded(language)
    rows = {
        KK: (
            "1 Шағым AT001-2026-S00003 24.11.2026",
            "2 Мемлекеттік көрсетілетін қызметке өтініш AT001-2026-00007 23.11.2026",
            "(ДКК) қорытындысы 0011 10.09.2026",
            "4 Өтінішті одан әрі қараудан дәлелді бас тарту 6-Ш 20.11.2026",
            "5 Электрондық түрдегі іс: құжаттар",
            "Барлық атау саны: 5",
        ),
        RU: (
            "1 Жалоба AT001-2026-S00003 24.11.2026",
            "2 Заявление о государственной услуге AT001-2026-00007 23.11.2026",
            "(ВКК) 0011 10.09.2026",
            "4 Мотивированный отказ в дальнейшем рассмотрении заявления 6-Ш 20.11.2026",
            "5 Дело в электронном виде: документы",
            "Всего позиций: 5",
        ),
    }[language]
    assert_all_in(text, *rows)


@BOTH
def test_d3_the_letter_says_whether_it_goes_in_time(language: PaperLanguage) -> None:
    late = {KK: "мерзімі (3 жұмыс күні) аяқталды", RU: "(в течение 3 рабочих дней) истек"}[language]
    assert late not in forwarded(language)
    assert late in forwarded(language, source={"issued_at": datetime(2026, 11, 30, 5, tzinfo=UTC)})


@BOTH
def test_d3_the_school_may_add_a_note(language: PaperLanguage) -> None:
    assert FORWARDED.note
    assert FORWARDED.note in forwarded(language)
    without = FORWARDED.model_copy(update={"note": None})
    heading = {KK: "Мектептің түсіндірмесі", RU: "Пояснение школы"}[language]
    assert heading not in forwarded(language, forwarding=without)


@BOTH
def test_d3_to_a_body_that_has_the_complaint_already_the_school_sends_the_case_file(
    language: PaperLanguage,
) -> None:
    file = {KK: "іс материалдарын жолдаймыз", RU: "направляем материалы дела"}[language]
    request = {KK: "тіркеуді сұраймыз", RU: "Просим зарегистрировать"}[language]
    number = {KK: "кіріс № ЖТ-77", RU: "входящий № ЖТ-77"}[language]
    registered = forwarded(language, **AT_THE_BODY)
    assert_all_in(registered, file, number, SCHOOL.bin)
    assert request not in registered
    assert_all_in(forwarded(language, via=Via.AUTHORITY), file, request, SCHOOL.bin)


@BOTH
def test_d3_the_letter_is_not_in_the_cabinet_of_the_complainant(language: PaperLanguage) -> None:
    assert {KK: "жеке кабинет", RU: "личный кабинет"}[language] not in forwarded(language)


@BOTH
def test_d4_the_notice_gives_old_and_new_term_ground_and_reasons(language: PaperLanguage) -> None:
    text = says(PaperKind.EXTENSION_NOTICE, language)
    terms = {
        KK: ("Бұрынғы мерзім: 24.11.2026, сағат 18:30", "Жаңа мерзім: 01.12.2026, сағат 18:30"),
        RU: ("Прежний срок: 24.11.2026, 18:30", "Новый срок: 01.12.2026, 18:30"),
    }[language]
    ground = {KK: "барып тексеру қажет", RU: "с выездом на место"}[language]
    days = {KK: "жұмыс күндері: 10", RU: "прежнего срока: 10"}[language]
    assert_all_in(text, *terms, ground, days, EXTENSION.reason)


@BOTH
def test_d4_the_body_extends_under_its_own_head(language: PaperLanguage) -> None:
    text = says(PaperKind.EXTENSION_NOTICE, language, complaint=a_complaint(**AT_THE_BODY))
    assert_all_in(text, BODY.bin, "ЖТ-77", "18.12.2026")
