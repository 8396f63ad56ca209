"""`uide submit` and `uide act`: with the procedure at work, with Temporal away, with the register away."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from temporalio.client import Client

from starter.embedded.temporal_server import EmbeddedTemporal, free_ports
from tests.builders import HEAD
from tests.databases import Register
from tests.domain.inputs import a_raw_act
from tests.starter.command_runs import EXAMPLES, Ended, uide, uide_here, written
from tests.workflows.service import Service
from worker.key_ring import KeyRing
from worker.plugin import uide_plugin

CHECK = EXAMPLES / "acts" / "check-package-complete.json"


@asynccontextmanager
async def at_work(register: Register, temporal: EmbeddedTemporal, folder: Path) -> AsyncIterator[Service]:
    """A worker on the register, with the key ring of the commands."""
    plugins = [uide_plugin(KeyRing.load(folder / "key-ring.json"), "uide")]
    service = await Service.at(
        register, await Client.connect(temporal.address, namespace="uide", plugins=plugins)
    )
    try:
        async with service.working():
            yield service
    finally:
        await service.close()


async def judged(number: str, act: object, folder: Path) -> Ended:
    """What `uide act` says of an act with an id of its own, sent again as it advises until there is a verdict."""
    file = written(folder, act)
    while (ended := await uide("act", number, file, "--json")).document.get("verdict") == "pending":
        await asyncio.sleep(0.2)
    return ended


async def test_par_4_5_submit_and_act_reach_the_procedure_and_tell_its_verdict(
    here: Register, temporal: EmbeddedTemporal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal.address)
    async with at_work(here, temporal, tmp_path) as service:
        filed = (await uide("submit", EXAMPLES / "portal-admitted.json", "--json")).document
        assert set(filed) == {"number", "case_id", "received_at", "due_at", "created"}
        check = {**json.loads(CHECK.read_text(encoding="utf-8")), "act_id": "act-000001"}
        taken = await judged(filed["number"], check, tmp_path)
        assert (taken.code, taken.document["verdict"], taken.document["stage"]) == (0, "taken", "REGISTERED")
        signed = a_raw_act("director_decision", {"decision": "sign_order"}, actor=HEAD, act_id="act-000002")
        too_early = await judged(filed["number"], signed, tmp_path)
        assert (too_early.code, too_early.document["reason_code"]) == (2, "wrong_stage")
        assert service.handle(filed["case_id"]).id == f"application/{filed['case_id']}"


async def test_submit_and_act_tell_people_what_comes_next(
    here: Register, temporal: EmbeddedTemporal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal.address)
    async with at_work(here, temporal, tmp_path):
        filed = (await uide_here("submit", EXAMPLES / "portal-admitted.json")).out
        assert "Next: CLERK of the school: check package" in filed
        assert "examples/acts/check-package-complete.json" in filed
        number = await here.pool.fetchval("SELECT number FROM application")
        checked = (await uide_here("act", number, CHECK)).out
        assert "Next: HEAD of the school: admit\n" in checked
        assert f" act {number} FILE" in checked


async def test_par_4_submit_at_the_office_says_how_to_print_the_receipt(here: Register) -> None:
    ended = await uide_here("submit", EXAMPLES / "office-refused.json")
    number = await here.pool.fetchval("SELECT number FROM application")
    assert "Print the receipt for the applicant (par. 4)" in ended.out
    assert f" papers {number} --save papers\n" in ended.out
    assert "examples/acts/check-package-cured.json" in ended.out


async def test_an_application_sent_twice_is_received_once_also_while_temporal_is_away(here: Register) -> None:
    first, again = [await uide_here("submit", EXAMPLES / "portal-admitted.json", "--json") for _ in range(2)]
    assert (first.code, again.code) == (0, 0)
    assert (first.document["created"], again.document["created"]) == (True, False)
    assert {**first.document, "created": False} == again.document
    assert first.document["due_at"].endswith("+05:00")
    assert await here.pool.fetchval("SELECT count(*) FROM application") == 1


async def test_with_temporal_away_a_submit_is_done_and_says_what_follows(here: Register) -> None:
    ended = await uide_here("submit", EXAMPLES / "portal-silence.json")
    assert ended.code == 0
    assert "its procedure starts when Temporal is back" in ended.out
    assert "Acts are unsealed here" in ended.out


async def test_with_temporal_away_an_act_is_kept_and_pending_and_can_be_repeated(
    here: Register, tmp_path: Path
) -> None:
    filed = await here.file()
    ended = await uide_here("act", filed.number, CHECK, "--json")
    assert ended.code == 0
    assert {
        "number": filed.number,
        "verdict": "pending",
        "stage": "RECEIVED",
    }.items() <= ended.document.items()
    act_id = ended.document["act_id"]
    assert act_id in ended.err
    again = a_raw_act(
        "check_package", {"items": [{"document": "VKK_CONCLUSION", "present": True}]}, act_id=act_id
    )
    assert (
        await uide_here("act", filed.number, written(tmp_path, again), "--json")
    ).document == ended.document
    assert await here.pool.fetchval("SELECT count(*) FROM act") == 1


async def test_q10_papers_added_by_an_act_are_read_from_beside_its_file(here: Register) -> None:
    filed = await here.file()
    ended = await uide_here("act", filed.number, EXAMPLES / "acts" / "add-documents.json", "--json")
    assert ended.code == 0
    assert await here.pool.fetchval("SELECT count(*) FROM attachment WHERE act_id IS NOT NULL") == 2


async def test_two_acts_at_once_are_both_kept_each_with_its_place(here: Register, tmp_path: Path) -> None:
    filed = await here.file()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    files = [
        written(tmp_path / "one", a_raw_act("withdraw", {}, act_id="act-000001")),
        written(
            tmp_path / "two",
            a_raw_act("director_decision", {"decision": "sign_order"}, actor=HEAD, act_id="act-000002"),
        ),
    ]
    ended = await asyncio.gather(*(uide("act", filed.number, file, "--json") for file in files))
    assert [one.code for one in ended] == [0, 0]
    rows = await here.pool.fetch("SELECT seq FROM act ORDER BY seq")
    assert [row["seq"] for row in rows] == [1, 2]


async def test_with_the_register_away_nothing_is_taken_and_the_sender_is_told(
    here: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://uide_app@127.0.0.1:{free_ports(1)[0]}/uide")
    ended = await uide_here("submit", EXAMPLES / "portal-admitted.json", "--json")
    assert (ended.code, ended.problems[0]["code"]) == (1, "register_away")
    assert ended.problems[0]["what"].startswith("not now")


async def test_a_key_ring_is_made_at_the_first_start_and_never_once_somebody_was_filed(
    here: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UIDE_KEY_RING", str(tmp_path / "first.json"))
    assert (await uide_here("submit", EXAMPLES / "portal-admitted.json")).code == 0
    assert (tmp_path / "first.json").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("UIDE_KEY_RING", str(tmp_path / "second.json"))
    ended = await uide_here("submit", EXAMPLES / "portal-silence.json", "--json")
    assert (ended.code, ended.problems[0]["code"]) == (1, "key_ring_unusable")
    assert not (tmp_path / "second.json").exists()
