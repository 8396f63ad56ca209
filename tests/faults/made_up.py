"""Signals that nobody should send: made up, malformed, oversized, replayed, meant for another case."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHandle
from temporalio.common import RawValue

from activities.register.intake import Filed
from domain.acts import ActKind
from tests.builders import CLERK

LARGE = 700_000
"""More than a case reads, less than Temporal takes."""


@dataclass(frozen=True)
class Target:
    """A case that is sent signals, and what the sender knows of it and of its neighbour."""

    filed: Filed
    handle: WorkflowHandle[Any, Any]
    plain: WorkflowHandle[Any, Any]
    """The same by a client that does not encrypt."""
    judged: str
    """An act of this case that has its verdict."""
    foreign: str
    """An act of another case."""


@dataclass(frozen=True)
class Signal:
    """What is sent, and whether anything of it is kept."""

    name: str
    arguments: tuple[Any, ...]
    kept: bool = True
    encrypted: bool = True

    async def send(self, target: Target) -> None:
        """Sends it."""
        handle = target.handle if self.encrypted else target.plain
        await handle.signal(self.name, args=list(self.arguments))


Kind = Callable[[Target, int], Signal]


def _withdraw(*arguments: Any) -> Signal:
    return Signal(ActKind.WITHDRAW, arguments)


def _raw(encoding: bytes, data: bytes, **metadata: bytes) -> Signal:
    payload = Payload(metadata={"encoding": encoding, **metadata}, data=data)
    return Signal(ActKind.WITHDRAW, (RawValue(payload),), encrypted=False)


def _envelope(_: Target, number: int) -> Signal:
    """In the form of the service's own, under a key that nobody has."""
    key_id = f"k{number:016x}".encode()
    return _raw(b"binary/encrypted", b"\0" * 64, **{"encryption-version": b"1", "encryption-key-id": key_id})


def _plan(_: Target, number: int) -> Signal:
    content = {"programme": None, "subjects": [{"subject": 7, "surprise": number}]}
    return Signal(ActKind.SUBMIT_PLAN, ({"actor": "at001-specialist-1", "content": content},))


def _nested(_: Target, number: int) -> Signal:
    return _raw(b"json/plain", b'{"content":' * 200 + str(number).encode() + b"}" * 200)


KINDS: dict[str, Kind] = {
    "a name of no act": lambda _, number: _withdraw({"act_id": f"made-up-{number}"}),
    "a whole act of the wrong person": lambda _, number: _withdraw(
        {"act_id": f"forged-{number}", "actor": CLERK, "content": {}}
    ),
    "a replay": lambda target, _: Signal(ActKind.CHECK_PACKAGE, ({"act_id": target.judged},), kept=False),
    "an act of another case": lambda target, _: _withdraw({"act_id": target.foreign}),
    "an unknown signal": lambda _, number: Signal(f"appoint_minister_{number % 7}", ({"act_id": "x"},)),
    "no arguments": lambda *_: _withdraw(),
    "two arguments": lambda *_: _withdraw({"actor": "applicant"}, {"content": {}}),
    "not JSON": lambda _, number: _raw(b"json/plain", f"{{broken {number}".encode()),
    "plain text, not encrypted": lambda _, number: _raw(b"json/plain", json.dumps("я" * number).encode()),
    "nested too deep": _nested,
    "another encoding": lambda _, number: _raw(b"unheard-of", str(number).encode()),
    "a broken envelope": lambda _, number: _raw(b"binary/encrypted", b"garbage %d" % number),
    "an envelope of an unknown key": _envelope,
    "a faulty plan": _plan,
}


def signal(target: Target, number: int) -> Signal:
    """The signal of that number: all kinds in turn, and one in two hundred a large one."""
    if number % 200 == 149:
        return _withdraw({"act_id": "x" * LARGE, "actor": f"{number}"})
    kinds = list(KINDS.values())
    return kinds[number % len(kinds)](target, number)
