"""What an act must be (par. 4-7): each fault is told in words, at its place, without the value."""

from typing import Any

import pytest

from domain.acts import ActKind, parse_act, restore_act
from domain.stages import Step
from tests.builders import PDF, SPECIALIST, a_document, a_file, an_act
from tests.domain.inputs import PLANTED, a_raw_act, problems, the_problem, with_value, without

ADMISSION: dict[str, Any] = {
    "decision": "admit",
    "grade": 4,
    "language_of_instruction": "kk",
    "period_from": "2026-12-01",
    "period_to": "2027-05-25",
    "specialists": [SPECIALIST],
}
OVERRULING = {"document": "VKK_CONCLUSION", "defect": "EXPIRED", "reason": "Мерзімі қате жазылған"}
REFUSAL: dict[str, Any] = {
    "decision": "refuse",
    "grounds": ["INCOMPLETE_PACKAGE"],
    "reasoning": "ДКК қорытындысы тапсырылмаған",
    "findings": [{"document": "VKK_CONCLUSION", "defect": "MISSING"}],
}
SUBJECT = {"subject": "Математика", "weekly_hours": "2.5", "teacher": "Сынақбаева Ләззат"}
PLAN: dict[str, Any] = {"programme": "Оқу жоспары", "responsible": "Жоспарова Ғалия", "subjects": [SUBJECT]}
CHECK: dict[str, Any] = {"items": [{"document": "VKK_CONCLUSION", "present": True}]}
ADDED: dict[str, Any] = {"documents": [a_document()]}
RAW = {
    "check": a_raw_act("check_package", CHECK),
    "admit": a_raw_act("director_decision", ADMISSION | {"overruled": [OVERRULING]}),
    "refuse": a_raw_act("director_decision", REFUSAL),
    "return": a_raw_act("director_decision", {"decision": "return_plan", "reason": "Кесте келісілмеген"}),
    "sign": a_raw_act("director_decision", {"decision": "sign_order"}),
    "plan": a_raw_act("submit_plan", PLAN),
    "add": a_raw_act("add_documents", ADDED),
    "withdraw": a_raw_act("withdraw", {}),
    "deliver": a_raw_act("record_delivery", {"manner": "POSTED"}),
}
ENVELOPE = ["act_id", "kind", "actor", "content"]
REQUIRED = [
    ("check", "items"),
    ("check", "items.0.document"),
    ("check", "items.0.present"),
    *(("admit", field) for field in ADMISSION if field != "decision"),
    *(("admit", f"overruled.0.{field}") for field in OVERRULING),
    ("refuse", "grounds"),
    ("refuse", "reasoning"),
    ("refuse", "findings.0.document"),
    ("refuse", "findings.0.defect"),
    ("return", "reason"),
    *(("plan", field) for field in PLAN),
    *(("plan", f"subjects.0.{field}") for field in SUBJECT),
    ("add", "documents"),
    ("add", "documents.0.kind"),
    ("deliver", "manner"),
]
OBJECTS = [
    ("check", "x"),
    ("check", "items.0.x"),
    ("admit", "x"),
    ("admit", "overruled.0.x"),
    ("refuse", "x"),
    ("refuse", "findings.0.x"),
    ("return", "x"),
    ("sign", "x"),
    ("plan", "x"),
    ("plan", "subjects.0.x"),
    ("add", "x"),
    ("add", "documents.0.x"),
    ("withdraw", "x"),
    ("deliver", "x"),
]
LONG = "ә" * 2001
BAD_VALUES: list[tuple[str, str, Any, str]] = [
    ("check", "items", [], "too_short"),
    ("check", "items", {}, "tuple_type"),
    ("check", "items.0.document", "PASSPORT", "enum"),
    ("check", "items.0.present", "perhaps", "bool_parsing"),
    ("check", "items.0.valid_until", "25.05.2026", "day"),
    ("check", "items.0.period_to", "2026-02-30", "date_from_datetime_parsing"),
    ("check", "items.0.number", "0011\n0012", "control_sign"),
    ("check", "items.0.number", "1" * 301, "string_too_long"),
    ("check", "items.0.note", "ә" * 301, "string_too_long"),
    ("admit", "grade", 13, "grade"),
    ("admit", "grade", "төртінші", "int_type"),
    ("admit", "language_of_instruction", "қазақша", "enum"),
    ("admit", "period_from", "1 желтоқсан", "day"),
    ("admit", "specialists", [], "too_short"),
    ("admit", "specialists", ["a1"] * 31, "too_long"),
    ("admit", "specialists.0", "Жоспарова Ғалия", "string_pattern_mismatch"),
    ("admit", "overruled.0.reason", "қысқа", "string_too_short"),
    ("admit", "note", "қол\x00таңба", "control_sign"),
    ("refuse", "grounds", [], "too_short"),
    ("refuse", "grounds.0", "UNFRIENDLY", "enum"),
    ("refuse", "reasoning", " " * 20, "string_too_short"),
    ("refuse", "reasoning", LONG, "string_too_long"),
    ("refuse", "findings.0.defect", "UGLY", "enum"),
    ("refuse", "findings.0.expired_on", "кеше", "day"),
    ("refuse", "findings.0.number", "1" * 301, "string_too_long"),
    ("return", "reason", "жоқ", "string_too_short"),
    ("plan", "programme", "", "string_too_short"),
    ("plan", "subjects", [], "too_short"),
    ("plan", "subjects", [SUBJECT] * 41, "too_long"),
    ("plan", "subjects.0.weekly_hours", "екі", "decimal_parsing"),
    ("plan", "subjects.0.weekly_hours", 0, "greater_than"),
    ("plan", "subjects.0.weekly_hours", 40.5, "less_than_equal"),
    ("plan", "subjects.0.weekly_hours", "2.555", "decimal_max_places"),
    ("plan", "subjects.0.weekly_hours", "NaN", "finite_number"),
    ("plan", "agreed_with_parent_on", "0", "day"),
    ("plan", "agreed_with_parent_on", 0, "day"),
    ("plan", "agreed_with_parent_on", "2026-12-01T00:00:00", "day"),
    ("add", "documents", [], "too_short"),
    ("add", "documents", [a_document()] * 41, "too_long"),
    ("deliver", "manner", "BY_DOVE", "enum"),
]


