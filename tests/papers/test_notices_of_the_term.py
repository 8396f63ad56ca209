"""When the term is over without an answer, and when a change of the calendar takes that back."""

from datetime import UTC, datetime

from domain.grades import PaperLanguage
from domain.papers import PaperKind
from tests.domain.paper_sources import BOTH, KK, RU
from tests.papers.readers import CORRECTION, assert_all_in, says

DECIDED = datetime(2026, 11, 24, 5, tzinfo=UTC)


@BOTH
def test_the_notice_of_silence_decides_nothing(language: PaperLanguage) -> None:
    text = says(PaperKind.SILENCE_NOTICE, language, signed_by=None)
    over = {KK: "аяқталды: 25.11.2026, сағат 18:30", RU: "истек: 25.11.2026, 18:30"}[language]
    open_still = {KK: "өтініш бойынша шешім емес", RU: "не является решением"}[language]
    assert_all_in(text, over, open_still)


@BOTH
def test_q22_the_notice_of_silence_cites_the_deemed_refusal_of_the_code(language: PaperLanguage) -> None:
    cited = {KK: "кодексі 91-бабының 2-тармағына", RU: "пунктом 2 статьи 91"}[language]
    assert cited in says(PaperKind.SILENCE_NOTICE, language, signed_by=None)


@BOTH
def test_q30_the_notice_about_a_decision_that_was_not_delivered_does_not_speak_of_silence(
    language: PaperLanguage,
) -> None:
    text = says(PaperKind.SILENCE_NOTICE, language, signed_by=None, decided_at=DECIDED)
    silent = {KK: "берілген жоқ", RU: "выдан не был"}[language]
    undelivered = {KK: "шешім 24.11.2026 күні қабылданды", RU: "принято 24.11.2026"}[language]
    assert undelivered in text
    assert silent not in text


@BOTH
def test_the_correcting_notice_gives_the_old_and_the_new_term_and_the_act_that_changed_the_calendar(
    language: PaperLanguage,
) -> None:
    text = says(PaperKind.CORRECTING_NOTICE, language, signed_by=None)
    terms = {
        KK: ("Бұрынғы мерзім: 24.11.2026, сағат 18:30", "Жаңа мерзім: 25.11.2026, сағат 18:30"),
        RU: ("Прежний срок: 24.11.2026, 18:30", "Новый срок: 25.11.2026, 18:30"),
    }[language]
    assert_all_in(text, CORRECTION.act, *terms)


@BOTH
def test_the_correcting_notice_withdraws_the_notice_of_silence(language: PaperLanguage) -> None:
    withdrawn = {KK: "24.11.2026 күнгі хабарлама күшін жояды", RU: "срока от 24.11.2026 утратило силу"}[
        language
    ]
    assert withdrawn in says(PaperKind.CORRECTING_NOTICE, language)
    unknown = CORRECTION.model_copy(update={"notice_issued_at": None})
    earlier = {KK: "бұрын жіберілген хабарлама күшін жояды", RU: "направленное ранее уведомление"}[language]
    assert earlier in says(PaperKind.CORRECTING_NOTICE, language, correction=unknown)


@BOTH
def test_the_correcting_notice_says_whether_the_case_is_decided(language: PaperLanguage) -> None:
    under_review = {KK: "өтінішіңіз қаралуда", RU: "заявление рассматривается"}[language]
    decided = {KK: "шешім 24.11.2026 күні қабылданды", RU: "принято 24.11.2026"}[language]
    open_case = says(PaperKind.CORRECTING_NOTICE, language)
    closed = says(PaperKind.CORRECTING_NOTICE, language, decided_at=DECIDED)
    assert [words in open_case for words in (under_review, decided)] == [True, False]
    assert [words in closed for words in (under_review, decided)] == [False, True]
