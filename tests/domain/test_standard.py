"""The standard as data (par. 2, R2.1)."""

from datetime import date

import pytest

from domain.standard import (
    STANDARDS,
    Channel,
    DocumentKind,
    DocumentSource,
    RefusalGround,
    standard_on,
    standard_version,
)

STANDARD = standard_on(date(2026, 11, 22))


def test_par_2_the_standard_of_a_day_is_found_again_by_its_version() -> None:
    assert standard_version(STANDARD.version) is STANDARD
    assert len({standard.version for standard in STANDARDS}) == len(STANDARDS)


def test_par_2_the_standard_has_process_form_content_result_and_other_information() -> None:
    assert STANDARD.term_working_days == 2
    assert (STANDARD.fee.kk, STANDARD.fee.ru) == ("тегін", "бесплатно")
    assert all(
        (STANDARD.source, STANDARD.provider.kk, STANDARD.form.kk, STANDARD.result.kk, STANDARD.other.kk)
    )


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2022, 11, 17), True), (date(2022, 11, 16), False)],
    ids=["first day", "the day before"],
)
def test_par_2_a_standard_is_on_file_from_its_first_day(day: date, found: bool) -> None:
    if found:
        assert standard_on(day).in_force_from == day
    else:
        with pytest.raises(LookupError):
            standard_on(day)


def test_par_2_an_unknown_version_is_said_to_be_unknown() -> None:
    with pytest.raises(LookupError, match="1999"):
        standard_version("1999")


@pytest.mark.parametrize(
    ("channel", "kinds"),
    [
        (Channel.OFFICE, [DocumentKind.APPLICATION, DocumentKind.VKK_CONCLUSION]),
        (Channel.PORTAL, [DocumentKind.ELECTRONIC_REQUEST, DocumentKind.VKK_CONCLUSION]),
    ],
)
def test_par_4_the_package_of_each_channel_is_two_documents(
    channel: Channel, kinds: list[DocumentKind]
) -> None:
    assert [item.kind for item in STANDARD.documents_for(channel) if item.mandatory] == kinds


@pytest.mark.parametrize("channel", Channel)
def test_par_5_nothing_from_information_systems_may_be_demanded(channel: Channel) -> None:
    from_systems = [i for i in STANDARD.documents_for(channel) if i.source is DocumentSource.FROM_SYSTEM]
    assert len(from_systems) == 6
    assert not any(item.may_be_demanded or item.mandatory for item in from_systems)


@pytest.mark.parametrize("channel", Channel)
def test_p1_a_pmpk_conclusion_is_never_demanded(channel: Channel) -> None:
    mandatory = {item.kind for item in STANDARD.documents_for(channel) if item.mandatory}
    assert DocumentKind.PMPK_CONCLUSION not in mandatory


def test_par_4_only_the_two_grounds_of_the_rules_are_on() -> None:
    two = (RefusalGround.INCOMPLETE_PACKAGE, RefusalGround.EXPIRED_DOCUMENT)
    assert STANDARD.refusal_grounds == two
    assert all(ground.wording.kk and ground.wording.ru for ground in RefusalGround)


def test_par_2_every_document_has_a_name_in_three_languages() -> None:
    assert all(kind.wording.kk and kind.wording.ru and kind.wording.en for kind in DocumentKind)
