"""The check and registration of a request (par. 4, 5): R4.3, R5.4-R5.8."""

from datetime import date
from typing import Any

import pytest

from domain.events import Event, MonitoringStage
from domain.package import Defect, Document
from domain.papers import PaperKind
from domain.stages import Stage, Step
from domain.standard import DocumentKind
from tests.builders import an_act
from tests.domain.cases import (
    CONCLUSION,
    EXPIRED_CONCLUSION,
    LETTER,
    NO_CONCLUSION,
    NO_LETTER,
    OVERRULED,
    a_case,
    a_check,
    an_admission,
    an_office_case,
    checked,
    refused,
    taken,
)

VKK = DocumentKind.VKK_CONCLUSION
IN_ORDER = a_check(checked())
OUT_OF_DATE: dict[str, Any] = {"period_to": "2026-11-16"}
WHERE = "Қорытындының екінші бетінде басқа күн тұр"
ON_THE_DAY_OF_FILING: dict[str, Any] = {"period_to": "2026-11-17"}


def test_par_5_r5_4_the_check_registers_the_request_when_it_is_in_order() -> None:
    effects = taken(IN_ORDER, a_case())
    assert effects.registers
    assert effects.findings == ()
    assert effects.events == (Event.REGISTERED, Event.NOTICE_SENT)


def test_par_5_r5_4_the_check_registers_the_request_when_it_finds_defects_too() -> None:
    effects = taken(a_check(checked(present=False)), a_case(documents=()))
    assert effects.registers
    assert effects.findings == (NO_CONCLUSION,)
    assert effects.events == (Event.REGISTERED, Event.REFUSAL_PROPOSED)


def test_par_5_r5_4_a_request_is_registered_once() -> None:
    effects = taken(IN_ORDER, a_case(registration_number="1-Ө"))
    assert not effects.registers
    assert effects.events == (Event.PACKAGE_CHECKED, Event.NOTICE_SENT)


def test_par_5_r5_5_a_portal_request_in_order_gets_the_notice_of_acceptance_at_once() -> None:
    assert taken(IN_ORDER, a_case()).papers == (PaperKind.NOTICE_OF_ACCEPTANCE,)


def test_par_4_an_office_case_in_order_gets_no_notice_it_got_the_receipt() -> None:
    effects = taken(a_check(checked("APPLICATION"), checked()), an_office_case())
    assert effects.stage is Stage.REGISTERED
    assert effects.papers == ()
    assert effects.events == (Event.REGISTERED, Event.HANDED_TO_HEAD)


def test_par_4_r4_6_the_office_hands_the_papers_to_the_head_at_each_check_whatever_it_finds() -> None:
    act = a_check(checked("APPLICATION", present=False), checked())
    again = an_office_case(registration_number="1-Ө", documents=(CONCLUSION,))
    assert taken(act, again).events == (Event.PACKAGE_CHECKED, Event.REFUSAL_PROPOSED, Event.HANDED_TO_HEAD)


def test_par_5_r5_6_a_request_that_is_not_in_order_gets_no_notice() -> None:
    assert taken(a_check(checked(present=False)), a_case(documents=())).papers == ()


def test_par_5_r5_7_the_notice_is_sent_once() -> None:
    assert taken(IN_ORDER, a_case(registration_number="1-Ө", notice_sent=True)).papers == ()


def test_par_5_r5_7_after_the_notice_there_is_no_refusal() -> None:
    act = an_act(Step.REFUSE, findings=[{"document": "VKK_CONCLUSION", "defect": "MISSING"}])
    assert refused(act, a_case(Stage.REGISTERED)).code == "refusal_after_notice"


def test_par_5_r5_7_after_the_notice_the_check_finds_no_new_defects() -> None:
    case = a_case(registration_number="1-Ө", notice_sent=True)
    assert refused(a_check(checked(**OUT_OF_DATE, note=WHERE)), case).code == "notice_already_sent"


