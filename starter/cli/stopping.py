"""Running until the work is done or somebody says stop, with everything in order in either case."""

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from typing import Any

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def run_until_stopped(work: Coroutine[Any, Any, None]) -> bool:
    """True when the work came to its end, False when Ctrl-C, SIGTERM or a closed terminal ended it.

    The work is cancelled once, so what it cleans up is not interrupted by a second Ctrl-C.
    """
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in STOPS:
        loop.add_signal_handler(number, stop.set)
    working = asyncio.create_task(work)
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
    done = working.done()
    stopped.cancel()
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working
    return done
