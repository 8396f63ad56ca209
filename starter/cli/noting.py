"""Noting in the audit what a command refused before it came to the service."""

import asyncio
from pathlib import Path

from domain.refusal import InputRefused
from starter.place import ServiceNotFound, find_place, is_named
from starter.service import note_refusal


def note(action: str, refused: InputRefused, data: Path | None) -> None:
    """Notes an input that could not be read, where a service is named; whether or not it answers."""
    if not is_named(data):
        return
    try:
        place = find_place(data)
    except (InputRefused, ServiceNotFound):
        return
    asyncio.run(note_refusal(place, action, refused))
