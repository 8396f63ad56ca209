"""Health over HTTP, for orchestrators and people: alive, ready, and everything that was looked at."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from domain.refusal import InputRefused
from worker.checks import Health, Status
from worker.guest_server import serving
from worker.watch import Watch


def health_app(watch: Watch) -> Starlette:
    """`/health` for all of it, `/health/ready` for what this worker needs, `/health/live` for the process itself.

    Each answers 200 or 503 with JSON. A register that is away leaves the worker alive but not ready: it must
    not be killed for it. `/health` is also 503 for what another worker could not cure either.
    """

    async def whole(_: Request) -> Response:
        health = watch.health()
        return _answer(health, well=health.status is not Status.FAILING)

    async def ready(_: Request) -> Response:
        health = watch.health()
        return _answer(health, well=health.ready)

    async def live(_: Request) -> Response:
        # That it answers is the answer: a worker that fails ends its process.
        return JSONResponse({"status": Status.OK})

    return Starlette(
        routes=[Route("/health", whole), Route("/health/ready", ready), Route("/health/live", live)]
    )


def _answer(health: Health, *, well: bool) -> Response:
    return JSONResponse(health.model_dump(mode="json"), 200 if well else 503)


@asynccontextmanager
async def health_served(watch: Watch, address: str | None) -> AsyncIterator[None]:
    """Serves on the address while the block runs, or does nothing without one.

    An address that cannot be used is an `InputRefused`.
    """
    if address is None:
        yield
        return
    with _listening(address) as listening:
        async with serving(health_app(watch), listening):
            yield


def _listening(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), int(port)), family=family)
    except OSError as error:
        raise InputRefused.of(
            "health_address",
            "environment.UIDE_HEALTH_ADDRESS",
            f"nothing can be served at {address}",
            str(error.strerror),
            "Name a free port of this machine, or leave the variable out",
        ) from error
