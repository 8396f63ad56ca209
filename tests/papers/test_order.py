"""Paragraph 7: what the order on admission to home education says."""

from datetime import date
from decimal import Decimal

from domain.acts import PlanSubject
from domain.application import Capacity
from domain.grades import InstructionLanguage, PaperLanguage
from domain.papers import PaperKind
from tests.domain.paper_sources import BOTH, KK, PLAN, RU, VKK, a_source
from tests.papers.readers import OFFICE, assert_all_in, says


@BOTH
def test_par_7_the_order_rests_on_the_application_and_the_conclusion(language: PaperLanguage) -> None:
    cited = {KK: "6 және 7-тармақтарына сәйкес", RU: "с пунктами 6 и 7 Правил"}[language]
    text = says(PaperKind.ORDER, language)
    assert_all_in(text, cited, "№ AT001-2026-00007", "(23.11.2026)", "№ 0011, 10.09.2026, № 1 үлгі емхана")


@BOTH
def test_par_7_the_order_admits_the_child_with_grade_language_and_period(language: PaperLanguage) -> None:
    i_order = {KK: "БҰЙЫРАМЫН:", RU: "ПРИКАЗЫВАЮ:"}[language]
    grade = {KK: "Сыныбы: 4", RU: "Класс: 4"}[language]
    instruction = InstructionLanguage.KK.wording.said_in(language)
    text = says(PaperKind.ORDER, language)
    assert_all_in(text, i_order, "Үлгібаев Жәңгір", grade, instruction, "01.12.2026 – 25.05.2027")


@BOTH
def test_par_7_the_order_has_the_plan_with_hours_teachers_and_who_answers_for_it(
    language: PaperLanguage,
) -> None:
    total = {KK: "Барлығы аптасына 4,5", RU: "Всего часов в неделю 4,5"}[language]
    text = says(PaperKind.ORDER, language)
    assert_all_in(text, "1 Қазақ тілі 2 Сынақбаева Ләззат", "2 Математика 2,5 Пробный Андрей", total)
    assert_all_in(text, "жеке оқу жұмыс жоспары", "24.11.2026", "Жоспарова Ғалия")


@BOTH
def test_par_7_whole_hours_are_printed_whole(language: PaperLanguage) -> None:
    subject = PlanSubject(subject="Музыка", weekly_hours=Decimal("10.00"), teacher="Әншібаева Сәуле")
    plan = PLAN.model_copy(update={"subjects": (subject,)})
    assert "1 Музыка 10 Әншібаева Сәуле" in says(PaperKind.ORDER, language, plan=plan)


@BOTH
def test_par_7_the_timetable_is_printed_line_by_line(language: PaperLanguage) -> None:
    plan = PLAN.model_copy(update={"timetable": "Дүйсенбі 09:00 Математика\nСейсенбі 10:00 Қазақ тілі"})
    heading = {KK: "Сабақ кестесі", RU: "Расписание занятий"}[language]
    assert_all_in(says(PaperKind.ORDER, language, plan=plan), f"{heading}: Дүйсенбі 09:00 Математика")
    assert heading not in says(PaperKind.ORDER, language)


def test_par_7_the_order_rests_on_the_conclusion_that_was_valid_and_not_on_the_expired_one() -> None:
    expired = VKK.model_copy(update={"number": "0009", "period_to": date(2025, 5, 25)})
    text = says(PaperKind.ORDER, KK, documents=(expired, VKK))
    assert "№ 0011" in text
    assert "№ 0009" not in text


@BOTH
def test_q29_the_order_of_an_adult_pupil_speaks_of_no_child_and_of_no_parent(language: PaperLanguage) -> None:
    pupil = a_source(PaperKind.ORDER).applicant.model_copy(update={"capacity": Capacity.SELF})
    adult = says(PaperKind.ORDER, language, applicant=pupil)
    words = {KK: ("білім алушы", "Бала:", "ата-ана"), RU: ("обучающегося", "Ребенок", "родител")}[language]
    assert [word in adult for word in words] == [True, False, False]
    assert [word in says(PaperKind.ORDER, language) for word in words] == [False, True, True]


@BOTH
def test_q30_the_order_of_the_office_has_room_for_the_mark_of_receipt(language: PaperLanguage) -> None:
    mark = {KK: "Бір данасын алдым", RU: "Один экземпляр получил(а)"}[language]
    assert mark in says(PaperKind.ORDER, language, channel=OFFICE)
    assert mark not in says(PaperKind.ORDER, language)
