"""What an application must be (par. 4, 5): each fault is told in words, at its place, without the value."""

from datetime import date
from typing import Any

import pytest

from domain.application import MOST_DOCUMENTS, check_age, parse_application
from domain.identifiers import check_digit
from domain.package import Document
from domain.refusal import InputRefused
from domain.standard import DocumentKind
from tests.builders import CLERK, a_child, a_document, an_applicant, an_application, an_office_application
from tests.domain.inputs import PLANTED, a_request, problems, the_problem, with_value, without

LEGAL_ENTITY = "010940000013"
FIELDS = [
    "request_id",
    "channel",
    "school",
    "language",
    "applicant",
    "applicant.iin",
    "applicant.name",
    "applicant.name.surname",
    "applicant.capacity",
    "child",
    "child.iin",
    "child.name",
    "wish",
    "wish.grade",
    "wish.language_of_instruction",
    "documents.0.kind",
    "documents.0.file.name",
    "documents.0.file.content",
]
BAD_VALUES: list[tuple[str, Any, str]] = [
    ("applicant.iin", "160314500002", "iin_check_digit"),
    ("applicant.iin", "160231500000", "iin_impossible_date"),
    ("applicant.iin", "8804144000290", "iin_not_12_digits"),
    ("applicant.iin", 880414400029, "string_type"),
    ("child.iin", "16031450000x", "iin_not_12_digits"),
    ("school", "010940000014", "bin_check_digit"),
    ("school", "880414400029", "not_a_bin"),
    ("applicant.phone", "8 700 000 00 11", "phone"),
    ("applicant.phone", "+7700000001", "phone"),
    ("applicant.email", "gauhar at example.com", "email"),
    ("applicant.address", " ", "string_too_short"),
    ("applicant.address", "1-үй\n2-пәтер", "control_sign"),
    ("applicant.name.surname", "Үлгібаева1", "name_letters"),
    ("applicant.name.first_name", "", "name_length"),
    ("applicant.capacity", "NEIGHBOUR", "enum"),
    ("language", "en", "enum"),
    ("wish.language_of_instruction", "de", "enum"),
    ("wish.grade", 0, "grade"),
    ("wish.grade", 13, "grade"),
    ("wish.grade", "4", "int_type"),
    ("wish.grade", 4.5, "int_type"),
    ("channel", "POST", "enum"),
    ("request_id", "1", "string_pattern_mismatch"),
    ("request_id", "two words here", "string_pattern_mismatch"),
    ("documents", {}, "tuple_type"),
    ("documents.0", "vkk.pdf", "model_type"),
    ("documents.0.kind", "PASSPORT", "enum"),
    ("documents.0.issued_on", "31.12.2026", "day"),
    ("documents.0.issued_on", "2026-02-30", "date_from_datetime_parsing"),
    ("documents.0.issued_on", 20260230, "day"),
    ("documents.0.number", "1" * 301, "string_too_long"),
]


@pytest.mark.parametrize("path", FIELDS)
def test_par_5_r5_2_a_missing_field_is_named(path: str) -> None:
    problem = the_problem(parse_application, without(a_request(), path))
    assert (problem.code, problem.where) == ("missing", f"application.{path}")


@pytest.mark.parametrize(
    "path", ["comment", "applicant.sex", "applicant.name.patronim", "wish.clas", "documents.0.fille"]
)
def test_par_5_r5_2_an_unknown_field_is_named_and_nothing_is_ignored(path: str) -> None:
    problem = the_problem(parse_application, with_value(a_request(), path, PLANTED))
    assert (problem.code, problem.where) == ("extra_forbidden", f"application.{path}")
    assert PLANTED not in str(problem)


@pytest.mark.parametrize("name", [PLANTED, "a" * 41, "two words", ""])
def test_the_name_of_an_unknown_field_is_shown_only_if_it_looks_like_one(name: str) -> None:
    problem = the_problem(parse_application, {**a_request(), name: 1})
    assert problem.where == "application.(another name)"


@pytest.mark.parametrize(("path", "value", "code"), BAD_VALUES)
def test_par_4_a_bad_value_is_told_in_words_at_its_place(path: str, value: Any, code: str) -> None:
    problem = the_problem(parse_application, with_value(a_request(), path, value))
    assert (problem.code, problem.where) == (code, f"application.{path}")
    assert not isinstance(value, str) or len(value) < 3 or value not in str(problem)


@pytest.mark.parametrize("path", [*FIELDS, "documents.0.issued_on", "applicant.phone", "applicant.email"])
@pytest.mark.parametrize("value", [PLANTED, [PLANTED], {PLANTED: PLANTED}, f"{PLANTED}\x00"])
def test_no_refusal_repeats_what_was_typed(path: str, value: Any) -> None:
    raw = with_value(a_request(), path, value)
    assert all(PLANTED not in problem.model_dump_json() for problem in problems(parse_application, raw))


def test_every_fault_is_named_not_only_the_first() -> None:
    raw = with_value(with_value(a_request(), "applicant.iin", "1"), "wish.grade", 40)
    found = problems(parse_application, raw)
    assert {problem.where for problem in found} == {"application.applicant.iin", "application.wish.grade"}


@pytest.mark.parametrize("raw", [None, [], "application", 5, True, {}], ids=repr)
def test_what_is_no_application_at_all_is_refused_in_words(raw: object) -> None:
    assert all(problem.where.startswith("application") for problem in problems(parse_application, raw))


