"""The post of the school's head as the machine of any order keeps it, with the acting orders that are on file."""

from datetime import datetime

from domain.acting import Author, Surroundings, check_author, check_end, check_entry
from domain.acting_order import ActingOrder, OrderOnFile
from domain.case import Standing
from domain.headship import Headship
from domain.refusal import InputRefused
from domain.school import StaffRole
from domain.staff import Role
from tests.builders import AUTHORISED_BODY, CLERK, DEPUTY, HEAD, OFFICER, SCHOOL, SPECIALIST, local

SINCE = local("2024-03-01 00:00")
ROLES = {HEAD: Role.HEAD, DEPUTY: Role.DEPUTY_HEAD, CLERK: Role.CLERK, SPECIALIST: Role.SPECIALIST}
STAFF = tuple(
    StaffRole.model_validate(
        {"staff_id": who, "school": SCHOOL, "role": role, "valid_from": SINCE, "act": "№ 1-ЖҚ"}
    )
    for who, role in ROLES.items()
)
MAY_ORDER = {HEAD, DEPUTY, OFFICER}
"""Head, deputy and authorised body, whoever acts at the time."""


class ActingPost:
    """Who has the authority of the head at any moment: by the rules, and once more by a plain list."""

    def __init__(self) -> None:
        self.orders: list[OrderOnFile] = []
        self._in_the_post: list[tuple[datetime, datetime, str]] = []

    def enter(self, author: str, acting: str, begin: datetime, end: datetime, now: datetime) -> str | None:
        """The code of the refusal; None when the order stands."""
        order = ActingOrder(
            order_id=f"acting-{len(self.orders):04}",
            actor=author,
            acting=acting,
            valid_from=begin,
            valid_until=end,
            act="№ 15-ЖҚ бұйрық",
        )
        roles = tuple(role for role in STAFF if role.staff_id == acting or role.role is Role.HEAD)
        try:
            check_author(_author(author))
            check_entry(order, SCHOOL, now, Surroundings(known=True, roles=roles, orders=tuple(self.orders)))
        except InputRefused as refused:
            return refused.problems[0].code
        kept = {**order.model_dump(exclude={"actor"}), "entered_by": author, "entered_at": now}
        self.orders.append(OrderOnFile(school=SCHOOL, **kept))
        self._in_the_post.append((max(begin, now), end, acting))
        return None

    def end(self, author: str, now: datetime) -> str | None:
        """Ends the order entered last, as `enter` answers; there must be one."""
        try:
            check_author(_author(author))
            check_end(self.orders[-1], now)
        except InputRefused as refused:
            return refused.problems[0].code
        self.orders[-1] = self.orders[-1].model_copy(update={"ended_at": now, "ended_by": author})
        begin, end, acting = self._in_the_post.pop()
        self._in_the_post.append((begin, min(end, now), acting))
        return None

    def holder_at(self, moment: datetime) -> str:
        """Who has the post at the moment, by the plain list."""
        acting = [who for begin, end, who in self._in_the_post if begin <= moment < end]
        assert len(acting) <= 1, "one person at a time acts in a post"
        return acting[0] if acting else HEAD

    def order(self, order_id: str) -> OrderOnFile:
        return next(order for order in self.orders if order.order_id == order_id)

    def standing_of(self, actor: str, at: datetime) -> Standing:
        """As the register reads it from the directory and the orders."""
        running = next((order for order in self.orders if order.runs_at(at)), None)
        post = Headship.of([HEAD], running, acting_is_staff=True)
        of_the_school = actor in ROLES
        over = [o.runs_until for o in self.orders if o.acting == actor and o.runs_from < o.runs_until <= at]
        return Standing(
            known=of_the_school or actor == OFFICER,
            roles=post.roles_of(actor, frozenset({ROLES[actor]} if of_the_school else ())),
            schools=frozenset({SCHOOL} if of_the_school else ()),
            specialists=frozenset({SPECIALIST}),
            heads=frozenset(post.with_authority),
            bodies=frozenset({AUTHORISED_BODY} if actor == OFFICER else ()),
            acting=post.acting_of(actor),
            replaced_by=post.replaced_by(actor),
            acted_until=max(over, default=None) if of_the_school else None,
        )


def _author(who: str) -> Author:
    own = frozenset({ROLES[who]} if who in ROLES else ())
    return Author(known=True, roles=own, is_officer=who == OFFICER)
