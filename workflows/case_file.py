"""What a procedure holds of its matter: the messages that came, the verdicts given, and the register's last word."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel
from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.messages import Message, Written
    from domain.verdict import Verdict, VerdictKind
from workflows.messages import LARGEST

ATTEMPT = timedelta(seconds=10)
"""For one attempt of an activity; the database gives up after five."""
RENDERING = timedelta(seconds=30)
"""For the papers of a case, of which each takes a fraction of a second on a processor of its own."""
PATIENTLY = RetryPolicy(maximum_interval=timedelta(minutes=1))
"""A register that is away is waited for, however long it takes."""
SHOWN_REFUSALS = 5
MOST = 50
"""Messages handed on at once; Temporal takes payloads of up to 2 MB."""
MOST_DOORBELLS = 500
"""Carried on into another run: one would do, as each act that is taken names the one that waits next."""
SORTED = "doorbells-are-sorted-in-portions"
"""Since 2026-11-22; to be removed when no run that began before it is left."""
FOLLOWED = "the-act-that-follows-is-rung-for"
"""Since 2026-11-22, as the other: a worker of 0.1.0 passes over the name of the act that follows."""


class Position(Protocol):
    """Where a matter stands, by the register's word."""

    @property
    def revision(self) -> int:
        """Grows with everything that happens: of two positions the one with the higher revision is the later."""

    @property
    def ended(self) -> bool:
        """Whether the procedure has ended."""

    @property
    def papers_to_render(self) -> int:
        """Papers without bytes."""


ProgressT = TypeVar("ProgressT", bound=Position)
ProgressT_co = TypeVar("ProgressT_co", bound=Position, covariant=True)


class Answered(Protocol[ProgressT_co]):
    """What the register answers when an act is to be taken (`domain.verdict.Answer`, and a complaint's)."""

    @property
    def verdict(self) -> Verdict | None:
        """None when an earlier act has to be taken first."""

    @property
    def earlier(self) -> str | None:
        """That act."""

    @property
    def following(self) -> str | None:
        """The act that waits next."""

    @property
    def on_file(self) -> bool:
        """Whether the register has the act."""

    @property
    def progress(self) -> ProgressT_co:
        """Where the matter stands now."""


class Watched(Protocol[ProgressT_co]):
    """What the register answers to the watch of a term, and at the end."""

    @property
    def progress(self) -> ProgressT_co:
        """Where the matter stands now."""

    @property
    def waiting(self) -> tuple[str, ...]:
        """Acts that have to be taken before anything else can be said."""


