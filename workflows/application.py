"""The procedure of the Rules (Order No 223 of 27 May 2020, Appendix 3), paragraphs 4-9: one workflow a case."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from domain.acts import ActKind
    from domain.progress import Milestone, Progress
    from domain.stages import Stage
    from domain.verdict import Verdict
from workflows.case_file import ApplicationCase, CaseFile
from workflows.messages import has_act_id, read_message, unknown_signal
from workflows.view import details, search_attributes

PAPERS_AS_PDF = "papers-as-pdf"
"""Since 0.2.0; a run that 0.1.0 has carried past a paper goes on without it, and the sweep renders its papers."""


@workflow.defn(name="Application")
class ApplicationProcedure:
    """From the receipt of an application to its outcome, and through the time in which one may complain."""

    @workflow.init
    def __init__(self, case: ApplicationCase) -> None:
        self._file = CaseFile(case)
        self._watch: asyncio.Task[None]
        self._rendering: asyncio.Task[None]
        self._shown: int | None = None
        self._cancellation_requested = False
        self._paragraphs: dict[Stage, Callable[[], Awaitable[None]]] = {
            Stage.RECEIVED: self._check_of_the_package,  # par. 4, 5
            Stage.REFUSAL_PROPOSED: self._reasoned_refusal,  # par. 4
            Stage.REGISTERED: self._review_by_the_head,  # par. 6
            Stage.WITH_SPECIALISTS: self._organisation_of_teaching,  # par. 6
            Stage.PLAN_READY: self._order,  # par. 7
            Stage.ORDER_ISSUED: self._time_to_complain,  # par. 9
            Stage.REFUSED: self._time_to_complain,  # par. 9
            Stage.WITHDRAWN: self._time_to_complain,  # par. 9
        }

    @workflow.run
    async def run(self, _case: ApplicationCase) -> Progress:
        await self._file.open()
        self._watch = asyncio.create_task(self._watch_the_term())
        self._rendering = asyncio.create_task(self._render_the_papers())
        while not self._file.progress.ended:
            await self._undeterred(self._paragraphs[self._file.progress.stage])
            if workflow.info().is_continue_as_new_suggested():
                await self._take_acts_while(
                    lambda: _somebody_waits_for_an_answer() or not self._file.can_be_carried_on()
                )
                workflow.continue_as_new(self._file.to_be_continued())
        await self._take_acts_while(
            lambda: self._file.has_messages() or _somebody_waits_for_an_answer() or self._papers_wait()
        )
        return self._file.progress

    # par. 4, 5

    async def _check_of_the_package(self) -> None:
        """The office checks the package and registers the request; on the portal the notice goes out."""
        await self._take_the_next_act()

    # par. 4

    async def _reasoned_refusal(self) -> None:
        """The head refuses further consideration with reasons, or admits and overrules the findings."""
        await self._take_the_next_act()

    # par. 6

    async def _review_by_the_head(self) -> None:
        """The head determines grade and language and hands the documents to specialists."""
        await self._take_the_next_act()

    async def _organisation_of_teaching(self) -> None:
        """The specialists organise the teaching at home."""
        await self._take_the_next_act()

    # par. 7

    async def _order(self) -> None:
        """The head signs the order on admission to home education, or returns the plan."""
        await self._take_the_next_act()

    # par. 9

    async def _time_to_complain(self) -> None:
        """The applicant may complain; when the time for it is over, the procedure ends."""
        window_until = self._file.progress.window_until
        assert window_until is not None, "every outcome has a window"
        self._show()
        if await self._is_called_within(window_until - workflow.now()):
            await self._file.take_next_act()
        else:
            await self._file.end_procedure()

    async def _is_called_within(self, remaining: timedelta) -> bool:
        if remaining > timedelta(0) and not self._is_called():
            with contextlib.suppress(TimeoutError):
                await workflow.wait_condition(
                    self._is_called, timeout=remaining, timeout_summary="time to complain (par. 9)"
                )
        return self._is_called()

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
        for beside in (self._watch, self._rendering):
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
        progress = self._file.progress
        workflow.set_current_details(
            details(progress, self._file.refused, cancelled=self._cancellation_requested)
        )
        if progress.revision != self._shown:
            workflow.upsert_search_attributes(search_attributes(progress))
            self._shown = progress.revision

    # the term of two working days (App. 1, item 3) is watched; nothing is decided by it (D1, Q22)

    async def _watch_the_term(self) -> None:
        while True:
            await workflow.wait_condition(lambda: self._next_milestone() is not None)
            milestone = self._next_milestone()
            if milestone and await self._is_reached(milestone):
                await self._file.reach(milestone)
                self._show()

    def _next_milestone(self) -> Milestone | None:
        return self._file.progress.next_milestone(workflow.now())

    async def _is_reached(self, milestone: Milestone) -> bool:
        progress = self._file.progress
        remaining = progress.moment_of(milestone) - workflow.now()
        if remaining <= timedelta(0):
            return True
        try:
            await workflow.wait_condition(
                lambda: (
                    self._file.progress.answered_at is not None
                    or self._file.progress.due_at != progress.due_at
                ),
                timeout=remaining,
                timeout_summary=f"{milestone} of the term",
            )
        except TimeoutError:
            return True
        return False

    # the papers of all paragraphs become PDFs beside the procedure, which waits for them only at its end

    async def _render_the_papers(self) -> None:
        while True:
            await workflow.wait_condition(self._has_papers_to_render)
            if not workflow.patched(PAPERS_AS_PDF):
                return
            await self._file.render_papers()
            self._show()

    def _has_papers_to_render(self) -> bool:
        return self._file.progress.papers_to_render > 0

    def _papers_wait(self) -> bool:
        return self._has_papers_to_render() and not self._rendering.done()

    # what people do: a signal rings, an update waits for the verdict

    @workflow.signal(description="Clerk: the check of the package and its registration (par. 4, 5)")
    def check_package(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.CHECK_PACKAGE, message))

    @workflow.signal(description="Head: admit, refuse, return_plan or sign_order (par. 4, 6, 7)")
    def director_decision(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.DIRECTOR_DECISION, message))

    @workflow.signal(description="Specialist: the plan of teaching (par. 6)")
    def submit_plan(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.SUBMIT_PLAN, message))

    @workflow.signal(description="Applicant: papers added while the term runs (Q10)")
    def add_documents(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.ADD_DOCUMENTS, message))

    @workflow.signal(description="Applicant: the application is taken back")
    def withdraw(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.WITHDRAW, message))

    @workflow.signal(description="Clerk: the paper was handed over or posted (Q30)")
    def record_delivery(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.RECORD_DELIVERY, message))

    @workflow.signal(dynamic=True, description="Whatever else is sent is kept and refused")
    def other(self, name: str, arguments: Sequence[RawValue]) -> None:
        self._file.hear(unknown_signal(name, arguments))

    @workflow.update(name="check_package", description="As the signal, with the verdict as the answer")
    async def check_package_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.CHECK_PACKAGE, message))

    @workflow.update(name="director_decision", description="As the signal, with the verdict as the answer")
    async def director_decision_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.DIRECTOR_DECISION, message))

    @workflow.update(name="submit_plan", description="As the signal, with the verdict as the answer")
    async def submit_plan_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.SUBMIT_PLAN, message))

    @workflow.update(name="add_documents", description="As the signal, with the verdict as the answer")
    async def add_documents_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.ADD_DOCUMENTS, message))

    @workflow.update(name="withdraw", description="As the signal, with the verdict as the answer")
    async def withdraw_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.WITHDRAW, message))

    @workflow.update(name="record_delivery", description="As the signal, with the verdict as the answer")
    async def record_delivery_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.RECORD_DELIVERY, message))

    @check_package_now.validator
    @director_decision_now.validator
    @submit_plan_now.validator
    @add_documents_now.validator
    @withdraw_now.validator
    @record_delivery_now.validator
    def has_act_id(self, message: RawValue) -> None:
        if not has_act_id(message):
            raise ValueError("the update carries no readable act_id: send at least an object with act_id")

    @workflow.query(description="Where the case stands; nothing until the register has been asked")
    def progress(self) -> Progress | None:
        return self._file.progress if self._file.is_open else None


def _somebody_waits_for_an_answer() -> bool:
    return not workflow.all_handlers_finished()
