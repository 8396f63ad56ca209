"""What the register keeps of a paper: facts, from which alone it can be shown again."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.application import Capacity
from domain.paper_facts import PaperFacts
from domain.paper_source import Correction
from domain.papers import PaperKind, paper_facts
from domain.person import PersonName
from domain.school import StaffMember
from tests.domain.paper_sources import APPLICANT_IIN, CHILD_IIN, RU, SCHOOL, VKK, a_source

OLD_DUE = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
CORRECTION = Correction(act="№ 1 бұйрық", old_due_at=OLD_DUE)
EVERY_KIND = pytest.mark.parametrize("kind", list(PaperKind))


def facts_of(kind: PaperKind, **changes: Any) -> dict[str, Any]:
    return paper_facts(a_source(kind, **({"correction": CORRECTION} | changes)))


@EVERY_KIND
def test_no_iin_stands_in_full_in_the_facts(kind: PaperKind) -> None:
    everything = str(facts_of(kind))
    assert APPLICANT_IIN not in everything
    assert CHILD_IIN not in everything


@pytest.mark.parametrize(
    ("kind", "languages"),
    [
        (PaperKind.RECEIPT, ["ru"]),
        (PaperKind.NOTICE_OF_ACCEPTANCE, ["ru"]),
        (PaperKind.REFUSAL, ["kk", "ru"]),
        (PaperKind.ORDER, ["kk", "ru"]),
        (PaperKind.SILENCE_NOTICE, ["ru"]),
        (PaperKind.CORRECTING_NOTICE, ["ru"]),
        (PaperKind.COMPLAINT_CONFIRMATION, ["ru"]),
        (PaperKind.COVERING_LETTER, ["kk", "ru"]),
        (PaperKind.EXTENSION_NOTICE, ["ru"]),
        (PaperKind.COMPLAINT_REPLY, ["kk", "ru"]),
        (PaperKind.COMPLAINT_TERM_NOTICE, ["ru"]),
        (PaperKind.COMPLAINT_CORRECTING_NOTICE, ["ru"]),
        (PaperKind.WITHDRAWAL_RECEIPT, ["ru"]),
        (PaperKind.PERIOD_NOTICE, ["ru"]),
    ],
)
def test_acts_of_the_head_are_in_both_languages_and_other_papers_in_the_applicants(
    kind: PaperKind, languages: list[str]
) -> None:
    assert facts_of(kind, language=RU)["languages"] == languages


@EVERY_KIND
def test_all_moments_of_the_facts_are_local_time_in_iso(kind: PaperKind) -> None:
    facts = facts_of(kind)
    assert facts["issued_at"] == "2026-11-25T01:30:00+05:00"
    assert facts["case"]["due_at"] == "2026-11-25T18:30:00+05:00"


def test_facts_of_another_version_of_the_service_can_still_be_read() -> None:
    facts = facts_of(PaperKind.RECEIPT) | {"added_later": True}
    for name in ("correction", "executor", "status_address"):
        del facts[name]
    assert PaperFacts.model_validate(facts).status_address is None


def test_par_4_no_receipt_without_the_employee_who_issues_it() -> None:
    with pytest.raises(ValueError, match="names nobody who signs"):
        facts_of(PaperKind.RECEIPT, signed_by=None)


@pytest.mark.parametrize("lacking", [{"findings": ()}, {"reasoning": None}], ids=["findings", "reasoning"])
def test_par_4_no_refusal_without_findings_and_reasoning(lacking: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="lacks its findings or its reasoning"):
        facts_of(PaperKind.REFUSAL, **lacking)


def test_par_4_the_refusal_keeps_who_prepared_it_with_the_phone_of_the_school() -> None:
    clerk = StaffMember(
        staff_id="at001-clerk",
        name=PersonName(surname="Кеңсебаева", first_name="Айгүл"),
        post_kk="кеңсе қызметкері",
        post_ru="сотрудник канцелярии",
    )
    post = {"kk": "кеңсе қызметкері", "ru": "сотрудник канцелярии"}
    executor = {"name": "Кеңсебаева Айгүл", "post": post, "phone": SCHOOL.phone}
    assert facts_of(PaperKind.REFUSAL, executor=clerk)["executor"] == executor


def test_par_7_the_order_keeps_the_conclusion_that_was_valid_and_not_the_expired_one() -> None:
    expired = VKK.model_copy(update={"number": "0009", "period_to": date(2025, 5, 25)})
    order = facts_of(PaperKind.ORDER, documents=(expired, VKK))["order"]
    assert [conclusion["number"] for conclusion in order["conclusions"]] == ["0011"]


@pytest.mark.parametrize("lacking", [{"admitted": None}, {"plan": None}, {"documents": ()}], ids=str)
def test_par_7_no_order_without_decision_plan_and_conclusion(lacking: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="lacks the head's decision, the plan or a conclusion"):
        facts_of(PaperKind.ORDER, **lacking)


def test_q29_the_facts_tell_whether_a_pupil_applies_for_self() -> None:
    pupil = a_source(PaperKind.ORDER).applicant.model_copy(update={"capacity": Capacity.SELF})
    assert facts_of(PaperKind.ORDER, applicant=pupil)["for_self"]
    assert not facts_of(PaperKind.ORDER)["for_self"]


def test_after_silence_the_time_to_complain_begins_when_the_term_is_over() -> None:
    facts = facts_of(PaperKind.SILENCE_NOTICE, issued_at=datetime(2026, 11, 30, tzinfo=UTC), signed_by=None)
    assert facts["complaint"]["not_before"] == "2026-11-25"


def test_the_correcting_notice_keeps_the_term_that_it_corrects() -> None:
    noticed = CORRECTION.model_copy(update={"notice_issued_at": OLD_DUE})
    facts = facts_of(PaperKind.CORRECTING_NOTICE, correction=noticed)
    assert facts["correction"] == {
        "act": "№ 1 бұйрық",
        "old_due_at": "2026-11-24T18:30:00+05:00",
        "corrected_on": "2026-11-24",
    }


@pytest.mark.parametrize(
    "correction",
    [None, CORRECTION.model_copy(update={"old_due_at": datetime(2026, 11, 25, 13, 30, tzinfo=UTC)})],
    ids=["no act", "no later term"],
)
def test_no_correcting_notice_without_an_act_that_made_the_term_later(correction: Correction | None) -> None:
    with pytest.raises(ValueError, match="lacks an earlier term or the act"):
        facts_of(PaperKind.CORRECTING_NOTICE, correction=correction)
