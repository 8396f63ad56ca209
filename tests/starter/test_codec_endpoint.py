import json
import logging
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from google.protobuf import json_format
from structlog.testing import capture_logs
from temporalio.api.common.v1 import Payload, Payloads

from starter.codec_endpoint import MOST_BYTES, CodecGuard, codec_app, serve_codec_endpoint
from tests.worker.rings import a_later, a_ring
from worker.codec import EncryptingCodec
from worker.key_ring import KeyRing

TOKEN = "planted-token-of-the-endpoint"
UI = "http://127.0.0.1:8233"
GUARD = CodecGuard(token=TOKEN, namespace="uide", origins=(UI, "http://localhost:8233"))
HEADERS = {"X-Namespace": "uide", "Origin": UI}
PLAIN = Payload(metadata={"encoding": b"json/plain"}, data='"Әлия Қасым"'.encode())


@pytest.fixture
def codec() -> EncryptingCodec:
    return EncryptingCodec(a_ring(), "uide")


@pytest.fixture
async def browser(codec: EncryptingCodec) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(codec_app(codec, GUARD))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1:8081", headers=HEADERS
    ) as client:
        yield client


def body(*payloads: Payload) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(json_format.MessageToJson(Payloads(payloads=payloads)))
    return content


async def test_the_ui_reads_what_lies_encrypted(codec: EncryptingCodec, browser: httpx.AsyncClient) -> None:
    sealed = await codec.encode([PLAIN, PLAIN])
    answer = await browser.post(f"/codec/{TOKEN}/decode?preserveStorageRefs=true", json=body(*sealed))
    assert answer.status_code == 200
    assert answer.json() == body(PLAIN, PLAIN)
    assert answer.headers["access-control-allow-origin"] == UI


async def test_what_the_ui_sends_is_encrypted_first(
    codec: EncryptingCodec, browser: httpx.AsyncClient
) -> None:
    answer = await browser.post(f"/codec/{TOKEN}/encode", json=body(PLAIN))
    sealed = json_format.Parse(answer.text, Payloads()).payloads
    assert "Әлия" not in answer.text
    assert await codec.decode(sealed) == [PLAIN]


async def test_a_program_may_send_the_token_as_bearer(browser: httpx.AsyncClient) -> None:
    del browser.headers["Origin"]
    answer = await browser.post(
        "/codec/decode", json=body(PLAIN), headers={"Authorization": f"Bearer {TOKEN}"}
    )
    assert answer.json() == body(PLAIN)


async def test_the_browser_is_told_before_that_the_ui_may_ask(browser: httpx.AsyncClient) -> None:
    asked = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-namespace",
    }
    answer = await browser.options(f"/codec/{TOKEN}/decode", headers=asked)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, UI)
    foreign = await browser.options(
        f"/codec/{TOKEN}/decode", headers={**asked, "Origin": "http://foreign.example"}
    )
    assert foreign.status_code == 400
    assert "access-control-allow-origin" not in foreign.headers


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (f"/codec/{TOKEN}/decode", {"Origin": "http://foreign.example"}, 403),
        (f"/codec/{TOKEN}/decode", {"Origin": "null"}, 403),
        (f"/codec/{TOKEN}/decode", {"Origin": "http://127.0.0.1:8234"}, 403),
        (f"/codec/{TOKEN}/decode", {"X-Namespace": "default"}, 403),
        (f"/codec/{TOKEN}/decode", {"Host": "foreign.example:8081"}, 400),
        ("/codec/a-wrong-token/decode", {}, 401),
        ("/codec/decode", {}, 401),
        ("/codec/decode", {"Authorization": "Bearer қате"}, 401),
        ("/codec/decode", {"Authorization": f"Basic {TOKEN}"}, 401),
        (f"/codec/{TOKEN}/download", {}, 404),
    ],
)
async def test_nobody_else_is_answered(
    codec: EncryptingCodec,
    browser: httpx.AsyncClient,
    path: str,
    headers: dict[str, str],
    status: int,
) -> None:
    encoded = {name.encode(): value.encode() for name, value in headers.items()}
    answer = await browser.post(path, json=body(*await codec.encode([PLAIN])), headers=encoded)
    assert answer.status_code == status
    assert "json/plain" not in answer.text


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b'{"payloads": 1}', b'{"payloads": [{"data": 1}]}', b'{"unknown": []}', b"[]"],
)
async def test_a_body_that_is_none_is_refused_in_words(browser: httpx.AsyncClient, content: bytes) -> None:
    answer = await browser.post(f"/codec/{TOKEN}/decode", content=content)
    assert answer.status_code == 400
    assert "The body is not" in answer.json()["error"]


async def test_a_body_that_is_too_long_is_refused_in_words(browser: httpx.AsyncClient) -> None:
    answer = await browser.post(f"/codec/{TOKEN}/decode", content=b" " * (MOST_BYTES + 1))
    assert answer.status_code == 413
    assert "ask for fewer payloads" in answer.json()["error"]


async def test_a_key_that_is_lacking_is_named(browser: httpx.AsyncClient, codec: EncryptingCodec) -> None:
    assert isinstance(codec._key_ring, KeyRing)
    ring = a_later(codec._key_ring)
    sealed = await EncryptingCodec(ring, "uide").encode([PLAIN])
    answer = await browser.post(f"/codec/{TOKEN}/decode", json=body(*sealed))
    assert answer.status_code == 422
    assert ring.primary_id in answer.json()["error"]


async def test_each_use_and_each_refusal_is_logged_without_token_and_content(
    browser: httpx.AsyncClient,
) -> None:
    with capture_logs() as logs:
        await browser.post(f"/codec/{TOKEN}/decode", json=body(PLAIN, PLAIN))
        await browser.post(f"/codec/{TOKEN}/decode", json={}, headers={"X-Namespace": "default"})
        await browser.get(f"/codec/{TOKEN}")
    used = {"event": "codec_used", "verb": "decode", "namespace": "uide", "payloads": 2, "log_level": "info"}
    assert logs[0] == used
    assert [(log["event"], log["status"]) for log in logs[1:]] == [
        ("codec_refused", 403),
        ("codec_refused", 404),
    ]
    assert TOKEN not in repr(logs)


async def test_it_serves_on_loopback_while_the_block_runs(
    codec: EncryptingCodec, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with serve_codec_endpoint(codec, GUARD) as address, httpx.AsyncClient(headers=HEADERS) as client:
        sealed = await codec.encode([PLAIN])
        assert (await client.post(f"{address}/decode", json=body(*sealed))).json() == body(PLAIN)
    assert address.startswith("http://127.0.0.1:")
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.post(f"{address}/decode")


async def test_a_port_that_is_taken_is_an_error_at_once(codec: EncryptingCodec) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        async with serve_codec_endpoint(codec, GUARD, taken.getsockname()[1]):
            pytest.fail("served on a port of somebody else")


def test_the_guard_does_not_show_its_token() -> None:
    assert TOKEN not in repr(GUARD)
