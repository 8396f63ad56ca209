"""Names, phones and e-mail addresses."""

import unicodedata

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.person import KAZAKH_ALPHABET, Email, PersonName, Phone

PHONE: TypeAdapter[str] = TypeAdapter(Phone)
EMAIL: TypeAdapter[str] = TypeAdapter(Email)


def named(surname: str, first_name: str = "Айша", patronymic: str | None = None) -> PersonName:
    return PersonName(surname=surname, first_name=first_name, patronymic=patronymic)


def test_section_7_a_name_prints_in_full_with_and_without_patronymic() -> None:
    assert named("Әбдіғалиқызы", "Үміт", "Нұрланқызы").full == "Әбдіғалиқызы Үміт Нұрланқызы"
    assert named("Ким").full == "Ким Айша"


def test_section_7_the_nine_kazakh_letters_are_letters_of_names() -> None:
    assert named("Әғқңөұүһі").surname == "Әғқңөұүһі"


@pytest.mark.parametrize("surname", ["Құрман-Әли", "О’Коннор", "ван дер Берг", "D'Arc", "Ёлкина"])
def test_section_7_hyphens_apostrophes_spaces_and_latin_letters_are_taken(surname: str) -> None:
    assert named(surname).surname == surname


def test_section_7_a_name_is_composed_and_single_spaced() -> None:
    assert named("  Андрей \t Сергей ").surname == "Андрей Сергей"
    assert named(unicodedata.normalize("NFD", "Йолдас")).surname == "Йолдас"


@pytest.mark.parametrize(
    ("surname", "code"),
    [
        ("", "name_length"),
        ("   ", "name_length"),
        ("Ә" * 101, "name_length"),
        ("Ахмет1", "name_letters"),
        ("-Ахмет", "name_letters"),
        ("Ахмет;", "name_letters"),
        ("Ахмет\u200bов", "name_letters"),
        ("李", "name_letters"),
    ],
)
def test_section_7_what_is_not_a_name_is_refused(surname: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        named(surname)
    assert [error["type"] for error in refused.value.errors()] == [code]


def test_section_7_the_longest_name_is_taken() -> None:
    assert len(named("Ә" * 100).surname) == 100


def test_section_7_a_misspelt_field_of_a_name_is_refused() -> None:
    with pytest.raises(ValidationError, match="patronimic"):
        PersonName.model_validate({"surname": "Ким", "first_name": "Айша", "patronimic": "Олеговна"})


def test_section_7_names_sort_by_the_kazakh_alphabet() -> None:
    surnames = [f"{letter.upper()}ке" for letter in KAZAKH_ALPHABET]
    assert len(surnames) == 42
    assert [p.surname for p in sorted(map(named, reversed(surnames)), key=lambda p: p.sort_key)] == surnames


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (named("Ахмет"), named("Әбіл")),
        (named("Ең"), named("Ёлка")),
        (named("Ёлка"), named("Жан")),
        (named("Нұр"), named("Ңұр")),
        (named("Али"), named("Алиев")),
        (named("Али-Құл"), named("Алиев")),
        (named("али", "Ә"), named("Али", "Б")),
        (named("Али", "Айша"), named("Али", "Айша", "Әлиқызы")),
        (named("Я"), named("Adams")),
    ],
)
def test_section_7_the_first_name_comes_before_the_second(first: PersonName, second: PersonName) -> None:
    assert first.sort_key < second.sort_key


@pytest.mark.parametrize(
    "phone", ["+77000000000", "+7 700 000 00 00", "+7 (700) 000-00-00", "+7\u00a0700–0000000"]
)
def test_section_7_a_phone_is_kept_as_plus_seven_and_ten_digits(phone: str) -> None:
    assert PHONE.validate_python(phone) == "+77000000000"


@pytest.mark.parametrize(
    "phone", ["87000000000", "+7700000000", "+770000000000", "+17000000000", "+7700000000a", ""]
)
def test_section_7_any_other_phone_is_refused(phone: str) -> None:
    with pytest.raises(ValidationError, match="not \\+7 and ten digits"):
        PHONE.validate_python(phone)


@pytest.mark.parametrize("email", ["a@b.kz", "Aisha.K+1@mail.example.kz", "айша@пошта.қаз"])
def test_section_7_an_email_address_is_taken(email: str) -> None:
    assert EMAIL.validate_python(f" {email} ") == email


@pytest.mark.parametrize(
    "email", ["", "a@b", "a b@c.kz", "a@@b.kz", "@b.kz", "a@b.kz\nBcc: x@y.kz", "a@.kz", "<a@b.kz>"]
)
def test_section_7_what_is_not_an_email_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError, match="not an e-mail address"):
        EMAIL.validate_python(email)


def test_section_7_an_address_that_an_earlier_release_took_is_still_one() -> None:
    # Each paper of an old case reads its applicant anew; such a letter is not written (activities.sending.post).
    assert EMAIL.validate_python("a=?b@d.kz") == "a=?b@d.kz"


def test_section_7_an_overlong_email_address_is_refused() -> None:
    with pytest.raises(ValidationError):
        EMAIL.validate_python(f"a@{'b' * 250}.kz")
