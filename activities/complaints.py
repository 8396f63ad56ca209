"""The activities of a complaint's procedure: each is one transaction on the register."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from temporalio import activity

from activities.doorbell import Doorbell
from activities.messages import Message, Written
from activities.procedure import of_a_known_case
from activities.register.acceptance import write_unreadable
from activities.register.complaints.taking import take_complaint_act
from activities.register.complaints.view import read_complaint_progress
from activities.register.complaints.watching import end_complaint, reach_complaint_milestone
from activities.register.house_rules import HouseRules
from activities.register.pool import Pool
from activities.register.sweeping import list_waiting_acts
from activities.register.turns import Queue, UnknownAct, UnknownCase
from activities.rendering import PaperRenderer
from activities.writing import UNKNOWN_ACT, write_portion
from domain.complaint import ComplaintTermKind
from domain.complaint_progress import ComplaintAnswer, ComplaintProgress, ComplaintWatched
from domain.progress import Milestone


class ComplaintReference(BaseModel):
    """Names a complaint at a moment of its workflow's clock."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    complaint_id: UUID
    now: datetime

    @property
    def queue(self) -> Queue:
        """Its acts."""
        return Queue(self.case_id, self.complaint_id)


class ComplaintActReference(ComplaintReference):
    """Names an act about a complaint by the doorbell that was rung for it."""

    doorbell: Message


class ComplaintMessages(ComplaintReference):
    """Messages to a complaint in the order in which they came."""

    messages: tuple[Message, ...]


class ComplaintMilestone(ComplaintReference):
    """Names a milestone of one of a complaint's terms."""

    term: ComplaintTermKind
    milestone: Milestone


class ComplaintActivities:
    """The register, as the workflow of a complaint uses it; every method may be called again without further effect."""

    def __init__(self, pool: Pool, rules: HouseRules, renderer: PaperRenderer, doorbell: Doorbell) -> None:
        self._pool = pool
        self._rules = rules
        self._renderer = renderer
        self._doorbell = doorbell

    @activity.defn
    @of_a_known_case
    async def read_complaint(self, complaint: ComplaintReference) -> ComplaintProgress:
        """Where the complaint stands; one that is not in the register ends its workflow as a mistake."""
        async with self._pool.acquire() as connection:
            try:
                return await read_complaint_progress(connection, complaint.complaint_id)
            except LookupError:
                raise UnknownCase(str(complaint.complaint_id)) from None

    @activity.defn
    @of_a_known_case
    async def take_complaint_act(self, act: ComplaintActReference) -> ComplaintAnswer:
        """The verdict on an act, always the first one given; a name that no act of this complaint has is refused."""
        try:
            return await take_complaint_act(self._pool, act.queue, act.doorbell.act_id, act.now, self._rules)
        except UnknownAct:
            verdict = await write_unreadable(self._pool, act.queue, act.doorbell, UNKNOWN_ACT, act.now)
            return ComplaintAnswer(verdict=verdict, on_file=False, progress=await self.read_complaint(act))

    @activity.defn
    @of_a_known_case
    async def write_complaint_messages(self, messages: ComplaintMessages) -> list[Written]:
        """Writes what was sent by hand, as `ProcedureActivities.write_messages` does for an application."""
        return await write_portion(self._pool, messages.queue, messages.messages, messages.now)

    @activity.defn
    @of_a_known_case
    async def reach_complaint_milestone(self, reached: ComplaintMilestone) -> ComplaintWatched:
        """Reminds, or declares the breach, once for a due moment; decides nothing."""
        return await reach_complaint_milestone(
            self._pool, reached.queue, reached.term, reached.milestone, reached.now, self._rules
        )

    @activity.defn
    @of_a_known_case
    async def end_complaint(self, complaint: ComplaintReference) -> ComplaintWatched:
        """Marks the procedure of the complaint as ended, unless it is open or an act waits."""
        return await end_complaint(self._pool, complaint.queue, complaint.now)

    @activity.defn
    @of_a_known_case
    async def render_complaint_papers(self, complaint: ComplaintReference) -> ComplaintProgress:
        """Renders the papers of the case that have no bytes yet, those of the complaint among them."""
        await self._renderer.render(complaint.case_id)
        return await self.read_complaint(complaint)

    @activity.defn
    async def tell_the_application(self, complaint: ComplaintReference) -> None:
        """Rings for the act of the application that waits first: it is taken at once, not by the sweep.

        Also in the child's case that goes on instead: an answer may have to wait for what was done there.
        """
        for waiting in await list_waiting_acts(self._pool, complaint.case_id):
            if not waiting.ended:
                await self._doorbell.ring(waiting.case, waiting.kind, waiting.act_id)
