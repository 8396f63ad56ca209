"""The part of the SDK that measures and logs; it is built before the first client."""

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
        return Runtime(
            telemetry=TelemetryConfig(logging=_logging(), metrics=_metrics(settings.metrics_address))
        )
    except ValueError as error:
        raise InputRefused.of(
            "metrics_address",
            "environment.UIDE_METRICS_ADDRESS",
            f"nothing can be served at {settings.metrics_address}",
            str(error),
            "Name a free port of this machine, or leave the variable out",
        ) from error


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
