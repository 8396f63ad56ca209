"""How a message to a case is read: whatever is sent, the handler never fails and nothing is lost."""

from typing import Any

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.worker import (
    HandleSignalInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)

with workflow.unsafe.imports_passed_through():
    from activities.procedure import Message, asked_id
    from domain.acts import ActKind
    from domain.application import is_key


def read_message(kind: str, argument: object) -> Message:
    """The message in a signal's argument; what cannot be read says so in `fault` and is refused by the register."""
    body, fault = _read_body(argument)
    return Message(kind=kind, act_id=f"{kind}-{workflow.uuid4()}", body=body, fault=fault)


def _read_body(argument: object) -> tuple[dict[str, Any] | None, str | None]:
    if not isinstance(argument, RawValue):
        return None, "the signal does not carry exactly one argument"
    try:
        body = workflow.payload_converter().from_payload(argument.payload, dict[str, Any])
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not readable
        return None, "the argument of the signal is not a JSON object"
    return body, None


def unknown_signal(name: str) -> Message:
    """The message of a signal that the procedure does not have."""
    return Message(
        kind="unknown",
        act_id=f"unknown-{workflow.uuid4()}",
        fault=f"the procedure has no signal {ascii(name)[:60]}",
    )


def has_act_id(argument: object) -> bool:
    """Whether an update's argument carries a readable act id."""
    return asked_id(_read_body(argument)[0]) is not None


def is_doorbell(message: Message) -> bool:
    """Whether the message only names an act that has been written before."""
    only_an_id = isinstance(message.body, dict) and set(message.body) == {"act_id"}
    return only_an_id and is_key(named_act(message))


def named_act(message: Message) -> str:
    """The act that a doorbell names, else the id the message goes by."""
    return asked_id(message.body) or message.act_id


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
        if input.signal in set(ActKind) and len(input.args) != 1:
            input.args = [None]
        await super().handle_signal(input)
