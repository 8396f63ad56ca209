"""Acting orders in the register: entered and ended as acts of the school, each once, and never changed."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from activities.register.audit import Action, note
from activities.register.conflicts import unknown_school
from activities.register.house_rules import HouseRules
from activities.register.pool import Connection, Pool
from activities.register.statements import sql
from domain.acting import Author, Surroundings, check_author, check_end, check_entry
from domain.acting_order import ActingOrder, EndOfActingOrder, OrderOnFile
from domain.refusal import InputRefused
from domain.school import StaffRole
from domain.staff import Role

Clock = Callable[[], Awaitable[datetime]]
"""The acceptor's clock, read under the locks: acts that were judged before were done before."""


class OrderEntered(BaseModel):
    """The order as it is on file after it was entered, or ended."""

    model_config = ConfigDict(frozen=True)

    order: OrderOnFile
    repeated: bool
    """Whether the very same had been done before: nothing was written."""


async def enter_acting_order(
    pool: Pool, school_bin: str, order: ActingOrder, clock: Clock, rules: HouseRules
) -> OrderEntered:
    """Enters the order; the same one again changes nothing and gives the first answer.

    `InputRefused` for an unknown school, a used id, and whatever `domain.acting` does not allow.
    """
    async with pool.acquire() as connection, connection.transaction():
        if await connection.fetchrow(sql("read_school"), school_bin) is None:
            raise unknown_school("--school")
        await _lock(connection, school_bin)
        on_file = await connection.fetchrow(sql("find_acting_order"), order.order_id)
        if on_file is not None:
            if on_file["content_hash"] != order.content_hash(school_bin):
                raise _order_id_used()
            return OrderEntered(order=OrderOnFile.model_validate(dict(on_file)), repeated=True)
        _check_unsealed(rules)
        now = await clock()
        check_author(await _author(connection, school_bin, order.actor, now))
        check_entry(order, school_bin, now, await _surroundings(connection, school_bin, order.acting, now))
        return OrderEntered(order=await _insert(connection, school_bin, order, now), repeated=False)


async def end_acting_order(
    pool: Pool, end: EndOfActingOrder, clock: Clock, rules: HouseRules
) -> OrderEntered:
    """Ends the order from now on, also one that has not begun; ended again by the same person it stays as it is.

    `InputRefused` for an unknown order, for one that is over, and for who may not end it.
    """
    async with pool.acquire() as connection, connection.transaction():
        order = await _find(connection, end.order_id)
        await _lock(connection, order.school)
        order = await _find(connection, end.order_id)
        if order.ended_at is not None and (order.ended_by, order.ended_act) == (end.actor, end.act):
            return OrderEntered(order=order, repeated=True)
        _check_unsealed(rules)
        now = await clock()
        check_author(await _author(connection, order.school, end.actor, now))
        check_end(order, now)
        await connection.execute(sql("insert_acting_order_end"), end.order_id, end.actor, now, end.act)
        await note(
            connection,
            now,
            end.actor,
            Action.END_ACTING_ORDER,
            None,
            school=order.school,
            order_id=end.order_id,
        )
        return OrderEntered(order=await _find(connection, end.order_id), repeated=False)


async def _lock(connection: Connection, school_bin: str) -> None:
    await connection.execute(sql("lock_acting_orders"))
    await connection.execute(sql("lock_headship"), school_bin)


async def _find(connection: Connection, order_id: str) -> OrderOnFile:
    row = await connection.fetchrow(sql("find_acting_order"), order_id)
    if row is None:
        raise _unknown_order()
    return OrderOnFile.model_validate(dict(row))


async def _author(connection: Connection, school_bin: str, actor: str, at: datetime) -> Author:
    rows = await connection.fetch(sql("read_standing"), actor, at)
    return Author(
        known=bool(rows),
        roles=frozenset(Role(row["role"]) for row in rows if row["school_bin"] == school_bin),
        is_officer=bool(await connection.fetchval(sql("is_officer_for_school"), actor, school_bin, at)),
    )


async def _surroundings(connection: Connection, school_bin: str, acting: str, now: datetime) -> Surroundings:
    person = await connection.fetchrow(sql("read_staff_member"), acting)
    roles = await connection.fetch(sql("list_roles_around_post"), school_bin, acting)
    orders = await connection.fetch(sql("list_orders_around_post"), school_bin, acting, now)
    return Surroundings(
        known=person is not None,
        roles=tuple(StaffRole.model_validate(dict(row)) for row in roles),
        orders=tuple(OrderOnFile.model_validate(dict(row)) for row in orders),
    )


async def _insert(connection: Connection, school_bin: str, order: ActingOrder, now: datetime) -> OrderOnFile:
    await connection.execute(
        sql("insert_acting_order"),
        order.order_id,
        school_bin,
        order.acting,
        order.valid_from,
        order.valid_until,
        order.act,
        order.content_hash(school_bin),
        order.actor,
        now,
    )
    await note(
        connection,
        now,
        order.actor,
        Action.ENTER_ACTING_ORDER,
        None,
        school=school_bin,
        order_id=order.order_id,
    )
    return await _find(connection, order.order_id)


def _check_unsealed(rules: HouseRules) -> None:
    if not rules.unsealed_allowed:
        raise InputRefused.of(
            "not_sealed",
            "acting_order",
            "the order is not sealed",
            "This register takes only acts that come with the portal's sign-in",
            "Do it through the portal",
        )


def _order_id_used() -> InputRefused:
    return InputRefused.of(
        "order_id_used",
        "acting_order.order_id",
        "another order was entered under this order_id",
        "One order_id stands for one order, so that entering it twice does no harm",
        "Use a new order_id, or send the same content",
    )


def _unknown_order() -> InputRefused:
    return InputRefused.of(
        "unknown_acting_order",
        "acting_order.order_id",
        "there is no acting order with this id",
        "Every order has the id under which it was entered",
        "Look it up: uide acting list",
    )
