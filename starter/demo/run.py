"""The run of the demo on a stack that is up: the stories side by side, then the invariants of the register."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from activities.register.verify import verify
from domain.vocabulary import NAMESPACE
from starter.demo.case_clocks import CaseClocks
from starter.demo.evidence import Evidence
from starter.demo.player import DemoFailed, Player
from starter.demo.stories import STORIES, Story
from starter.place import Place
from starter.register_access import open_register
from starter.service import open_service
from worker.connection import connect
from worker.key_ring import KeyRing

Tell = Callable[[Story | None, str], None]
"""Hears what happens, in one of the stories or to the demo as a whole."""


@dataclass(frozen=True)
class Played:
    """The demo as it went: what is on file of each story, and how many invariants were checked."""

    cases: tuple[tuple[Story, Evidence], ...]
    checks: int


async def play_stories(place: Place, tell: Tell, *, with_information_systems: bool) -> Played:
    """Plays all stories where the server may skip time; `DemoFailed` names the first step that did not happen."""
    clocks = await _clocks(place)
    async with open_register(place.database_url) as pool, open_service(place, clocks) as service:
        players = [
            Player(
                story,
                service,
                pool,
                clocks,
                partial(tell, story),
                with_information_systems=with_information_systems,
            )
            for story in STORIES
        ]
        evidence = await _all(players)
        tell(None, "the invariants of the register are verified")
        report = await verify(pool)
    if report.violations:
        raise DemoFailed(f'step "verify": {"; ".join(map(str, report.violations))}')
    return Played(cases=tuple(zip(STORIES, evidence, strict=True)), checks=len(report.checks))


async def _clocks(place: Place) -> CaseClocks:
    settings = place.settings()
    key_ring = KeyRing.load(settings.key_ring)
    address = place.stack.temporal_address if place.stack else None
    client = await connect(settings, key_ring, address=address)
    assert client.namespace == NAMESPACE
    return CaseClocks(client)


async def _all(players: list[Player]) -> list[Evidence]:
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(player.play()) for player in players]
    except BaseExceptionGroup as failed:
        with contextlib.suppress(StopIteration):
            raise next(error for error in failed.exceptions if isinstance(error, DemoFailed)) from None
        raise
    return [task.result() for task in tasks]