@pytest.mark.parametrize("name", RAW)
def test_every_act_of_these_tests_can_be_read(name: str) -> None:
    assert parse_act(RAW[name]).act_id == "act-000001"


@pytest.mark.parametrize("path", ENVELOPE)
def test_an_act_says_which_it_is_what_it_is_and_whose_it_is(path: str) -> None:
    problem = the_problem(parse_act, without(RAW["sign"], path))
    assert (problem.code, problem.where) == ("missing", f"act.{path}")


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("act_id", "a b", "string_pattern_mismatch"),
        ("act_id", 5, "string_type"),
        ("kind", "bribe", "enum"),
        ("actor", "Жоспарова Ғалия", "string_pattern_mismatch"),
        ("content", [], "dict_type"),
        ("at", "2026-11-17T10:00:00+05:00", "extra_forbidden"),
        ("seal", "x", "extra_forbidden"),
    ],
)
def test_the_envelope_of_an_act_takes_nothing_else_and_no_time(path: str, value: Any, code: str) -> None:
    problem = the_problem(parse_act, with_value(RAW["sign"], path, value))
    assert (problem.code, problem.where) == (code, f"act.{path}")


@pytest.mark.parametrize(("name", "path"), REQUIRED)
def test_a_missing_field_of_an_act_is_named(name: str, path: str) -> None:
    problem = the_problem(parse_act, without(RAW[name], f"content.{path}"))
    assert (problem.code, problem.where) == ("missing", f"act.content.{path}")


@pytest.mark.parametrize(("name", "path"), OBJECTS)
def test_an_unknown_field_of_an_act_is_named_and_nothing_is_ignored(name: str, path: str) -> None:
    problem = the_problem(parse_act, with_value(RAW[name], f"content.{path}", PLANTED))
    assert (problem.code, problem.where) == ("extra_forbidden", f"act.content.{path}")


@pytest.mark.parametrize(("name", "path", "value", "code"), BAD_VALUES)
def test_a_bad_value_of_an_act_is_told_in_words_at_its_place(
    name: str, path: str, value: Any, code: str
) -> None:
    problem = the_problem(parse_act, with_value(RAW[name], f"content.{path}", value))
    assert (problem.code, problem.where) == (code, f"act.content.{path}")
    assert not isinstance(value, str) or len(value) < 2 or value not in problem.model_dump_json()


@pytest.mark.parametrize(
    ("decision", "code"), [({"decision": PLANTED}, "union_tag_invalid"), ({}, "union_tag_not_found")]
)
def test_q9_the_head_decides_one_of_four_things(decision: dict[str, Any], code: str) -> None:
    problem = the_problem(parse_act, a_raw_act("director_decision", decision))
    assert (problem.code, problem.where) == (code, "act.content.decision")
    assert PLANTED not in problem.model_dump_json()


