"""Keeps the business metrics at what the register holds."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

import structlog

from activities.register.figures import read_figures
from activities.register.pool import Pool
from worker.business_metrics import BusinessMetrics
from worker.register_connection import REGISTER_AWAY

FIGURES_SECONDS = 15.0
"""Between two readings."""
KEPT_SECONDS = 60.0
"""How long figures are shown after they were read, so that a restart of PostgreSQL leaves no gap."""

log = structlog.get_logger()


async def show_figures(pool: Pool, namespace_id: Callable[[], str], metrics: BusinessMetrics) -> None:
    """For ever: reads the figures and shows them; forgets them when the register has been away for a minute."""
    last = monotonic() - KEPT_SECONDS
    while True:
        if await _shown(pool, namespace_id(), metrics):
            last = monotonic()
        elif monotonic() - last >= KEPT_SECONDS:
            metrics.forget()
        await asyncio.sleep(FIGURES_SECONDS)


async def _shown(pool: Pool, namespace_id: str, metrics: BusinessMetrics) -> bool:
    now = datetime.now(UTC)
    try:
        metrics.show(await read_figures(pool, namespace_id, now), now)
    except REGISTER_AWAY as error:
        log.warning("figures_not_read", cause=type(error).__name__)
        return False
    return True
