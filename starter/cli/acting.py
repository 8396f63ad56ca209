"""`uide acting add`, `list`, `end`: who acts as head of a school, from when until when."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer

from activities.register.acting import OrderEntered
from activities.register.acting_lists import ListedOrder, list_acting_orders
from domain.acting_order import ActingOrder, EndOfActingOrder, OrderOnFile, parse_acting_order, parse_end
from domain.legal_time import local_time
from domain.refusal import InputRefused
from starter.cli.answers import answer
from starter.cli.called import to_copy
from starter.cli.noting import note
from starter.cli.options import AsJson, Data, SchoolBin
from starter.cli.screen import moment, say, say_if_unsealed, show_table
from starter.input_file import read_object
from starter.place import Place, find_place
from starter.register_access import open_register
from starter.service import open_service

acting = typer.Typer(help="Who acts as head of a school, and until when.", rich_markup_mode=None)

OrderFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        help="The order as a JSON file (docs/schemas/acting-order.json), in place of the options.",
        show_default=False,
    ),
]
OrderId = Annotated[str, typer.Argument(metavar="ORDER_ID", help="The id under which the order was entered.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="STAFF_ID", help="Who enters it.", show_default=False)
]
Who = Annotated[
    str | None, typer.Option("--who", metavar="STAFF_ID", help="Who acts as head.", show_default=False)
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="MOMENT", help="Like 2026-11-25T09:00:00+05:00.", show_default=False),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="MOMENT", help="The first moment not in it.", show_default=False),
]
OfAct = Annotated[
    str | None,
    typer.Option("--act", metavar="TEXT", help="Number and day of the order on paper.", show_default=False),
]
Id = Annotated[
    str | None,
    typer.Option(
        "--id", metavar="ORDER_ID", help="One id is one order; made up if left out.", show_default=False
    ),
]


@acting.command("add")
def acting_add(  # noqa: PLR0913, PLR0917 - an option for each thing that an order says
    school: SchoolBin,
    file: OrderFile = None,
    by: By = None,
    who: Who = None,
    valid_from: From = None,
    until: Until = None,
    act: OfAct = None,
    order_id: Id = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Enter an acting order for the post of the head.

    By the head, a deputy of the head, or an officer of the authorised body. It takes effect when it is entered, not
    before; the same order entered again gives the first answer. Cases that wait for the head wait for the one who
    acts from then on.

    \b
    Examples:
      uide acting add --school 010940000013 examples/acting/order.json
      uide acting add --school 010940000013 --by at001-head --who at001-deputy \\
        --from 2026-12-01T09:00:00+05:00 --until 2026-12-08T00:00:00+05:00 --act "№ 15-ЖҚ, 30.11.2026"
    """
    given = {
        "actor": by,
        "acting": who,
        "valid_from": valid_from,
        "valid_until": until,
        "act": act,
        "order_id": order_id,
    }
    order = _read_order(file, {name: value for name, value in given.items() if value is not None}, data)
    place = find_place(data)
    entered = asyncio.run(_enter(place, school, order))
    answer(_document(entered), as_json=as_json, screen=lambda: _show_entered(entered, place, data))


@acting.command("list")
def acting_list(school: SchoolBin, data: Data = None, as_json: AsJson = False) -> None:
    """List the acting orders of a school, coming ones and those that are over too.

    \b
    Examples:
      uide acting list --school 010940000013
      uide acting list --school 010940000013 --json
    """
    place = find_place(data)
    now = local_time(datetime.now(UTC))
    orders = asyncio.run(_list(place, school, now))
    document = {"school": school, "orders": [_plain(order) for order in orders]}
    answer(document, as_json=as_json, screen=lambda: _show_orders(school, orders, place))


@acting.command("end")
def acting_end(
    order_id: OrderId,
    by: Annotated[str, typer.Option("--by", metavar="STAFF_ID", help="Who ends it.", show_default=False)],
    act: OfAct = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """End an acting order before its time, from now on.

    By the head, a deputy of the head, or an officer of the authorised body. What was done while it ran stands.

    \b
    Examples:
      uide acting end acting-2026-12 --by at001-head
      uide acting end acting-2026-12 --by at001-head --act "№ 16-ЖҚ, 04.12.2026" --json
    """
    end = _read_end({"order_id": order_id, "actor": by, "act": act}, data)
    place = find_place(data)
    ended = asyncio.run(_end(place, end))
    answer(_document(ended), as_json=as_json, screen=lambda: _show_ended(ended.order, place))


def _read_order(file: Path | None, given: dict[str, str], data: Path | None) -> ActingOrder:
    try:
        if file and given:
            raise InputRefused.of(
                "order_twice",
                "command line",
                "the order is given as a file and by options",
                "Two sources could say two things",
                "Give the one or the other",
            )
        raw: dict[str, Any] = read_object(file) if file else given
        return parse_acting_order({"order_id": f"acting-{uuid4().hex}", **raw})
    except InputRefused as refused:
        note("enter_acting_order", refused, data)
        raise


def _read_end(given: dict[str, str | None], data: Path | None) -> EndOfActingOrder:
    try:
        return parse_end(given)
    except InputRefused as refused:
        note("end_acting_order", refused, data)
        raise


async def _enter(place: Place, school: str, order: ActingOrder) -> OrderEntered:
    async with open_service(place) as service:
        return await service.enter_acting_order(school, order)


async def _end(place: Place, end: EndOfActingOrder) -> OrderEntered:
    async with open_service(place) as service:
        return await service.end_acting_order(end)


async def _list(place: Place, school: str, now: datetime) -> tuple[ListedOrder, ...]:
    async with open_register(place.database_url, size=1) as pool:
        return await list_acting_orders(pool, school, now)


# telling


def _document(entered: OrderEntered) -> dict[str, Any]:
    return {**_plain(entered.order.in_local_time()), "repeated": entered.repeated}


def _plain(order: OrderOnFile) -> dict[str, Any]:
    runs = {"runs_from": order.runs_from.isoformat(), "runs_until": order.runs_until.isoformat()}
    return {**order.model_dump(mode="json"), **runs}


def _show_entered(entered: OrderEntered, place: Place, data: Path | None) -> None:
    order = entered.order
    say(
        f"{'Entered before, nothing was written again' if entered.repeated else 'Entered'}: {order.order_id}",
        f"  acts as head  {order.acting}",
        f"  from          {moment(order.runs_from)} (Almaty)",
        f"  until         {moment(order.runs_until)} (Almaty), that moment not included",
        f"  by            {order.act}",
        f"End it earlier: {to_copy('acting end', order.order_id, '--by STAFF_ID', data=data)}",
    )
    say_if_unsealed(place)


def _show_ended(order: OrderOnFile, place: Place) -> None:
    say(f"{order.order_id} ended on {moment(order.ended_at)} (Almaty). What was done while it ran stands.")
    say_if_unsealed(place)


def _show_orders(school: str, orders: tuple[ListedOrder, ...], place: Place) -> None:
    rows = (
        (
            order.state,
            f"{order.name}\n{order.acting}",
            moment(order.runs_from),
            moment(order.runs_until),
            order.act,
            order.order_id,
        )
        for order in orders
    )
    show_table(
        f"Acting orders of {school}", ("state", "acts as head", "from", "until", "by", "order_id"), rows
    )
    say_if_unsealed(place)
