import pytest
from temporalio.api.common.v1 import Payload

from tests.worker.rings import a_key, a_later, a_ring
from worker.codec import ENCODING, EncryptingCodec
from worker.key_ring import KeyUnknown

PLAIN = Payload(metadata={"encoding": b"json/plain", "messageType": b"x"}, data='"Әлия Қасым"'.encode())


def altered(payload: Payload, *, position: int) -> Payload:
    data = bytearray(payload.data)
    data[position] ^= 1
    return Payload(metadata=dict(payload.metadata), data=bytes(data))


async def sealed_by(codec: EncryptingCodec) -> Payload:
    (payload,) = await codec.encode([PLAIN])
    return payload


async def test_a_payload_comes_back_whole_with_its_metadata() -> None:
    codec = EncryptingCodec(a_ring(), "uide")
    assert await codec.decode(await codec.encode([PLAIN, Payload()])) == [PLAIN, Payload()]
    assert (codec.passed_through, codec.not_authentic) == (0, 0)


async def test_the_envelope_says_its_encoding_version_and_key_and_nothing_of_the_content() -> None:
    ring = a_ring()
    payload = await sealed_by(EncryptingCodec(ring, "uide"))
    assert dict(payload.metadata) == {
        "encoding": ENCODING,
        "encryption-version": b"1",
        "encryption-key-id": ring.primary_id.encode(),
    }
    assert b"json/plain" not in payload.data
    assert PLAIN.data not in payload.data


async def test_the_same_payload_is_never_encrypted_to_the_same_bytes() -> None:
    codec = EncryptingCodec(a_ring(), "uide")
    assert await sealed_by(codec) != await sealed_by(codec)


@pytest.mark.parametrize("position", [0, 12, -1], ids=["nonce", "content", "tag"])
async def test_an_altered_envelope_is_handed_on_unread_and_counted(position: int) -> None:
    codec = EncryptingCodec(a_ring(), "uide")
    payload = altered(await sealed_by(codec), position=position)
    assert await codec.decode([payload]) == [payload]
    assert (codec.passed_through, codec.not_authentic) == (0, 1)


async def test_an_envelope_of_another_namespace_is_not_opened() -> None:
    ring = a_ring()
    payload = await sealed_by(EncryptingCodec(ring, "uide"))
    other = EncryptingCodec(ring, "uide-test")
    assert await other.decode([payload]) == [payload]
    assert other.not_authentic == 1


async def test_an_envelope_that_names_another_key_of_the_ring_is_not_opened() -> None:
    first, second = a_key(), a_key()
    codec = EncryptingCodec(a_ring(first, second), "uide")
    payload = await sealed_by(codec)
    payload.metadata["encryption-key-id"] = second.id.encode()
    assert await codec.decode([payload]) == [payload]
    assert codec.not_authentic == 1


async def test_a_key_that_is_not_primary_still_reads() -> None:
    old, new = a_key(), a_key()
    payload = await sealed_by(EncryptingCodec(a_ring(old), "uide"))
    assert await EncryptingCodec(a_ring(new, old), "uide").decode([payload]) == [PLAIN]


async def test_a_key_that_this_process_lacks_is_an_error_that_names_it() -> None:
    ring = a_ring()
    later = a_later(ring)
    payload = await sealed_by(EncryptingCodec(later, "uide"))
    with pytest.raises(KeyUnknown, match=later.primary_id):
        await EncryptingCodec(ring, "uide").decode([payload])


async def test_a_made_up_key_keeps_nobody_waiting_for_it() -> None:
    codec = EncryptingCodec(a_ring(), "uide")
    payload = await sealed_by(EncryptingCodec(a_ring(), "uide"))
    assert await codec.decode([payload]) == [payload]
    assert codec.not_authentic == 1


@pytest.mark.parametrize(
    "metadata",
    [
        {"encoding": b"json/plain"},
        {},
        {"encoding": ENCODING},
        {"encoding": ENCODING, "encryption-version": b"2", "encryption-key-id": b"k0123456789abcdef"},
        {"encoding": ENCODING, "encryption-version": b"1", "encryption-key-id": b"\xff typed by hand"},
    ],
    ids=["typed by hand", "nothing", "another program's", "a later version", "no key id of ours"],
)
async def test_what_is_not_our_envelope_passes_unread_and_is_counted(metadata: dict[str, bytes]) -> None:
    codec = EncryptingCodec(a_ring(), "uide")
    payload = Payload(metadata=metadata, data=b"x" * 60)
    assert await codec.decode([payload]) == [payload]
    assert (codec.passed_through, codec.not_authentic) == (1, 0)


async def test_an_envelope_cut_short_passes_unread() -> None:
    codec = EncryptingCodec(a_ring(), "uide")
    payload = await sealed_by(codec)
    short = Payload(metadata=dict(payload.metadata), data=payload.data[:20])
    assert await codec.decode([short]) == [short]
    assert codec.passed_through == 1
