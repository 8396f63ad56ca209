"""The codec endpoint: by it the Temporal UI, in a browser, reads and writes what lies encrypted in Temporal.

The UI asks `<endpoint>/decode` and `<endpoint>/encode`. The dev server's UI can be told nothing but that
address: it sends neither a bearer token (that needs OIDC) nor cookies. So on the embedded stack the token
is a part of the path, `/codec/<token>/decode`: the starter draws it, tells it to the UI alone, and nothing
logs it. A program such as the `temporal` command may send it as `Authorization: Bearer` to `/codec/decode`
instead.

The UI gives its settings, and so the token, to whoever can open it, and the token stands in the arguments
of the dev server. Any user of this machine can therefore read the cases: the embedded stack is for a
machine of one's own.
"""

import hmac
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from google.protobuf import json_format
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from structlog import get_logger
from temporalio.api.common.v1 import Payload, Payloads

from worker.codec import EncryptingCodec
from worker.guest_server import serving
from worker.key_ring import KeyUnknown

LOOPBACK = "127.0.0.1"
MOST_BYTES = 8 * 1024 * 1024
"""More than a page of history can hold: one message of Temporal is at most 4 MiB."""

_log = get_logger()

Translate = Callable[[Sequence[Payload]], Awaitable[list[Payload]]]


@dataclass(frozen=True)
class CodecGuard:
    """Who may use the endpoint: holders of the token, for one namespace, from the pages of these origins."""

    token: str = field(repr=False)
    namespace: str
    origins: tuple[str, ...]

    def admit(self, request: Request) -> None:
        """Nothing for whoever may use it, else `HTTPException` that says what is missing."""
        # A program that is no browser sends no origin; the token is asked of it too.
        if (origin := request.headers.get("origin")) is not None and origin not in self.origins:
            raise HTTPException(403, "This page may not use the codec: open the Temporal UI of this stack.")
        if not hmac.compare_digest(_token_of(request).encode(), self.token.encode()):
            raise HTTPException(
                401, "The token is absent or wrong: restart the stack and reload the Temporal UI."
            )
        if request.headers.get("x-namespace") != self.namespace:
            raise HTTPException(
                403, f"The codec serves the namespace {self.namespace}: send it in X-Namespace."
            )


def _token_of(request: Request) -> str:
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return str(request.path_params.get("token", bearer if scheme.lower() == "bearer" else ""))


def codec_app(codec: EncryptingCodec, guard: CodecGuard) -> Starlette:
    """The endpoint as an ASGI application; it answers only requests whose host is this machine itself."""

    def endpoint(translate: Translate) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            guard.admit(request)
            return await _translated(request, translate, guard.namespace)

        return answer

    return Starlette(
        routes=[
            Route(f"/codec{token}/{verb}", endpoint(translate), methods=["POST"], name=verb)
            for token in ("/{token}", "")
            for verb, translate in (("decode", codec.decode), ("encode", codec.encode))
        ],
        middleware=[
            # A foreign page can make its own name mean 127.0.0.1, but it cannot change the Host header.
            Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"], www_redirect=False),
            Middleware(
                CORSMiddleware,
                allow_origins=guard.origins,
                allow_methods=["POST"],
                allow_headers=["Authorization", "Content-Type", "X-Namespace"],
            ),
        ],
        exception_handlers={HTTPException: _refused},
    )


async def _translated(request: Request, translate: Translate, namespace: str) -> Response:
    payloads = _parsed(await _body(request))
    try:
        result = await translate(payloads.payloads)
    except KeyUnknown as error:
        raise HTTPException(422, str(error)) from error
    _log.info("codec_used", verb=_verb(request), namespace=namespace, payloads=len(result))
    return Response(json_format.MessageToJson(Payloads(payloads=result)), media_type="application/json")


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(
                413, f"The request is longer than {MOST_BYTES} bytes: ask for fewer payloads at once."
            )
    return bytes(body)


def _parsed(body: bytes) -> Payloads:
    try:
        content = json.loads(body)
        if not isinstance(content, dict):
            raise ValueError("not an object")
        return json_format.ParseDict(content, Payloads())
    except (json_format.ParseError, ValueError, RecursionError):
        raise HTTPException(
            400, 'The body is not {"payloads": [{"metadata": {...}, "data": "..."}]} with values in base64.'
        ) from None


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    _log.warning("codec_refused", verb=_verb(request), status=error.status_code)
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)


def _verb(request: Request) -> str:
    # Never the path itself: it holds the token.
    last = request.url.path.rpartition("/")[2]
    return last if last in ("decode", "encode") else "unknown"


@asynccontextmanager
async def serve_codec_endpoint(
    codec: EncryptingCodec, guard: CodecGuard, port: int = 0
) -> AsyncIterator[str]:
    """Serves on 127.0.0.1 while the block runs; gives the address for `--ui-codec-endpoint`, token included.

    Port 0 takes a free one. A port that is taken is an `OSError` before anything is served.
    """
    with socket.create_server((LOOPBACK, port)) as listening:
        async with serving(codec_app(codec, guard), listening):
            yield f"http://{LOOPBACK}:{listening.getsockname()[1]}/codec/{guard.token}"
