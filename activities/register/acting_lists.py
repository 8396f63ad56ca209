"""The acting orders of a school as a list."""

from datetime import datetime
from enum import StrEnum

from activities.register.conflicts import unknown_school
from activities.register.on_duty import person_of
from activities.register.pool import Pool, Row
from activities.register.statements import sql
from domain.acting_order import OrderOnFile


class OrderState(StrEnum):
    """Where an order stands at the moment of the list; ENDED is what was ended before its time."""

    COMING = "COMING"
    RUNNING = "RUNNING"
    ENDED = "ENDED"
    OVER = "OVER"


class ListedOrder(OrderOnFile):
    """An acting order with the name of who acts; moments are local time."""

    name: str
    post_kk: str
    post_ru: str
    state: OrderState


async def list_acting_orders(pool: Pool, school_bin: str, now: datetime) -> tuple[ListedOrder, ...]:
    """All orders of the school in the order in which they begin; `InputRefused` for an unknown school."""
    if await pool.fetchrow(sql("read_school"), school_bin) is None:
        raise unknown_school("--school")
    return tuple(_listed(row, now) for row in await pool.fetch(sql("list_acting_orders"), school_bin))


def _listed(row: Row, now: datetime) -> ListedOrder:
    order = OrderOnFile.model_validate(dict(row)).in_local_time()
    person = person_of({**row, "staff_id": row["acting"]})
    named = person.model_dump(include={"name", "post_kk", "post_ru"})
    return ListedOrder(**order.model_dump(), **named, state=_state(order, now))


def _state(order: OrderOnFile, now: datetime) -> OrderState:
    if order.ended_at is not None:
        return OrderState.ENDED
    if order.runs_at(now):
        return OrderState.RUNNING
    return OrderState.COMING if now < order.runs_from else OrderState.OVER
