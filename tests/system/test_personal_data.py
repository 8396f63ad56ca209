"""Names and numbers of people are in the register and nowhere else."""

from pathlib import Path
from typing import Any

import pytest

from domain.stages import Step
from starter.embedded.postgres import EmbeddedPostgres
from starter.embedded.temporal_server import EmbeddedTemporal
from tests.builders import a_child, an_act, an_applicant, an_application, an_iin
from tests.workflows.service import Service

PLANTED = "Жұмбақтасова"
"""A surname that occurs nowhere else."""
PLANTED_IIN = an_iin(7)
CONTROL = "uide-control-word"


def _written(word: str) -> tuple[bytes, ...]:
    """The word as files may hold it."""
    return word.encode(), ascii(word).strip("'").encode(), word.encode("utf-16-le")


def _found(folder: Path, word: str) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in _written(word))]


async def _a_case_full_of_names(service: Service) -> None:
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


async def test_no_name_and_no_iin_is_in_the_files_and_logs_of_temporal_and_postgres(
    service: Service,
    temporal: EmbeddedTemporal,
    postgres: EmbeddedPostgres,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with service.working():
        await _a_case_full_of_names(service)
    await service.client.start_workflow("NoSuchWorkflow", id=CONTROL, task_queue="nobody")
    for word in (PLANTED, PLANTED_IIN):
        assert _found(temporal._folder.root, word) == []
        assert _found(postgres._folder.log, word) == []
        assert word not in caplog.text
    assert _found(temporal._folder.root, CONTROL), "what is in clear would have been found"