def test_par_5_r5_7_what_the_head_overruled_in_sending_the_notice_does_not_stop_a_later_check() -> None:
    case = a_case(registration_number="1-Ө", notice_sent=True, admitted=an_admission(overruled=[OVERRULED]))
    effects = taken(a_check(checked(**OUT_OF_DATE, note=WHERE)), case)
    assert effects.stage is Stage.REGISTERED
    assert effects.findings is not None
    assert [finding.defect for finding in effects.findings] == [Defect.EXPIRED]


def test_par_4_at_the_office_a_later_check_may_find_new_defects() -> None:
    case = an_office_case(registration_number="1-Ө", admitted=an_admission())
    effects = taken(a_check(checked("APPLICATION"), checked(**OUT_OF_DATE, note=WHERE)), case)
    assert effects.stage is Stage.REFUSAL_PROPOSED


def test_par_4_r4_3_both_defects_are_found_in_one_check() -> None:
    expired = Document(kind=VKK, number="0012", period_to=date(2026, 5, 25))
    act = a_check(checked("APPLICATION", present=False), checked(number="0012", period_to="2026-05-25"))
    effects = taken(act, an_office_case(documents=(expired,)))
    assert effects.findings == (NO_LETTER, EXPIRED_CONCLUSION)


@pytest.mark.parametrize("items", [["APPLICATION", "VKK_CONCLUSION"], ["VKK_CONCLUSION", "APPLICATION"]])
def test_par_4_the_order_of_the_clerks_lines_does_not_matter(items: list[str]) -> None:
    act = a_check(*(checked(item, present=False) for item in items))
    assert taken(act, an_office_case(documents=())).findings == (NO_LETTER, NO_CONCLUSION)


@pytest.mark.parametrize(
    "kind", ["PMPK_CONCLUSION", "BIRTH_RECORD", "GUARDIANSHIP", "DISABILITY", "ADDRESS", "OTHER"]
)
@pytest.mark.parametrize("present", [True, False])
def test_par_5_r5_8_the_clerk_cannot_add_a_demand(kind: str, present: bool) -> None:
    problem = refused(a_check(checked(), checked(kind, present=present)), a_case())
    assert problem.code == "demand_added"
    assert problem.instead == "Check only VKK_CONCLUSION"


def test_par_5_on_the_portal_no_letter_is_checked() -> None:
    assert refused(a_check(checked("APPLICATION"), checked()), a_case()).code == "demand_added"


def test_par_5_the_check_covers_the_whole_package() -> None:
    problem = refused(IN_ORDER, an_office_case())
    assert problem.code == "item_not_checked"
    assert "APPLICATION" in problem.what


def test_par_5_on_the_portal_only_what_was_attached_can_be_present() -> None:
    assert refused(IN_ORDER, a_case(documents=())).code == "not_attached"


def test_par_4_at_the_office_only_what_was_recorded_can_be_present() -> None:
    act = a_check(checked("APPLICATION"), checked(number="0011"))
    problem = refused(act, an_office_case(documents=(LETTER,)))
    assert problem.code == "not_filed"
    assert "add_documents" in problem.instead


def test_par_4_a_paper_that_was_handed_in_is_not_marked_as_absent_without_a_note() -> None:
    assert refused(a_check(checked(present=False)), a_case()).code == "absent_without_reason"


def test_par_4_the_note_on_a_paper_that_was_handed_in_is_kept_with_the_finding() -> None:
    note = "Бұл басқа баланың қорытындысы"
    effects = taken(a_check(checked(present=False, note=note)), a_case())
    assert effects.findings == (NO_CONCLUSION.model_copy(update={"note": note}),)


def test_par_4_a_note_on_what_was_never_handed_in_stays_with_the_clerk() -> None:
    act = a_check(checked(present=False, note="Телефонмен ескертілді"))
    assert taken(act, a_case(documents=())).findings == (NO_CONCLUSION,)


