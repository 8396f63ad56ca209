"""`uide keys`: the keys that payloads in Temporal are encrypted with, and their exchange."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.refusal import InputRefused
from starter.cli.answers import answer
from starter.cli.called import to_copy
from starter.cli.options import AsJson, Data
from starter.cli.screen import moment, say, show_table
from starter.place import find_place
from worker.key_ring import KeyRing, KeyUnknown

keys = typer.Typer(
    help="The keys that payloads in Temporal are encrypted with. docs/keys.md goes through their exchange.",
    rich_markup_mode=None,
)

KeyId = Annotated[str, typer.Argument(metavar="KEY", help="The id of a key, as uide keys list has it.")]


@keys.command("list")
def keys_list(data: Data = None, as_json: AsJson = False) -> None:
    """List the keys of the key ring, never what they are: which one is written with, which are only read with.

    The file is UIDE_KEY_RING, unless --data names a running stack.

    \b
    Examples:
      uide keys list
      uide keys list --json
    """
    path = _key_ring(data)
    ring = KeyRing.load(path)
    answer(_document(path, ring), as_json=as_json, screen=lambda: _show(path, ring))


@keys.command("add")
def keys_add(data: Data = None, as_json: AsJson = False) -> None:
    """Add a new key that is read with and not yet written with.

    Then copy the file to every machine that has a worker or commands; workers notice it by themselves.

    \b
    Examples:
      uide keys add
    """
    path = _key_ring(data)
    ring = KeyRing.change(path, lambda ring: ring.with_new_key(datetime.now(UTC)))
    added = ring.keys[-1].id
    document = {**_document(path, ring), "added": added}
    answer(document, as_json=as_json, screen=lambda: _show_added(path, ring, added, data))


@keys.command("promote")
def keys_promote(key: KeyId, data: Data = None, as_json: AsJson = False) -> None:
    """Write with another key of the ring from now on; what was written before stays readable.

    Only after the key is on every machine that has a worker or commands: others could not read what is written.

    \b
    Examples:
      uide keys promote k0123456789abcdef
    """
    path = _key_ring(data)
    try:
        ring = KeyRing.change(path, lambda ring: ring.with_primary(key))
    except KeyUnknown:
        raise InputRefused.of(
            "key_unknown",
            "KEY",
            "the key ring has no key of that id",
            "Only a key that is in the ring can be written with",
            "uide keys list shows the ids, uide keys add makes a new key",
        ) from None
    answer(_document(path, ring), as_json=as_json, screen=lambda: _show(path, ring))


def _key_ring(data: Path | None) -> Path:
    # The ring is all that is needed: a machine may have it without an address of the register.
    if data is None and os.environ.get("UIDE_KEY_RING"):
        return Path(os.environ["UIDE_KEY_RING"])
    if path := find_place(data).key_ring:
        return path
    raise InputRefused.of(
        "missing",
        "environment.UIDE_KEY_RING",
        "the variable is not set",
        "It names the file with the keys of the payloads and has no default",
        "Set it to the path of the key ring, or name a running stack with --data",
    )


def _document(path: Path, ring: KeyRing) -> dict[str, Any]:
    listed = [
        {"id": key.id, "created_at": key.created_at.isoformat(), "primary": key.id == ring.primary_id}
        for key in ring.keys
    ]
    return {"key_ring": str(path), "keys": listed}


def _show(path: Path, ring: KeyRing) -> None:
    rows = (
        (
            key.id,
            moment(key.created_at),
            "written and read with" if key.id == ring.primary_id else "read with",
        )
        for key in ring.keys
    )
    show_table(f"Keys of {path}", ("key", "made", "use"), rows, whole={"key"})


def _show_added(path: Path, ring: KeyRing, added: str, data: Path | None) -> None:
    _show(path, ring)
    say(
        "",
        f"Copy {path} to every machine that has a worker or commands (mode 0600), and into its backup. Then, on one "
        "of them, and copy the file once more:",
        f"  {to_copy('keys promote', added, data=data)}",
    )
