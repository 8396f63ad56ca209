"""The procedure of the Rules (Order No 223 of 27 May 2020, Appendix 3), paragraphs 4-9: one workflow a case."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from temporalio import workflow
from temporalio.common import RawValue, SearchAttributeUpdate
from temporalio.exceptions import WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    from domain.acts import ActKind
    from domain.progress import Milestone, Progress
    from domain.stages import Stage
    from domain.verdict import Verdict
    from domain.vocabulary import complaint_workflow_id
from workflows.application_file import ApplicationCase, ApplicationFile
from workflows.complaint import ComplaintProcedure
from workflows.complaint_file import ComplaintCase
from workflows.complaint_view import COMPLAINT_DETAILS
from workflows.messages import has_act_id, read_message, unknown_signal
from workflows.procedure import Procedure
from workflows.term_watch import TermWatch
from workflows.view import details, search_attributes

A_DAY = timedelta(days=1)
PAPERS_AS_PDF = "papers-as-pdf"
"""Since 0.2.0; a run that 0.1.0 has carried past a paper goes on without it, and the sweep renders its papers."""
COMPLAINTS_AS_CHILDREN = "complaints-are-children"
"""Since 0.3.0; the complaints of a run that an earlier version has carried past one are started by the sweep."""
ASKED_ONCE_A_DAY = "asked-once-a-day-while-a-complaint-is-open"
"""Since 0.3.0, as the other."""
COMPLAINT_ACTS = "acts-that-complaints-bring"
"""Since 0.3.0, with a number behind it: a signal that an earlier version kept as one of an unknown name stays that."""


@workflow.defn(name="Application")
class ApplicationProcedure(Procedure[Progress]):
    """From the receipt of an application to its outcome, and through the time in which one may complain."""

    _file: ApplicationFile

    @workflow.init
    def __init__(self, case: ApplicationCase) -> None:
        super().__init__()
        self._file = ApplicationFile(case)
        self._term_watch = TermWatch(self._running_term, self._reach)
        self._case_id = case.case_id
        self._started: set[UUID] = set()
        self._left_to_the_sweep = False
        self._kept_as_unknown = 0
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
        return await self._go_to_the_end(self._start_the_complaints)

    def _paragraph(self) -> Callable[[], Awaitable[None]]:
        return self._paragraphs[self._file.progress.stage]

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
        """The applicant may complain; when the time for it is over, and no complaint open, the procedure ends."""
        self._show()
        if await self._is_called_within(self._time_left()):
            await self._file.take_next_act()
        else:
            await self._file.end_procedure()

    def _time_left(self) -> timedelta:
        window_until = self._file.progress.window_until
        assert window_until is not None, "every outcome has a window"
        left = window_until - workflow.now()
        over = left <= timedelta(0)
        if over and self._file.progress.open_complaints and workflow.patched(ASKED_ONCE_A_DAY):
            return A_DAY
        return left

    async def _is_called_within(self, remaining: timedelta) -> bool:
        if remaining > timedelta(0) and not self._is_called():
            with contextlib.suppress(TimeoutError):
                await workflow.wait_condition(
                    self._is_called, timeout=remaining, timeout_summary="time to complain (par. 9)"
                )
        return self._is_called()

    # par. 9 - each complaint has a procedure of its own, which outlives this one

    async def _start_the_complaints(self) -> None:
        while True:
            await workflow.wait_condition(lambda: bool(self._not_started()))
            self._left_to_the_sweep = not workflow.patched(COMPLAINTS_AS_CHILDREN)
            if self._left_to_the_sweep:
                return
            for complaint_id in self._not_started():
                await self._start(complaint_id)

    def _not_started(self) -> list[UUID]:
        return [id_ for id_ in self._file.progress.open_complaints if id_ not in self._started]

    async def _start(self, complaint_id: UUID) -> None:
        # One that the sweep has started, or the run before, goes on as it is.
        with contextlib.suppress(WorkflowAlreadyStartedError):
            await workflow.start_child_workflow(
                ComplaintProcedure.run,
                ComplaintCase(case_id=self._case_id, complaint_id=complaint_id),
                id=complaint_workflow_id(complaint_id),
                parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                cancellation_type=workflow.ChildWorkflowCancellationType.ABANDON,
                static_summary=f"{self._file.progress.number} · complaint",
                static_details=COMPLAINT_DETAILS,
            )
        self._started.add(complaint_id)

    def _has_work_left(self) -> bool:
        starting = bool(self._not_started()) and not self._left_to_the_sweep
        return starting or super()._has_work_left()

    # the term of two working days (App. 1, item 3) is watched; nothing is decided by it (D1, Q22)

    def _running_term(self) -> dict[str, Progress]:
        progress = self._file.progress
        return {} if progress.answered_at else {"term": progress}

    async def _reach(self, _term: Progress, milestone: Milestone) -> None:
        await self._file.reach(milestone)
        self._show()

    # the papers of a run that began before there were any

    def _renders_its_papers(self) -> bool:
        return workflow.patched(PAPERS_AS_PDF)

    # what operators see

    def _details(self) -> str:
        return details(self._file.progress, self._file.refused, cancelled=self._cancellation_requested)

    def _search_attributes(self) -> list[SearchAttributeUpdate[Any]]:
        return search_attributes(self._file.progress)

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

    @workflow.signal(description="Applicant: an answer of an information system is wrong (R5.8)")
    def dispute_fact(self, message: RawValue) -> None:
        self._hear_what_is_new(ActKind.DISPUTE_FACT, message)

    @workflow.signal(description="Applicant, clerk or officer: a complaint (par. 9)")
    def file_complaint(self, message: RawValue) -> None:
        self._hear_what_is_new(ActKind.FILE_COMPLAINT, message)

    @workflow.signal(description="The register: a complaint was upheld, the case is decided anew")
    def reopen_case(self, message: RawValue) -> None:
        self._hear_what_is_new(ActKind.REOPEN_CASE, message)

    @workflow.signal(description="The register: the working calendar was changed, the term is counted anew")
    def calendar_changed(self, message: RawValue) -> None:
        self._hear_what_is_new(ActKind.CALENDAR_CHANGED, message)

    def _hear_what_is_new(self, kind: ActKind, message: object) -> None:
        if workflow.patched(f"{COMPLAINT_ACTS}-{self._kept_as_unknown}"):
            self._file.hear(read_message(kind, message))
        else:
            self._kept_as_unknown += 1
            self._file.hear(unknown_signal(kind, [message] if isinstance(message, RawValue) else []))

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

    @workflow.update(name="dispute_fact", description="As the signal, with the verdict as the answer")
    async def dispute_fact_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.DISPUTE_FACT, message))

    @workflow.update(name="file_complaint", description="As the signal, with the verdict as the answer")
    async def file_complaint_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.FILE_COMPLAINT, message))

    @workflow.update(name="reopen_case", description="As the signal, with the verdict as the answer")
    async def reopen_case_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.REOPEN_CASE, message))

    @workflow.update(name="calendar_changed", description="As the signal, with the verdict as the answer")
    async def calendar_changed_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.CALENDAR_CHANGED, message))

    @check_package_now.validator
    @director_decision_now.validator
    @submit_plan_now.validator
    @add_documents_now.validator
    @withdraw_now.validator
    @record_delivery_now.validator
    @file_complaint_now.validator
    @reopen_case_now.validator
    @calendar_changed_now.validator
    @dispute_fact_now.validator
    def has_act_id(self, message: RawValue) -> None:
        if not has_act_id(message):
            raise ValueError("the update carries no readable act_id: send at least an object with act_id")

    @workflow.query(description="Where the case stands; nothing until the register has been asked")
    def progress(self) -> Progress | None:
        return self._file.progress if self._file.is_open else None
