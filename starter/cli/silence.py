"""`uide silence`: cases without an answer in time, for the authorised body that controls the quality of services."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from activities.register.silence import SilentRound, read_silence
from domain.legal_time import local_time
from starter.cli.answers import answer
from starter.cli.options import AsJson, Data
from starter.cli.screen import moment, say, say_if_unsealed, show_table
from starter.place import Place, find_place
from starter.register_access import open_register

Body = Annotated[str, typer.Option("--body", metavar="BIN", help="The BIN of the authorised body.")]


def silence(body: Body, data: Data = None, as_json: AsJson = False) -> None:
    """List the cases of a body's schools that had no answer in time.

    Those that still have none come first, the most overdue before others. What was answered late stays in the list,
    with the number of working days; the silence itself decides nothing.

    \b
    Examples:
      uide silence --body 010941000019
      uide silence --body 010941000019 --json
    """
    place = find_place(data)
    now = local_time(datetime.now(UTC))
    found = asyncio.run(_silence(place, body, now))
    cases = [silent.model_dump(mode="json") for silent in found]
    document = {"body": body, "at": now.isoformat(timespec="seconds"), "cases": cases}
    answer(document, as_json=as_json, screen=lambda: _show(body, found, place))


async def _silence(place: Place, body: str, now: datetime) -> list[SilentRound]:
    async with open_register(place.database_url, size=1) as pool:
        return await read_silence(pool, body, now)


def _show(body: str, found: list[SilentRound], place: Place) -> None:
    waiting = sum(silent.answered_at is None for silent in found)
    say(f"{len(found)} without an answer in time, {waiting} of them still without one.")
    show_table(
        f"Schools under {body}",
        ("case", "school", "answer was due", "working days late", "answered", "complaints"),
        (
            (
                f"{silent.number}\nround {silent.round}",
                f"{silent.school}\n{silent.name_kk}",
                moment(silent.due_at),
                silent.late_working_days,
                f"{silent.answered_by}\n{moment(silent.answered_at)}" if silent.answered_by else "not yet",
                "\n".join(silent.complaints) or "none",
            )
            for silent in found
        ),
        whole=("case", "answer was due"),
    )
    say_if_unsealed(place)
