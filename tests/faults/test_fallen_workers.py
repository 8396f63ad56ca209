"""The short forms of `kills` and `zombie`, side by side: both mostly wait until Temporal gives an attempt up."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import kills, zombie
from tests.faults.conftest import short_folder
from tests.faults.figures import Figures, Size

pytestmark = pytest.mark.timeout(1200)


@pytest.fixture(scope="module")
def folders() -> Iterator[tuple[Path, Path]]:
    with short_folder() as one, short_folder() as other:
        yield one, other


@pytest.fixture(scope="module")
async def played(folders: tuple[Path, Path]) -> dict[str, Figures]:
    one, other = folders
    both = await asyncio.gather(kills.run(one, Size.SHORT, print), zombie.run(other, Size.SHORT, print))
    return {figures.name: figures for figures in both}


def test_every_effect_is_there_once_wherever_a_worker_was_killed(played: dict[str, Figures]) -> None:
    assert played[kills.NAME].violations == []


def test_a_worker_that_wakes_after_its_attempt_was_given_away_does_nothing_twice(
    played: dict[str, Figures],
) -> None:
    assert played[zombie.NAME].violations == []
