"""Paragraph 9: what the confirmation of a registered complaint says (R9.4; D2, D3, D5)."""

from datetime import UTC, date, datetime
from typing import Any

from domain.complaint import Via
from domain.complaint_acts import Form, Subject
from domain.complaint_source import Attacked
from domain.grades import PaperLanguage
from domain.papers import PaperKind
from tests.domain.complaint_sources import AT_THE_BODY, BODY, TO_THE_BODY, a_complaint
from tests.domain.paper_sources import BOTH, HEAD, KK, RU, SCHOOL
from tests.papers.readers import assert_all_in, says


def confirmed(language: PaperLanguage, signed_by: Any = None, **changes: Any) -> str:
    complaint = a_complaint(**changes)
    return says(PaperKind.COMPLAINT_CONFIRMATION, language, signed_by=signed_by, complaint=complaint)


@BOTH
def test_par_9_it_has_number_moment_object_case_and_until_when_and_where_the_answer_comes(
    language: PaperLanguage,
) -> None:
    text = confirmed(language)
    where = {KK: "порталдағы «жеке кабинет»", RU: "«личный кабинет» на портале"}[language]
    refusal = {KK: "дәлелді бас тарту, № 6-Ш, 20.11.2026", RU: "заявления, № 6-Ш от 20.11.2026"}[language]
    assert_all_in(text, "№ AT001-2026-S00003", "24.11.2026", "10:10", refusal, "AT001-2026-00007")
    assert_all_in(text, "01.12.2026", "18:30", where)
    assert {KK: "5 жұмыс күні", RU: "5 рабочих дней"}[language] in text


@BOTH
def test_par_9_it_names_whoever_accepted_the_complaint(language: PaperLanguage) -> None:
    automatic = {KK: "ақпараттық жүйе тіркеді", RU: "зарегистрирована информационной системой"}[language]
    by_hand = confirmed(language, signed_by=HEAD, accepted_by=HEAD, form=Form.PAPER)
    assert automatic in confirmed(language)
    assert automatic not in by_hand
    assert f"{HEAD.name.full}, директор" in by_hand


@BOTH
def test_par_9_what_came_on_paper_is_answered_on_paper_and_signed_by_hand(language: PaperLanguage) -> None:
    text = confirmed(language, signed_by=HEAD, accepted_by=HEAD, form=Form.PAPER)
    place = {KK: f"қолма-қол ({SCHOOL.address_kk})", RU: f"лично в руки ({SCHOOL.address_ru})"}[language]
    hand = {KK: "қолы Басшыбаев", RU: "подпись Басшыбаев"}[language]
    assert_all_in(text, place, hand)
    assert {KK: "жеке кабинет", RU: "личный кабинет"}[language] not in text


@BOTH
def test_par_9_a_complaint_may_be_of_an_action_or_of_inaction(language: PaperLanguage) -> None:
    action = Attacked(object=Subject.ACTION, action="Кеңсе өтінішті қабылдамады")
    inaction = Attacked(object=Subject.INACTION)
    assert "Кеңсе өтінішті қабылдамады" in confirmed(language, attacked=action)
    assert {KK: "әрекетсіздікке", RU: "бездействие"}[language] in confirmed(language, attacked=inaction)


@BOTH
def test_par_9_a_decision_that_has_no_paper_of_its_own_is_named_by_its_day(language: PaperLanguage) -> None:
    checked = Attacked(object=Subject.DECISION, decided_at=datetime(2026, 11, 19, 5, tzinfo=UTC))
    assert {KK: "19.11.2026 күнгі шешімге", RU: "решение от 19.11.2026"}[language] in confirmed(
        language, attacked=checked
    )


@BOTH
def test_d2_a_late_complaint_is_shown_as_late_and_taken(language: PaperLanguage) -> None:
    late = confirmed(language, late=True)
    shown = {KK: "3 айдан астам", RU: "позже 3 месяцев"}[language]
    taken = {
        KK: "қабылдаудан бас тартуға негіз болмайды",
        RU: "не является основанием для отказа в приеме жалобы",
    }[language]
    assert_all_in(late, shown, taken)
    assert shown not in confirmed(language)


@BOTH
def test_d3_through_the_school_it_tells_of_the_way_and_of_no_day_of_the_answer(
    language: PaperLanguage,
) -> None:
    text = confirmed(language, **TO_THE_BODY)
    forwarding = {KK: "3 жұмыс күні ішінде жолдайды", RU: "в течение 3 рабочих дней, не позднее"}[language]
    due = {KK: "Жауап берілетін соңғы мерзім", RU: "Ответ будет дан не позднее"}[language]
    days = {KK: "15 жұмыс күні", RU: "15 рабочих дней"}[language]
    assert_all_in(text, forwarding, "27.11.2026", days, BODY.name.model_dump()[language])
    assert due not in text


@BOTH
def test_par_9_the_body_confirms_under_its_own_head_from_its_own_registration(
    language: PaperLanguage,
) -> None:
    text = confirmed(language, signed_by=HEAD, **AT_THE_BODY)
    assert BODY.address
    assert_all_in(text, "№ ЖТ-77", "26.11.2026", "09:00", "18.12.2026", BODY.bin, "+7 717 200 00 09")
    assert_all_in(text, BODY.name.kk, BODY.name.ru, BODY.address.kk, BODY.address.ru)
    assert SCHOOL.address_kk not in text
    assert {KK: "3 жұмыс күні ішінде жолдайды", RU: "Школа направляет"}[language] not in text


@BOTH
def test_par_9_what_reached_the_body_itself_is_not_forwarded_by_the_school(language: PaperLanguage) -> None:
    there = {**TO_THE_BODY, "via": Via.AUTHORITY, "forwarding_due_at": None}
    text = confirmed(language, signed_by=HEAD, accepted_by=HEAD, **there)
    assert BODY.bin in text
    assert {KK: "Мектеп шағымды", RU: "Школа направляет"}[language] not in text


@BOTH
def test_d5_a_complaint_of_the_heads_own_act_says_so_and_names_the_body(language: PaperLanguage) -> None:
    openly = {KK: "басшының өз шешіміне", RU: "действие (бездействие) самого руководителя"}[language]
    assert_all_in(confirmed(language, conflict=True), openly, BODY.name.model_dump()[language])
    assert openly not in confirmed(language)


@BOTH
def test_par_9_after_hours_it_names_the_day_that_counts(language: PaperLanguage) -> None:
    counted = {KK: "түскен күн болып 25.11.2026", RU: "считается рабочий день 25.11.2026"}[language]
    assert counted in confirmed(language, effective_day=date(2026, 11, 25))
    assert counted not in confirmed(language, effective_day=date(2026, 11, 24))
