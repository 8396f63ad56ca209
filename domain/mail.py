"""E-mails: they say that something happened and where to look, and nothing that only the cabinet may tell.

Not even the title of the service is named: it speaks of health, and a mailbox is read by others, too.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from domain.complaint_mail_words import words_about_term
from domain.destination import Destination
from domain.legal_time import local_time
from domain.mail_words import AUTOMATIC, BY, CASE, COMPLAINT, LOOK, NEWS, OTHER_CASE, WHERE, words_about
from domain.wording import Wording


class Letter(BaseModel):
    """An e-mail in Kazakh and Russian; it names no person and no school, only the number that its reader knows."""

    model_config = ConfigDict(frozen=True)

    subject: str
    text: str


class News(BaseModel):
    """What there is to tell of a case."""

    model_config = ConfigDict(frozen=True)

    destination: Destination
    event: str
    case_number: str
    complaint_number: str | None = None
    """Where it is about a complaint of the case."""
    term: str | None = None
    """Of a complaint, the kind of the term that it is about."""
    other_case: str | None = None
    """The case in which this one goes on."""
    due_at: datetime | None = None
    """The end of the term that it is about."""
    address: str | None = None
    """Where the case is followed on the portal."""


def letter_about(news: News) -> Letter:
    """The e-mail; of an event that it has no words for it says that there is news."""
    of_a_term = words_about_term(news.destination, news.event, news.term) if news.term else None
    said = of_a_term or words_about(news.destination, news.event)
    number = news.complaint_number or news.case_number
    return Letter(
        subject=f"{number}: {NEWS.kk} / {NEWS.ru}",
        text="\n\n".join(_in(language, said, news) for language in ("kk", "ru")) + "\n",
    )


def _in(language: str, said: Wording, news: News) -> str:
    lines = [said.said_in(language), f"{CASE.said_in(language)}: {news.case_number}"]
    if news.complaint_number:
        lines.append(f"{COMPLAINT.said_in(language)}: {news.complaint_number}")
    if news.other_case:
        lines.append(f"{OTHER_CASE.said_in(language)}: {news.other_case}")
    if news.due_at:
        lines.append(f"{BY.said_in(language)}: {local_time(news.due_at):%d.%m.%Y %H:%M}")
    where = news.address or WHERE[news.destination].said_in(language)
    lines += [f"{LOOK.said_in(language)}: {where}", AUTOMATIC.said_in(language)]
    return "\n".join(lines)
