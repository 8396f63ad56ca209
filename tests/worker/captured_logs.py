"""The service's own logging for the time of a test."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import structlog

from worker.logs import configure_logs


@contextmanager
def logs_to(stream: TextIO) -> Iterator[None]:
    """Logs go to the stream as the service writes them; afterwards everything is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs(stream)
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()
