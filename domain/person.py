"""A person's name and the ways to reach them."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from domain.refusal import invalid

KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_LONGEST_NAME = 100
_JOINERS = "-'’ʼ "
_RANKS = {letter: rank for rank, letter in enumerate(KAZAKH_ALPHABET, start=1)}
_PHONE = re.compile(r"\+7[0-9]{10}")
_PHONE_DRESS = re.compile(r"[\s()\[\]‐‑‒–—-]")
_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[^@\s<>,;:\"()\[\]\\.]+(\.[^@\s<>,;:\"()\[\]\\.]+)+")
_LONGEST_EMAIL = 254


def _name_part(value: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", value).split())
    if not name or len(name) > _LONGEST_NAME:
        raise invalid(
            "name_length",
            f"a part of the name is empty or longer than {_LONGEST_NAME} characters",
            "Papers are issued on the name as the identity document has it",
            "Write the name as in the identity document, leave the patronymic out if there is none",
        )
    if not _is_letter(name[0]) or not all(_is_letter(sign) or sign in _JOINERS for sign in name):
        raise invalid(
            "name_letters",
            "the name holds a sign that names do not have",
            "Names have Cyrillic or Latin letters, hyphens, apostrophes and spaces and begin with a letter",
            "Write the name as in the identity document",
        )
    return name


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and unicodedata.name(sign, "").startswith(("CYRILLIC", "LATIN"))


def _valid_phone(value: str) -> str:
    phone = _PHONE_DRESS.sub("", value)
    if not _PHONE.fullmatch(phone):
        raise invalid(
            "phone",
            "the phone number is not +7 and ten digits",
            "Numbers of Kazakhstan have that form; spaces, dashes and brackets are ignored",
            "Write it like +7 700 000 00 00",
        )
    return phone


def _valid_email(value: str) -> str:
    email = value.strip()
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise invalid(
            "email",
            "this is not an e-mail address",
            "An address is a name, the sign @ and a domain with a dot, without spaces",
            "Correct the address or leave it out",
        )
    return email


NamePart = Annotated[str, AfterValidator(_name_part)]
"""One part of a name, composed (NFC), single-spaced."""

Phone = Annotated[str, AfterValidator(_valid_phone)]
"""A phone number of Kazakhstan as +7 and ten digits, whatever dress it came in."""

Email = Annotated[str, AfterValidator(_valid_email)]
"""Something that can be an e-mail address; whether mail arrives there is not known."""


class PersonName(BaseModel):
    """A name as the identity document has it; not everyone has a patronymic."""

    # A misspelt "patronymic" must not pass for a person without one.
    model_config = ConfigDict(frozen=True, extra="forbid")

    surname: NamePart
    first_name: NamePart
    patronymic: NamePart | None = None

    @property
    def full(self) -> str:
        """Surname, first name and patronymic, as lists and papers print them."""
        return " ".join(self._parts())

    @property
    def sort_key(self) -> tuple[tuple[int, ...], ...]:
        """Orders people by the Kazakh alphabet, its nine extra letters in place; capitals do not matter."""
        return tuple(_ranks(part) for part in self._parts())

    def _parts(self) -> tuple[str, ...]:
        return tuple(part for part in (self.surname, self.first_name, self.patronymic) if part)


def _ranks(part: str) -> tuple[int, ...]:
    # A space or hyphen ends a word, so it comes before any letter; letters of other alphabets come last.
    letters = (sign for sign in part.casefold() if _is_letter(sign) or sign in "- ")
    return tuple(_RANKS.get(sign, 0 if sign in "- " else 100 + ord(sign)) for sign in letters)