@pytest.mark.parametrize(
    "who", [{"bin": LEGAL_ENTITY}, {"iin": LEGAL_ENTITY}], ids=["with a BIN", "with a BIN as IIN"]
)
def test_par_4_r4_1_a_legal_entity_cannot_apply(who: dict[str, str]) -> None:
    raw = a_request()
    problem = the_problem(parse_application, {**raw, "applicant": raw["applicant"] | who})
    assert (problem.code, problem.where) == ("applicant_is_legal_entity", "application.applicant")
    assert "natural persons" in problem.why


def test_par_4_r4_2_either_channel_takes_the_same_application() -> None:
    office = an_office_application(documents=[a_document()])
    portal = an_application(documents=[a_document()])
    assert office.applicant == portal.applicant
    assert office.documents == portal.documents


def test_par_4_r4_5_an_office_application_names_the_clerk_who_took_it() -> None:
    problem = the_problem(parse_application, a_request(channel="OFFICE"))
    assert problem.code == "accepted_by_missing"
    assert an_office_application().accepted_by == CLERK


def test_par_5_nobody_takes_in_a_portal_request() -> None:
    assert the_problem(parse_application, a_request(accepted_by=CLERK)).code == "accepted_by_on_portal"


def test_par_5_r5_3_on_the_portal_every_document_comes_as_a_file() -> None:
    raw = a_request(documents=[a_document(file=None)])
    assert the_problem(parse_application, raw).code == "portal_document_without_file"


def test_par_4_at_the_office_a_document_may_be_shown_only() -> None:
    assert an_office_application(documents=[a_document(file=None)]).documents[0].file is None


def test_par_5_an_empty_package_can_be_filed_and_is_judged_later() -> None:
    assert an_application(documents=[]).documents == ()


def test_a_package_has_at_most_forty_documents() -> None:
    raw = a_request(documents=[a_document()] * (MOST_DOCUMENTS + 1))
    problem = the_problem(parse_application, raw)
    assert (problem.code, problem.what) == ("too_long", "the list has more entries than 40")


@pytest.mark.parametrize(
    ("capacity", "same"), [("SELF", False), ("PARENT", True)], ids=["self for another", "parent of oneself"]
)
def test_q29_only_an_adult_pupil_applies_for_self(capacity: str, same: bool) -> None:
    raw = with_value(a_request(), "applicant.capacity", capacity)
    if same:
        raw = with_value(raw, "child.iin", raw["applicant"]["iin"])
    assert the_problem(parse_application, raw).code == "applicant_and_child"


def a_pupil(born: str = "080317", century: str = "5", **changes: Any) -> dict[str, Any]:
    digits = next(d for sign in "0123456789" if check_digit(d := f"{born}{century}001{sign}") is not None)
    iin = f"{digits}{check_digit(digits)}"
    child = {"iin": iin, "name": a_child()["name"], **changes}
    return a_request(applicant=an_applicant(iin=iin, name=a_child()["name"], capacity="SELF"), child=child)


def test_q29_an_adult_pupil_may_apply_for_self() -> None:
    application = parse_application(a_pupil())
    assert application.applicant.iin == application.child.iin


def test_q29_who_applies_for_self_has_one_name() -> None:
    raw = a_pupil(name={"surname": "Үлгібаев", "first_name": "Басқа"})
    assert the_problem(parse_application, raw).code == "self_with_two_names"


@pytest.mark.parametrize(
    ("day", "of_age"),
    [(date(2026, 3, 16), False), (date(2026, 3, 17), True)],
    ids=["the day before the 18th birthday", "the 18th birthday"],
)
def test_q29_only_who_is_18_on_the_day_of_filing_applies_for_self(day: date, of_age: bool) -> None:
    pupil = parse_application(a_pupil())
    if of_age:
        check_age(pupil, day)
    else:
        with pytest.raises(InputRefused) as caught:
            check_age(pupil, day)
        assert caught.value.problems[0].code == "self_under_18"


def test_q29_an_iin_that_names_no_century_makes_nobody_a_minor() -> None:
    check_age(parse_application(a_pupil(century="0")), date(2026, 3, 16))


def test_q29_the_age_of_who_applies_for_another_does_not_matter() -> None:
    check_age(an_application(), date(1990, 1, 1))


def test_par_5_on_the_portal_the_request_itself_is_a_document_of_the_package() -> None:
    assert [document.kind for document in an_application().filed] == [
        DocumentKind.ELECTRONIC_REQUEST,
        DocumentKind.VKK_CONCLUSION,
    ]
    assert DocumentKind.ELECTRONIC_REQUEST not in {d.kind for d in an_office_application().filed}


def test_the_facts_of_a_document_are_without_its_file() -> None:
    facts = an_application().documents[0].facts
    assert type(facts) is Document
    assert facts.number == "0011"


def test_the_period_of_a_document_runs_forward() -> None:
    document = a_document(period_from="2026-12-01", period_to="2026-11-30")
    problem = the_problem(parse_application, a_request(documents=[document]))
    assert (problem.code, problem.where) == ("document_period", "application.documents.0")


def test_the_same_content_has_the_same_hash_in_whatever_order_it_comes() -> None:
    raw = a_request()
    shuffled = {key: raw[key] for key in reversed(raw)}
    assert parse_application(raw).content_hash == parse_application(shuffled).content_hash


@pytest.mark.parametrize(
    ("path", "value"),
    [("wish.grade", 5), ("applicant.phone", "+77000000012"), ("documents.0.number", "0012")],
)
def test_other_content_has_another_hash(path: str, value: Any) -> None:
    changed = with_value(a_request(), path, value)
    assert parse_application(changed).content_hash != parse_application(a_request()).content_hash
