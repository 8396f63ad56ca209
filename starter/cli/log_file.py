"""The log of a command that keeps the terminal for its own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starter.embedded.child import set_aside
from worker.logs import configure_logs


@contextmanager
def logs_in(file: Path) -> Iterator[None]:
    """Send the log to the end of the file while the block runs, and to stderr again afterwards."""
    set_aside(file)
    with file.open("a", encoding="utf-8") as stream:
        configure_logs(stream)
        try:
            yield
        finally:
            configure_logs()
