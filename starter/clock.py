"""The acceptor's clock: it stamps what people do. Nothing takes a time from an input."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from activities.doorbell import CaseName
from activities.register.clock import TOLERANCE, ahead_of_register
from activities.register.pool import Pool


class ClocksDisagree(Exception):
    """The acceptor's clock cannot be trusted; nothing was taken, and the same may be sent again."""


class AcceptorsClock(Protocol):
    """Tells the business time of a receipt or of an act at the moment it is asked."""

    async def now(self) -> datetime:
        """The time for what has no case yet."""

    async def of_case(self, case: CaseName, /) -> datetime:
        """The time in a case or in a complaint."""

    async def check(self, pool: Pool, /) -> None:
        """`ClocksDisagree` when it must not stamp anything in this register."""


class SystemClock:
    """The clock of this machine, the same for every case."""

    async def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)

    async def of_case(self, _case: CaseName, /) -> datetime:
        """The present moment."""
        return datetime.now(UTC)

    async def check(self, pool: Pool, /) -> None:
        """`ClocksDisagree` when it differs from the clock of the register's server by more than a minute."""
        ahead = await ahead_of_register(pool)
        if abs(ahead) > TOLERANCE:
            raise ClocksDisagree(
                f"the clock of this machine is {_in_words(ahead)} that of the register's server (PostgreSQL), and a "
                "wrong time of receipt would be a wrong term. Set the one that is wrong (timedatectl shows it; keep "
                "both by NTP) and send the same again: nothing was taken"
            )


def _in_words(ahead: timedelta) -> str:
    size = str(timedelta(seconds=round(abs(ahead).total_seconds())))
    return f"{size} {'ahead of' if ahead > timedelta(0) else 'behind'}"
