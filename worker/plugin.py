"""One plugin for every side of Temporal, so that all of them read and write the same bytes."""

from collections.abc import Sequence
from dataclasses import replace

from temporalio.client import ClientConfig, Interceptor
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes
from temporalio.plugin import SimplePlugin
from temporalio.worker import Interceptor as WorkerInterceptor
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from worker.codec import EncryptingCodec
from worker.live_key_ring import Keys
from workflows.messages import OneArgument

PASSED_THROUGH = ("domain", "activities")
"""Imported once, not for each case: `domain` is pure, and workflows import activities only to name them."""


class UidePlugin(SimplePlugin):
    """What client, worker, replayer and tests have in common; a client hands it on to its own workers."""

    def __init__(
        self,
        codec: EncryptingCodec,
        namespace: str,
        interceptors: Sequence[Interceptor | WorkerInterceptor] = (),
    ) -> None:
        super().__init__(
            "uide",
            data_converter=_converter(codec),
            interceptors=(OneArgument(), *interceptors),
            workflow_runner=_sandbox(),
        )
        self.codec = codec
        self._namespace = namespace

    def configure_client(self, config: ClientConfig) -> ClientConfig:
        """Refuses a client of another namespace: nobody could read what it writes."""
        if config["namespace"] != self._namespace:
            raise ValueError(
                f"The plugin encrypts for namespace {self._namespace}, the client is of "
                f"{config['namespace']}. Connect the client to the plugin's namespace."
            )
        return super().configure_client(config)


def uide_plugin(
    key_ring: Keys,
    namespace: str,
    interceptors: Sequence[Interceptor | WorkerInterceptor] = (),
) -> UidePlugin:
    """Pydantic payloads encrypted with the ring, failures with message and stack too; the sandbox on."""
    return UidePlugin(EncryptingCodec(key_ring, namespace), namespace, interceptors)


def _converter(codec: EncryptingCodec) -> DataConverter:
    return replace(
        pydantic_data_converter,
        payload_codec=codec,
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


def _sandbox() -> SandboxedWorkflowRunner:
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    )
