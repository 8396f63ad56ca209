"""A complaint under the lock of its case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from activities.register.records import LockedCase
from activities.register.statements import fetch_one, sql
from domain.complaint import Complaint
from domain.complaint_stages import ComplaintStage
from domain.events import Event
from domain.stages import Stage


class LockedComplaint:
    """A complaint whose case this transaction holds; what is written about it goes into the case's journal."""

    def __init__(self, case: LockedCase, row: Any) -> None:
        self.case = case
        self.complaint_id: UUID = row["complaint_id"]
        self.number: str = row["number"]
        self.considered_by: str = row["considered_by"]
        self.stage = ComplaintStage(row["stage"])
        self.body_number: str | None = row["body_number"]
        self.body_registered_at: datetime | None = row["body_registered_at"]
        self.ended: bool = row["ended_at"] is not None
        self._row = row

    @property
    def read(self) -> Complaint:
        """The complaint as it was when it was locked."""
        return Complaint.model_validate(dict(self._row))

    async def journal(
        self, event: Event, at: datetime, actor: str | None = None, act_id: str | None = None
    ) -> None:
        """Enters the event of the complaint into the journal of its case."""
        await self.case.journal(event, at, actor, act_id, self.complaint_id)

    async def tell(self, destination: str, event: Event, at: datetime, **told: str) -> None:
        """Puts a message about the complaint into the outbox of its case."""
        await self.case.tell(destination, event, at, complaint=self.number, **told)

    async def save(self) -> None:
        """Writes where the complaint and its case stand; call it last."""
        await self.case.connection.execute(
            sql("update_complaint"),
            self.complaint_id,
            self.stage,
            self.body_number,
            self.body_registered_at,
        )
        await self.case.save()


async def locked_complaint(case: LockedCase, complaint_id: UUID) -> LockedComplaint:
    """The complaint of the case that is locked; LookupError when it is not of this case."""
    row = await fetch_one(case.connection, "read_complaint", complaint_id)
    if row["case_id"] != case.case_id:
        raise LookupError("the complaint is of another case")
    return LockedComplaint(case, row)


async def stage_of(case: LockedCase, complaint_id: UUID | None) -> Stage | ComplaintStage:
    """Where the case stands, or the complaint if one is named."""
    return case.stage if complaint_id is None else (await locked_complaint(case, complaint_id)).stage
