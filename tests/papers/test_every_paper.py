"""What every paper shows, whatever its kind, in both languages."""

import re

import pytest

from domain import service
from domain.grades import PaperLanguage
from domain.papers import PaperKind
from domain.person import PersonName
from domain.school import StaffMember
from tests.domain.paper_sources import APPLICANT_IIN, BOTH, CHILD_IIN, KK, RU, SCHOOL
from tests.papers.readers import OFFICE, PORTAL, assert_all_in, pdf_of, says, text_of

EVERY_KIND = pytest.mark.parametrize("kind", list(PaperKind))
IN_BOTH_LANGUAGES = pytest.mark.parametrize(
    "kind", [PaperKind.REFUSAL, PaperKind.ORDER, PaperKind.COVERING_LETTER, PaperKind.COMPLAINT_REPLY]
)
UNSIGNED = [
    PaperKind.NOTICE_OF_ACCEPTANCE,
    PaperKind.SILENCE_NOTICE,
    PaperKind.CORRECTING_NOTICE,
    PaperKind.COMPLAINT_TERM_NOTICE,
    PaperKind.COMPLAINT_CORRECTING_NOTICE,
    PaperKind.WITHDRAWAL_RECEIPT,
    PaperKind.PERIOD_NOTICE,
]
ADDRESS = "https://uide.example/status/AT001-2026-00007"


@BOTH
@EVERY_KIND
def test_par_1_every_paper_names_the_service_by_its_exact_title_and_its_legal_basis(
    kind: PaperKind, language: PaperLanguage
) -> None:
    title, basis = service.TITLE.said_in(language), service.LEGAL_BASIS.said_in(language)
    assert_all_in(says(kind, language), f"«{title}»", basis)


@BOTH
@EVERY_KIND
def test_every_paper_has_its_number_moment_place_and_people(kind: PaperKind, language: PaperLanguage) -> None:
    place = {KK: f"Жасалған орны: {SCHOOL.address_kk}", RU: f"Место составления: {SCHOOL.address_ru}"}[
        language
    ]
    people = ("Үлгібаева Гауһар", "Үлгібаев Жәңгір", "********0029", "********0013")
    assert_all_in(says(kind, language), "№ 7-Ш", "25.11.2026", "01:30", place, *people)


@EVERY_KIND
def test_the_head_of_every_paper_names_the_school_in_both_languages(kind: PaperKind) -> None:
    head = (SCHOOL.name_kk, SCHOOL.address_kk, SCHOOL.name_ru, SCHOOL.address_ru)
    assert_all_in(says(kind, KK), *head, f"БСН {SCHOOL.bin}", "тел. +7 717 200 00 01")
    assert_all_in(says(kind, RU), *head, f"БИН {SCHOOL.bin}", "тел. +7 717 200 00 01")


@EVERY_KIND
def test_no_iin_stands_in_full_on_a_paper(kind: PaperKind) -> None:
    text = text_of(pdf_of(kind))
    assert APPLICANT_IIN not in text
    assert CHILD_IIN not in text


@EVERY_KIND
def test_no_place_of_a_text_stays_unfilled(kind: PaperKind) -> None:
    text = text_of(pdf_of(kind))
    assert not {"{", "}", "none", "None"} & {*text, *text.split()}


@IN_BOTH_LANGUAGES
def test_acts_of_the_head_have_the_kazakh_part_first_and_the_russian_from_a_new_page(kind: PaperKind) -> None:
    pages = [page.extract_text() for page in pdf_of(kind).pages]
    languages = ["БСН" in page for page in pages if "БСН" in page or "БИН" in page]
    assert languages == [True, False]
    assert not [page for page in pages if "БСН" in page and "БИН" in page]


@BOTH
@EVERY_KIND
def test_the_address_of_the_case_stands_beside_its_qr_code(kind: PaperKind, language: PaperLanguage) -> None:
    follow = {KK: "Өтініштің барысы", RU: "Ход рассмотрения заявления"}[language]
    assert f"{follow}: {ADDRESS}" in says(kind, language, status_address=ADDRESS)
    assert follow not in says(kind, language)


@BOTH
@pytest.mark.parametrize("kind", [kind for kind in PaperKind if kind not in UNSIGNED])
def test_par_5_a_paper_without_digital_signature_says_so(kind: PaperKind, language: PaperLanguage) -> None:
    unsigned = {
        KK: "Электрондық цифрлық қолтаңба: қойылмаған",
        RU: "Электронная цифровая подпись: не проставлена",
    }
    assert_all_in(says(kind, language), "Директор", "Басшыбаев Ерлан", unsigned[language])


@BOTH
@pytest.mark.parametrize("kind", UNSIGNED)
def test_a_notice_that_nobody_signs_says_that_it_was_made_automatically(
    kind: PaperKind, language: PaperLanguage
) -> None:
    automatic = {KK: "автоматты түрде жасады", RU: "сформировано информационной системой автоматически"}
    assert automatic[language] in says(kind, language, signed_by=None)


@BOTH
def test_a_paper_of_the_office_has_a_line_for_the_signature_by_hand(language: PaperLanguage) -> None:
    hand = {KK: "қолы Басшыбаев", RU: "подпись Басшыбаев"}[language]
    assert re.search(hand, says(PaperKind.RECEIPT, language, channel=OFFICE))
    assert not re.search(hand, says(PaperKind.RECEIPT, language, channel=PORTAL))


@BOTH
@EVERY_KIND
def test_all_letters_of_kazakh_come_out(kind: PaperKind, language: PaperLanguage) -> None:
    name = PersonName(surname="Әғқңөұүһі", first_name="ӘҒҚҢӨҰҮҺІ", patronymic="Ёёйъыьэю")
    signed = StaffMember(staff_id="at001-head", name=name, post_kk="директор", post_ru="директор")
    assert name.full in says(kind, language, signed_by=signed)
