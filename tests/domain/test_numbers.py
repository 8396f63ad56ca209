"""Numbers of cases, papers and orders."""

import pytest

from domain.numbers import case_number, legal_number


def test_par_7_an_order_number_is_sequence_separator_and_index() -> None:
    assert legal_number(12, "-", "ҮО") == "12-ҮО"
    assert legal_number(213, "/", "НҚ") == "213/НҚ"


def test_par_5_a_case_number_names_school_year_and_sequence() -> None:
    assert case_number("AT001", 2026, 1) == "AT001-2026-00001"
    assert case_number("AT001", 2026, 123456) == "AT001-2026-123456"


@pytest.mark.parametrize("seq", [0, -1])
def test_par_7_numbers_begin_with_one(seq: int) -> None:
    with pytest.raises(ValueError, match="start with 1"):
        legal_number(seq, "-", "ҮО")
    with pytest.raises(ValueError, match="start with 1"):
        case_number("AT001", 2026, seq)


@pytest.mark.parametrize("code", ["", "A", "АТ001", "at001", "AT-01", "A" * 11])
def test_par_5_a_school_code_is_capital_latin_letters_and_digits(code: str) -> None:
    with pytest.raises(ValueError, match="school code"):
        case_number(code, 2026, 1)
