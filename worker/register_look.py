"""Looking at the register: whether it takes what is written, whether the clocks agree, what the calendar lacks."""

from datetime import UTC, datetime, timedelta

from activities.register.clock import TOLERANCE
from activities.register.figures import read_condition, unconfirmed_year
from activities.register.pool import Pool
from domain.legal_time import legal_date
from worker.business_metrics import BusinessMetrics
from worker.checks import Check, failing, ok, warning
from worker.register_connection import REGISTER_AWAY


class RegisterLook:
    """One look: the checks `register`, `clock` and `calendar`."""

    names = ("register", "clock", "calendar")

    def __init__(self, pool: Pool, metrics: BusinessMetrics) -> None:
        self._pool = pool
        self._metrics = metrics

    async def __call__(self) -> dict[str, Check]:
        """What is seen; a register that does not answer is a failing check and no error."""
        try:
            condition = await read_condition(self._pool)
            now = datetime.now(UTC)
            year = await unconfirmed_year(self._pool, legal_date(now))
        except REGISTER_AWAY as error:
            self._metrics.register_up(False)
            # The text of a server's error can quote the address with its password; the class says enough.
            away = failing(f"PostgreSQL does not answer ({type(error).__name__})")
            unknown = warning("not known while the register does not answer")
            return {"register": away, "clock": unknown, "calendar": unknown}
        self._metrics.register_up(condition.writable)
        self._metrics.clock_difference(now - condition.now)
        return {
            "register": _register(condition.writable),
            "clock": _clock(now - condition.now),
            "calendar": _calendar(year),
        }


def _register(writable: bool) -> Check:
    if writable:
        return ok("PostgreSQL answers and takes what is written")
    return failing("PostgreSQL answers but takes nothing: it is a standby, or set to read-only")


def _clock(difference: timedelta) -> Check:
    seconds = difference.total_seconds()
    if abs(difference) <= TOLERANCE:
        return ok("this machine and PostgreSQL show the same time")
    return warning(
        f"this machine's clock is {seconds:+.0f} s off that of PostgreSQL: set both by the network"
    )


def _calendar(year: int | None) -> Check:
    if year is None:
        return ok("the working calendar is confirmed as far as it has to be")
    return warning(
        f"the working calendar of {year} is not confirmed: terms that reach into it are provisional. "
        "Check its holidays and transfers, then confirm the year"
    )
