"""The post of a school's head in the register: who has its authority at a moment."""

from datetime import datetime

from activities.register.pool import Connection
from activities.register.statements import fetch_one, sql
from domain.acting_order import OrderOnFile
from domain.headship import Headship


async def hold_headship(connection: Connection, school_bin: str) -> None:
    """Until this transaction ends no acting order of the school is entered or ended.

    Whoever judges an act must do so before reading who has authority: an order that is entered later is stamped
    later, and never meets a verdict that was given without it.
    """
    await connection.execute(sql("share_headship"), school_bin)


async def read_headship(connection: Connection, school_bin: str, at: datetime) -> Headship:
    """Who holds the post at that moment, and who acts in it."""
    row = await fetch_one(connection, "read_headship", school_bin, at)
    order = OrderOnFile.model_validate(dict(row)) if row["order_id"] else None
    return Headship.of(row["heads"], order, acting_is_staff=row["acting_is_staff"])
