"""The monitoring system over HTTP, as docs/contracts/monitoring.openapi.yaml describes it."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from activities.json_answer import JSON, TooLong, is_json, read_bounded
from activities.sending.failures import NotNow, NotTaken
from domain.monitoring import Receipt, ReceivedEvent, StageEvent

ANSWER_SECONDS = 8.0
"""For one request from its beginning to the last byte of the answer; below the ten that a worker gives to end."""
MOST_BYTES = 1024 * 1024
PAGE = 500
"""Events asked for at once; a page of them is well below `MOST_BYTES`."""

_THIS_EVENT = frozenset({400, 409, 410, 413, 415, 422})
"""Answers that speak of this event; any other refusal is about the way there, and says nothing of the event."""

_Answer = TypeVar("_Answer", bound=BaseModel)


class Page(BaseModel):
    """Events that were received, in the order of case number and place."""

    model_config = ConfigDict(frozen=True)

    events: tuple[ReceivedEvent, ...]
    more: bool
    """Whether there are later ones."""


class MonitoringSystem:
    """Tells of stages and asks what was told. Whatever goes wrong is a `NotThrough`; nothing is retried here."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    @classmethod
    @asynccontextmanager
    async def at(cls, url: str) -> AsyncIterator["MonitoringSystem"]:
        """The one at this address while the block runs; certificates are checked by those of this machine."""
        async with httpx.AsyncClient(
            base_url=url,
            headers={"Accept": JSON, "Accept-Encoding": "identity"},
            verify=ssl.create_default_context(),
            trust_env=False,
            follow_redirects=False,
        ) as http:
            yield cls(http)

    async def report(self, event: StageEvent) -> str:
        """The receipt for the event; sending it again has no second effect and gives the same receipt."""
        answer = await self._ask(
            Receipt,
            "POST",
            "/v1/events",
            json={"key": event.key, **event.model_dump(mode="json")},
            headers={"Idempotency-Key": event.key},
        )
        if answer.key != event.key:
            raise NotNow("AnswerToAnotherEvent")
        return answer.receipt

    async def received(self, after: tuple[str, int] | None, since: datetime | None) -> Page:
        """The next page of what it has, after this case number and place; only stages reached `since`, if given."""
        asked: dict[str, str | int] = {"limit": PAGE}
        if after:
            asked |= {"after": f"{after[0]}:{after[1]}"}
        if since:
            asked |= {"since": since.isoformat()}
        return await self._ask(Page, "GET", "/v1/events", params=asked)

    async def _ask(self, model: type[_Answer], method: str, path: str, **request: object) -> _Answer:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                async with self._http.stream(method, path, timeout=ANSWER_SECONDS, **request) as answer:  # type: ignore[arg-type]
                    _check(answer)
                    return model.model_validate_json(await read_bounded(answer, MOST_BYTES))
        except TooLong:
            raise NotNow("AnswerTooLong") from None
        except ValidationError:
            raise NotNow("AnswerNotReadable") from None
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise NotNow(type(error).__name__) from None


@asynccontextmanager
async def open_monitoring(url: str | None) -> AsyncIterator[MonitoringSystem | None]:
    """The monitoring system at this address while the block runs, or none where none is named."""
    if url is None:
        yield None
        return
    async with MonitoringSystem.at(url) as system:
        yield system


def _check(answer: httpx.Response) -> None:
    status = answer.status_code
    if status in _THIS_EVENT:
        raise NotTaken(f"status {status}")
    if status not in (200, 201):
        raise NotNow(f"status {status}")
    if not is_json(answer):
        raise NotNow("AnswerNotJson")
