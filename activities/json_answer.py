"""A JSON answer from another system over HTTP: of that type, and no longer than it may be."""

import httpx

JSON = "application/json"


class TooLong(Exception):
    """The answer is longer than was asked to be read."""


def is_json(answer: httpx.Response) -> bool:
    """Whether the head of the answer says that JSON follows, not packed."""
    said = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    packed = answer.headers.get("content-encoding", "identity").strip().lower() != "identity"
    return said == JSON and not packed


async def read_bounded(answer: httpx.Response, most_bytes: int) -> bytes:
    """The body as it comes over the line; `TooLong` as soon as there is more than so many bytes of it."""
    body = bytearray()
    async for part in answer.aiter_raw():
        body += part
        if len(body) > most_bytes:
            raise TooLong
    return bytes(body)
