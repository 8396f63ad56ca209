"""The head's review and the organisation of the teaching (par. 6): R6.1-R6.4, Q9, Q23."""

from datetime import date
from typing import Any

import pytest

from domain.case import Case
from domain.events import Event
from domain.package import Document
from domain.papers import PaperKind
from domain.stages import Stage, Step
from domain.standard import DocumentKind
from tests.builders import an_act
from tests.domain.cases import (
    CONCLUSION,
    EXPIRED_CONCLUSION,
    NO_CONCLUSION,
    OVERRULED,
    SCHOOL_YEAR_ENDS,
    a_case,
    an_office_case,
    refused,
    taken,
)

AN_EXPIRED_ONE = Document(kind=DocumentKind.VKK_CONCLUSION, number="0012", period_to=date(2026, 5, 25))


def a_conclusion_until(day: date | None) -> Document:
    return Document(kind=DocumentKind.VKK_CONCLUSION, number="0011", period_to=day)


def proposed(case: Any = a_case, **changes: Any) -> Case:
    result: Case = case(Stage.REFUSAL_PROPOSED, findings=(EXPIRED_CONCLUSION,), **changes)
    return result


def test_par_6_r6_2_to_r6_4_the_head_sets_grade_and_language_and_hands_over_in_one_act() -> None:
    effects = taken(an_act(Step.ADMIT), a_case(Stage.REGISTERED))
    assert effects.stage is Stage.WITH_SPECIALISTS
    assert effects.events == (Event.HEAD_REVIEW, Event.GRADE_AND_LANGUAGE_SET, Event.WITH_SPECIALISTS)
    assert effects.papers == ()


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.REFUSAL_PROPOSED, Stage.REGISTERED])
def test_par_6_r6_4_no_plan_before_the_head_has_set_grade_and_language(stage: Stage) -> None:
    assert refused(an_act(Step.SUBMIT_PLAN), a_case(stage)).code == "wrong_stage"


def test_par_6_r6_2_the_head_may_correct_grade_or_language_before_the_order() -> None:
    effects = taken(an_act(Step.ADMIT, grade=5), a_case(Stage.WITH_SPECIALISTS))
    assert effects.stage is Stage.WITH_SPECIALISTS
    assert effects.papers == ()


def test_par_5_r5_5_admitting_against_the_check_sends_the_notice_on_the_portal() -> None:
    effects = taken(an_act(Step.ADMIT, overruled=[OVERRULED]), proposed())
    assert effects.papers == (PaperKind.NOTICE_OF_ACCEPTANCE,)
    assert effects.events[0] is Event.NOTICE_SENT


def test_par_4_admitting_against_the_check_sends_nothing_at_the_office() -> None:
    effects = taken(an_act(Step.ADMIT, overruled=[OVERRULED]), proposed(an_office_case))
    assert effects.papers == ()
    assert Event.NOTICE_SENT not in effects.events


def test_q9_the_head_overrules_each_finding_with_a_reason_of_its_own() -> None:
    problem = refused(an_act(Step.ADMIT), proposed())
    assert problem.code == "findings_not_answered"
    assert EXPIRED_CONCLUSION.words.en in problem.what
    assert "VKK_CONCLUSION EXPIRED" in problem.instead


@pytest.mark.parametrize(
    "other", [{"document": "APPLICATION"}, {"defect": "MISSING"}], ids=["document", "defect"]
)
def test_q9_the_head_overrules_only_what_was_found(other: dict[str, str]) -> None:
    act = an_act(Step.ADMIT, overruled=[OVERRULED, {**OVERRULED, **other}])
    assert refused(act, proposed()).code == "findings_not_answered"


def test_q9_there_is_nothing_to_overrule_when_nothing_was_found() -> None:
    act = an_act(Step.ADMIT, overruled=[OVERRULED])
    assert refused(act, a_case(Stage.REGISTERED)).code == "findings_not_answered"


def test_par_4_nobody_can_decide_away_a_mandatory_paper_that_is_absent() -> None:
    act = an_act(Step.ADMIT, overruled=[{**OVERRULED, "defect": "MISSING"}])
    case = a_case(Stage.REFUSAL_PROPOSED, findings=(NO_CONCLUSION,))
    problem = refused(act, case)
    assert problem.code == "missing_document_overruled"
    assert NO_CONCLUSION.words.en in problem.what


