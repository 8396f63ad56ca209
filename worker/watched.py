"""A worker that is watched: its health and metrics, on connections of their own, while it works."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from temporalio.client import Client
from temporalio.runtime import Runtime

from activities.register.pool import AT_THE_COUNTER
from worker.beside import beside
from worker.business_metrics import BusinessMetrics
from worker.health_endpoint import health_served
from worker.register_connection import register_open
from worker.register_look import RegisterLook
from worker.settings import Settings
from worker.shown_figures import show_figures
from worker.temporal_look import TemporalLook
from worker.watch import Watch
from workflows.doorbell import TemporalDoorbell


@asynccontextmanager
async def watched(
    settings: Settings,
    client: Client,
    runtime: Runtime,
    doorbell: TemporalDoorbell,
    works: Callable[[], bool],
) -> AsyncIterator[None]:
    """Serves what the settings ask for while the block runs, and looks at nothing if nobody can read it."""
    if settings.health_address is None and settings.metrics_address is None:
        yield
        return
    async with AsyncExitStack() as exits:
        # Apart from the worker's: what keeps all of those busy must not blind the watch.
        pool = await exits.enter_async_context(register_open(settings, size=2, patience=AT_THE_COUNTER))
        metrics = BusinessMetrics(runtime.metric_meter)
        looks = (
            RegisterLook(pool, metrics),
            TemporalLook(client, settings.deployment_version, metrics),
        )
        watch = Watch(looks, works)
        await exits.enter_async_context(watch.looking())
        if settings.metrics_address:
            await exits.enter_async_context(
                beside(show_figures(pool, lambda: doorbell.namespace_id, metrics))
            )
        await exits.enter_async_context(health_served(watch, settings.health_address))
        yield
