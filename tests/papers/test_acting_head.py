"""What papers say when somebody acts as head: both names, and the order."""

from typing import Any

import pytest

from domain.grades import PaperLanguage
from domain.paper_source import ActingFor
from domain.papers import PaperKind
from domain.person import PersonName
from domain.school import StaffMember
from tests.domain.paper_sources import HEAD, KK, RU
from tests.papers.readers import OFFICE, PORTAL, assert_all_in, says

ACT = "№ 15-ЖҚ бұйрық, 23.11.2026"
DEPUTY = StaffMember(
    staff_id="at001-deputy",
    name=PersonName(surname="Орынбасарова", first_name="Жанар"),
    post_kk="директордың орынбасары",
    post_ru="заместитель директора",
)
SIGNED: dict[str, Any] = {
    "signed_by": DEPUTY,
    "acting_for": ActingFor(act=ACT, member=HEAD),
}
AS_ACTING = {
    KK: "Көрсетілетін қызметті беруші басшысының міндетін атқарушы",
    RU: "Исполняющий обязанности руководителя услугодателя",
}
POST = {KK: DEPUTY.post_kk, RU: DEPUTY.post_ru}
FREE = {KK: "лауазым бос", RU: "должность свободна"}
SIGNED_BY_THE_HEAD = pytest.mark.parametrize(
    "kind", [PaperKind.REFUSAL, PaperKind.ORDER, PaperKind.COMPLAINT_REPLY]
)
BOTH = pytest.mark.parametrize("language", list(PaperLanguage))


@BOTH
@SIGNED_BY_THE_HEAD
@pytest.mark.parametrize("channel", [OFFICE, PORTAL])
def test_a_paper_of_an_acting_head_shows_both_names_and_the_order(
    kind: PaperKind, language: PaperLanguage, channel: Any
) -> None:
    text = says(kind, language, channel=channel, **SIGNED)
    assert_all_in(text, AS_ACTING[language], "Орынбасарова Жанар", POST[language], HEAD.name.full, ACT)


@BOTH
@SIGNED_BY_THE_HEAD
def test_a_paper_of_who_acts_in_a_free_post_says_that_it_is_free(
    kind: PaperKind, language: PaperLanguage
) -> None:
    free = {**SIGNED, "acting_for": ActingFor(act=ACT)}
    text = says(kind, language, **free)
    assert_all_in(text, AS_ACTING[language], FREE[language], ACT)
    assert HEAD.name.full not in text


@BOTH
@SIGNED_BY_THE_HEAD
def test_a_paper_of_the_head_says_nothing_of_acting(kind: PaperKind, language: PaperLanguage) -> None:
    assert AS_ACTING[language] not in says(kind, language)
