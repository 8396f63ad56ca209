"""Paragraphs 4 and 5: what the reasoned refusal of further consideration says."""

import pytest

from domain.documents import DocumentKind
from domain.grades import PaperLanguage
from domain.package import Defect, Finding
from domain.papers import PaperKind
from domain.person import PersonName
from domain.school import StaffMember
from domain.standard import Channel
from tests.domain.paper_sources import BOTH, FINDINGS, KK, RU
from tests.papers.readers import OFFICE, PORTAL, assert_all_in, says

CLERK = StaffMember(
    staff_id="at001-clerk",
    name=PersonName(surname="Кеңсебаева", first_name="Айгүл"),
    post_kk="кеңсе қызметкері",
    post_ru="сотрудник канцелярии",
)


def capital(words: str) -> str:
    return words[0].upper() + words[1:]


@BOTH
@pytest.mark.parametrize(
    "found", [FINDINGS[:1], FINDINGS[1:], FINDINGS], ids=["incomplete", "expired", "both"]
)
def test_par_4_the_refusal_names_each_missing_and_each_expired_document(
    found: tuple[Finding, ...], language: PaperLanguage
) -> None:
    text = says(PaperKind.REFUSAL, language, findings=found)
    headings = {
        KK: {Defect.MISSING: "Жетіспейтін құжаттар Р/с", Defect.EXPIRED: "өтіп кеткен құжаттар Р/с"},
        RU: {Defect.MISSING: "Отсутствующие документы №", Defect.EXPIRED: "с истекшим сроком действия №"},
    }[language]
    for finding in FINDINGS:
        named = f"1 {capital(finding.document.wording.said_in(language))}" in text
        assert named == (headings[finding.defect] in text) == (finding in found)
        assert (finding.ground.wording.said_in(language) in text) == (finding in found)


@BOTH
def test_par_4_the_refusal_gives_number_and_day_of_an_expired_document(language: PaperLanguage) -> None:
    name = capital(DocumentKind.VKK_CONCLUSION.wording.said_in(language))
    assert f"{name} 0012 25.05.2025" in says(PaperKind.REFUSAL, language)


@BOTH
def test_par_4_three_missing_and_two_expired_documents_have_a_row_each(language: PaperLanguage) -> None:
    kinds = (DocumentKind.APPLICATION, DocumentKind.VKK_CONCLUSION, DocumentKind.OTHER)
    missing = tuple(Finding(document=kind, defect=Defect.MISSING) for kind in kinds)
    expired = tuple(FINDINGS[1].model_copy(update={"number": number}) for number in ("0012", "0013"))
    text = says(PaperKind.REFUSAL, language, findings=missing + expired)
    rows = [f"{row} {capital(kind.wording.said_in(language))}" for row, kind in enumerate(kinds, start=1)]
    assert_all_in(text, *rows, "0012 25.05.2025", "0013 25.05.2025")


@BOTH
def test_par_4_the_refusal_says_why_a_paper_that_was_handed_in_does_not_count(
    language: PaperLanguage,
) -> None:
    note = "Бұл басқа баланың қорытындысы"
    noted = Finding(document=DocumentKind.VKK_CONCLUSION, defect=Defect.MISSING, note=note)
    why = {KK: "есепке алынбау себебі", RU: "не засчитан"}[language]
    assert_all_in(says(PaperKind.REFUSAL, language, findings=(noted,)), f"{why}: {note}")
    assert why not in says(PaperKind.REFUSAL, language)


@BOTH
def test_par_4_the_refusal_says_why_a_paper_has_another_last_day_than_was_filed(
    language: PaperLanguage,
) -> None:
    noted = FINDINGS[1].model_copy(update={"note": "Екінші бетінде басқа күн тұр"})
    why = {KK: "Түсіндірме", RU: "Пояснение"}[language]
    text = says(PaperKind.REFUSAL, language, findings=(noted,))
    assert_all_in(text, "25.05.2025", f"{why}: Екінші бетінде басқа күн тұр")


@BOTH
@pytest.mark.parametrize("found", [FINDINGS[:1], FINDINGS[1:]], ids=["incomplete", "expired"])
def test_par_4_the_cure_speaks_only_of_what_was_found(
    found: tuple[Finding, ...], language: PaperLanguage
) -> None:
    text = says(PaperKind.REFUSAL, language, findings=found)
    words = {KK: ("жетіспейтін құжаттарды", "қолданыстағы"), RU: ("отсутствующие документы,", "взамен")}
    assert [part in text for part in words[language]] == [found == FINDINGS[:1], found == FINDINGS[1:]]


@BOTH
@pytest.mark.parametrize("channel", list(Channel))
def test_par_4_and_5_the_refusal_cites_the_paragraphs_of_its_channel_and_its_form(
    channel: Channel, language: PaperLanguage
) -> None:
    text = says(PaperKind.REFUSAL, language, channel=channel)
    form = {KK: "2-қосымшаға сәйкес нысан бойынша", RU: "по форме согласно приложению 2"}[language]
    both = {KK: "4 және 5-тармақтарына", RU: "пунктами 4 и 5 Правил"}[language]
    assert form in text
    assert (both in text) == (channel is PORTAL)


@BOTH
def test_par_4_the_refusal_gives_its_reasons_and_how_to_cure_them(language: PaperLanguage) -> None:
    cure = {KK: "жаңа өтініш бере аласыз", RU: "можете подать новое заявление"}[language]
    assert_all_in(says(PaperKind.REFUSAL, language), "Өтініш тапсырылмаған", cure, "www.egov.kz")


@BOTH
def test_par_4_the_refusal_names_the_clerk_who_checked_and_the_phone(language: PaperLanguage) -> None:
    executor = {
        KK: "Орындаушы: Кеңсебаева Айгүл, кеңсе қызметкері, тел. +7 717 200 00 01",
        RU: "Исполнитель: Кеңсебаева Айгүл, сотрудник канцелярии, тел. +7 717 200 00 01",
    }[language]
    assert executor in says(PaperKind.REFUSAL, language, executor=CLERK)
    assert executor.partition(":")[0] not in says(PaperKind.REFUSAL, language)


@BOTH
def test_par_4_the_refusal_of_the_office_has_room_for_the_mark_of_receipt(language: PaperLanguage) -> None:
    mark = {KK: "Екі данада жасалды. Бір данасын алдым", RU: "Составлено в двух экземплярах"}[language]
    lines = {KK: "(бар болса) қолы күні", RU: "получателя подпись дата"}[language]
    assert_all_in(says(PaperKind.REFUSAL, language, channel=OFFICE), mark, lines)
    assert mark not in says(PaperKind.REFUSAL, language, channel=PORTAL)


@BOTH
def test_par_5_the_refusal_tells_when_it_was_sent_to_the_cabinet(language: PaperLanguage) -> None:
    sent = {
        KK: "«жеке кабинетке» жолданған уақыты: 25.11.2026, сағат 01:30",
        RU: "«личный кабинет» на портале: 25.11.2026, 01:30",
    }[language]
    assert sent in says(PaperKind.REFUSAL, language, channel=PORTAL)
    assert sent not in says(PaperKind.REFUSAL, language, channel=OFFICE)
