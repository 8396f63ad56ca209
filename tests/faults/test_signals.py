"""The short form of the scenario."""

from pathlib import Path

from tests.faults import signals
from tests.faults.figures import Size


async def test_signals_that_nobody_should_send_have_no_effect_and_are_explained(stand_folder: Path) -> None:
    figures = await signals.run(stand_folder, Size.SHORT, print)
    assert figures.violations == []
