"""The rules of acting orders: no overlap, no chain, no stranger, nothing backwards in time."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from domain.acting_order import ActingOrder, OrderOnFile
from domain.legal_time import legal_date, local_time
from domain.refusal import InputRefused
from domain.school import StaffRole
from domain.staff import Role

MAY_ENTER = frozenset({Role.HEAD, Role.DEPUTY_HEAD})
"""Who of the school enters and ends acting orders, by roles of their own: acting gives authority over cases only."""


class Author(BaseModel):
    """Who enters or ends an order: what the directory says of the person at that moment."""

    model_config = ConfigDict(frozen=True)

    known: bool
    roles: frozenset[Role] = frozenset()
    """At the school of the order, by the directory and not by an acting order."""
    is_officer: bool = False
    """Whether the person is an officer of the authorised body of the school."""


class Surroundings(BaseModel):
    """What directory and register say around the post for which an order is entered."""

    model_config = ConfigDict(frozen=True)

    known: bool
    """Whether the one who is to act is in the directory."""
    roles: tuple[StaffRole, ...] = ()
    """All roles of the one who is to act, and every role of a head of the school, past and coming ones too."""
    orders: tuple[OrderOnFile, ...] = ()
    """Those of the school, those by which any of these people acts, and those of schools whose head is to act here."""


def check_author(author: Author) -> None:
    """Raises `InputRefused` unless the person may enter and end acting orders of the school."""
    if not author.known:
        raise _refused(
            "unknown_actor",
            "actor",
            "the person is not in the staff directory",
            "An acting order is entered by the head, a deputy of the head or an officer of the authorised body",
            "Use the id of the staff directory: uide staff",
        )
    if not (author.is_officer or author.roles & MAY_ENTER):
        raise _refused(
            "wrong_role",
            "actor",
            "acting orders of this school are not for this person",
            "They are entered and ended by the head, a deputy of the head, or an officer of the authorised body of "
            "the school, each by a role of their own; who acts as head gets no authority over the post itself",
            "Let one of them do it",
        )


def check_entry(order: ActingOrder, school: str, now: datetime, around: Surroundings) -> None:
    """Raises `InputRefused` unless the order may be entered at `now` for the head of the school."""
    _check_time(order, now)
    begin = max(order.valid_from, now)
    _check_the_one_who_acts(order, school, begin, around)
    _check_overlap(order, school, begin, around.orders)
    _check_chain(order, school, begin, around)


def check_end(order: OrderOnFile, now: datetime) -> None:
    """Raises `InputRefused` unless the order still stands at `now`."""
    if order.ended_at is not None:
        raise _refused(
            "acting_order_ended",
            "order_id",
            f"the order was ended on {_words(order.ended_at)} by {order.ended_by}",
            "An order ends once",
            "Nothing is to be done",
        )
    if order.valid_until <= now:
        raise _refused(
            "acting_order_over",
            "order_id",
            f"the order was over on {_words(order.valid_until)}",
            "What is over cannot be ended earlier: acts done while it ran stand",
            "Nothing is to be done",
        )


# when


def _check_time(order: ActingOrder, now: datetime) -> None:
    if order.valid_until <= now:
        raise _refused(
            "acting_order_over",
            "valid_until",
            "the order is over already",
            "Nobody gets authority over what was done: an order takes effect when it is entered",
            "Name a moment that is still to come",
        )
    if legal_date(order.valid_from) < legal_date(now):
        raise _refused(
            "acting_order_backdated",
            "valid_from",
            f"the order begins before {legal_date(now):%d.%m.%Y}, the day on which it is entered",
            "Nobody gets authority over what was done: an order takes effect when it is entered, and its text may "
            "name the beginning of that day at the earliest",
            "Enter it from today on; acts of before are the head's own",
        )


# who


def _check_the_one_who_acts(order: ActingOrder, school: str, begin: datetime, around: Surroundings) -> None:
    if not around.known:
        raise _refused(
            "unknown_acting",
            "acting",
            "the one who is to act is not in the staff directory",
            "The head is replaced by somebody of the school",
            "Use the id of the staff directory: uide staff",
        )
    here = [role for role in around.roles if role.school == school and role.staff_id == order.acting]
    until = _without_a_gap(here, begin)
    if until == begin:
        raise _refused(
            "acting_stranger",
            "acting",
            "the one who is to act has no role at this school when the order begins",
            "The head is replaced by somebody of the school, who works there all the time",
            "Choose somebody of the school: uide staff",
        )
    if until is not None and until < order.valid_until:
        raise _refused(
            "acting_leaves_earlier",
            "acting",
            f"the one who is to act has a role at this school until {_words(until)} only",
            "The head is replaced by somebody of the school, who works there all the time",
            "Choose an earlier valid_until, or somebody who stays",
        )
    if _is_head(order.acting, school, begin, order.valid_until, here):
        raise _refused(
            "acting_own_post",
            "acting",
            "the one who is to act holds the post of the head in this time",
            "Nobody acts for oneself",
            "Name somebody else, or no order: the head acts as head",
        )


def _without_a_gap(roles: Iterable[StaffRole], begin: datetime) -> datetime | None:
    """Until when roles follow one another from `begin` on: `begin` itself where none does, None for ever."""
    end = begin
    for role in sorted(roles, key=lambda role: role.valid_from):
        if role.valid_from > end:
            break
        if role.valid_until is None:
            return None
        end = max(end, role.valid_until)
    return end


# beside other orders


def _check_overlap(order: ActingOrder, school: str, begin: datetime, orders: Iterable[OrderOnFile]) -> None:
    for other in orders:
        if other.school == school and other.runs_within(begin, order.valid_until):
            raise _refused(
                "acting_orders_overlap",
                "valid_from",
                f"order {other.order_id} runs from {_words(other.runs_from)} until {_words(other.runs_until)}",
                "One person at a time acts in a post",
                f"Choose another time, or end that order first: uide acting end {other.order_id}",
            )


def _check_chain(order: ActingOrder, school: str, begin: datetime, around: Surroundings) -> None:
    for other in around.orders:
        if other.school == school or not other.runs_within(begin, order.valid_until):
            continue
        both = max(begin, other.runs_from), min(order.valid_until, other.runs_until)
        if _is_head(order.acting, other.school, *both, around.roles):
            raise _refused(
                "acting_absent",
                "acting",
                f"the one who is to act is away in this time: order {other.order_id} replaces that person",
                "Whoever is replaced in one post does not act in another",
                "Name somebody who is there",
            )
        if _is_head(other.acting, school, *both, around.roles):
            raise _refused(
                "acting_chain",
                "valid_from",
                f"the head acts in another post in this time, by order {other.order_id}",
                "Whoever acts for somebody is not replaced: authority is not handed on",
                f"End that order first: uide acting end {other.order_id}",
            )


def _is_head(staff_id: str, school: str, begin: datetime, end: datetime, roles: Iterable[StaffRole]) -> bool:
    return any(
        role.role is Role.HEAD
        and (role.staff_id, role.school) == (staff_id, school)
        and role.valid_from < end
        and (role.valid_until is None or begin < role.valid_until)
        for role in roles
    )


def _words(moment: datetime) -> str:
    return f"{local_time(moment):%d.%m.%Y %H:%M}"


def _refused(code: str, field: str, what: str, why: str, instead: str) -> InputRefused:
    return InputRefused.of(code, f"acting_order.{field}", what, why, instead)
