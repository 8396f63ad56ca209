"""Names and numbers of people are in the register and nowhere else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.client import Client

from activities.register.intake import Filed
from domain.stages import Step
from domain.vocabulary import NAMESPACE
from starter.embedded.postgres import EmbeddedPostgres
from starter.embedded.temporal_server import EmbeddedTemporal
from tests.builders import a_child, an_act, an_applicant, an_application, an_iin
from tests.workflows.service import Service
from workflows.application import (
    ASKED_ONCE_A_DAY,
    COMPLAINT_ACTS,
    COMPLAINTS_AS_CHILDREN,
    PAPERS_AS_PDF,
)
from workflows.case_file import FOLLOWED, SORTED

PLANTED = "Жұмбақтасова"
"""A surname that occurs nowhere else."""
PLANTED_IIN = an_iin(7)
CONTROL = "uide-control-word"
PATCHES = {
    PAPERS_AS_PDF,
    SORTED,
    FOLLOWED,
    COMPLAINTS_AS_CHILDREN,
    ASKED_ONCE_A_DAY,
    f"{COMPLAINT_ACTS}-0",
}
"""The SDK writes their names, and nothing else, past the codec."""


def _written(word: str) -> tuple[bytes, ...]:
    """The word as files may hold it."""
    return word.encode(), ascii(word).strip("'").encode(), word.encode("utf-16-le")


def _found(folder: Path, word: str) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in _written(word))]


def _payloads(message: Message) -> Iterator[Payload]:
    """Every payload in a message, but for search attributes, which are plain and hold nothing personal."""
    for field, value in message.ListFields():
        if field.name == "search_attributes" or field.type != field.TYPE_MESSAGE:
            continue
        assert field.message_type is not None
        is_map = field.message_type.GetOptions().map_entry
        inner = value.values() if is_map else value if field.is_repeated else [value]
        for part in inner:
            if isinstance(part, Payload):
                yield part
            elif isinstance(part, Message):
                yield from _payloads(part)


async def _a_case_full_of_names(service: Service) -> Filed:
    person: dict[str, Any] = {"surname": PLANTED, "first_name": "Ақбота"}
    child = {**a_child(7), "name": person}
    filed = await service.file(an_application(applicant=an_applicant(name=person), child=child))
    plan = an_act(Step.SUBMIT_PLAN, responsible=f"{PLANTED} Ақбота")
    await service.do(
        filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT, note=f"{PLANTED} {PLANTED_IIN}"), plan
    )
    handle = service.handle(filed.case_id)
    by_hand = {"act_id": "by-hand-3", "actor": "applicant", "content": {"reason": f"{PLANTED} {PLANTED_IIN}"}}
    await handle.signal("withdraw", {**by_hand, "surprise": PLANTED})
    await handle.execute_update("withdraw", by_hand)
    return filed


async def test_no_name_and_no_iin_is_in_the_files_and_logs_of_temporal_and_postgres(
    service: Service,
    temporal: EmbeddedTemporal,
    postgres: EmbeddedPostgres,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with service.working():
        filed = await _a_case_full_of_names(service)
        history = await service.handle(filed.case_id).fetch_history()
    payloads = [payload for event in history.events for payload in _payloads(event)]
    assert len(payloads) > 20
    past_the_codec = [payload for payload in payloads if payload.metadata["encoding"] != b"binary/encrypted"]
    assert {json.loads(payload.data)["id"] for payload in past_the_codec} <= PATCHES
    plain = await Client.connect(temporal.address, namespace=NAMESPACE)
    await plain.start_workflow("NoSuchWorkflow", CONTROL, id="proof-of-search", task_queue="nobody")
    for word in (PLANTED, PLANTED_IIN):
        assert _found(temporal._folder.root, word) == []
        assert _found(postgres._folder.log, word) == []
        assert word not in caplog.text
    assert _found(temporal._folder.root, CONTROL), "a payload in clear would have been found"
