"""The way to Temporal for every process of the service."""

from collections.abc import Sequence

from temporalio.client import Client, Plugin
from temporalio.envconfig import ClientConnectConfig
from temporalio.runtime import Runtime
from temporalio.service import ServiceClient

from worker.live_key_ring import Keys
from worker.plugin import uide_plugin
from worker.settings import Settings, temporal_profile

DEFAULT_ADDRESS = "127.0.0.1:7233"


class TemporalUnreachable(Exception):
    """No Temporal server answers; intake and acts still work, the procedure waits."""


async def connect(
    settings: Settings, key_ring: Keys, *, runtime: Runtime | None = None, address: str | None = None
) -> Client:
    """A client that encrypts, or `TemporalUnreachable` with what to do.

    The server is the one of the environment and its profile (`temporalio.envconfig`). A starter that brings
    its own stack names the `address`; then the environment is not asked, so that its TLS and keys do not go
    astray.
    """
    return await _connect(settings.namespace, address, (uide_plugin(key_ring, settings.namespace),), runtime)


async def connect_service(namespace: str, *, runtime: Runtime, address: str | None = None) -> ServiceClient:
    """The server itself, for what carries no payload and so needs no keys; found and refused as by `connect`."""
    return (await _connect(namespace, address, (), runtime)).service_client


async def _connect(
    namespace: str, address: str | None, plugins: Sequence[Plugin], runtime: Runtime | None
) -> Client:
    where: ClientConnectConfig = {"target_host": address} if address else temporal_profile()
    where = {"target_host": DEFAULT_ADDRESS, **where, "namespace": namespace}
    try:
        return await Client.connect(**where, plugins=plugins, runtime=runtime)
    except RuntimeError as error:
        raise TemporalUnreachable(
            f"Temporal does not answer at {where['target_host']}. Start it (`uide up` brings one), or name "
            f"the right server in TEMPORAL_ADDRESS or the profile in TEMPORAL_PROFILE. The cause: {error}"
        ) from error
