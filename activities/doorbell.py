"""The doorbell of a case: how its workflow is started and told of an act. The row is the message, this only rings."""

from typing import NamedTuple, Protocol
from uuid import UUID


class CaseName(NamedTuple):
    """A case by its id, and by the number that people know."""

    case_id: UUID
    number: str


class Doorbell(Protocol):
    """Rings at the workflow of a case; ringing twice does no harm."""

    @property
    def namespace_id(self) -> str:
        """The id of the Temporal namespace behind this doorbell; a namespace made anew has another one."""

    async def renew(self) -> None:
        """Asks for the id again: a server that lost its data has made the namespace anew."""

    async def start(self, case: CaseName) -> None:
        """Starts the workflow of the case unless it runs."""

    async def ring(self, case: CaseName, kind: str, act_id: str) -> None:
        """Tells the workflow of the case of an act, starting it if it does not run."""
