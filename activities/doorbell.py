"""The doorbell of a case: how its workflow is started and told of an act. The row is the message, this only rings."""

from typing import Protocol
from uuid import UUID


class Doorbell(Protocol):
    """Rings at the workflow of a case; ringing twice does no harm."""

    @property
    def namespace_id(self) -> str:
        """The id of the Temporal namespace behind this doorbell; a namespace made anew has another one."""

    async def start(self, case_id: UUID) -> None:
        """Starts the workflow of the case unless it runs."""

    async def ring(self, case_id: UUID, kind: str, act_id: str) -> None:
        """Tells the workflow of the case of an act, starting it if it does not run."""
