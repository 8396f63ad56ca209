"""Client and simulator of the monitoring system keep to its contract."""

from pathlib import Path

import httpx

from domain.events import MonitoringStage
from domain.monitoring import Receipt, ReceivedEvent, StageEvent
from domain.standard import Channel
from starter.simulators.monitoring import Mode
from tests.activities.monitoring_system import simulated_monitoring
from tests.builders import RECEIVED_AT, SCHOOL
from tests.contracts.openapi import Contract

CONTRACT = Contract("monitoring")
EVENT = StageEvent(
    case_number="AT001-2026-00001",
    seq=7,
    stage=MonitoringStage.RECEIVED,
    at=RECEIVED_AT,
    channel=Channel.PORTAL,
    school_bin=SCHOOL,
)
SENT = {"key": EVENT.key, **EVENT.model_dump(mode="json")}


def test_what_is_sent_is_an_event_of_the_contract_and_nothing_more() -> None:
    assert CONTRACT.faults(SENT, CONTRACT.schema_of_request("/v1/events")) == []
    assert set(CONTRACT.schema("Event")["properties"]) == set(SENT)


def test_the_contract_names_every_stage_and_channel() -> None:
    assert set(CONTRACT.schema("Stage")["enum"]) == set(MonitoringStage)
    assert set(CONTRACT.schema("Event")["properties"]["channel"]["enum"]) == set(Channel)


def test_what_is_read_is_what_the_contract_says() -> None:
    assert set(CONTRACT.schema("Receipt")["required"]) == set(Receipt.model_fields)
    assert set(CONTRACT.schema("ReceivedEvent")["required"]) == set(ReceivedEvent.model_fields)


async def test_the_simulator_answers_by_the_contract(tmp_path: Path) -> None:
    async with simulated_monitoring(tmp_path) as simulated, httpx.AsyncClient(base_url=simulated.url) as http:
        headers = {"Idempotency-Key": EVENT.key}
        first, second = [await http.post("/v1/events", json=SENT, headers=headers) for _ in range(2)]
        other = await http.post("/v1/events", json={**SENT, "stage": "REFUSED"}, headers=headers)
        strange = await http.post("/v1/events", json={**SENT, "name": "?"}, headers=headers)
        page = await http.get("/v1/events")
        await simulated.behave(Mode.DOWN)
        down = await http.post("/v1/events", json=SENT, headers=headers)
    assert [answer.status_code for answer in (first, second, other, strange, page, down)] == [
        201,
        200,
        409,
        422,
        200,
        503,
    ]
    assert first.json() == second.json()
    assert CONTRACT.faults(first.json(), CONTRACT.schema("Receipt")) == []
    assert CONTRACT.faults(page.json(), CONTRACT.schema("Page")) == []
    for answer in (other, strange, down):
        assert CONTRACT.faults(answer.json(), CONTRACT.schema("Problem")) == []


async def test_pages_follow_one_another_in_the_order_of_their_places(tmp_path: Path) -> None:
    async with simulated_monitoring(tmp_path) as simulated, httpx.AsyncClient(base_url=simulated.url) as http:
        for seq in (10, 9, 2, 1):
            await simulated.keep(**{**EVENT.model_dump(mode="json"), "seq": seq})
        first = (await http.get("/v1/events", params={"limit": 3})).json()
        rest = (await http.get("/v1/events", params={"after": "AT001-2026-00001:9"})).json()
        none = (await http.get("/v1/events", params={"since": "2027-01-01T00:00:00+05:00"})).json()
    assert ([event["seq"] for event in first["events"]], first["more"]) == ([1, 2, 9], True)
    assert ([event["seq"] for event in rest["events"]], rest["more"]) == ([10], False)
    assert none == {"events": [], "more": False}
