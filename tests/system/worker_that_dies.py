"""The worker process, but for one moment at which it is gone as if by `kill -9`: python -m ... MOMENT."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

import activities.procedure
import activities.register.taking
import worker.main

Function = Callable[..., Awaitable[Any]]


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _dies_before(function: Function) -> Function:
    async def dying(*args: Any, **kwargs: Any) -> Any:
        _die()

    return dying


def _dies_after(function: Function) -> Function:
    async def dying(*args: Any, **kwargs: Any) -> Any:
        await function(*args, **kwargs)
        _die()

    return dying


MOMENTS: dict[str, tuple[ModuleType, str, Callable[[Function], Function]]] = {
    "before anything is written": (activities.procedure, "take_act", _dies_before),
    "when all is written but not committed": (activities.register.taking, "write_verdict", _dies_after),
    "when it is committed but not answered": (activities.procedure, "take_act", _dies_after),
}


def main(moment: str) -> None:
    """Arms the worker for the moment and runs it."""
    module, name, arm = MOMENTS[moment]
    setattr(module, name, arm(getattr(module, name)))
    asyncio.run(worker.main.main())


if __name__ == "__main__":
    main(sys.argv[1])
