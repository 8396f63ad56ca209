"""Paragraphs 9 and 10: the reasoned answer to a complaint, and the ways that lead on from it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.complaint_acts import Form
from domain.consequence import Consequence
from domain.grades import PaperLanguage
from domain.papers import PaperKind
from tests.domain.complaint_sources import (
    AT_THE_BODY,
    BODY,
    PARTLY,
    REJECTED,
    SETTLEMENT,
    TO_THE_BODY,
    UPHELD,
    a_complaint,
)
from tests.domain.paper_sources import BOTH, KK, RU
from tests.papers.readers import assert_all_in, says

RULINGS = {
    "upheld": (UPHELD, {KK: "Шағым қанағаттандырылды.", RU: "Жалоба удовлетворена."}),
    "partly": (PARTLY, {KK: "ішінара қанағаттандырылды", RU: "удовлетворена частично"}),
    "rejected": (REJECTED, {KK: "қанағаттандырусыз қалдырылды", RU: "оставлена без удовлетворения"}),
}


def replied(language: PaperLanguage, moment: datetime | None = None, **changes: Any) -> str:
    issued = {"issued_at": moment} if moment else {}
    return says(PaperKind.COMPLAINT_REPLY, language, complaint=a_complaint(**changes), **issued)


@BOTH
@pytest.mark.parametrize("ruling", RULINGS)
def test_par_9_it_says_what_was_decided_and_why(ruling: str, language: PaperLanguage) -> None:
    answer, words = RULINGS[ruling]
    assert_all_in(replied(language, answer=answer), words[language], answer.reasons)


@BOTH
def test_par_9_a_measure_is_told_with_its_day(language: PaperLanguage) -> None:
    day = {KK: "Орындалатын күні: 01.12.2026", RU: "День исполнения: 01.12.2026"}[language]
    assert_all_in(replied(language, answer=PARTLY), "Мектеп құжаттарды қайта қарайды", day)


@BOTH
def test_par_9_a_reply_after_the_term_says_so_itself(language: PaperLanguage) -> None:
    over = {KK: "мерзімі аяқталды: 01.12.2026", RU: "истек: 01.12.2026"}[language]
    assert over in replied(language, datetime(2026, 12, 2, 5, tzinfo=UTC))
    assert over not in replied(language, datetime(2026, 12, 1, 13, 30, tzinfo=UTC))


ANEW = {KK: "жаңадан қабылданады", RU: "принимается заново"}


@BOTH
def test_par_9_of_the_new_decision_one_may_complain_anew(language: PaperLanguage) -> None:
    anew = {KK: "жаңа шағым берілуі мүмкін", RU: "можно подать новую жалобу"}[language]
    assert anew in replied(language, answer=SETTLEMENT, consequence=Consequence.AT_THE_DESK)
    assert anew not in replied(language, answer=SETTLEMENT)


@BOTH
@pytest.mark.parametrize(
    ("consequence", "where"),
    [
        (Consequence.AT_THE_DESK, {KK: "іс мектеп басшысына беріледі", RU: "передается руководителю школы"}),
        (Consequence.AT_THE_CHECK, {KK: "мектептің кеңсесіне қайтарылады", RU: "возвращается в канцелярию"}),
    ],
)
def test_par_9_what_is_set_aside_is_decided_anew_where_the_case_really_goes(
    consequence: Consequence, where: dict[PaperLanguage, str], language: PaperLanguage
) -> None:
    text = replied(language, consequence=consequence)
    assert_all_in(text, ANEW[language], where[language])
    assert ANEW[language] not in replied(language)


@BOTH
@pytest.mark.parametrize(
    ("consequence", "told"),
    [
        (Consequence.IN_ANOTHER_CASE, {KK: "өтініш{} қаралып жатыр", RU: "другое заявление{}. Поэтому"}),
        (Consequence.ORDERED_ALREADY, {KK: "өтініш{} бойынша бұйрық", RU: "заявлению{} ребенку уже издан"}),
    ],
)
def test_q21_a_reply_names_the_other_case_of_the_child_to_whoever_filed_it_and_to_nobody_else(
    consequence: Consequence, told: dict[PaperLanguage, str], language: PaperLanguage
) -> None:
    number = "AT001-2026-00002"
    text = replied(language, consequence=consequence, other_case=number)
    assert told[language].format(f" (№ {number})") in text
    assert ANEW[language] not in text
    assert told[language].format("") in replied(language, consequence=consequence)


@BOTH
def test_a_reply_says_that_the_application_was_decided_after_the_answer_was_given(
    language: PaperLanguage,
) -> None:
    decided = {KK: "Осы жауап берілгеннен кейін", RU: "После того как был дан этот ответ"}[language]
    text = replied(language, consequence=Consequence.DECIDED_MEANWHILE)
    assert decided in text
    assert ANEW[language] not in text
    assert decided not in replied(language)


@BOTH
def test_par_10_every_reply_tells_of_the_right_to_go_to_court(language: PaperLanguage) -> None:
    court = {KK: "сотқа жүгінуге құқылысыз", RU: "вправе обратиться в суд"}[language]
    assert court in replied(language)
    assert court in replied(language, **AT_THE_BODY)
    assert court in replied(language, answer=SETTLEMENT, **TO_THE_BODY)


@BOTH
def test_par_9_from_the_head_the_way_leads_to_the_body_and_from_the_body_to_court_alone(
    language: PaperLanguage,
) -> None:
    route = {KK: "департаменті) шағым беруге құқылысыз", RU: "(Образцовый департамент): она"}[language]
    window = {KK: "3 ай ішінде беріледі", RU: "в течение 3 месяцев"}[language]
    assert_all_in(replied(language), route, window)
    of_the_body = replied(language, **AT_THE_BODY)
    assert [words in of_the_body for words in (route, window)] == [False, False]


@BOTH
def test_par_9_the_body_answers_under_its_own_head(language: PaperLanguage) -> None:
    text = replied(language, **AT_THE_BODY)
    assert_all_in(text, BODY.bin, BODY.name.kk, BODY.name.ru, "ЖТ-77")


@BOTH
def test_d3_a_complaint_that_the_school_settles_is_answered_by_what_it_did(language: PaperLanguage) -> None:
    text = replied(language, answer=SETTLEMENT, **TO_THE_BODY)
    settled = {KK: "уәкілетті органға жолдамай, толық", RU: "полностью удовлетворил жалобу"}[language]
    assert_all_in(text, settled, SETTLEMENT.measure, "25.11.2026")


@BOTH
def test_d5_a_decision_of_the_one_complained_of_says_so(language: PaperLanguage) -> None:
    openly = {KK: "шағым берілген адамның өзі қарады", RU: "тот, на чье решение"}[language]
    assert openly in replied(language, by_the_one_complained_of=True)
    assert openly not in replied(language)


@BOTH
def test_d4_a_reply_on_paper_has_room_for_the_mark_of_receipt(language: PaperLanguage) -> None:
    mark = {KK: "Бір данасын алдым", RU: "Один экземпляр получил(а)"}[language]
    assert mark in replied(language, form=Form.PAPER)
    assert mark not in replied(language)


@BOTH
def test_par_9_no_reply_computes_the_last_day_to_complain(language: PaperLanguage) -> None:
    not_before = {KK: "ерте басталмайды: 25.11.2026", RU: "не ранее 25.11.2026"}[language]
    text = replied(language)
    assert not_before in text
    assert f"{date(2027, 2, 25):%d.%m.%Y}" not in text
