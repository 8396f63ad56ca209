"""Paragraphs 9 and 10: each paper that a person may complain of tells where, until when, and of the court."""

import re

import pytest

from domain.grades import PaperLanguage
from domain.papers import PaperKind
from tests.domain.paper_sources import BOTH, KK, RU, SCHOOL
from tests.papers.readers import assert_all_in, says

ADVERSE = pytest.mark.parametrize(
    "kind", [PaperKind.REFUSAL, PaperKind.ORDER, PaperKind.SILENCE_NOTICE, PaperKind.CORRECTING_NOTICE]
)


@BOTH
@ADVERSE
def test_par_9_the_paper_shows_both_routes_of_complaint_with_their_terms(
    kind: PaperKind, language: PaperLanguage
) -> None:
    body = SCHOOL.authorised_body_kk if language is KK else SCHOOL.authorised_body_ru
    terms = {KK: ("5 жұмыс", "15 жұмыс", "3 ай"), RU: ("5 рабочих", "15 рабочих", "3 месяцев")}[language]
    law = {KK: "25-бабының 2-тармағы, Қағиданың 9-тармағы", RU: "пункт 2 статьи 25"}[language]
    assert_all_in(says(kind, language), body, law, *terms)


@BOTH
@ADVERSE
def test_par_10_the_paper_tells_of_the_right_to_go_to_court(kind: PaperKind, language: PaperLanguage) -> None:
    assert {KK: "сотқа жүгінуге құқылысыз", RU: "вправе обратиться в суд"}[language] in says(kind, language)


@BOTH
@ADVERSE
def test_d2_the_paper_says_that_a_late_complaint_is_taken_too(
    kind: PaperKind, language: PaperLanguage
) -> None:
    late = {
        KK: "қабылдаудан бас тартуға негіз болмайды",
        RU: "не является основанием для отказа в приеме жалобы",
    }
    assert late[language] in says(kind, language)


@BOTH
@ADVERSE
def test_par_9_no_paper_computes_the_last_day_to_complain(kind: PaperKind, language: PaperLanguage) -> None:
    text = says(kind, language)
    not_before = {KK: "ерте басталмайды: 25.11.2026", RU: "не ранее 25.11.2026"}[language]
    assert not_before in text
    assert not re.search(r"2[456]\.02\.2027", text)
