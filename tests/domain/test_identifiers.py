"""IIN and BIN: every vector of requirements.md, section 7."""

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.identifiers import Bin, Iin, check_digit, mask_iin

IIN: TypeAdapter[str] = TypeAdapter(Iin)
BIN: TypeAdapter[str] = TypeAdapter(Bin)


def code_of(adapter: TypeAdapter[str], value: object) -> str:
    with pytest.raises(ValidationError) as refused:
        adapter.validate_python(value)
    return refused.value.errors()[0]["type"]


@pytest.mark.parametrize(
    "iin",
    [
        pytest.param("061211600012", id="published sample, second pass"),
        pytest.param("160314500001", id="first pass"),
        pytest.param("160314500211", id="second pass"),
    ],
)
def test_section_7_a_right_iin_is_taken(iin: str) -> None:
    assert IIN.validate_python(iin) == iin


@pytest.mark.parametrize("iin", ["160314500002", *(f"16031450020{last}" for last in range(10))])
def test_section_7_an_iin_with_a_wrong_check_digit_is_refused(iin: str) -> None:
    assert code_of(IIN, iin) == "iin_check_digit"


def test_section_7_no_number_is_issued_where_both_passes_give_ten() -> None:
    assert check_digit("16031450020") is None
    assert check_digit("01094000044") is None


def test_section_7_an_impossible_date_is_refused_though_the_check_digit_is_right() -> None:
    assert check_digit("16023150000") == 0
    assert code_of(IIN, "160231500000") == "iin_impossible_date"


@pytest.mark.parametrize(
    "value",
    ["", "16031450000", "1603145000011", "16031450000a", " 160314500001", "١٦٠٣١٤٥٠٠٠٠١", "160314500001\n"],
)
def test_section_7_only_twelve_digits_are_an_iin(value: str) -> None:
    assert code_of(IIN, value) == "iin_not_12_digits"


def with_check_digit(prefix: str) -> str:
    """The first number of this date and seventh digit for which a check digit exists."""
    numbers = (f"{prefix}{serial:04}" for serial in range(10))
    return next(f"{number}{check_digit(number)}" for number in numbers if check_digit(number) is not None)


@pytest.mark.parametrize(
    ("prefix", "taken"),
    [
        pytest.param("0002295", True, id="29 February 2000"),
        pytest.param("0002293", False, id="29 February 1900"),
        pytest.param("0002290", True, id="29 February of an unknown century"),
        pytest.param("1603140", True, id="seventh digit 0"),
        pytest.param("1603149", True, id="seventh digit 9"),
        pytest.param("1602310", False, id="31 February of an unknown century"),
        pytest.param("1613145", False, id="month 13"),
        pytest.param("1603005", False, id="day 0"),
    ],
)
def test_section_7_the_date_is_checked_in_the_century_of_the_seventh_digit(prefix: str, taken: bool) -> None:
    iin = with_check_digit(prefix)
    if taken:
        assert IIN.validate_python(iin) == iin
    else:
        assert code_of(IIN, iin) == "iin_impossible_date"


def test_par_4_a_legal_entity_is_told_that_only_a_person_applies() -> None:
    assert code_of(IIN, "010940000013") == "iin_is_a_bin"


def test_par_3_a_right_bin_is_taken() -> None:
    assert BIN.validate_python("010940000013") == "010940000013"


@pytest.mark.parametrize("bin_", [f"01094000044{last}" for last in range(10)])
def test_section_7_a_bin_with_a_wrong_check_digit_is_refused(bin_: str) -> None:
    assert code_of(BIN, bin_) == "bin_check_digit"


@pytest.mark.parametrize(
    "bin_",
    [
        pytest.param("160314500001", id="a person's number"),
        pytest.param(with_check_digit("0113400"), id="month 13"),
        pytest.param(with_check_digit("0100400"), id="month 0"),
        pytest.param(with_check_digit("0109700"), id="fifth digit 7"),
    ],
)
def test_section_7_a_number_of_another_kind_is_not_a_bin(bin_: str) -> None:
    assert code_of(BIN, bin_) == "not_a_bin"


@pytest.mark.parametrize("kind", "456")
def test_section_7_every_kind_of_legal_entity_has_a_bin(kind: str) -> None:
    bin_ = with_check_digit(f"0109{kind}00")
    assert BIN.validate_python(bin_) == bin_


def test_section_7_a_bin_has_twelve_digits() -> None:
    assert code_of(BIN, "01094000001") == "bin_not_12_digits"


def test_section_7_an_error_never_repeats_the_number() -> None:
    with pytest.raises(ValidationError) as refused:
        IIN.validate_python("160314500002")
    (error,) = refused.value.errors(include_input=False, include_url=False)
    assert "160314500002" not in str(error)


def test_section_8_a_masked_iin_shows_its_last_four_digits_only() -> None:
    assert mask_iin("160314500001") == "********0001"
