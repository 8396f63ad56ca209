"""E-mails: what they say, to whom, and what they never say."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.complaint import ComplaintTermKind
from domain.destination import Carrier, Destination
from domain.events import Event
from domain.mail import News, letter_about
from domain.mail_words import words_about
from domain.service import TITLE
from tests.builders import DUE_AT

PEOPLE = Carrier.MAIL.destinations


def news(
    destination: Destination = Destination.APPLICANT, event: str = "ORDER_ISSUED", **changes: object
) -> News:
    told = {"destination": destination, "event": event, "case_number": "AT001-2026-00001", **changes}
    return News.model_validate(told)


def test_a_letter_says_all_in_kazakh_and_then_in_russian() -> None:
    text = letter_about(news(Destination.HEAD, "LAST_DAY", due_at=DUE_AT)).text
    kazakh, russian = text.split("\n\n")
    assert "Бүгін - іс бойынша жауап берудің соңғы күні." in kazakh
    assert "Сегодня последний день для ответа по делу." in russian
    for part in (kazakh, russian):
        assert "AT001-2026-00001" in part
        assert "19.11.2026 18:30" in part


def test_a_letter_names_the_complaint_it_is_about() -> None:
    letter = letter_about(news(event="COMPLAINT_EXTENDED", complaint_number="AT001-2026-S00001"))
    assert letter.subject.startswith("AT001-2026-S00001: ")
    assert "Номер жалобы: AT001-2026-S00001" in letter.text


@pytest.mark.parametrize("destination", PEOPLE)
@pytest.mark.parametrize(
    "event",
    [
        Event.COMPLAINT_REMINDED,
        Event.COMPLAINT_LAST_DAY,
        Event.COMPLAINT_TERM_BREACHED,
        Event.COMPLAINT_TERM_RECOUNTED,
    ],
)
def test_par_9_each_term_of_a_complaint_is_told_in_words_of_its_own(
    destination: Destination, event: Event
) -> None:
    texts = {letter_about(news(destination, event, term=term)).text for term in ComplaintTermKind}
    assert len(texts) == len(ComplaintTermKind)
    forwarding = letter_about(news(destination, event, term=ComplaintTermKind.FORWARDING)).text
    assert "срок направления жалобы с материалами дела" in forwarding


def test_a_letter_tells_where_to_look_with_a_portal_and_without() -> None:
    assert (
        "https://uide.example.kz/status/1"
        in letter_about(news(address="https://uide.example.kz/status/1")).text
    )
    assert "в Вашем личном кабинете или в канцелярии школы" in letter_about(news()).text


def test_a_letter_has_no_term_where_there_is_none() -> None:
    assert "Срок (время Алматы)" not in letter_about(news()).text


def test_d1_silence_is_told_with_both_addressees_and_the_three_months() -> None:
    said = words_about(Destination.APPLICANT, Event.TERM_BREACHED)
    for words in (
        "трех месяцев со дня, когда Вам стало об этом известно",
        "руководителю школы",
        "уполномоченный орган",
    ):
        assert words in said.ru
    for words in ("үш ай ішінде", "мектеп басшысына", "уәкілетті органға"):
        assert words in said.kk


@pytest.mark.parametrize("destination", PEOPLE)
def test_an_event_without_words_of_its_own_is_news(destination: Destination) -> None:
    assert words_about(destination, "SOMETHING_NEW").ru == "По делу есть новое сообщение."


def test_a_refusal_and_an_order_are_told_in_the_same_words() -> None:
    assert letter_about(news(event=Event.REFUSED)).text == letter_about(news(event=Event.ORDER_ISSUED)).text


@given(
    destination=st.sampled_from(PEOPLE),
    event=st.one_of(st.sampled_from(list(Event)), st.text(max_size=20)),
    days=st.integers(0, 400),
)
def test_no_letter_speaks_of_health_or_names_the_service(
    destination: Destination, event: str, days: int
) -> None:
    letter = letter_about(news(destination, event, due_at=DUE_AT + timedelta(days=days)))
    text = f"{letter.subject} {letter.text}".lower()
    for word in ("денсау", "здоров", "үйде", "дому", "дәрігер", "врач", "вкк", "дкк", "инвалид", "мүгедек"):
        assert word not in text
    assert TITLE.kk.lower() not in text
    assert TITLE.ru.lower() not in text
