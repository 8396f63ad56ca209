"""Asking a worker for its health as an orchestrator does."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx

ATTEMPTS = 300


async def health(address: str, path: str = "/health") -> tuple[int, dict[str, Any]]:
    """Status and document; 0 while nobody serves there."""
    async with httpx.AsyncClient(timeout=20) as client:
        try:
            answer = await client.get(f"http://{address}{path}")
        except httpx.TransportError:
            return 0, {}
    return answer.status_code, answer.json()


async def health_when(
    address: str, seen: Callable[[int, dict[str, Any]], bool], path: str = "/health"
) -> dict[str, Any]:
    """The document as soon as status and document are as expected."""
    status, document = 0, dict[str, Any]()
    for _ in range(ATTEMPTS):
        status, document = await health(address, path)
        if document and seen(status, document):
            return document
        await asyncio.sleep(0.2)
    raise AssertionError(f"{status}: {document}")
