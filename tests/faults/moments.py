"""An acceptor's clock that shows what a scenario needs: a receipt of long ago, an act in the last second of a term."""

from datetime import UTC, datetime
from uuid import UUID

from activities.doorbell import CaseName
from starter.clock import SystemClock


class Moments(SystemClock):
    """The clock of this machine, but where another moment was set."""

    def __init__(self) -> None:
        self.of: dict[UUID, datetime] = {}
        """The moment of whatever is done in a case."""
        self.of_receipt: datetime | None = None

    async def now(self) -> datetime:
        """The moment of a receipt."""
        return self.of_receipt or datetime.now(UTC)

    async def of_case(self, case: CaseName, /) -> datetime:
        """The moment of an act."""
        return self.of.get(case.case_id) or datetime.now(UTC)
