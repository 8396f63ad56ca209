"""What is asked of information systems (R5.8), and what an answer says beside what was filed."""

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.application import Capacity
from domain.documents import DocumentKind, DocumentSource
from domain.events import Event
from domain.inquiry import (
    LONGEST_PAUSE,
    FactKind,
    FactResult,
    FullName,
    NamePart,
    facts_to_ask,
    pause_after,
    pause_after_answer,
)
from domain.procedure import Taken, consider
from domain.refusal import ActRefused, Problem
from domain.refusal_grounds import RefusalGround
from domain.staff import Role
from domain.stages import OPEN_STAGES, Stage, Step
from domain.standard import STANDARDS
from tests.builders import CLERK, HEAD, an_act
from tests.domain.cases import ANYONE, a_case, a_check, an_office_case, checked, refused, taken

FILED = FullName(surname="Үлгібаева", first_name="Гауһар", patronymic="Қанағатқызы")


@pytest.mark.parametrize("capacity", Capacity)
def test_par_5_r5_8_every_applicant_is_asked_about_as_person_and_by_the_right_to_apply(
    capacity: Capacity,
) -> None:
    asked = facts_to_ask(capacity)
    assert FactKind.APPLICANT_IDENTITY in asked
    assert FactKind.SCHOOL_ROLL in asked
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("capacity", "kind"),
    [
        (Capacity.PARENT, FactKind.PARENTHOOD),
        (Capacity.ADOPTIVE_PARENT, FactKind.PARENTHOOD),
        (Capacity.GUARDIAN, FactKind.GUARDIANSHIP),
        (Capacity.FOSTER_PARENT, FactKind.GUARDIANSHIP),
    ],
)
def test_q29_the_right_to_apply_is_asked_for_by_its_kind(capacity: Capacity, kind: FactKind) -> None:
    assert {FactKind.PARENTHOOD, FactKind.GUARDIANSHIP} & set(facts_to_ask(capacity)) == {kind}


def test_q29_an_adult_pupil_is_asked_about_once() -> None:
    assert facts_to_ask(Capacity.SELF) == (FactKind.APPLICANT_IDENTITY, FactKind.SCHOOL_ROLL)


@pytest.mark.parametrize(
    "known",
    [
        FILED.model_copy(update={"surname": "ҮЛГІБАЕВА"}),
        FILED.model_copy(update={"first_name": " Гауһар "}),
        FullName.model_validate(
            {part: unicodedata.normalize("NFD", text) for part, text in FILED.model_dump().items()}
        ),
    ],
    ids=["capitals", "spaces", "composed otherwise"],
)
def test_a_name_in_another_dress_is_the_same_name(known: FullName) -> None:
    assert FILED.differs_from(known) == ()


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"surname": "Улгибаева"}, NamePart.SURNAME),
        ({"first_name": "Гауһара"}, NamePart.FIRST_NAME),
        ({"patronymic": None}, NamePart.PATRONYMIC),
    ],
    ids=["letters of another alphabet", "one letter more", "no patronymic"],
)
def test_a_part_of_a_name_that_differs_is_named(change: dict[str, str | None], part: NamePart) -> None:
    known = FILED.model_copy(update=change)
    assert FILED.differs_from(known) == (part,)
    assert known.differs_from(FILED) == (part,)


@given(st.integers(1, 10_000))
def test_the_pause_between_two_attempts_grows_and_has_its_limit(attempts: int) -> None:
    assert timedelta(0) < pause_after(attempts) <= pause_after(attempts + 1) <= LONGEST_PAUSE


def test_what_matches_is_asked_once_and_anything_else_again() -> None:
    asked_again = {result for result in FactResult if pause_after_answer(result)}
    assert asked_again == {FactResult.DIFFERS, FactResult.NOT_FOUND}


# the applicant disputes an answer

