"""The watch of terms, beside the procedure: reminder, last day, breach. Nothing is decided by it (D1, Q22)."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Generic, NamedTuple, Protocol, TypeVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.progress import Milestone


class Term(Protocol):
    """A term that somebody has to keep."""

    @property
    def due_at(self) -> datetime:
        """When it is over."""

    def moment_of(self, milestone: Milestone) -> datetime:
        """When the watch acts on the milestone."""

    def next_milestone(self, now: datetime) -> Milestone | None:
        """The milestone to wait for, or None when the breach was declared."""


TermT = TypeVar("TermT", bound=Term)


class _Next(NamedTuple, Generic[TermT]):
    moment: datetime
    name: str
    term: TermT
    milestone: Milestone


class TermWatch(Generic[TermT]):
    """Waits for the milestones of all terms that run, whichever comes first."""

    def __init__(
        self, running: Callable[[], Mapping[str, TermT]], reach: Callable[[TermT, Milestone], Awaitable[None]]
    ) -> None:
        """`running` gives the terms that run now by their names, `reach` has a milestone entered in the register."""
        self._running = running
        self._reach = reach

    async def watch(self) -> None:
        """Never ends; whoever asks for it cancels it."""
        while True:
            await workflow.wait_condition(lambda: self._next() is not None)
            awaited = self._next()
            if awaited and await self._comes(awaited):
                await self._reach(awaited.term, awaited.milestone)

    def _next(self) -> _Next[TermT] | None:
        now = workflow.now()
        ahead = [
            _Next(term.moment_of(milestone), name, term, milestone)
            for name, term in self._running().items()
            if (milestone := term.next_milestone(now))
        ]
        return min(ahead, key=lambda awaited: awaited.moment, default=None)

    async def _comes(self, awaited: _Next[TermT]) -> bool:
        """Whether its moment comes before a term begins, ends, or is counted anew."""
        remaining = awaited.moment - workflow.now()
        if remaining <= timedelta(0):
            return True
        due = self._due()
        try:
            await workflow.wait_condition(
                lambda: self._due() != due,
                timeout=remaining,
                timeout_summary=f"{awaited.milestone} of the {awaited.name}",
            )
        except TimeoutError:
            return True
        return False

    def _due(self) -> dict[str, datetime]:
        return {name: term.due_at for name, term in self._running().items()}
