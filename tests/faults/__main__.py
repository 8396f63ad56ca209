"""All scenarios in full, one after another: python -m tests.faults [--list] [--only NAME ...] [--seed N] [--write]."""

import argparse
import asyncio
import importlib
import logging
import shlex
import shutil
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol, cast

import structlog

from starter.embedded.supervision import Tell
from tests.faults.figures import Figures, Size, as_markdown, as_text

FOLDER = Path(__file__).parent
DOCUMENT = FOLDER.parents[1] / "docs" / "faults.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


class Scenario(Protocol):
    """What a module of a scenario holds."""

    NAME: str
    TITLE: str

    async def run(self, stand_folder: Path, size: Size, tell: Tell) -> Figures:
        """Plays it on a folder that does not exist yet."""


def scenarios() -> dict[str, Scenario]:
    """Every module beside this one that has a `run`, by its name."""
    names = sorted(path.stem for path in FOLDER.glob("[a-z]*.py") if not path.stem.startswith("test_"))
    modules = [importlib.import_module(f"tests.faults.{name}") for name in names if name != "conftest"]
    found = [cast("Scenario", module) for module in modules if hasattr(module, "run")]
    return {scenario.NAME: scenario for scenario in found}


async def play(scenario: Scenario, size: Size) -> Figures:
    """The figures of a scenario; one that breaks off is a violation, too."""
    begun = time.monotonic()
    folder = Path(mkdtemp(prefix="uide-faults-"))

    def tell(what: str) -> None:
        print(f"  {time.monotonic() - begun:6.1f} s  {what}", file=sys.stderr, flush=True)

    print(f"{scenario.NAME}: {scenario.TITLE}", file=sys.stderr, flush=True)
    # One that fails keeps the others from nothing, and its cause is told.
    [result] = await asyncio.gather(scenario.run(folder / "stand", size, tell), return_exceptions=True)
    if isinstance(result, Figures):
        shutil.rmtree(folder, ignore_errors=True)
        return result
    traceback.print_exception(result)
    broken = Figures(scenario.NAME, scenario.TITLE, size)
    broken.violated([f"broke off: {type(result).__name__}: {result}; its logs are in {folder}"])
    return broken


def write(played: Sequence[Figures], command: str) -> None:
    """Puts the table, with the command that made it, into the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    made = f"Made on {date.today():%d.%m.%Y} by `{command}`:"  # noqa: DTZ011 - the day on this machine's wall
    table = as_markdown(played)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{made}\n\n{table}\n{END}{after}", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """0 when every scenario was played without a violation."""
    known = scenarios()
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--list", action="store_true", help="name the scenarios and end")
    parser.add_argument("--only", nargs="+", choices=known, metavar="NAME", help="these scenarios")
    parser.add_argument("--seed", type=int, default=1, help="decides what is left to chance")
    parser.add_argument("--write", action="store_true", help="put the table into docs/faults.md")
    wanted = parser.parse_args(arguments)
    if wanted.list:
        print("\n".join(f"{name}: {scenario.TITLE}" for name, scenario in known.items()))
        return 0
    # Clients are refused and unheard all the time here: that is counted, not logged.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.disable(logging.ERROR)
    size = Size(full=True, seed=wanted.seed)
    played = []
    for name in wanted.only or known:
        played.append(asyncio.run(play(known[name], size)))
        # At once: who ends the run by hand has the figures of what was played.
        print(f"{as_text(played[-1])}\n", flush=True)
    if wanted.write:
        write(played, shlex.join(["python", "-m", "tests.faults", *arguments]))
    return int(any(figures.violations for figures in played))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