class CaseFile(ABC, Generic[ProgressT]):
    """Takes the acts of one matter one by one. State changes only by what the register answers."""

    def __init__(self, unread: Sequence[Message]) -> None:
        self._unread: list[Message] = []
        self._rung: list[Message] = []
        self._verdicts: dict[str, Verdict] = {}
        self._written: dict[str, Written] = {}
        self._awaiting_answer: set[str] = set()
        self._progress: ProgressT | None = None
        self.refused: list[Verdict] = []
        for message in unread:
            self.hear(message)

    # the register: each of these is one activity

    @abstractmethod
    async def _ask(self) -> ProgressT:
        """Where the matter stands."""

    @abstractmethod
    async def _write_down(self, messages: tuple[Message, ...]) -> list[Written]:
        """Writes what was sent whole by hand; on a slow register only the first of it."""

    @abstractmethod
    async def _judge(self, rung: Message) -> Answered[ProgressT]:
        """The one verdict on an act."""

    @abstractmethod
    async def _render(self) -> ProgressT:
        """Gives papers without bytes theirs."""

    @abstractmethod
    async def _end(self) -> Watched[ProgressT]:
        """Ends the procedure unless something keeps it open."""

    # where the matter stands

    @property
    def progress(self) -> ProgressT:
        """The register's last word on where the matter stands."""
        assert self._progress is not None, "the file is opened first"
        return self._progress

    @property
    def is_open(self) -> bool:
        """Whether the register has been asked."""
        return self._progress is not None

    async def open(self) -> None:
        """Asks the register where the matter stands: at its beginning, or wherever it was left."""
        self._note(await self._ask())

    def hear(self, message: Message) -> None:
        """Queues a message; an act whose verdict is known is not taken up again."""
        if not message.is_doorbell:
            self._unread.append(message)
        elif message.act_id not in self._verdicts:
            self._rung.append(message)

    def has_messages(self) -> bool:
        """Whether an act may be waiting to be taken."""
        return bool(self._unread or self._rung)

    def can_be_carried_on(self) -> bool:
        """Whether what has not been taken yet fits the input of another run."""
        if _fitting(self._unread) != self._unread:
            return False
        return len(self._rung) <= MOST_DOORBELLS or (not self._unsorted() and workflow.patched(SORTED))

    @abstractmethod
    def to_be_continued(self) -> BaseModel:
        """The input of the next run, with what has not been taken yet."""

    def to_be_carried_on(self) -> tuple[Message, ...]:
        """What has not been taken yet."""
        return (*self._rung[:MOST_DOORBELLS], *self._unread)

    async def verdict_on(self, message: Message) -> Verdict:
        """The verdict on the act in the message, as soon as the procedure has taken it."""
        self._awaiting_answer.add(message.message_id)
        self.hear(message)
        # Other acts are taken while this waits; only the verdict on this one ends the wait.
        await workflow.wait_condition(
            lambda: (
                message.message_id in self._written
                or (message.is_doorbell and message.act_id in self._verdicts)
            )
        )
        self._awaiting_answer.discard(message.message_id)
        written = self._written.pop(message.message_id, None)
        if written and written.refused:
            return written.refused
        act_id = written.act_id if written else message.act_id
        await workflow.wait_condition(lambda: act_id in self._verdicts)
        return self._verdicts[act_id]

    async def take_next_act(self) -> None:
        """Writes what was sent whole by hand, then takes one act and notes its verdict."""
        self._sort_a_flood()
        if self._unread:
            await self._write(_fitting(self._unread))
        if self._rung:
            await self._take(self._rung[0])

    def _sort_a_flood(self) -> None:
        # Taken one by one, thousands of made-up ids would fill the history that Temporal allows a run.
        unsorted = self._unsorted()
        if len(unsorted) > MOST and workflow.patched(SORTED):
            self._rung = [rung for rung in self._rung if rung.names_an_act_on_file]
            self._unread = [*unsorted, *self._unread]

    def _unsorted(self) -> list[Message]:
        return [rung for rung in self._rung if not rung.names_an_act_on_file]

    async def _write(self, messages: list[Message]) -> None:
        written = await self._write_down(tuple(messages))
        # On a slow register an attempt writes only the first of them.
        for message, result in zip(messages, written, strict=False):
            self._unread.remove(message)
            self._answer(message, result)
            if result.refused:
                self._note_refusal(result.refused)
            else:
                self.hear(self._doorbell(result.act_id, message.kind))

    async def _take(self, rung: Message) -> None:
        answer = await self._judge(rung)
        self._note(answer.progress)
        if answer.earlier:
            self._rung.insert(0, self._doorbell(answer.earlier, rung.kind))
        elif answer.verdict:
            self._rung.remove(rung)
            self._note_verdict(rung, answer.verdict, on_file=answer.on_file)
            self._ring_for_the_one_that_follows(answer.following)

    def _ring_for_the_one_that_follows(self, following: str | None) -> None:
        if following is None or any(rung.act_id == following for rung in self._rung):
            return
        if workflow.patched(FOLLOWED):
            self.hear(self._doorbell(following, "act that waited"))

    def _note_verdict(self, rung: Message, verdict: Verdict, *, on_file: bool) -> None:
        self._note_refusal(verdict)
        if on_file:
            self._verdicts[verdict.act_id] = verdict
            self._rung = [other for other in self._rung if other.act_id != verdict.act_id]
        else:
            self._answer(rung, Written(act_id=verdict.act_id, refused=verdict))

    def _answer(self, message: Message, written: Written) -> None:
        if message.message_id in self._awaiting_answer:
            self._written[message.message_id] = written

    def _doorbell(self, act_id: str, kind: str) -> Message:
        return Message(kind=kind, message_id=act_id, at=workflow.now(), body={"act_id": act_id})

    def _note_refusal(self, verdict: Verdict) -> None:
        if verdict.kind is VerdictKind.REFUSED:
            self.refused = [*self.refused, verdict][-SHOWN_REFUSALS:]

    # the terms, and the end

    async def everything_is_written(self) -> None:
        """What was sent by hand may be an act done in time: it is written before anything is said of a term."""
        await workflow.wait_condition(lambda: not self._unread)

    async def note_watched(self, watched: Watched[ProgressT]) -> None:
        """Notes what the watch of a term was told; acts that it has to wait for are taken first."""
        self._note(watched.progress)
        self._ring_for(watched.waiting)
        await workflow.wait_condition(lambda: all(act_id in self._verdicts for act_id in watched.waiting))

    async def end_procedure(self) -> None:
        """Lets the register end the procedure; acts that wait are taken first and keep it open."""
        watched = await self._end()
        self._note(watched.progress)
        self._ring_for(watched.waiting)

    def _ring_for(self, act_ids: tuple[str, ...]) -> None:
        for act_id in act_ids:
            self.hear(self._doorbell(act_id, "act that waited"))

    # the papers

    async def render_papers(self) -> None:
        """Has the papers that have no bytes rendered; one that cannot be is tried for as long as it takes."""
        self._note(await self._render())

    def _note(self, progress: ProgressT) -> None:
        # Two activities may answer in another order than the register did their work.
        if self._progress is None or progress.revision >= self._progress.revision:
            self._progress = progress


def _fitting(messages: list[Message]) -> list[Message]:
    """As many messages from the front as one payload holds, at least one."""
    size = 0
    for number, message in enumerate(messages[:MOST]):
        size += message.size
        if size > LARGEST and number:
            return messages[:number]
    return messages[:MOST]
