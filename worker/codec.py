"""Encryption of every payload that Temporal stores: inputs, results, signals, failures, summaries."""

from collections.abc import Sequence
from os import urandom
from re import fullmatch

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from structlog import get_logger
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from worker.key_ring import KEY_ID_PATTERN, KeyUnknown
from worker.live_key_ring import Keys

ENCODING = b"binary/encrypted"
VERSION = b"1"
NONCE_BYTES = 12
TAG_BYTES = 16

_log = get_logger()


class EncryptingCodec(PayloadCodec):
    """AES-256-GCM around the whole payload, bound to envelope version, key id and namespace.

    Raises only `KeyUnknown`, when an envelope names a key of ours that this process lacks: the task is then
    tried again until the key is there, and nothing is lost. Everything else that cannot be opened is handed
    on unread and counted, because raising would freeze the case: what was never encrypted (a signal typed
    by hand) in `passed_through`; what has our envelope's form but was altered, made up or taken from
    another namespace, or names a key that nobody gave out, in `not_authentic`. No payload converter knows the
    encoding of the latter, so it becomes no value: a handler that takes `RawValue` refuses it like any other
    malformed message.

    One key is good for 2^32 payloads, because nonces are random: exchange it long before.
    """

    def __init__(self, key_ring: Keys, namespace: str) -> None:
        self._key_ring = key_ring
        self._namespace = namespace
        self._ciphers: dict[str, AESGCM] = {}
        self.passed_through = 0
        self.not_authentic = 0

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Each payload in an envelope of its own, under the primary key."""
        return [self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Each payload as it was before `encode`, or as it came if it is not an envelope of ours."""
        return [self._open(payload) for payload in payloads]

    def _seal(self, payload: Payload) -> Payload:
        key_id = self._key_ring.primary_id
        nonce = urandom(NONCE_BYTES)
        sealed = self._cipher(key_id).encrypt(nonce, payload.SerializeToString(), self._bound_to(key_id))
        metadata = {"encoding": ENCODING, "encryption-version": VERSION, "encryption-key-id": key_id.encode()}
        return Payload(metadata=metadata, data=nonce + sealed)

    def _open(self, payload: Payload) -> Payload:
        key_id = _key_id(payload)
        if key_id is None:
            self.passed_through += 1
            return payload
        nonce, sealed = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        try:
            return Payload.FromString(self._cipher(key_id).decrypt(nonce, sealed, self._bound_to(key_id)))
        except InvalidTag:
            return self._not_authentic(payload, key_id)
        except KeyUnknown:
            # One signal under a made-up id would keep its case waiting for a key that never comes.
            if self._key_ring.gave_out(key_id):
                raise
            return self._not_authentic(payload, key_id)

    def _not_authentic(self, payload: Payload, key_id: str) -> Payload:
        self.not_authentic += 1
        _log.warning("payload_not_authentic", key_id=key_id, namespace=self._namespace)
        return payload

    def _cipher(self, key_id: str) -> AESGCM:
        if key_id not in self._ciphers:
            self._ciphers[key_id] = AESGCM(self._key_ring.key(key_id).secret.get_secret_value())
        return self._ciphers[key_id]

    def _bound_to(self, key_id: str) -> bytes:
        # None of the three can contain the separator, so no two triples give the same bytes.
        return b"\0".join((b"uide payload", VERSION, key_id.encode(), self._namespace.encode()))


def _key_id(payload: Payload) -> str | None:
    """The key of an envelope of ours, or None for anything that does not have its form."""
    if payload.metadata.get("encoding") != ENCODING or payload.metadata.get("encryption-version") != VERSION:
        return None
    key_id = payload.metadata.get("encryption-key-id", b"").decode("ascii", errors="replace")
    if len(payload.data) < NONCE_BYTES + TAG_BYTES or not fullmatch(KEY_ID_PATTERN, key_id):
        return None
    return key_id
