"""The doorbell of a case: how its workflow is started and told of an act. The row is the message, this only rings."""

from typing import NamedTuple, Protocol
from uuid import UUID

from domain.vocabulary import application_workflow_id, complaint_workflow_id


class CaseName(NamedTuple):
    """A case by its id, and by the number that people know; with `complaint_id` it is that complaint of the case."""

    case_id: UUID
    number: str
    run: int = 1
    """The run of Temporal that carries the application: another one after it was reopened."""
    complaint_id: UUID | None = None


def workflow_id(case: CaseName) -> str:
    """The id of the workflow that carries the application or the complaint."""
    if case.complaint_id is None:
        return application_workflow_id(case.case_id, case.run)
    return complaint_workflow_id(case.complaint_id)


class Doorbell(Protocol):
    """Rings at the workflow of a case; ringing twice does no harm."""

    @property
    def namespace_id(self) -> str:
        """The id of the Temporal namespace behind this doorbell; a namespace made anew has another one."""

    async def renew(self) -> None:
        """Asks for the id again: a server that lost its data has made the namespace anew."""

    async def recount(self, version: int) -> None:
        """Has the terms that run counted anew after that change of the calendar, unless it is being done."""

    async def start(self, case: CaseName) -> None:
        """Starts the workflow of the case unless it runs."""

    async def watch_period(self, case: CaseName) -> None:
        """Starts the watch of the period that the order of the case sets, unless it runs."""

    async def ring(self, case: CaseName, kind: str, act_id: str) -> None:
        """Tells the workflow of the case of an act, starting it if it does not run."""
