"""The acceptor's clock: it stamps what people do. Nothing takes a time from an input."""

from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID


class AcceptorsClock(Protocol):
    """Tells the business time of a receipt or of an act at the moment it is asked."""

    async def now(self) -> datetime:
        """The time for what has no case yet."""

    async def of_case(self, case_id: UUID, /) -> datetime:
        """The time in a case."""


class SystemClock:
    """The clock of this machine, the same for every case."""

    async def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)

    async def of_case(self, _case_id: UUID, /) -> datetime:
        """The present moment."""
        return datetime.now(UTC)
