"""Acting orders: no overlap, no chain, no cycle, no stranger, nothing backwards in time."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.acting import Author, Surroundings, check_author, check_end, check_entry
from domain.acting_order import ActingOrder, OrderOnFile, parse_acting_order, parse_end
from domain.headship import Headship
from domain.refusal import InputRefused
from domain.school import StaffRole
from domain.staff import Role
from tests.builders import DEPUTY, HEAD, OTHER_SCHOOL, SCHOOL, SPECIALIST, local

NOW = local("2026-11-23 10:00")
BEGIN, END = local("2026-11-24 09:00"), local("2026-11-27 18:00")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def an_order(**changes: Any) -> ActingOrder:
    """By it the deputy acts from Tuesday to Friday."""
    said = {
        "order_id": "acting-0001",
        "actor": HEAD,
        "acting": DEPUTY,
        "valid_from": BEGIN,
        "valid_until": END,
        "act": "№ 15-ЖҚ бұйрық, 23.11.2026",
    }
    return ActingOrder(**{**said, **changes})


def on_file(order: ActingOrder, school: str = SCHOOL, **changes: Any) -> OrderOnFile:
    kept = {**order.model_dump(exclude={"actor"}), "school": school, "entered_by": order.actor}
    return OrderOnFile(**{**kept, "entered_at": NOW, **changes})


def a_role(staff_id: str, role: Any, school: str = SCHOOL, **changes: Any) -> StaffRole:
    since = {"valid_from": local("2024-03-01 00:00"), "act": "№ 1-ЖҚ"}
    return StaffRole(staff_id=staff_id, school=school, role=role, **{**since, **changes})


ROLES = (a_role(HEAD, Role.HEAD), a_role(DEPUTY, Role.DEPUTY_HEAD))


def enter(order: ActingOrder, *orders: OrderOnFile, **changes: Any) -> None:
    around = Surroundings(**{"known": True, "roles": ROLES, "orders": orders, **changes})
    check_entry(order, SCHOOL, NOW, around)


def refused(order: ActingOrder, *orders: OrderOnFile, **changes: Any) -> str:
    with pytest.raises(InputRefused) as caught:
        enter(order, *orders, **changes)
    (problem,) = caught.value.problems
    assert problem.where.startswith("acting_order.")
    return problem.code


# the form


FORMS: dict[str, tuple[dict[str, Any], str]] = {
    "no offset": ({"valid_from": "2026-11-24T09:00:00"}, "moment"),
    "a number": ({"valid_from": 1795496400}, "moment"),
    "a day": ({"valid_until": "2026-11-27"}, "moment"),
    "backwards": ({"valid_until": "2026-11-24T09:00:00+05:00"}, "acting_order_backwards"),
    "for ever": ({"valid_until": "2028-11-24T09:00:00+05:00"}, "acting_order_too_long"),
    "no act": ({"act": "  "}, "string_too_short"),
    "more than it has": ({"school_director": "x"}, "extra_forbidden"),
    "an id with spaces": ({"order_id": "my order"}, "string_pattern_mismatch"),
}


@pytest.mark.parametrize("form", FORMS)
def test_an_acting_order_of_a_wrong_form_is_refused_at_its_place(form: str) -> None:
    changes, code = FORMS[form]
    written = an_order().model_dump(mode="json")
    with pytest.raises(InputRefused) as caught:
        parse_acting_order({**written, **changes})
    assert code in [problem.code for problem in caught.value.problems]


def test_an_acting_order_as_it_is_written_is_read() -> None:
    written = {**an_order().model_dump(mode="json"), "valid_from": "2026-11-24T04:00:00Z"}
    assert parse_acting_order(written) == an_order()


def test_the_same_order_with_another_offset_is_the_same_and_of_another_school_is_not() -> None:
    again = parse_acting_order({**an_order().model_dump(mode="json"), "valid_from": "2026-11-24T04:00:00Z"})
    assert again.content_hash(SCHOOL) == an_order().content_hash(SCHOOL)
    assert again.content_hash(OTHER_SCHOOL) != an_order().content_hash(SCHOOL)
    assert an_order(acting=SPECIALIST).content_hash(SCHOOL) != an_order().content_hash(SCHOOL)


def test_the_end_of_an_order_takes_its_act_and_nothing_else() -> None:
    assert parse_end({"order_id": "acting-0001", "actor": HEAD}).act is None
    with pytest.raises(InputRefused, match="ended_at"):
        parse_end({"order_id": "acting-0001", "actor": HEAD, "ended_at": "2026-11-24T09:00:00+05:00"})


# when


def test_an_order_for_coming_days_is_entered() -> None:
    enter(an_order())


def test_an_order_that_is_over_is_refused() -> None:
    assert refused(an_order(valid_from=NOW - DAY, valid_until=NOW)) == "acting_order_over"


def test_an_order_may_name_the_beginning_of_the_day_on_which_it_is_entered() -> None:
    enter(an_order(valid_from=local("2026-11-23 00:00")))
    assert refused(an_order(valid_from=local("2026-11-22 23:59"))) == "acting_order_backdated"


def test_an_order_takes_effect_when_it_is_entered_and_not_before() -> None:
    order = on_file(an_order(valid_from=local("2026-11-23 00:00")))
    assert not order.runs_at(NOW - MINUTE)
    assert order.runs_at(NOW)


@pytest.mark.parametrize(
    ("moment", "runs"), [(BEGIN - MINUTE, False), (BEGIN, True), (END - MINUTE, True), (END, False)], ids=str
)
def test_an_order_runs_from_its_first_moment_until_its_last_which_is_no_part_of_it(
    moment: datetime, runs: bool
) -> None:
    assert on_file(an_order()).runs_at(moment) is runs


def test_an_order_that_was_ended_before_it_began_runs_at_no_moment() -> None:
    ended = on_file(an_order(), ended_at=NOW, ended_by=HEAD)
    assert not any(ended.runs_at(moment) for moment in (NOW, BEGIN, END))
    assert not ended.runs_within(NOW - DAY, END + DAY)


# who


def test_a_stranger_to_the_directory_is_refused_and_not_repeated() -> None:
    order = an_order(acting="880414400029")
    with pytest.raises(InputRefused) as caught:
        enter(order, known=False)
    assert caught.value.problems[0].code == "unknown_acting"
    assert "880414400029" not in str(caught.value)


STRANGERS = {
    "of another school": a_role(DEPUTY, Role.DEPUTY_HEAD, OTHER_SCHOOL),
    "gone when it begins": a_role(DEPUTY, Role.DEPUTY_HEAD, valid_until=BEGIN),
    "not yet there": a_role(DEPUTY, Role.DEPUTY_HEAD, valid_from=BEGIN + MINUTE),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_somebody_without_a_role_at_the_school_does_not_act_there(who: str) -> None:
    assert refused(an_order(), roles=(ROLES[0], STRANGERS[who])) == "acting_stranger"


def test_somebody_who_leaves_while_the_order_runs_does_not_act() -> None:
    leaves = a_role(DEPUTY, Role.DEPUTY_HEAD, valid_until=END - MINUTE)
    assert refused(an_order(), roles=(ROLES[0], leaves)) == "acting_leaves_earlier"
    stays = a_role(DEPUTY, Role.CLERK, valid_from=END - DAY, valid_until=END)
    enter(an_order(), roles=(ROLES[0], leaves, stays))


def test_a_gap_between_two_roles_is_time_away_from_the_school() -> None:
    before = a_role(DEPUTY, Role.DEPUTY_HEAD, valid_until=BEGIN + DAY)
    after = a_role(DEPUTY, Role.CLERK, valid_from=BEGIN + DAY + MINUTE)
    assert refused(an_order(), roles=(ROLES[0], before, after)) == "acting_leaves_earlier"


def test_nobody_acts_for_oneself() -> None:
    assert refused(an_order(acting=HEAD)) == "acting_own_post"
    becomes = a_role(DEPUTY, Role.HEAD, valid_from=END - MINUTE)
    assert refused(an_order(), roles=(*ROLES, becomes)) == "acting_own_post"
    enter(an_order(valid_until=END - MINUTE), roles=(*ROLES, becomes))


def test_a_free_post_can_be_acted_in() -> None:
    enter(an_order(), roles=ROLES[1:])


@pytest.mark.parametrize("role", sorted(Role))
def test_orders_are_entered_by_the_head_a_deputy_or_an_officer(role: Role) -> None:
    author = Author(known=True, roles=frozenset({role}))
    if role in (Role.HEAD, Role.DEPUTY_HEAD):
        check_author(author)
    else:
        with pytest.raises(InputRefused, match="not for this person"):
            check_author(author)


def test_an_officer_of_the_body_enters_orders_and_an_unknown_person_does_not() -> None:
    check_author(Author(known=True, is_officer=True))
    with pytest.raises(InputRefused, match="not in the staff directory"):
        check_author(Author(known=False))


# beside others


OVERLAPS = {
    "the same time": (BEGIN, END, True),
    "its last minute": (END - MINUTE, END + DAY, True),
    "around it": (BEGIN - MINUTE, END + DAY, True),
    "right after it": (END, END + DAY, False),
    "right before it": (BEGIN - DAY, BEGIN, False),
}


@pytest.mark.parametrize("time", OVERLAPS)
def test_orders_for_one_post_do_not_overlap(time: str) -> None:
    begin, end, overlaps = OVERLAPS[time]
    order = an_order(order_id="acting-0002", acting=SPECIALIST, valid_from=begin, valid_until=end)
    roles = (*ROLES, a_role(SPECIALIST, Role.SPECIALIST))
    if overlaps:
        assert refused(order, on_file(an_order()), roles=roles) == "acting_orders_overlap"
    else:
        enter(order, on_file(an_order()), roles=roles)


def test_an_order_that_was_ended_makes_room_for_another() -> None:
    ended = on_file(an_order(), ended_at=BEGIN + DAY, ended_by=HEAD)
    again = an_order(order_id="acting-0002", valid_from=BEGIN + DAY)
    enter(again, ended)
    assert refused(an_order(order_id="acting-0002"), ended) == "acting_orders_overlap"


def test_an_order_of_another_school_at_the_same_time_is_no_matter() -> None:
    enter(an_order(), on_file(an_order(order_id="acting-0002"), OTHER_SCHOOL))


TWO_POSTS = (*ROLES, a_role(DEPUTY, Role.HEAD, OTHER_SCHOOL), a_role(HEAD, Role.SPECIALIST, OTHER_SCHOOL))
"""The deputy of one school is the head of another, where the head of the first one teaches."""


def test_somebody_who_is_replaced_in_another_post_does_not_act() -> None:
    away = on_file(an_order(order_id="acting-0002", acting="at002-deputy"), OTHER_SCHOOL)
    assert refused(an_order(), away, roles=TWO_POSTS) == "acting_absent"
    enter(an_order(valid_from=END, valid_until=END + DAY), away, roles=TWO_POSTS)


def test_a_head_who_acts_in_another_post_is_not_replaced() -> None:
    acts_elsewhere = on_file(an_order(order_id="acting-0002", acting=HEAD), OTHER_SCHOOL)
    third = an_order(acting=SPECIALIST)
    roles = (*TWO_POSTS, a_role(SPECIALIST, Role.SPECIALIST))
    assert refused(third, acts_elsewhere, roles=roles) == "acting_chain"


def test_two_heads_do_not_act_for_each_other() -> None:
    there = on_file(an_order(order_id="acting-0002", acting=HEAD), OTHER_SCHOOL)
    assert refused(an_order(), there, roles=TWO_POSTS) == "acting_absent"


# the end


def test_an_order_ends_earlier_once_and_while_it_stands() -> None:
    check_end(on_file(an_order()), NOW)
    check_end(on_file(an_order()), END - MINUTE)
    with pytest.raises(InputRefused, match="was over on"):
        check_end(on_file(an_order()), END)
    with pytest.raises(InputRefused, match="was ended on"):
        check_end(on_file(an_order(), ended_at=BEGIN, ended_by=HEAD), BEGIN + MINUTE)


# whatever is entered, in whatever order

PEOPLE = ("ana", "bek", "dana", "erzhan")
SCHOOLS = (SCHOOL, OTHER_SCHOOL)
EVERYBODY = (
    *(a_role(name, Role.SPECIALIST, school) for name in PEOPLE for school in SCHOOLS),
    a_role("ana", Role.HEAD, SCHOOL),
    a_role("bek", Role.HEAD, OTHER_SCHOOL),
)
HOURS = st.integers(min_value=0, max_value=60).map(lambda hours: NOW + timedelta(hours=hours))
ATTEMPTS = st.tuples(HOURS, st.sampled_from(SCHOOLS), st.sampled_from(PEOPLE), HOURS, HOURS, st.booleans())


def attempt(orders: list[OrderOnFile], tried: tuple[datetime, str, str, datetime, datetime, bool]) -> None:
    """Ends the last order of the school, or enters another one; what the rules refuse changes nothing."""
    now, school, acting, begin, end, ends = tried
    standing = [order for order in orders if order.school == school and order.entered_at <= now]
    if ends and standing:
        try:
            check_end(standing[-1], now)
        except InputRefused:
            return
        orders[orders.index(standing[-1])] = standing[-1].model_copy(update={"ended_at": now})
        return
    try:
        order = an_order(
            order_id=f"acting-{len(orders):04}", acting=acting, valid_from=begin, valid_until=end
        )
        check_entry(order, school, now, Surroundings(known=True, roles=EVERYBODY, orders=tuple(orders)))
    except (ValueError, InputRefused):
        return
    orders.append(on_file(order, school, entered_at=now))


def heads_of(school: str) -> list[str]:
    return [role.staff_id for role in EVERYBODY if role.school == school and role.role is Role.HEAD]


def headship_at(orders: list[OrderOnFile], school: str, moment: datetime) -> Headship:
    running = [order for order in orders if order.school == school and order.runs_at(moment)]
    assert len(running) <= 1, "two act in one post"
    return Headship.of(heads_of(school), running[0] if running else None, acting_is_staff=True)


@given(st.lists(ATTEMPTS, max_size=12).map(lambda tried: sorted(tried, key=lambda one: one[0])), HOURS)
def test_at_every_moment_one_person_has_the_authority_and_nobody_is_both_away_and_acting(
    tried: list[tuple[datetime, str, str, datetime, datetime, bool]], moment: datetime
) -> None:
    orders: list[OrderOnFile] = []
    for one in tried:
        attempt(orders, one)
    posts = [headship_at(orders, school, moment) for school in SCHOOLS]
    assert [len(post.with_authority) for post in posts] == [1, 1]
    acting = {post.order.acting for post in posts if post.order}
    replaced = {head for post in posts if post.order for head in post.heads}
    assert not acting & replaced


@given(st.lists(ATTEMPTS, min_size=1, max_size=12).map(lambda tried: sorted(tried, key=lambda one: one[0])))
def test_nothing_that_is_entered_or_ended_changes_who_had_the_authority_before(
    tried: list[tuple[datetime, str, str, datetime, datetime, bool]],
) -> None:
    orders: list[OrderOnFile] = []
    for one in tried:
        earlier = [
            NOW + timedelta(hours=hours) for hours in range(61) if NOW + timedelta(hours=hours) < one[0]
        ]
        before = [
            headship_at(orders, school, moment).with_authority for school in SCHOOLS for moment in earlier
        ]
        attempt(orders, one)
        after = [
            headship_at(orders, school, moment).with_authority for school in SCHOOLS for moment in earlier
        ]
        assert after == before


# who has the authority


def test_while_an_order_runs_the_one_who_acts_is_head_and_the_head_is_not() -> None:
    post = Headship.of([HEAD], on_file(an_order()), acting_is_staff=True)
    assert post.roles_of(DEPUTY, frozenset({Role.DEPUTY_HEAD})) == {Role.DEPUTY_HEAD, Role.HEAD}
    assert post.roles_of(HEAD, frozenset({Role.HEAD, Role.SPECIALIST})) == {Role.SPECIALIST}
    assert post.replaced_by(HEAD) == DEPUTY
    acting = post.acting_of(DEPUTY)
    assert acting
    assert (acting.order_id, acting.for_whom) == ("acting-0001", HEAD)
    assert post.acting_of(HEAD) is None


@pytest.mark.parametrize(
    ("heads", "acting_is_staff"),
    [([DEPUTY], True), ([DEPUTY, HEAD], True), ([HEAD], False)],
    ids=["got the post", "got the post beside another", "left the school"],
)
def test_an_order_has_no_effect_when_who_acted_got_the_post_or_left_the_school(
    heads: list[str], acting_is_staff: bool
) -> None:
    post = Headship.of(heads, on_file(an_order()), acting_is_staff=acting_is_staff)
    assert post.with_authority == tuple(heads)
    assert post.acting_of(DEPUTY) is None


def test_in_a_free_post_somebody_acts_for_nobody() -> None:
    post = Headship.of([], on_file(an_order()), acting_is_staff=True)
    assert post.with_authority == (DEPUTY,)
    acting = post.acting_of(DEPUTY)
    assert acting
    assert acting.for_whom is None
