"""The client of the gateway. It waits for nothing without end, reads no more than it must, and believes nothing."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import UUID, uuid4

import httpx
from pydantic import ValidationError

from activities.gateway.contract import Reply
from activities.gateway.questions import Question
from activities.json_answer import JSON, TooLong, is_json, read_bounded
from domain.inquiry import Unanswered

CONNECT_SECONDS = 2.0
READ_SECONDS = 5.0
"""For the next part of an answer."""
TOTAL_SECONDS = 8.0
"""For the whole of it; one that comes in drops has no longer."""
MOST_BYTES = 64 * 1024
MOST_CONNECTIONS = 8


class NoAnswer(Exception):
    """The gateway gave no answer that can be used; the text is a code and never what came."""

    def __init__(self, why: Unanswered) -> None:
        super().__init__(why.value)
        self.why = why


class Answered(NamedTuple):
    """An answer to just this question, and the id under which both sides know it."""

    request_id: UUID
    reply: Reply


class Gateway:
    """The gateway at one address; many may ask at once."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def ask(self, question: Question) -> Answered:
        """The answer, or `NoAnswer`; never longer than eight seconds."""
        request_id = uuid4()
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                body = await self._post(question, request_id)
        except (TimeoutError, httpx.TimeoutException):
            raise NoAnswer(Unanswered.TIMEOUT) from None
        except (httpx.HTTPError, httpx.StreamError):
            # Without its cause: the text of one of these can hold what was sent.
            raise NoAnswer(Unanswered.UNREACHABLE) from None
        return Answered(request_id, _read(question, body))

    async def _post(self, question: Question, request_id: UUID) -> bytes:
        headers = {"X-Request-Id": str(request_id), "Accept": JSON, "Accept-Encoding": "identity"}
        async with self._client.stream(
            "POST", question.path, json=question.about, headers=headers
        ) as response:
            _check_head(response)
            return await _body(response)


def _check_head(response: httpx.Response) -> None:
    if response.is_redirect:
        raise NoAnswer(Unanswered.REDIRECTED)
    if response.is_client_error:
        raise NoAnswer(Unanswered.NOT_TAKEN)
    if response.status_code != httpx.codes.OK:
        raise NoAnswer(Unanswered.FAILED)
    if not is_json(response):
        raise NoAnswer(Unanswered.NOT_JSON)


async def _body(response: httpx.Response) -> bytes:
    try:
        body = await read_bounded(response, MOST_BYTES)
    except TooLong:
        raise NoAnswer(Unanswered.TOO_LARGE) from None
    if not body.strip():
        raise NoAnswer(Unanswered.NOT_JSON)
    return body


def _read(question: Question, body: bytes) -> Reply:
    try:
        reply = question.reply.model_validate_json(body)
    except ValidationError:
        raise NoAnswer(Unanswered.NOT_OF_THE_CONTRACT) from None
    if any(getattr(reply, name) != number for name, number in question.about.items()):
        raise NoAnswer(Unanswered.ABOUT_ANOTHER)
    return reply


@asynccontextmanager
async def open_gateway(address: str | None) -> AsyncIterator[Gateway | None]:
    """The gateway at that address while the block runs; None where none is named. Nothing is asked yet."""
    if address is None:
        yield None
        return
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    limits = httpx.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS)
    async with httpx.AsyncClient(
        base_url=address,
        timeout=timeout,
        limits=limits,
        follow_redirects=False,
        # The certificates that this machine trusts, those of the state's own authority among them.
        verify=ssl.create_default_context(),
        # Neither a proxy nor a password file of this machine's user is asked.
        trust_env=False,
    ) as client:
        yield Gateway(client)
