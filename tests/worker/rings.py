"""Key rings for tests."""

import secrets
from datetime import UTC, datetime

from pydantic import SecretBytes

from worker.key_ring import KeyRing, RingKey


def a_key() -> RingKey:
    """A key nobody has seen before."""
    return RingKey(
        id=f"k{secrets.token_hex(8)}",
        secret=SecretBytes(secrets.token_bytes(32)),
        created_at=datetime(2026, 3, 2, tzinfo=UTC),
    )


def a_ring(*keys: RingKey) -> KeyRing:
    """A ring of these keys, the first one primary, or of a new one."""
    keys = keys or (a_key(),)
    return KeyRing(primary_id=keys[0].id, keys=keys, child_key=SecretBytes(secrets.token_bytes(32)))


def a_later(ring: KeyRing) -> KeyRing:
    """The same ring after its key was exchanged; it has the old one no more."""
    exchanged = ring.with_new_key(datetime(2026, 6, 2, tzinfo=UTC))
    return exchanged.model_copy(update={"keys": exchanged.keys[-1:], "primary_id": exchanged.keys[-1].id})