def test_q9_an_unknown_decision_is_answered_with_those_that_are_known() -> None:
    problem = the_problem(parse_act, a_raw_act("director_decision", {"decision": "postpone"}))
    assert problem.instead == "Choose one of 'admit', 'refuse', 'sign_order', 'return_plan'"


def test_par_6_a_period_that_ends_before_it_begins_is_refused() -> None:
    raw = a_raw_act("director_decision", {**ADMISSION, "period_to": "2026-11-30"})
    problem = the_problem(parse_act, raw)
    assert (problem.code, problem.where) == ("period_backwards", "act.content")


def test_par_6_teaching_for_a_single_day_is_a_period() -> None:
    act = parse_act(a_raw_act("director_decision", {**ADMISSION, "period_to": "2026-12-01"}))
    assert act.step is Step.ADMIT


def test_par_5_no_document_is_checked_twice() -> None:
    problem = the_problem(parse_act, a_raw_act("check_package", {"items": CHECK["items"] * 2}))
    assert (problem.code, problem.where) == ("item_twice", "act.content.items")


@pytest.mark.parametrize("reserved", ["calendar-1-case", "reopen-complaint"])
def test_an_id_of_the_registers_own_acts_is_taken_by_nobody_else(reserved: str) -> None:
    problem = the_problem(parse_act, a_raw_act("withdraw", {}, act_id=reserved))
    assert (problem.code, problem.where) == ("act_id_reserved", "act.act_id")


def test_q10_what_the_applicant_adds_comes_as_a_file() -> None:
    documents = [a_document(), a_document(file=None)]
    problem = the_problem(parse_act, a_raw_act("add_documents", {"documents": documents}))
    assert (problem.code, problem.where) == ("document_without_file", "act.content.documents.1.file")


def test_q10_the_clerk_may_take_the_paper_itself() -> None:
    raw = a_raw_act("add_documents", {"documents": [a_document(file=None)]}, actor="at001-clerk")
    assert parse_act(raw).step is Step.ADD_DOCUMENTS


def test_a_decision_that_is_not_named_is_asked_for_with_its_four_values() -> None:
    problem = the_problem(parse_act, a_raw_act("director_decision", {"grade": 4}))
    assert (problem.code, problem.where) == ("union_tag_not_found", "act.content.decision")
    assert problem.instead == "Add it with one of 'admit', 'refuse', 'return_plan', 'sign_order'"


def test_nobody_is_told_to_leave_out_a_list_that_is_required() -> None:
    problem = the_problem(parse_act, a_raw_act("check_package", {"items": []}))
    assert (problem.code, problem.instead) == ("too_short", "Add what is missing")


@pytest.mark.parametrize("raw", [None, [], "act", 5, {}], ids=repr)
def test_what_is_no_act_at_all_is_refused_in_words(raw: object) -> None:
    assert all(problem.where.startswith("act") for problem in problems(parse_act, raw))


def test_q24_the_hours_of_a_plan_add_up() -> None:
    act = an_act(Step.SUBMIT_PLAN, subjects=[SUBJECT, {**SUBJECT, "weekly_hours": "1.25"}])
    assert str(getattr(act.content, "weekly_hours", None)) == "3.75"


def test_the_register_keeps_files_of_an_act_by_their_hash_only() -> None:
    act = parse_act(RAW["add"])
    (document,) = act.record["documents"]
    assert set(document["file"]) == {"name", "sha256"}
    assert a_file(content=PDF)["content"] not in str(act.record)


@pytest.mark.parametrize("name", RAW)
def test_the_same_act_has_the_same_hash_and_any_change_another(name: str) -> None:
    act = parse_act(RAW[name])
    assert parse_act({**RAW[name], "act_id": "act-000002"}).content_hash == act.content_hash
    assert parse_act({**RAW[name], "actor": "somebody-else"}).content_hash != act.content_hash


def test_another_file_makes_another_act() -> None:
    other = with_value(RAW["add"], "content.documents.0.file", a_file(content=PDF + b"more"))
    assert parse_act(other).content_hash != parse_act(RAW["add"]).content_hash


@pytest.mark.parametrize("name", RAW)
def test_what_the_register_keeps_of_an_act_is_read_back_as_the_same_act(name: str) -> None:
    act = parse_act(RAW[name])
    restored = restore_act(act.act_id, act.kind, act.actor, act.record)
    assert restored.step is act.step
    assert restored.record == act.record or act.kind is ActKind.ADD_DOCUMENTS
