"""The procedure of a complaint (Order No 223 of 27 May 2020, Appendix 3), paragraphs 9-10: one workflow a complaint."""

from collections.abc import Awaitable, Callable
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue, SearchAttributeUpdate

with workflow.unsafe.imports_passed_through():
    from domain.acts import ActKind
    from domain.complaint_progress import ComplaintProgress, RunningTerm
    from domain.complaint_stages import ComplaintStage
    from domain.progress import Milestone
    from domain.verdict import Verdict
from workflows.complaint_file import ComplaintCase, ComplaintFile
from workflows.complaint_view import complaint_attributes, complaint_details
from workflows.messages import has_act_id, read_message
from workflows.procedure import Procedure
from workflows.term_watch import TermWatch


@workflow.defn(name="Complaint")
class ComplaintProcedure(Procedure[ComplaintProgress]):
    """From the registration of a complaint to its reasoned reply."""

    _file: ComplaintFile

    @workflow.init
    def __init__(self, complaint: ComplaintCase) -> None:
        super().__init__()
        self._file = ComplaintFile(complaint)
        self._term_watch = TermWatch(self._running_terms, self._reach)
        self._paragraphs: dict[ComplaintStage, Callable[[], Awaitable[None]]] = {
            ComplaintStage.REGISTERED: self._consideration_by_the_head,  # par. 9
            ComplaintStage.FORWARDING: self._forwarding_by_the_school,  # par. 9, D3
            ComplaintStage.AT_AUTHORITY: self._registration_by_the_body,  # par. 9
            ComplaintStage.IN_CONSIDERATION: self._consideration_by_the_body,  # par. 9
            ComplaintStage.EXTENDED: self._extended_consideration,  # par. 9, D4
            ComplaintStage.DECIDED: self._reply,  # par. 9, 10
            ComplaintStage.SETTLED: self._reply,  # par. 9, D3
            ComplaintStage.WITHDRAWN: self._end,
        }

    @workflow.run
    async def run(self, _complaint: ComplaintCase) -> ComplaintProgress:
        return await self._go_to_the_end()

    def _paragraph(self) -> Callable[[], Awaitable[None]]:
        return self._paragraphs[self._file.progress.stage]

    # par. 9 - a complaint to the head of the school: five working days

    async def _consideration_by_the_head(self) -> None:
        """The head decides, or extends the term once."""
        await self._take_the_next_act()

    # par. 9 - a complaint to the authorised body: fifteen working days from its registration there

    async def _forwarding_by_the_school(self) -> None:
        """The school sends the complaint on with the case file, or meets it fully by an act of its own (D3)."""
        await self._take_the_next_act()

    async def _registration_by_the_body(self) -> None:
        """An officer of the body registers the complaint; what nobody registers is an alert (R9.4)."""
        await self._take_the_next_act()

    async def _consideration_by_the_body(self) -> None:
        """An officer of the body decides, or extends the term once."""
        await self._take_the_next_act()

    # par. 9 - the one extension (D4)

    async def _extended_consideration(self) -> None:
        """Whoever extended decides, and the complainant is told of the extension meanwhile."""
        await self._take_the_next_act()

    # par. 9, 10 - the reasoned reply, with the right to go to court

    async def _reply(self) -> None:
        """The application hears of the reply: upheld or settled, it may have to be decided anew."""
        self._show()
        if not self._is_called():
            await self._file.tell_the_application()
        await self._end()

    async def _end(self) -> None:
        """Nothing is awaited any more; what comes all the same gets its verdict."""
        self._show()
        if self._is_called():
            await self._file.take_next_act()
        else:
            await self._file.end_procedure()

    # its terms are watched; nothing is decided by that

    def _running_terms(self) -> dict[str, RunningTerm]:
        return {f"term {term.kind}": term for term in self._file.progress.running}

    async def _reach(self, term: RunningTerm, milestone: Milestone) -> None:
        await self._file.reach(term, milestone)
        self._show()

    # what operators see

    def _details(self) -> str:
        return complaint_details(
            self._file.progress, self._file.refused, cancelled=self._cancellation_requested
        )

    def _search_attributes(self) -> list[SearchAttributeUpdate[Any]]:
        return complaint_attributes(self._file.progress)

    # what people do: a signal rings, an update waits for the verdict

    @workflow.signal(description="Head, or officer of the authorised body: the reasoned decision (par. 9)")
    def complaint_decision(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.COMPLAINT_DECISION, message))

    @workflow.signal(description="Whoever considers it: the one extension of the term (D4)")
    def extend_complaint(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.EXTEND_COMPLAINT, message))

    @workflow.signal(description="Head: sent to the authorised body with the case file (D3)")
    def forward_complaint(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.FORWARD_COMPLAINT, message))

    @workflow.signal(description="Officer of the authorised body: registered there (R9.4)")
    def register_complaint(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.REGISTER_COMPLAINT, message))

    @workflow.signal(description="Head: fully met by an act of the school (D3)")
    def settle_complaint(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.SETTLE_COMPLAINT, message))

    @workflow.signal(description="Applicant: the complaint is taken back")
    def withdraw_complaint(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.WITHDRAW_COMPLAINT, message))

    @workflow.signal(description="Clerk or officer: the paper was handed over or posted (D4)")
    def record_delivery(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.RECORD_DELIVERY, message))

    @workflow.signal(description="The register: the working calendar was changed, the terms are counted anew")
    def calendar_changed(self, message: RawValue) -> None:
        self._file.hear(read_message(ActKind.CALENDAR_CHANGED, message))

    @workflow.update(name="complaint_decision", description="As the signal, with the verdict as the answer")
    async def complaint_decision_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.COMPLAINT_DECISION, message))

    @workflow.update(name="extend_complaint", description="As the signal, with the verdict as the answer")
    async def extend_complaint_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.EXTEND_COMPLAINT, message))

    @workflow.update(name="forward_complaint", description="As the signal, with the verdict as the answer")
    async def forward_complaint_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.FORWARD_COMPLAINT, message))

    @workflow.update(name="register_complaint", description="As the signal, with the verdict as the answer")
    async def register_complaint_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.REGISTER_COMPLAINT, message))

    @workflow.update(name="settle_complaint", description="As the signal, with the verdict as the answer")
    async def settle_complaint_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.SETTLE_COMPLAINT, message))

    @workflow.update(name="withdraw_complaint", description="As the signal, with the verdict as the answer")
    async def withdraw_complaint_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.WITHDRAW_COMPLAINT, message))

    @workflow.update(name="record_delivery", description="As the signal, with the verdict as the answer")
    async def record_delivery_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.RECORD_DELIVERY, message))

    @workflow.update(name="calendar_changed", description="As the signal, with the verdict as the answer")
    async def calendar_changed_now(self, message: RawValue) -> Verdict:
        return await self._file.verdict_on(read_message(ActKind.CALENDAR_CHANGED, message))

    @complaint_decision_now.validator
    @extend_complaint_now.validator
    @forward_complaint_now.validator
    @register_complaint_now.validator
    @settle_complaint_now.validator
    @withdraw_complaint_now.validator
    @record_delivery_now.validator
    @calendar_changed_now.validator
    def has_act_id(self, message: RawValue) -> None:
        if not has_act_id(message):
            raise ValueError("the update carries no readable act_id: send at least an object with act_id")

    @workflow.query(description="Where the complaint stands; nothing until the register has been asked")
    def progress(self) -> ComplaintProgress | None:
        return self._file.progress if self._file.is_open else None
