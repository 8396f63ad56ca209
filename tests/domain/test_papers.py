"""What the papers of a case say, in both languages."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain import service
from domain.application import Capacity
from domain.documents import DocumentKind
from domain.grades import InstructionLanguage, PaperLanguage
from domain.package import Defect, Finding
from domain.papers import PaperKind, paper_facts, paper_text
from domain.standard import Channel
from tests.domain.paper_sources import (
    APPLICANT_IIN,
    BOTH,
    CHILD_IIN,
    FINDINGS,
    KK,
    RU,
    SCHOOL,
    VKK,
    a_source,
    assert_all_in,
    says,
)

EVERY_KIND = pytest.mark.parametrize(
    "kind", [kind for kind in PaperKind if kind is not PaperKind.CORRECTING_NOTICE]
)


@BOTH
@EVERY_KIND
def test_par_1_every_paper_names_the_service_by_its_exact_title_and_its_legal_basis(
    kind: PaperKind, language: PaperLanguage
) -> None:
    title, basis = service.TITLE.said_in(language), service.LEGAL_BASIS.said_in(language)
    assert_all_in(says(kind, language), f"«{title}»", basis)


@BOTH
@EVERY_KIND
def test_every_paper_has_its_number_moment_school_and_people(
    kind: PaperKind, language: PaperLanguage
) -> None:
    name = SCHOOL.name_kk if language is KK else SCHOOL.name_ru
    address = SCHOOL.address_kk if language is KK else SCHOOL.address_ru
    people = ("Үлгібаева Гауһар", "Үлгібаев Жәңгір", "********0029", "********0013")
    text = says(kind, language)
    assert_all_in(text, "№ 7-Ш", "25.11.2026", "01:30", name, address, SCHOOL.bin, SCHOOL.phone, *people)


@EVERY_KIND
def test_no_iin_stands_in_full_in_the_facts_or_in_the_text(kind: PaperKind) -> None:
    facts = paper_facts(a_source(kind))
    everything = str(facts) + paper_text(facts, KK) + paper_text(facts, RU)
    assert APPLICANT_IIN not in everything
    assert CHILD_IIN not in everything


@EVERY_KIND
def test_no_place_of_a_text_stays_unfilled(kind: PaperKind) -> None:
    text = says(kind, KK) + says(kind, RU)
    assert not {"{", "}", "None"} & {*text, *text.split()}


@pytest.mark.parametrize(
    ("kind", "languages"),
    [
        (PaperKind.RECEIPT, ["ru"]),
        (PaperKind.NOTICE_OF_ACCEPTANCE, ["ru"]),
        (PaperKind.REFUSAL, ["kk", "ru"]),
        (PaperKind.ORDER, ["kk", "ru"]),
        (PaperKind.SILENCE_NOTICE, ["ru"]),
    ],
)
def test_acts_of_the_head_are_in_both_languages_and_other_papers_in_the_applicants(
    kind: PaperKind, languages: list[str]
) -> None:
    assert paper_facts(a_source(kind, language=RU))["languages"] == languages


@EVERY_KIND
def test_all_moments_of_the_facts_are_local_time_in_iso(kind: PaperKind) -> None:
    facts = paper_facts(a_source(kind))
    assert facts["issued_at"] == "2026-11-25T01:30:00+05:00"
    assert facts["case"]["due_at"] == "2026-11-25T18:30:00+05:00"


# par. 4 - receipt


@BOTH
def test_par_4_the_receipt_lists_the_documents_and_tells_when_and_where_the_result_comes(
    language: PaperLanguage,
) -> None:
    text = says(PaperKind.RECEIPT, language, channel=Channel.OFFICE)
    conclusion = f"1) {DocumentKind.VKK_CONCLUSION.wording.said_in(language)}, № 0011, 10.09.2026"
    place = SCHOOL.address_kk if language is KK else SCHOOL.address_ru
    assert_all_in(text, "AT001-2026-00007", "23.11.2026", "09:05", conclusion, "25.11.2026", "18:30", place)
    assert_all_in(text, "Басшыбаев Ерлан", "____________")


@BOTH
def test_par_4_a_receipt_for_an_application_without_documents_says_so(language: PaperLanguage) -> None:
    text = says(PaperKind.RECEIPT, language, channel=Channel.OFFICE, documents=())
    assert {KK: "Құжаттар тапсырылған жоқ", RU: "Документы не представлены"}[language] in text
    assert {KK: "құжаттардың тапсырылғанын растайды", RU: "что документы сданы"}[language] not in text


@BOTH
@pytest.mark.parametrize("kind", [PaperKind.RECEIPT, PaperKind.NOTICE_OF_ACCEPTANCE])
def test_par_5_the_paper_names_the_day_of_receipt_where_it_is_not_the_day_of_arrival(
    kind: PaperKind, language: PaperLanguage
) -> None:
    why = {KK: "Жұмыс уақытынан тыс", RU: "вне рабочего времени"}[language]
    text = says(kind, language, effective_day=date(2026, 11, 27))
    assert_all_in(text, why, "27.11.2026")
    assert why not in says(kind, language, effective_day=date(2026, 11, 23))
    assert why not in says(kind, language)


def test_par_4_no_receipt_without_the_employee_who_issues_it() -> None:
    with pytest.raises(ValueError, match="names nobody who signs"):
        paper_facts(a_source(PaperKind.RECEIPT, signed_by=None))


# par. 5 - notice of acceptance


@BOTH
def test_par_5_the_notice_has_registration_documents_term_next_step_and_the_cabinet(
    language: PaperLanguage,
) -> None:
    text = says(PaperKind.NOTICE_OF_ACCEPTANCE, language)
    next_step = {KK: "Қағиданың 6-тармағы", RU: "пункт 6 Правил"}[language]
    cabinet = {KK: "«жеке кабинет", RU: "«личный кабинет»"}[language]
    assert_all_in(text, "5-Ө", "23.11.2026", "11:00", "№ 0011", "25.11.2026", "18:30", next_step, cabinet)


# par. 4, 5 - refusal


@BOTH
@pytest.mark.parametrize(
    "found", [FINDINGS[:1], FINDINGS[1:], FINDINGS], ids=["incomplete", "expired", "both"]
)
def test_par_4_the_refusal_names_each_missing_and_each_expired_document(
    found: tuple[Finding, ...], language: PaperLanguage
) -> None:
    text = says(PaperKind.REFUSAL, language, findings=found)
    headings = {
        KK: {Defect.MISSING: "Жетіспейтін", Defect.EXPIRED: "Қолданылу мерзімі өтіп кеткен құжаттар"},
        RU: {Defect.MISSING: "Отсутствующие документы:", Defect.EXPIRED: "Документы с истекшим сроком"},
    }[language]
    for finding in FINDINGS:
        named = f"1) {finding.document.wording.said_in(language)}" in text
        assert named == (headings[finding.defect] in text) == (finding in found)
        assert (finding.ground.wording.said_in(language) in text) == (finding in found)


@BOTH
def test_par_4_the_refusal_gives_number_and_day_of_an_expired_document(language: PaperLanguage) -> None:
    assert_all_in(says(PaperKind.REFUSAL, language), "№ 0012", "25.05.2025")


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
    assert_all_in(
        says(PaperKind.REFUSAL, language, findings=(noted,)), "25.05.2025", "Екінші бетінде басқа күн"
    )


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
    assert (both in text) == (channel is Channel.PORTAL)


@BOTH
def test_par_5_the_notice_names_its_form(language: PaperLanguage) -> None:
    form = {KK: "3-қосымшаға сәйкес нысан бойынша", RU: "по форме согласно приложению 3"}[language]
    assert form in says(PaperKind.NOTICE_OF_ACCEPTANCE, language)


@BOTH
def test_par_4_the_refusal_gives_its_reasons_and_how_to_cure_them(language: PaperLanguage) -> None:
    cure = {KK: "жаңа өтініш бере аласыз", RU: "можете подать новое заявление"}[language]
    assert_all_in(says(PaperKind.REFUSAL, language), "Өтініш тапсырылмаған", cure, "www.egov.kz")


@BOTH
def test_par_4_the_refusal_of_the_office_has_room_for_the_mark_of_receipt(language: PaperLanguage) -> None:
    mark = {KK: "Екі данада жасалды", RU: "в двух экземплярах"}[language]
    assert mark in says(PaperKind.REFUSAL, language, channel=Channel.OFFICE)
    assert mark not in says(PaperKind.REFUSAL, language, channel=Channel.PORTAL)


@BOTH
def test_par_5_a_paper_without_digital_signature_says_so(language: PaperLanguage) -> None:
    unsigned = {KK: "қолтаңба: қойылмаған", RU: "подпись: не проставлена"}[language]
    assert unsigned in says(PaperKind.REFUSAL, language)


@pytest.mark.parametrize("lacking", [{"findings": ()}, {"reasoning": None}], ids=["findings", "reasoning"])
def test_par_4_no_refusal_without_findings_and_reasoning(lacking: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="lacks its findings or its reasoning"):
        paper_facts(a_source(PaperKind.REFUSAL, **lacking))


# par. 7 - order


@BOTH
def test_par_7_the_order_says_all_that_an_order_must_say(language: PaperLanguage) -> None:
    text = says(PaperKind.ORDER, language)
    instruction = InstructionLanguage.KK.wording.said_in(language)
    assert_all_in(text, ": 4\n", instruction, "01.12.2026 – 25.05.2027", "жеке оқу жұмыс жоспары")
    assert_all_in(text, "Жоспарова Ғалия", "Қазақ тілі", "Сынақбаева Ләззат", "Математика", "Пробный Андрей")
    assert_all_in(text, "2,5", "4,5", "24.11.2026", "AT001-2026-00007", "№ 0011, 10.09.2026, № 1 үлгі емхана")


def test_par_7_the_order_rests_on_the_conclusion_that_was_valid_and_not_on_the_expired_one() -> None:
    expired = VKK.model_copy(update={"number": "0009", "period_to": date(2025, 5, 25)})
    text = says(PaperKind.ORDER, KK, documents=(expired, VKK))
    assert "№ 0011" in text
    assert "№ 0009" not in text


@pytest.mark.parametrize("lacking", [{"admitted": None}, {"plan": None}, {"documents": ()}], ids=str)
def test_par_7_no_order_without_decision_plan_and_conclusion(lacking: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="lacks the head's decision, the plan or a conclusion"):
        paper_facts(a_source(PaperKind.ORDER, **lacking))


@BOTH
def test_q29_the_order_of_an_adult_pupil_speaks_of_no_child_and_of_no_parent(language: PaperLanguage) -> None:
    source = a_source(PaperKind.ORDER)
    pupil = source.applicant.model_copy(update={"capacity": Capacity.SELF})
    adult = says(PaperKind.ORDER, language, applicant=pupil)
    words = {KK: ("білім алушы", "Бала:", "ата-ана"), RU: ("обучающегося", "Ребенок", "родител")}[language]
    assert [word in adult for word in words] == [True, False, False]
    assert [word in says(PaperKind.ORDER, language) for word in words] == [False, True, True]


# par. 9, 10 - complaints and court


ADVERSE = pytest.mark.parametrize("kind", [PaperKind.REFUSAL, PaperKind.ORDER, PaperKind.SILENCE_NOTICE])


@BOTH
@ADVERSE
def test_par_9_the_paper_shows_both_routes_of_complaint_with_their_terms(
    kind: PaperKind, language: PaperLanguage
) -> None:
    body = SCHOOL.authorised_body_kk if language is KK else SCHOOL.authorised_body_ru
    terms = {KK: ("5 жұмыс", "15 жұмыс", "3 ай"), RU: ("5 рабочих", "15 рабочих", "3 месяцев")}[language]
    assert_all_in(says(kind, language), body, *terms)


@BOTH
@ADVERSE
def test_par_10_the_paper_tells_of_the_right_to_go_to_court(kind: PaperKind, language: PaperLanguage) -> None:
    assert {KK: "сотқа жүгінуге құқылысыз", RU: "вправе обратиться в суд"}[language] in says(kind, language)


@BOTH
@ADVERSE
def test_par_9_no_paper_computes_the_last_day_to_complain(kind: PaperKind, language: PaperLanguage) -> None:
    text = says(kind, language)
    assert "25.11.2026" in text
    assert not {"24.02.2027", "25.02.2027", "26.02.2027"} & set(text.replace(".\n", "\n").split())


def test_after_silence_the_time_to_complain_begins_when_the_term_is_over() -> None:
    facts = paper_facts(
        a_source(PaperKind.SILENCE_NOTICE, issued_at=datetime(2026, 11, 30, tzinfo=UTC), signed_by=None)
    )
    assert facts["complaint"]["not_before"] == "2026-11-25"


@BOTH
def test_the_notice_of_silence_decides_nothing(language: PaperLanguage) -> None:
    text = says(PaperKind.SILENCE_NOTICE, language, signed_by=None)
    assert {KK: "өтініш бойынша шешім емес", RU: "не является решением"}[language] in text


@BOTH
def test_q30_the_notice_about_a_decision_that_was_not_delivered_does_not_speak_of_silence(
    language: PaperLanguage,
) -> None:
    decided = datetime(2026, 11, 24, 5, tzinfo=UTC)
    text = says(PaperKind.SILENCE_NOTICE, language, signed_by=None, decided_at=decided)
    silent = {KK: "берілген жоқ", RU: "выдан не был"}[language]
    undelivered = {KK: "шешім 24.11.2026 қабылданды", RU: "принято 24.11.2026"}[language]
    assert undelivered in text
    assert silent not in text


def test_facts_of_another_version_of_the_service_can_still_be_read() -> None:
    facts = paper_facts(a_source(PaperKind.RECEIPT)) | {"added_later": True}
    assert paper_text(facts, KK)