@pytest.mark.parametrize(
    ("filed", "seen", "reached"),
    [
        pytest.param(OUT_OF_DATE, {}, Stage.REFUSAL_PROPOSED, id="filed as expired"),
        pytest.param({}, OUT_OF_DATE, Stage.REFUSAL_PROPOSED, id="seen to be expired"),
        pytest.param(OUT_OF_DATE, ON_THE_DAY_OF_FILING, Stage.REGISTERED, id="seen to be valid still"),
        pytest.param(ON_THE_DAY_OF_FILING, {}, Stage.REGISTERED, id="valid on the day of filing"),
        pytest.param({}, {"number": "0011"}, Stage.REGISTERED, id="without an end"),
    ],
)
def test_par_4_the_dates_that_the_clerk_saw_stand_for_those_that_were_filed(
    filed: dict[str, Any], seen: dict[str, Any], reached: Stage
) -> None:
    document = Document(kind=VKK, number="0011", **filed)
    assert taken(a_check(checked(**seen, note=WHERE)), a_case(documents=(document,))).stage is reached


@pytest.mark.parametrize(
    ("filed", "needs_note"),
    [
        pytest.param((CONCLUSION,), True, id="filed without an end"),
        pytest.param((Document(kind=VKK, period_to=date(2026, 11, 17)),), True, id="filed with a later day"),
        pytest.param((Document(kind=VKK, period_to=date(2026, 11, 16)),), False, id="filed with this day"),
        pytest.param(
            (Document(kind=VKK, period_to=date(2026, 5, 25)),), False, id="filed with an earlier day"
        ),
        pytest.param(
            (Document(kind=VKK, number="0010", period_to=date(2026, 11, 16)), CONCLUSION),
            True,
            id="one of two",
        ),
    ],
)
def test_par_4_a_day_earlier_than_the_filed_one_needs_a_note_which_goes_into_the_finding(
    filed: tuple[Document, ...], needs_note: bool
) -> None:
    case = a_case(documents=filed)
    (finding,) = taken(a_check(checked(**OUT_OF_DATE, note=WHERE)), case).findings or ()
    assert finding.note == (WHERE if needs_note else None)
    if needs_note:
        assert refused(a_check(checked(**OUT_OF_DATE)), case).code == "changed_without_reason"


def test_par_4_an_expired_paper_keeps_its_number_when_the_clerk_corrects_only_the_date() -> None:
    (finding,) = taken(a_check(checked(**OUT_OF_DATE, note=WHERE)), a_case()).findings or ()
    assert finding.number == CONCLUSION.number


def test_par_4_of_several_papers_the_number_is_not_guessed() -> None:
    case = a_case(documents=(CONCLUSION, Document(kind=VKK, number="0010")))
    (finding,) = taken(a_check(checked(**OUT_OF_DATE, note=WHERE)), case).findings or ()
    assert finding.number is None


def test_par_4_a_valid_paper_beside_an_expired_one_is_enough() -> None:
    expired = Document(kind=VKK, number="0010", period_to=date(2026, 5, 25))
    assert taken(IN_ORDER, a_case(documents=(expired, CONCLUSION))).stage is Stage.REGISTERED


def test_q10_added_papers_put_the_case_back_to_the_check_and_cure_it() -> None:
    added = taken(an_act(Step.ADD_DOCUMENTS), a_case(Stage.REFUSAL_PROPOSED))
    assert (added.stage, added.events, added.papers) == (Stage.RECEIVED, (Event.DOCUMENTS_ADDED,), ())
    assert Event.DOCUMENTS_ADDED.monitoring_stage is MonitoringStage.RECEIVED
    again = a_case(registration_number="1-Ө", findings=(NO_CONCLUSION,), documents=(CONCLUSION,))
    assert taken(IN_ORDER, again).stage is Stage.REGISTERED


def test_par_5_the_letter_of_the_office_is_part_of_its_package() -> None:
    act = a_check(checked("APPLICATION", present=False), checked())
    assert taken(act, an_office_case(documents=(CONCLUSION,))).findings == (NO_LETTER,)
    effects = taken(
        a_check(checked("APPLICATION"), checked()), an_office_case(documents=(LETTER, CONCLUSION))
    )
    assert effects.findings == ()