def test_par_6_a_correction_repeats_the_reasons_for_what_was_overruled() -> None:
    case = a_case(Stage.WITH_SPECIALISTS, findings=(EXPIRED_CONCLUSION,))
    assert refused(an_act(Step.ADMIT), case).code == "findings_not_answered"
    assert taken(an_act(Step.ADMIT, overruled=[OVERRULED]), case).stage is Stage.WITH_SPECIALISTS


@pytest.mark.parametrize(
    ("documents", "last_day"),
    [
        pytest.param((a_conclusion_until(date(2027, 1, 31)),), date(2027, 1, 31), id="the conclusion's end"),
        pytest.param((CONCLUSION,), SCHOOL_YEAR_ENDS, id="open-ended: the school year"),
        pytest.param((), SCHOOL_YEAR_ENDS, id="nobody described it: the school year"),
        pytest.param((AN_EXPIRED_ONE,), SCHOOL_YEAR_ENDS, id="expired and overruled: the school year"),
        pytest.param((AN_EXPIRED_ONE, CONCLUSION), SCHOOL_YEAR_ENDS, id="an expired one does not count"),
        pytest.param(
            (a_conclusion_until(date(2026, 12, 31)), a_conclusion_until(date(2027, 3, 31))),
            date(2027, 3, 31),
            id="of two the later",
        ),
    ],
)
def test_q23_the_period_ends_with_the_conclusion_or_with_the_school_year(
    documents: tuple[Document, ...], last_day: date
) -> None:
    case = an_office_case(Stage.REGISTERED, documents=documents)
    assert taken(an_act(Step.ADMIT, period_to=last_day.isoformat()), case).stage is Stage.WITH_SPECIALISTS
    problem = refused(an_act(Step.ADMIT, period_to=date.fromordinal(last_day.toordinal() + 1)), case)
    assert problem.code == "period_too_long"
    assert f"{last_day:%d.%m.%Y}" in problem.what


@pytest.mark.parametrize(
    ("begins", "first_day"),
    [
        pytest.param([date(2026, 12, 1)], date(2026, 12, 1), id="the conclusion's beginning"),
        pytest.param([date(2027, 1, 11), date(2026, 12, 1)], date(2026, 12, 1), id="of two the earlier"),
        pytest.param([date(2026, 12, 1), None], None, id="one of them sets none"),
        pytest.param([None], None, id="no beginning"),
    ],
)
def test_par_7_the_period_begins_no_earlier_than_the_conclusion_says(
    begins: list[date | None], first_day: date | None
) -> None:
    filed = tuple(Document(kind=DocumentKind.VKK_CONCLUSION, period_from=day) for day in begins)
    case = a_case(Stage.REGISTERED, documents=filed)
    assert taken(an_act(Step.ADMIT), case).stage is Stage.WITH_SPECIALISTS
    early = an_act(Step.ADMIT, period_from="2026-11-30")
    if first_day:
        assert refused(early, case).code == "period_too_early"
    else:
        assert taken(early, case).stage is Stage.WITH_SPECIALISTS


def test_q23_without_a_school_year_on_file_an_open_conclusion_sets_no_end() -> None:
    case = a_case(Stage.REGISTERED, school_year_ends=None)
    assert taken(an_act(Step.ADMIT, period_to="2029-05-25"), case).stage is Stage.WITH_SPECIALISTS


def test_par_6_the_specialists_plan_puts_the_case_before_the_head_again() -> None:
    effects = taken(an_act(Step.SUBMIT_PLAN), a_case(Stage.WITH_SPECIALISTS))
    assert (effects.stage, effects.events) == (Stage.PLAN_READY, (Event.PLAN_SUBMITTED,))


def test_par_6_a_plan_that_is_returned_goes_back_to_the_specialists() -> None:
    effects = taken(an_act(Step.RETURN_PLAN), a_case(Stage.PLAN_READY))
    assert (effects.stage, effects.events) == (Stage.WITH_SPECIALISTS, (Event.PLAN_RETURNED,))
