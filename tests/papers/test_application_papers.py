"""Papers beside the first answer: taken back, handed in later, filed again, late, and the end of the period."""

from datetime import UTC, date, datetime

import pytest

from domain.grades import PaperLanguage
from domain.paper_source import EarlierCase, OrderedPeriod, Withdrawal
from domain.papers import PaperKind
from tests.domain.paper_sources import BOTH, KK, RU, VKK
from tests.papers.readers import OFFICE, assert_all_in, says

REQUEST = "Ата-ананың 23.11.2026 күнгі жазбаша өтініші"


@BOTH
def test_the_receipt_of_a_withdrawal_tells_what_when_and_that_one_may_apply_again(
    language: PaperLanguage,
) -> None:
    text = says(PaperKind.WITHDRAWAL_RECEIPT, language, signed_by=None)
    taken_back = {
        KK: "кері қайтарып алды: 25.11.2026, сағат 01:30",
        RU: "отозвал заявление: 25.11.2026, 01:30",
    }
    again = {KK: "жаңа өтініш бере аласыз", RU: "подать новое заявление"}
    no_refusal = {KK: "бас тарту болып табылмайды", RU: "не является отказом"}
    assert_all_in(
        text, "AT001-2026-00007", taken_back[language], again[language], no_refusal[language], "0011"
    )


@BOTH
def test_the_receipt_of_a_withdrawal_at_the_office_names_the_written_request(language: PaperLanguage) -> None:
    withdrawal = Withdrawal(by_office=True, reason=REQUEST)
    text = says(PaperKind.WITHDRAWAL_RECEIPT, language, channel=OFFICE, withdrawal=withdrawal)
    by_office = {KK: "кеңсе қабылдаған жазбаша жүгінуі бойынша", RU: "по письменному обращению"}[language]
    assert_all_in(text, by_office, REQUEST, "Басшыбаев Ерлан")


@BOTH
def test_par_4_a_receipt_for_added_papers_says_that_the_clock_goes_on(language: PaperLanguage) -> None:
    goes_on = {KK: "үзілмейді және ұзартылмайды", RU: "не прерывается и не продлевается"}[language]
    assert goes_on in says(PaperKind.RECEIPT, language, channel=OFFICE, supplementary=True)
    assert goes_on not in says(PaperKind.RECEIPT, language, channel=OFFICE)


@BOTH
def test_d6_a_receipt_lists_what_was_taken_over_from_the_earlier_case(language: PaperLanguage) -> None:
    number = "AT001-2026-00003"
    taken = VKK.model_copy(update={"number": "0009"})
    earlier = EarlierCase(number=number, documents=(taken,))
    from_case = {KK: f"№ {number} өтініш бойынша істен", RU: f"из дела по заявлению № {number}"}[language]
    assert_all_in(says(PaperKind.RECEIPT, language, channel=OFFICE, earlier=earlier), from_case, "№ 0009")
    none = says(PaperKind.RECEIPT, language, earlier=EarlierCase(number=number, documents=()))
    assert {KK: "істе құжат жоқ", RU: "документов нет"}[language] in none


@BOTH
@pytest.mark.parametrize("kind", [PaperKind.ORDER, PaperKind.REFUSAL])
def test_d1_an_answer_after_the_term_says_by_how_many_working_days(
    kind: PaperKind, language: PaperLanguage
) -> None:
    late = {KK: "кешігу – 3 жұмыс күні", RU: "опоздание в рабочих днях: 3"}[language]
    issued = datetime(2026, 11, 30, 5, tzinfo=UTC)
    assert late in says(kind, language, late_working_days=3, issued_at=issued)
    assert late.partition("3")[0] not in says(kind, language)


@BOTH
def test_p10_the_notice_tells_the_order_the_last_day_and_what_one_can_do(language: PaperLanguage) -> None:
    period = OrderedPeriod(
        order_number="3-ҮО", ordered_at=datetime(2026, 11, 25, 5, tzinfo=UTC), ends=date(2027, 5, 25)
    )
    text = says(PaperKind.PERIOD_NOTICE, language, signed_by=None, period=period)
    order = {KK: "25.11.2026 күнгі № 3-ҮО", RU: "№ 3-ҮО от 25.11.2026"}[language]
    nothing = {KK: "шешім болып табылмайды", RU: "не является решением"}[language]
    back = {KK: "мектептегі сабаққа оралса", RU: "возвращается к занятиям"}[language]
    assert_all_in(text, order, "25.05.2027", nothing, back, "www.egov.kz")


def test_what_the_paper_needs_and_the_case_lacks_is_told() -> None:
    for kind, lacking in ((PaperKind.WITHDRAWAL_RECEIPT, "withdrawal"), (PaperKind.PERIOD_NOTICE, "period")):
        with pytest.raises(ValueError, match="lacks the"):
            says(kind, KK, **{lacking: None})
