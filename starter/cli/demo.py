"""`uide demo`: cases from the examples through the whole service, on a stack of its own."""

import asyncio
import json
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from domain.vocabulary import NAMESPACE
from starter.cli.answers import FAILED
from starter.cli.called import to_copy
from starter.cli.log_file import logs_in
from starter.cli.options import AsJson
from starter.cli.screen import UNSEALED, console
from starter.cli.stopping import run_until_stopped
from starter.demo.evidence import Evidence
from starter.demo.leftovers import remove_leftovers
from starter.demo.papers_left import FOLDER, leave_papers, names
from starter.demo.player import DemoFailed
from starter.demo.run import Played, play_stories
from starter.demo.shown import show
from starter.demo.stories import STORIES, Story
from starter.embedded.stack import EmbeddedStack, embedded_stack
from starter.embedded.supervision import keep_running
from starter.embedded.temporal_binary import temporal_binary
from starter.place import find_place

PREFIX = "uide-demo-"
"""Of the folder of a demo, in the folder for temporary files."""

PIPED_WIDTH = 110
"""Where no window sets the width: a person will read it all the same."""

Keep = Annotated[
    bool, typer.Option("--keep", help="Keep the stack up afterwards, to look around until Ctrl-C.")
]
Save = Annotated[
    Path, typer.Option("--save", metavar="DIR", help="Where the papers stay as PDF when the demo is gone.")
]


def demo(keep: Keep = False, save: Save = FOLDER, as_json: AsJson = False) -> None:
    """Play five cases from the examples to their outcome, on a stack of its own that is gone afterwards.

    One is admitted, one refused, and in one nobody acts until the term is over. In the other two the parent complains:
    to the head of a wrong refusal, and to the authorised body of silence; both are upheld, and the cases decided anew.
    Their papers stay as PDF, in place of those of the demo before. Exit code 1 when any step did not happen as it
    had to.

    \b
    Examples:
      uide demo
      uide demo --keep
    """
    stage = _Stage(save, as_json=as_json)
    binary = temporal_binary()
    asyncio.run(remove_leftovers(Path(tempfile.gettempdir()), PREFIX))
    try:
        with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
            finished = asyncio.run(run_until_stopped(_play(Path(folder), binary, stage, keep=keep)))
    except DemoFailed as failed:
        stage.fail(str(failed))
        raise typer.Exit(FAILED) from None
    if not finished and not stage.done:
        stage.fail("it was stopped before its end")
        raise typer.Exit(FAILED)


class _Stage:
    """Where the demo is seen: step by step while it runs, and as a whole at its end."""

    def __init__(self, papers: Path, *, as_json: bool) -> None:
        self.done = False
        self._papers = papers
        self._as_json = as_json
        self._began = time.monotonic()
        plain = console(errors=as_json)
        self._screen = Console(
            file=plain.file, width=None if plain.is_terminal else PIPED_WIDTH, highlight=False, emoji=False
        )

    def tell(self, story: Story | None, words: str) -> None:
        seconds = time.monotonic() - self._began
        name = story.name if story else ""
        width = max(len(story.name) for story in STORIES)
        self._screen.print(f"{seconds:5.1f} s  {name:{width}}  {words}", markup=False, soft_wrap=True)

    def end(self, played: Played, stack: EmbeddedStack, *, keep: bool) -> None:
        leave_papers(played, self._papers)
        self.done = True
        if self._as_json:
            document = _document(played, stack, self._papers, kept=keep)
            print(json.dumps(document, ensure_ascii=False), flush=True)
            return
        show(self._screen, played)
        self._say("", f"The papers are in {self._papers}/")
        self._say(f"{played.checks} invariants of the register were verified, and all hold.")
        self._say(f"Done in {time.monotonic() - self._began:.0f} s.")
        if keep:
            self._say(
                "", f"Look around: {_ui(stack)}", f"Logs: {stack.folder.log}", UNSEALED, "Ctrl-C ends it."
            )
        else:
            self._say(
                "",
                f"To look around in the Temporal UI: {to_copy('demo', '--keep')}",
                f"To file cases yourself:            {to_copy('up')}",
            )

    def fail(self, why: str) -> None:
        if self._as_json:
            print(json.dumps({"ok": False, "failed": why}, ensure_ascii=False), flush=True)
        console(errors=True).print(f"The demo FAILED: {why}")

    def _say(self, *lines: str) -> None:
        for line in lines:
            self._screen.print(line, markup=False, soft_wrap=True)


async def _play(folder: Path, binary: Path, stage: _Stage, *, keep: bool) -> None:
    async with embedded_stack(folder, binary, partial(stage.tell, None)) as stack:
        played = await play_stories(find_place(folder), stage.tell, with_information_systems=True)
        stage.end(played, stack, keep=keep)
        if keep:
            with logs_in(stack.folder.log / "demo.log"):
                await keep_running(stack.parts, partial(stage.tell, None))


def _document(played: Played, stack: EmbeddedStack, papers: Path, *, kept: bool) -> dict[str, Any]:
    return {
        "ok": True,
        "cases": [_case(story, evidence, papers) for story, evidence in played.cases],
        "checks": played.checks,
        "ui": _ui(stack) if kept else None,
    }


def _case(story: Story, evidence: Evidence, papers: Path) -> dict[str, Any]:
    return {
        "name": story.name,
        "title": story.title,
        "language": evidence.language,
        "status": evidence.status.model_dump(mode="json"),
        "term": evidence.term.model_dump(mode="json"),
        "complaint_terms": [term.model_dump(mode="json") for term in evidence.complaint_terms],
        "papers": [
            {
                "kind": paper.kind,
                "number": paper.number,
                "issued_at": paper.issued_at.isoformat(),
                "sha256": paper.sha256,
                "file": str(papers / name),
            }
            for paper, name in zip(evidence.papers, names(evidence), strict=True)
        ],
        "timers_gone_off": evidence.timers_gone_off,
    }


def _ui(stack: EmbeddedStack) -> str:
    return f"{stack.addresses.ui}/namespaces/{NAMESPACE}/workflows"
