"""What every procedure does: goes from stage to stage by the acts it takes, while terms are watched and papers made."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import timedelta
from typing import Any, Generic

from temporalio import workflow
from temporalio.common import RawValue, SearchAttributeUpdate
from temporalio.exceptions import is_cancelled_exception

from workflows.case_file import CaseFile, ProgressT
from workflows.messages import unknown_signal
from workflows.term_watch import TermWatch

Work = Callable[[], Coroutine[Any, Any, None]]
"""What runs beside the procedure until its end."""

UNHEARD_OF = timedelta(minutes=1)
"""A pause where the register no longer has what it once said."""


class Procedure(ABC, Generic[ProgressT]):
    """The workflow of one matter; it ends by its own stages and by nothing else."""

    _file: CaseFile[ProgressT]
    _term_watch: TermWatch[Any]

    def __init__(self) -> None:
        self._watch: asyncio.Task[None]
        self._rendering: asyncio.Task[None]
        self._beside: list[asyncio.Task[None]] = []
        self._shown: int | None = None
        self._cancellation_requested = False

    # what the law makes of it: the stages, and how they are shown

    @abstractmethod
    def _paragraph(self) -> Callable[[], Awaitable[None]]:
        """What may happen at the stage that is reached."""

    @abstractmethod
    def _details(self) -> str:
        """Where it stands, in words for operators."""

    @abstractmethod
    def _search_attributes(self) -> list[SearchAttributeUpdate[Any]]:
        """By what operators find it."""

    # from the beginning, or from wherever it was left, to the end

    async def _go_to_the_end(self, *beside: Work) -> ProgressT:
        await self._file.open()
        self._begin(*beside)
        while not self._file.progress.ended:
            await self._undeterred(self._paragraph())
            if workflow.info().is_continue_as_new_suggested():
                await self._take_acts_while(
                    lambda: _somebody_waits_for_an_answer() or not self._file.can_be_carried_on()
                )
                workflow.continue_as_new(self._file.to_be_continued())
        await self._take_acts_while(
            lambda: self._file.has_messages() or _somebody_waits_for_an_answer() or self._has_work_left()
        )
        return self._file.progress

    def _begin(self, *beside: Work) -> None:
        self._watch = asyncio.create_task(self._term_watch.watch())
        self._rendering = asyncio.create_task(self._render_the_papers())
        self._beside = [self._watch, self._rendering, *(asyncio.create_task(work()) for work in beside)]

    def _has_work_left(self) -> bool:
        """Whether something beside the acts has to be done before the end."""
        return self._has_papers_to_render() and not self._rendering.done()

    # the acts of all paragraphs

    async def _undeterred(self, paragraph: Callable[[], Awaitable[None]]) -> None:
        # A case ends by the law and not by a click: what was interrupted is done again.
        try:
            await paragraph()
        except BaseException as error:
            if not is_cancelled_exception(error):
                raise
            self._cancellation_requested = True

    async def _take_the_next_act(self) -> None:
        self._show()
        await workflow.wait_condition(self._is_called)
        await self._file.take_next_act()

    def _is_called(self) -> bool:
        for beside in self._beside:
            if beside.done():
                beside.result()  # a fault of what runs beside is a fault of the case, not one to pass over
        return self._file.has_messages()

    async def _take_acts_while(self, condition: Callable[[], bool]) -> None:
        self._watch.cancel()
        while condition():
            # An act that is taken lets a handler finish; until it has, more may come.
            await workflow.wait_condition(lambda: self._file.has_messages() or not condition())
            if self._file.has_messages():
                await self._file.take_next_act()

    def _show(self) -> None:
        workflow.set_current_details(self._details())
        if self._file.progress.revision != self._shown:
            workflow.upsert_search_attributes(self._search_attributes())
            self._shown = self._file.progress.revision

    # the papers of all paragraphs become PDFs beside the procedure, which waits for them only at its end

    async def _render_the_papers(self) -> None:
        while True:
            await workflow.wait_condition(self._has_papers_to_render)
            if not self._renders_its_papers():
                return
            known = self._file.progress
            await self._file.render_papers()
            if self._file.progress is known:
                # The register answers from an earlier time than it once did: it was restored, and is not pressed.
                await workflow.sleep(UNHEARD_OF, summary="the register knows less than before")
            self._show()

    def _renders_its_papers(self) -> bool:
        """Whether that is not left to the sweep."""
        return True

    def _has_papers_to_render(self) -> bool:
        return self._file.progress.papers_to_render > 0

    # what nobody has foreseen

    @workflow.signal(dynamic=True, description="Whatever else is sent is kept and refused")
    def other(self, name: str, arguments: Sequence[RawValue]) -> None:
        """Keeps a signal that the procedure does not have."""
        self._file.hear(unknown_signal(name, arguments))


def _somebody_waits_for_an_answer() -> bool:
    return not workflow.all_handlers_finished()
