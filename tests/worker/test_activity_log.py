"""The log of a real worker: what happened to which case, and nobody's name or number."""

import re
from pathlib import Path
from typing import Any

from domain.stages import Step
from tests.builders import CLERK, a_child, an_act, an_applicant, an_application, an_iin
from tests.worker.running_worker import running_worker
from tests.workflows.service import Service

ROOT = Path(__file__).parents[2]
PLANTED = "Жұмбақтасова"
"""A surname that occurs nowhere else."""
PLANTED_IIN = an_iin(7)


async def test_the_log_tells_each_act_of_a_case_and_no_name_or_number_of_anybody(
    environment: dict[str, str], service: Service
) -> None:
    person: dict[str, Any] = {"surname": PLANTED, "first_name": "Ақбота"}
    child = {**a_child(7), "name": person}
    async with running_worker(environment) as worker:
        filed = await service.file(an_application(applicant=an_applicant(name=person), child=child))
        note = f"{PLANTED} {PLANTED_IIN}"
        refused = an_act(Step.ADMIT, actor=CLERK, note=note)
        await service.do(filed, an_act(Step.CHECK_PACKAGE), refused, an_act(Step.ADMIT, note=note))
        await service.handle(filed.case_id).signal("withdraw", {"actor": PLANTED, "content": note})
        told = [await worker.said(event) for event in ("act_taken", "act_refused", "messages_refused")]
    assert {line["case_id"] for line in told} == {str(filed.case_id)}
    assert (told[0]["kind"], told[0]["stage"]) == ("check_package", "REGISTERED")
    assert (told[1]["act_id"], told[1]["code"]) == (refused.act_id, "wrong_role")
    assert told[2]["codes"]
    assert PLANTED not in worker.text
    assert PLANTED_IIN not in worker.text


async def test_an_act_is_told_with_its_own_kind_whatever_rang_for_it(
    environment: dict[str, str], service: Service
) -> None:
    filed, check = await service.file(), an_act(Step.CHECK_PACKAGE)
    await service.accept(filed, check)
    async with running_worker(environment) as worker:
        await service.do(filed, an_act(Step.ADMIT))
        told = await worker.said("act_taken")
    assert (told["act_id"], told["kind"]) == (check.act_id, "check_package")


def test_every_event_that_operators_are_told_is_in_the_code() -> None:
    _, _, logs = (ROOT / "docs/metrics.md").read_text(encoding="utf-8").partition("## Logs")
    told = {
        name
        for row in re.findall(r"^\| (`.*?) \|", logs, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    folders = ("activities", "worker", "workflows", "starter")
    code = "".join(path.read_text("utf-8") for folder in folders for path in (ROOT / folder).rglob("*.py"))
    assert len(told) > 10
    assert {name for name in told if f'"{name}"' not in code} == set()
