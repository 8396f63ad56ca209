"""The service's title and legal basis (par. 1)."""

import pytest

from domain import service
from domain.wording import Wording


def test_par_1_the_title_is_the_one_of_the_rules() -> None:
    assert service.TITLE.kk == (
        "Бастауыш, негізгі орта, жалпы орта білім беру ұйымдарына денсаулығына байланысты ұзақ уақыт бойы "
        "бара алмайтын балаларды үйде жеке тегін оқытуды ұйымдастыру үшін құжаттар қабылдау"
    )
    assert service.TITLE.ru.startswith(
        "Прием документов для организации индивидуального бесплатного обучения"
    )


def test_par_1_the_legal_basis_cites_the_law_and_the_rules() -> None:
    assert "10-бабының 1) тармақшасы" in service.LEGAL_BASIS.kk
    assert "подпункт 1) статьи 10" in service.LEGAL_BASIS.ru
    assert f"«{service.TITLE.kk}» мемлекеттік көрсетілетін қызмет қағидасы" in service.LEGAL_BASIS.kk
    assert f"Правила оказания государственной услуги «{service.TITLE.ru}»" in service.LEGAL_BASIS.ru
    assert all("223" in words for words in (service.LEGAL_BASIS.kk, service.LEGAL_BASIS.ru))


def test_wording_is_said_in_the_language_asked_for() -> None:
    words = Wording(kk="иә", ru="да", en="yes")
    assert [words.said_in(language) for language in ("kk", "ru", "en")] == ["иә", "да", "yes"]


def test_wording_has_three_languages_only() -> None:
    with pytest.raises(KeyError):
        Wording(kk="иә", ru="да", en="yes").said_in("fr")
