"""How a message to a procedure is read: whatever is sent, the handler never fails and nothing is lost."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue
from temporalio.worker import (
    HandleSignalInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)

with workflow.unsafe.imports_passed_through():
    from activities.messages import Message, asked_id

DEEPEST = 32
LARGEST = 512 * 1024
"""Bytes of a message that a case reads. Files come through the starters; more would not fit beside others."""


def read_message(kind: str, argument: object) -> Message:
    """The message in a signal's argument; what cannot be read says so in `fault` and is refused by the register."""
    body, fault = _read_body(argument)
    sent = (
        argument.payload.data if isinstance(argument, RawValue) else repr(argument).encode("utf-8", "replace")
    )
    return _message(kind, sent, body, fault)


def unknown_signal(name: str, arguments: Sequence[RawValue]) -> Message:
    """The message of a signal that the procedure does not have."""
    sent = b"".join(argument.payload.data for argument in arguments)
    return _message("unknown", sent, None, f"the procedure has no signal {ascii(name)[:60]}")


def _message(kind: str, sent: bytes, body: dict[str, Any] | None, fault: str | None) -> Message:
    return Message(
        kind=kind,
        message_id=f"{kind}-{workflow.uuid4()}",
        at=workflow.now(),
        size=len(sent),
        sha256=hashlib.sha256(sent).hexdigest(),
        body=body,
        fault=fault,
    )


def _read_body(argument: object) -> tuple[dict[str, Any] | None, str | None]:
    if not isinstance(argument, RawValue):
        return None, "the signal does not carry exactly one argument"
    if len(argument.payload.data) > LARGEST:
        return None, f"the argument of the signal is larger than {LARGEST // 1024} KiB"
    body = _read_json(argument.payload)
    if not isinstance(body, dict):
        return None, "the argument of the signal is not a JSON object"
    if _depth(body) > DEEPEST:
        return None, f"the argument of the signal is nested deeper than {DEEPEST} levels"
    return body, None


def _read_json(payload: Payload) -> Any:
    # Other encodings give values that cannot be handed on to an activity.
    if payload.metadata.get("encoding") != b"json/plain":
        return None
    try:
        return json.loads(payload.data)
    except (ValueError, RecursionError):
        return None


def _depth(value: object) -> int:
    """How deep the value is nested, but no further than one level past the deepest that is read."""
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        level = [inner for outer in level for inner in _items(outer)]
        depth += 1
    return depth


def _items(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def has_act_id(argument: object) -> bool:
    """Whether an update's argument carries a readable act id."""
    return asked_id(_read_body(argument)[0]) is not None


class OneArgument(Interceptor):
    """Lets a signal with any number of arguments reach its handler as one: Python would fail the whole task."""

    def workflow_interceptor_class(
        self,
        _input: WorkflowInterceptorClassInput,
    ) -> type[WorkflowInboundInterceptor] | None:
        """See base class."""
        return _OneArgument


class _OneArgument(WorkflowInboundInterceptor):
    async def handle_signal(self, input: HandleSignalInput) -> None:  # noqa: A002 - the name is the SDK's
        # What no handler of the workflow is named for reaches the dynamic one, with its name as another argument.
        if workflow.get_signal_handler(input.signal) is not None and len(input.args) != 1:
            input.args = [tuple(input.args)]
        await super().handle_signal(input)
