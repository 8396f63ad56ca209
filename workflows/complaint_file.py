"""The file of a complaint: how its procedure uses the register."""

from datetime import timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.complaints import (
        ComplaintActivities,
        ComplaintActReference,
        ComplaintMessages,
        ComplaintMilestone,
        ComplaintReference,
    )
    from activities.messages import Message, Written
    from domain.complaint_progress import (
        ComplaintAnswer,
        ComplaintProgress,
        ComplaintWatched,
        RunningTerm,
    )
    from domain.progress import Milestone
from workflows.case_file import ATTEMPT, PATIENTLY, RENDERING, CaseFile

SOON = timedelta(seconds=1)
LATER = timedelta(minutes=1)
"""The first and the longest pause before an answer is tried again that the application has to go before."""


class ComplaintCase(BaseModel):
    """Names the complaint whose procedure this is; `unread` comes from the run before."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    complaint_id: UUID
    unread: tuple[Message, ...] = ()


class ComplaintFile(CaseFile[ComplaintProgress]):
    """The file of one complaint."""

    def __init__(self, complaint: ComplaintCase) -> None:
        self._case_id = complaint.case_id
        self._complaint_id = complaint.complaint_id
        self._pause = SOON
        super().__init__(complaint.unread)

    def to_be_continued(self) -> ComplaintCase:
        """The complaint for its next run, with what has not been taken yet."""
        return ComplaintCase(
            case_id=self._case_id, complaint_id=self._complaint_id, unread=self.to_be_carried_on()
        )

    async def reach(self, term: RunningTerm, milestone: Milestone) -> None:
        """Lets the register mark the milestone; acts done in time but not yet taken are taken first."""
        await self.everything_is_written()
        await self.note_watched(
            await workflow.execute_activity_method(
                ComplaintActivities.reach_complaint_milestone,
                ComplaintMilestone(
                    case_id=self._case_id,
                    complaint_id=self._complaint_id,
                    now=workflow.now(),
                    term=term.kind,
                    milestone=milestone,
                ),
                start_to_close_timeout=ATTEMPT,
                retry_policy=PATIENTLY,
                summary=f"{milestone} of the term {term.kind}",
            )
        )

    async def tell_the_application(self) -> None:
        """Rings at the application's procedure for the act that waits first there; the sweep rings again."""
        await workflow.execute_activity_method(
            ComplaintActivities.tell_the_application,
            self._now(),
            start_to_close_timeout=ATTEMPT,
            retry_policy=PATIENTLY,
            summary="the application is told",
        )

    async def _ask(self) -> ComplaintProgress:
        return await workflow.execute_activity_method(
            ComplaintActivities.read_complaint,
            self._now(),
            start_to_close_timeout=ATTEMPT,
            retry_policy=PATIENTLY,
            summary="where the complaint stands",
        )

    async def _write_down(self, messages: tuple[Message, ...]) -> list[Written]:
        return await workflow.execute_activity_method(
            ComplaintActivities.write_complaint_messages,
            ComplaintMessages(
                case_id=self._case_id,
                complaint_id=self._complaint_id,
                now=workflow.now(),
                messages=messages,
            ),
            start_to_close_timeout=ATTEMPT,
            retry_policy=PATIENTLY,
            summary=f"{len(messages)} message(s) sent by hand",
        )

    async def _judge(self, rung: Message) -> ComplaintAnswer:
        answer: ComplaintAnswer = await workflow.execute_activity_method(
            ComplaintActivities.take_complaint_act,
            ComplaintActReference(
                case_id=self._case_id, complaint_id=self._complaint_id, now=workflow.now(), doorbell=rung
            ),
            start_to_close_timeout=ATTEMPT,
            retry_policy=PATIENTLY,
            summary=f"{rung.kind} {rung.act_id}",
        )
        await self._let_the_application_go_first(answer.awaits)
        return answer

    async def _let_the_application_go_first(self, awaited: str | None) -> None:
        """Rings there for what was done before the answer; the act stays rung and is tried again after a pause."""
        if awaited is None:
            self._pause = SOON
        else:
            await self.tell_the_application()
            await workflow.sleep(self._pause, summary=f"the application takes {awaited} first")
            self._pause = min(2 * self._pause, LATER)

    async def _render(self) -> ComplaintProgress:
        return await workflow.execute_activity_method(
            ComplaintActivities.render_complaint_papers,
            self._now(),
            start_to_close_timeout=RENDERING,
            retry_policy=PATIENTLY,
            summary="papers as PDF",
        )

    async def _end(self) -> ComplaintWatched:
        return await workflow.execute_activity_method(
            ComplaintActivities.end_complaint,
            self._now(),
            start_to_close_timeout=ATTEMPT,
            retry_policy=PATIENTLY,
            summary="end of the procedure",
        )

    def _now(self) -> ComplaintReference:
        return ComplaintReference(case_id=self._case_id, complaint_id=self._complaint_id, now=workflow.now())
