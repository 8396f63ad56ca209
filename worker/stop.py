"""The order to stop: the first signal lets the worker end what it has begun, the second ends the process at once."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import structlog

from worker.running_activities import RunningActivities

SIGNALS = (signal.SIGINT, signal.SIGTERM)

log = structlog.get_logger()


class Stop:
    """Whether the process was told to stop, and what is running that has to end first."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.running = RunningActivities()
        self._at_once = asyncio.Event()

    def listen(self) -> None:
        """From now on SIGINT and SIGTERM are orders to this object."""
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, self._hear)

    def _hear(self) -> None:
        (self._at_once if self.asked.is_set() else self.asked).set()

    async def over(self, work: Coroutine[Any, Any, None], limit: timedelta) -> None:
        """Does the work, which ends when `asked` is set. Where it does not end within the limit, the process does.

        Nothing is half done then: each activity is one transaction, and Temporal gives it to another worker.
        """
        task = asyncio.create_task(work)
        if not await _first(task, self.asked):
            log.info("worker_stop_begun", running=self.running.names)
            try:
                async with asyncio.timeout(limit.total_seconds()):
                    if not await _first(task, self._at_once):
                        self._end("worker_stopped_at_once", 1)
            except TimeoutError:
                self._end("worker_stop_cut_short", 0)
        await task

    def _end(self, event: str, code: int) -> None:
        log.warning(event, left=self.running.names)
        logging.shutdown()
        sys.stdout.flush()
        # What hangs would hang the end of the interpreter as well.
        os._exit(code)


async def _first(task: asyncio.Task[None], event: asyncio.Event) -> bool:
    """Waits for either; whether it was the task that ended."""
    waiting = asyncio.create_task(event.wait())
    try:
        await asyncio.wait((task, waiting), return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    return task.done()
