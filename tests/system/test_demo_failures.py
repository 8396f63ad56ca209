"""The demo fails loudly: whatever did not happen as it had to is named."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from domain.paper_kinds import PaperKind
from starter.best_effort_doorbell import BestEffortDoorbell
from starter.demo.case_clocks import CaseClocks
from starter.demo.player import DemoFailed, Player
from starter.demo.stories import STORIES, Story
from starter.service import Service as Acceptor
from tests.databases import RULES
from tests.workflows.service import Service
from worker.key_ring import KeyRing
from workflows.doorbell import TemporalDoorbell

ADMITTED, REFUSED, SILENCE, *_ = STORIES
Players = Callable[[Story], Player]


@pytest.fixture
async def player(service: Service, own_ring: Path) -> AsyncIterator[Players]:
    pool, clocks = service.register.pool, CaseClocks(service.client)

    async def connect() -> TemporalDoorbell:
        return service.doorbell

    acceptor = Acceptor(pool, KeyRing.load(own_ring), BestEffortDoorbell(pool, connect), clocks, RULES)
    async with service.working():
        yield lambda story: Player(
            story, acceptor, pool, clocks, lambda _: None, with_information_systems=False
        )


async def test_an_act_that_is_refused_fails_the_demo_with_its_reason(player: Players) -> None:
    signed_at_once = replace(ADMITTED, steps=ADMITTED.steps[-1:])
    with pytest.raises(DemoFailed, match=r'"admitted", step "the head signs .* sign_order is not possible'):
        await player(signed_at_once).play()


async def test_whatever_is_on_file_and_not_expected_fails_the_demo(player: Players) -> None:
    expected = replace(REFUSED.expected, overdue=True, papers=(PaperKind.RECEIPT,), defects=())
    with pytest.raises(DemoFailed) as failed:
        await player(replace(REFUSED, expected=expected)).play()
    for what in ("overdue mark", "papers", "defects named"):
        assert f"{what}: expected" in str(failed.value)


async def test_an_application_that_is_not_there_fails_the_demo(player: Players) -> None:
    with pytest.raises(
        DemoFailed, match=r'"silence", step "the application is read from examples/none.json"'
    ):
        await player(replace(SILENCE, application="none")).play()
