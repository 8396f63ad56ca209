"""What a service needs once, beside its schema: the namespace on Temporal's server and the key ring."""

import asyncio
from datetime import UTC, datetime

import asyncpg
from pydantic import BaseModel, ConfigDict

from activities.register.statements import sql
from domain.vocabulary import NAMESPACE, SEARCH_ATTRIBUTES
from starter.place import Place
from worker.connection import TemporalUnreachable, connect_service
from worker.key_ring import KeyRing
from worker.namespace import RETENTION, ensure_namespace
from worker.runtime import build_runtime_without_metrics
from worker.settings import temporal_profile

ANSWER_SECONDS = 10.0


class TemporalPlace(BaseModel):
    """Where the procedure runs: a server and its namespace."""

    model_config = ConfigDict(frozen=True)

    address: str
    namespace: str


def find_temporal(place: Place) -> TemporalPlace | None:
    """The server of the stack, or the one that the environment or its profile names; `InputRefused` if faulty."""
    if place.stack is not None:
        return TemporalPlace(address=place.stack.temporal_address, namespace=place.stack.namespace)
    profile = temporal_profile()
    if not profile.get("target_host"):
        return None
    return TemporalPlace(address=profile["target_host"], namespace=profile.get("namespace") or NAMESPACE)


async def prepare_namespace(place: Place, temporal: TemporalPlace) -> tuple[str, ...]:
    """What was made or changed in the namespace, nothing the second time; `TemporalUnreachable`, `NamespaceRefused`."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            service = await connect_service(
                temporal.namespace,
                runtime=build_runtime_without_metrics(),
                # Of a named server the profile tells more than the address: its TLS and its key.
                address=temporal.address if place.stack else None,
            )
    except TimeoutError:
        raise TemporalUnreachable(
            f"Temporal does not answer at {temporal.address} within {ANSWER_SECONDS:g} seconds. Start it, or name "
            "the right server in TEMPORAL_ADDRESS or the profile in TEMPORAL_PROFILE"
        ) from None
    return await ensure_namespace(service, temporal.namespace, RETENTION, SEARCH_ATTRIBUTES)


async def prepare_key_ring(place: Place) -> bool:
    """Makes the key ring where one is named, there is none and nobody was filed; whether it was made."""
    if place.key_ring is None or place.key_ring.exists():
        return False
    connection = await asyncpg.connect(place.owner_url.get_secret_value(), timeout=10)
    try:
        if await connection.fetchval(sql("has_application")):
            return False
    finally:
        await connection.close()
    KeyRing.create(place.key_ring, datetime.now(UTC))
    return True
