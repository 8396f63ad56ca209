"""Who signs a paper as acting head: for whom, and by which order."""

from activities.register.directory import read_staff_member
from activities.register.pool import Connection
from activities.register.statements import fetch_one
from domain.headship import Acting
from domain.paper_source import ActingFor


async def read_acting_for(connection: Connection, acting: Acting | None) -> ActingFor | None:
    """What a paper says of the order by which it is signed; None where the head signs."""
    if acting is None:
        return None
    order = await fetch_one(connection, "find_acting_order", acting.order_id)
    replaced = await read_staff_member(connection, acting.for_whom) if acting.for_whom else None
    return ActingFor(member=replaced, act=order["act"])