DISPUTE = an_act(Step.DISPUTE_FACT)


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_r5_8_a_dispute_is_taken_at_every_open_stage_and_changes_none(stage: Stage) -> None:
    done = taken(DISPUTE, a_case(stage, facts=(FactKind.SCHOOL_ROLL,)))
    assert done == Taken(stage=stage, events=(Event.FACT_DISPUTED,))


def test_what_nobody_has_answered_cannot_be_disputed() -> None:
    assert refused(DISPUTE, a_case(facts=(FactKind.PARENTHOOD,))).code == "no_such_fact"


def test_a_dispute_comes_too_late_when_the_case_has_its_outcome() -> None:
    assert refused(DISPUTE, a_case(Stage.REFUSED, facts=tuple(FactKind))).code == "wrong_stage"


def test_r5_8_only_the_applicant_disputes_or_the_clerk_who_writes_it_down_at_the_office() -> None:
    facts = tuple(FactKind)
    by_clerk = an_act(Step.DISPUTE_FACT, actor=CLERK)
    assert refused(by_clerk, a_case(facts=facts)).code == "applicants_own"
    assert taken(by_clerk, an_office_case(facts=facts)).stage is Stage.RECEIVED
    head = ANYONE.model_copy(update={"roles": frozenset({Role.HEAD})})
    assert (
        refused(an_act(Step.DISPUTE_FACT, actor=HEAD), an_office_case(facts=facts), head).code == "wrong_role"
    )


# no refusal for it


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
@pytest.mark.parametrize(
    "step", [Step.CHECK_PACKAGE, Step.ADMIT, Step.REFUSE, Step.SUBMIT_PLAN, Step.SIGN_ORDER]
)
def test_r5_8_what_information_systems_answered_changes_no_verdict(stage: Stage, step: Step) -> None:
    def verdict(facts: tuple[FactKind, ...]) -> Taken | Problem:
        try:
            return consider(an_act(step, act_id="the-same-act"), a_case(stage, facts=facts), ANYONE)
        except ActRefused as refusal:
            return refusal.problem

    assert verdict(tuple(FactKind)) == verdict(())


DOCUMENTS = {
    FactKind.APPLICANT_IDENTITY: DocumentKind.APPLICANT_IDENTITY,
    FactKind.CHILD_IDENTITY: DocumentKind.CHILD_IDENTITY,
    FactKind.PARENTHOOD: DocumentKind.BIRTH_RECORD,
    FactKind.GUARDIANSHIP: DocumentKind.GUARDIANSHIP,
}
"""The documents that such facts stand for; of the roll of a school there is none at all."""


def test_q20_no_document_and_no_ground_of_refusal_is_about_the_roll_of_a_school() -> None:
    assert set(FactKind) - set(DOCUMENTS) == {FactKind.SCHOOL_ROLL}
    assert "ROLL" not in " ".join([*DocumentKind, *RefusalGround])


@pytest.mark.parametrize("kind", DOCUMENTS.values())
def test_par_5_r5_8_no_item_of_the_check_can_rest_on_what_information_systems_know(
    kind: DocumentKind,
) -> None:
    unseen = checked(kind, present=False, note="ақпараттық жүйеде табылмады")
    assert refused(a_check(checked(), unseen), a_case()).code == "demand_added"


@pytest.mark.parametrize("kind", DOCUMENTS.values())
def test_par_4_r5_8_no_refusal_can_rest_on_what_information_systems_know(kind: DocumentKind) -> None:
    finding = {"document": kind, "defect": "MISSING", "note": "ақпараттық жүйеде табылмады"}
    refusal = an_act(Step.REFUSE, findings=[finding])
    assert refused(refusal, an_office_case(Stage.REGISTERED)).code == "demand_added"


def test_r5_8_no_standard_demands_what_information_systems_know() -> None:
    items = [item for standard in STANDARDS for item in standard.documents]
    sources = {item.kind: item.source for item in items}
    assert {sources[kind] for kind in DOCUMENTS.values()} == {DocumentSource.FROM_SYSTEM}
    assert {item.kind for item in items if item.may_be_demanded} & set(DOCUMENTS.values()) == set()
