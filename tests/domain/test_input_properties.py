"""Whatever is sent, it is read or refused in words; what was read stays what it is."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.acts import ActKind, parse_act, restore_act
from domain.application import parse_application
from domain.refusal import InputRefused
from tests.domain.inputs import a_raw_act, a_request, with_value
from tests.domain.test_act_input import BAD_VALUES as BAD_ACTS
from tests.domain.test_act_input import RAW, REQUIRED
from tests.domain.test_application_input import BAD_VALUES, FIELDS

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["admit", "refuse"])
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)
NAMES = st.sampled_from(["act_id", "kind", "actor", "content", "decision", "items", "documents", "file"])
OBJECTS = st.dictionaries(NAMES | st.text(), JSON, max_size=6)
TEXTS = st.text(min_size=10, max_size=60).filter(
    lambda text: text.strip() == text and text.isprintable() and len(text.strip()) >= 10
)
DAYS = st.dates().map(lambda day: day.isoformat())


def ends_in_words(parse: Callable[[object], object], raw: object) -> None:
    try:
        parse(raw)
    except InputRefused as refused:
        problems = refused.problems
    else:
        return
    assert problems
    assert all((problem.what, problem.why, problem.instead) for problem in problems)


@given(JSON | OBJECTS)
def test_any_json_is_an_application_or_is_refused_in_words(raw: object) -> None:
    ends_in_words(parse_application, raw)


@given(JSON | OBJECTS)
def test_any_json_is_an_act_or_is_refused_in_words(raw: object) -> None:
    ends_in_words(parse_act, raw)


@given(st.sampled_from(list(ActKind)), OBJECTS)
def test_any_content_is_that_of_an_act_or_is_refused_in_words(kind: ActKind, content: dict[str, Any]) -> None:
    ends_in_words(parse_act, a_raw_act(kind, content))


@given(st.sampled_from([*FIELDS, *(path for path, _, _ in BAD_VALUES)]), JSON)
@settings(max_examples=300)
def test_anything_at_any_place_of_an_application_is_taken_or_refused_in_words(path: str, value: Any) -> None:
    ends_in_words(parse_application, with_value(a_request(), path, value))


@given(st.sampled_from([*REQUIRED, *((name, path) for name, path, _, _ in BAD_ACTS)]), JSON)
@settings(max_examples=300)
def test_anything_at_any_place_of_an_act_is_taken_or_refused_in_words(
    place: tuple[str, str], value: Any
) -> None:
    name, path = place
    ends_in_words(parse_act, with_value(RAW[name], f"content.{path}", value))


ITEM = st.fixed_dictionaries(
    {"document": st.sampled_from(["VKK_CONCLUSION", "APPLICATION", "OTHER"]), "present": st.booleans()},
    optional={"number": TEXTS, "valid_until": DAYS, "period_to": DAYS, "note": TEXTS},
)
CHECKS = st.lists(ITEM, min_size=1, max_size=3, unique_by=lambda item: str(item["document"])).map(
    lambda items: a_raw_act("check_package", {"items": items})
)
HOURS = st.decimals(min_value="0.01", max_value=40, places=2).map(str)
SUBJECTS = st.lists(
    st.fixed_dictionaries({"subject": TEXTS, "weekly_hours": HOURS, "teacher": TEXTS}), min_size=1, max_size=5
)
PLANS = st.fixed_dictionaries(
    {"programme": TEXTS, "responsible": TEXTS, "subjects": SUBJECTS},
    optional={"agreed_with_parent_on": DAYS, "timetable": TEXTS},
).map(lambda plan: a_raw_act("submit_plan", plan))
RETURNS = TEXTS.map(
    lambda reason: a_raw_act("director_decision", {"decision": "return_plan", "reason": reason})
)


@given(CHECKS | PLANS | RETURNS)
def test_what_the_register_keeps_of_any_act_is_read_back_as_the_same_act(raw: dict[str, Any]) -> None:
    act = parse_act(raw)
    kept = json.loads(json.dumps(act.record))
    restored = restore_act(act.act_id, act.kind, act.actor, kept)
    assert restored == act
    assert restored.content_hash == act.content_hash


@given(CHECKS | PLANS | RETURNS)
def test_the_hash_of_an_act_does_not_depend_on_the_order_of_its_fields(raw: dict[str, Any]) -> None:
    shuffled = {key: raw[key] for key in reversed(raw)}
    shuffled["content"] = {key: raw["content"][key] for key in reversed(raw["content"])}
    assert parse_act(shuffled).content_hash == parse_act(raw).content_hash
