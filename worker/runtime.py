"""The part of the SDK that measures and logs; it is built before the first client."""

import gc
import logging

from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)

from domain.refusal import InputRefused
from worker.settings import Settings

CORE_LOGGER = "temporalio.core"


def build_runtime(settings: Settings) -> Runtime:
    """One per process. Core's log lines go to the logger `temporalio.core`.

    Metrics are served if an address is set; one that cannot be served is an `InputRefused`.
    """
    try:
        return _runtime(_metrics(settings.metrics_address))
    except ValueError as error:
        raise InputRefused.of(
            "metrics_address",
            "environment.UIDE_METRICS_ADDRESS",
            f"nothing can be served at {settings.metrics_address}",
            str(error),
            "Name a free port of this machine, or leave the variable out",
        ) from error


def build_runtime_without_metrics() -> Runtime:
    """For a process that only asks something: logs as from `build_runtime`, nothing is served."""
    return _runtime(None)


def end_runtimes() -> None:
    """Ends the threads of runtimes that nobody uses any more; to be called last before a process ends.

    A thread that still hands over an answer while Python shuts down would abort the process (exit code 134).
    """
    gc.collect()


def _runtime(metrics: PrometheusConfig | None) -> Runtime:
    return Runtime(telemetry=TelemetryConfig(logging=_logging(), metrics=metrics))


def _logging() -> LoggingConfig:
    return LoggingConfig(
        filter=TelemetryFilter(core_level="WARN", other_level="ERROR"),
        forwarding=LogForwardingConfig(logger=logging.getLogger(CORE_LOGGER)),
    )


def _metrics(address: str | None) -> PrometheusConfig | None:
    if address is None:
        return None
    return PrometheusConfig(
        bind_address=address, counters_total_suffix=True, unit_suffix=True, durations_as_seconds=True
    )
