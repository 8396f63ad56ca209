"""The file of an application: how its procedure uses the register."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict
from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import Message, Written
    from activities.procedure import (
        ActReference,
        CaseReference,
        Messages,
        MilestoneReference,
        ProcedureActivities,
    )
    from activities.register.watching import Watched
    from activities.rendering import PaperActivities
    from domain.progress import Milestone, Progress
    from domain.verdict import Answer
from workflows.case_file import ATTEMPT, PATIENTLY, RENDERING, CaseFile


class ApplicationCase(BaseModel):
    """Names the case whose procedure this is; `unread` comes from the run before."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    unread: tuple[Message, ...] = ()


class ApplicationFile(CaseFile[Progress]):
    """The file of one application."""

    def __init__(self, case: ApplicationCase) -> None:
        self._case_id = case.case_id
        super().__init__(case.unread)

    def to_be_continued(self) -> ApplicationCase:
        """The case for its next run, with what has not been taken yet."""
        return ApplicationCase(case_id=self._case_id, unread=self.to_be_carried_on())

    async def reach(self, milestone: Milestone) -> None:
        """Lets the register mark the milestone; acts done in time but not yet taken are taken first."""
        await self.everything_is_written()
        await self.note_watched(
            await workflow.execute_activity_method(
                ProcedureActivities.reach_milestone,
                MilestoneReference(case_id=self._case_id, now=workflow.now(), milestone=milestone),
                start_to_close_timeout=ATTEMPT,
                retry_policy=PATIENTLY,
                summary=f"{milestone} of the term",
            )
        )

    async def _ask(self) -> Progress:
        return await workflow.execute_activity_method(
            ProcedureActivities.read_case,
            self._now(),
            start_to_close_timeout=ATTEMPT,
            retry_policy=PATIENTLY,
            summary="where the case stands",
        )

    async def _write_down(self, messages: tuple[Message, ...]) -> list[Written]:
        return await workflow.execute_activity_method(
            ProcedureActivities.write_messages,
            Messages(case_id=self._case_id, now=workflow.now(), messages=messages),
            start_to_close_timeout=ATTEMPT,
            retry_policy=PATIENTLY,
            summary=f"{len(messages)} message(s) sent by hand",
        )

    async def _judge(self, rung: Message) -> Answer:
        return await workflow.execute_activity_method(
            ProcedureActivities.take_act,
            ActReference(case_id=self._case_id, now=workflow.now(), doorbell=rung),
            start_to_close_timeout=ATTEMPT,
            retry_policy=PATIENTLY,
            summary=f"{rung.kind} {rung.act_id}",
        )

    async def _render(self) -> Progress:
        return await workflow.execute_activity_method(
            PaperActivities.render_papers,
            self._now(),
            start_to_close_timeout=RENDERING,
            retry_policy=PATIENTLY,
            summary="papers as PDF",
        )

    async def _end(self) -> Watched:
        return await workflow.execute_activity_method(
            ProcedureActivities.end_procedure,
            self._now(),
            start_to_close_timeout=ATTEMPT,
            retry_policy=PATIENTLY,
            summary="end of the procedure",
        )

    def _now(self) -> CaseReference:
        return CaseReference(case_id=self._case_id, now=workflow.now())
