"""Whatever is sent to a case: acts are taken once and in order, the rest is refused, and the case lives on."""

import asyncio
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowUpdateFailedError
from temporalio.common import RawValue

from domain.acts import OF_AN_APPLICATION
from domain.stages import Stage, Step
from domain.verdict import Verdict, VerdictKind
from tests.builders import a_child, an_act, an_application
from tests.workflows.service import Service

WITHDRAWAL: dict[str, Any] = {"actor": "applicant", "content": {}}


async def _refused(service: Service) -> list[str]:
    rows = await service.register.pool.fetch(
        "SELECT reason->>'code' AS code FROM act_result WHERE verdict = 'refused' ORDER BY written_at"
    )
    return [row["code"] for row in rows]


async def test_two_decisions_that_wait_together_are_taken_in_the_order_in_which_they_were_written(
    service: Service,
) -> None:
    first, second = an_act(Step.WITHDRAW), an_act(Step.CHECK_PACKAGE)
    filed = await service.file()
    await service.accept(filed, first)
    await service.accept(filed, second)
    await service.ring(filed, second)
    await service.ring(filed, first)
    async with service.working():
        verdicts = [await service.verdict(act.act_id) for act in (first, second)]
    assert [verdict.kind for verdict in verdicts] == [VerdictKind.TAKEN, VerdictKind.REFUSED]


async def test_the_other_order_gives_the_other_winner(service: Service) -> None:
    first, second = an_act(Step.CHECK_PACKAGE), an_act(Step.WITHDRAW)
    filed = await service.file()
    await service.accept(filed, first)
    await service.accept(filed, second)
    await service.ring(filed, second)
    async with service.working():
        verdicts = [await service.verdict(act.act_id) for act in (first, second)]
    assert [verdict.stage for verdict in verdicts] == [Stage.REGISTERED, Stage.WITHDRAWN]


async def test_a_doorbell_rung_many_times_and_before_the_first_task_has_one_effect(service: Service) -> None:
    act = an_act(Step.CHECK_PACKAGE)
    filed = await service.file(start=False)
    await service.accept(filed, act, at=filed.received_at)
    for _ in range(5):
        await service.ring(filed, act)
    async with service.working():
        await service.verdict(act.act_id)
        await service.ring(filed, act)
        verdict = await service.do(filed, an_act(Step.ADMIT))
    assert verdict.stage is Stage.WITH_SPECIALISTS
    assert await service.events(filed) == [
        "RECEIVED",
        "REGISTERED",
        "NOTICE_SENT",
        "HEAD_REVIEW",
        "GRADE_AND_LANGUAGE_SET",
        "WITH_SPECIALISTS",
    ]


async def test_a_signal_sent_by_hand_may_carry_the_whole_act(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        handle = service.handle(filed.case_id)
        await handle.signal("withdraw", {"act_id": "by-hand-1", **WITHDRAWAL})
        verdict = await service.verdict("by-hand-1")
    assert verdict.stage is Stage.WITHDRAWN


async def test_what_is_on_file_wins_over_what_a_signal_says_under_the_same_id(service: Service) -> None:
    act = an_act(Step.CHECK_PACKAGE)
    async with service.working():
        filed = await service.file()
        await service.do(filed, act)
        handle = service.handle(filed.case_id)
        await handle.signal("withdraw", {"act_id": act.act_id, **WITHDRAWAL})
        await service.until("SELECT count(*) = 1 FROM act_result WHERE verdict = 'refused'")
        progress = await service.progress(filed)
    assert progress.stage is Stage.REGISTERED
    assert await _refused(service) == ["act_id_used"]


MALFORMED = [
    pytest.param("withdraw", [{"act_id": "not-on-file"}], "unknown_act", id="an act that is not on file"),
    pytest.param(
        "withdraw", [{"act_id": "a\0b"}], "string_pattern_mismatch", id="an id that no register can hold"
    ),
    pytest.param("withdraw", ["a word"], "unreadable_signal", id="not an object"),
    pytest.param("withdraw", [], "unreadable_signal", id="no argument"),
    pytest.param("withdraw", [WITHDRAWAL, WITHDRAWAL], "unreadable_signal", id="two arguments"),
    pytest.param("withdraw", [None], "unreadable_signal", id="nothing"),
    pytest.param("withdraw", [{"act_id": 7, **WITHDRAWAL}], "string_type", id="an id that is no text"),
    pytest.param("withdraw", [{"actor": "applicant"}], "missing", id="no content"),
    pytest.param("submit_plan", [{"actor": "at001-specialist-1", "content": {}}], "missing", id="no plan"),
    pytest.param(
        "appoint_minister", [{"act_id": "x"}], "unreadable_signal", id="a signal that does not exist"
    ),
]


@pytest.mark.parametrize(("name", "arguments", "code"), MALFORMED)
async def test_a_malformed_signal_is_kept_as_a_refused_act_and_the_case_lives_on(
    service: Service, name: str, arguments: list[Any], code: str
) -> None:
    async with service.working():
        filed = await service.file()
        await service.handle(filed.case_id).signal(name, args=arguments)
        await service.until("SELECT count(*) = 1 FROM act_result")
        verdict = await service.do(filed, an_act(Step.CHECK_PACKAGE))
    assert await _refused(service) == [code]
    assert verdict.stage is Stage.REGISTERED


POISON = [
    pytest.param({"encoding": b"json/plain"}, b"{broken", id="no json"),
    pytest.param({"encoding": b"json/plain"}, b"\xff\xfe", id="no text"),
    pytest.param({"encoding": b"json/plain"}, b'{"content":' * 198 + b"1" + b"}" * 198, id="nested too deep"),
    pytest.param({"encoding": b"json/plain"}, b"[" * 100_000, id="nested without end"),
    pytest.param({"encoding": b"binary/plain"}, b"\xff\xfe", id="plain bytes"),
    pytest.param({"encoding": b"binary/null"}, b"", id="nothing"),
    pytest.param({"encoding": b"unheard-of"}, b"{}", id="an encoding nobody knows"),
    pytest.param(
        {"encoding": b"json/protobuf", "messageType": b"google.protobuf.Struct"}, b'{"a": 1}', id="a protobuf"
    ),
    pytest.param({"encoding": b"binary/encrypted"}, b"garbage", id="an envelope that is not ours"),
]


@pytest.mark.parametrize(("metadata", "data"), POISON)
async def test_a_signal_whose_bytes_are_no_act_is_kept_as_a_refused_act(
    service: Service, metadata: dict[str, bytes], data: bytes
) -> None:
    broken = RawValue(Payload(metadata=metadata, data=data))
    async with service.working():
        filed = await service.file()
        await service.handle(filed.case_id).signal("withdraw", broken)
        await service.until("SELECT count(*) = 1 FROM act_result")
        assert await _refused(service) == ["unreadable_signal"]
        assert (await service.do(filed, an_act(Step.CHECK_PACKAGE))).stage is Stage.REGISTERED


async def test_an_act_of_another_case_has_no_effect_here(service: Service) -> None:
    foreign = an_act(Step.WITHDRAW)
    async with service.working():
        filed = await service.file()
        other = await service.file(an_application(child=a_child(2)))
        await service.accept(other, foreign)
        await service.handle(filed.case_id).signal("withdraw", {"act_id": foreign.act_id})
        await service.until("SELECT count(*) = 1 FROM act_result")
        assert await _refused(service) == ["unknown_act"]
        assert (await service.progress(filed)).stage is Stage.RECEIVED


async def test_an_update_answers_with_the_verdict(service: Service) -> None:
    act = an_act(Step.CHECK_PACKAGE)
    async with service.working():
        filed = await service.file()
        await service.accept(filed, act)
        handle = service.handle(filed.case_id)
        first = await handle.execute_update("check_package", {"act_id": act.act_id}, result_type=Verdict)
        again = await handle.execute_update("check_package", {"act_id": act.act_id}, result_type=Verdict)
    assert first.kind is VerdictKind.TAKEN
    assert first == again


@pytest.mark.parametrize(
    "content", [{}, {"reason": 7}, {"surprise": 1}], ids=["taken", "bad type", "unknown field"]
)
async def test_an_update_sent_by_hand_is_answered_whatever_it_carries(
    service: Service, content: dict[str, Any]
) -> None:
    async with service.working():
        filed = await service.file()
        verdict = await service.handle(filed.case_id).execute_update(
            "withdraw", {"act_id": "by-hand-2", "actor": "applicant", "content": content}, result_type=Verdict
        )
    assert verdict.act_id == "by-hand-2"
    assert verdict.kind is (VerdictKind.REFUSED if content else VerdictKind.TAKEN)


@pytest.mark.parametrize("argument", ["a word", {}, {"act_id": 7}, None])
async def test_an_update_without_a_readable_act_id_is_rejected_and_leaves_nothing(
    service: Service, argument: Any
) -> None:
    async with service.working():
        filed = await service.file()
        with pytest.raises(WorkflowUpdateFailedError):
            await service.handle(filed.case_id).execute_update("withdraw", argument)
        assert (await service.do(filed, an_act(Step.CHECK_PACKAGE))).stage is Stage.REGISTERED
    assert await _refused(service) == []


async def test_every_act_of_an_application_is_a_signal_and_an_update_of_its_name(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        metadata = await service.handle(filed.case_id).query("__temporal_workflow_metadata")
    signals = {entry.name: entry.description for entry in metadata.definition.signal_definitions}
    updates = {entry.name for entry in metadata.definition.update_definitions}
    assert set(OF_AN_APPLICATION) <= set(signals)
    assert set(OF_AN_APPLICATION) == updates
    assert all(signals.values())


async def test_the_details_of_a_case_say_in_words_whom_it_waits_for(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.CHECK_PACKAGE))
        too_early = an_act(Step.SUBMIT_PLAN)
        await service.accept(filed, too_early)
        # Its answer comes from the workflow itself: a verdict is in the register before the workflow knows of it.
        handle = service.handle(filed.case_id)
        await handle.execute_update("submit_plan", {"act_id": too_early.act_id})
        metadata = await handle.query("__temporal_workflow_metadata")
    details = metadata.current_details
    assert "waits for the **head** to determine grade and language" in details
    assert "signal `director_decision`" in details
    assert "submit_plan is not possible at stage REGISTERED" in details


async def test_messages_too_large_together_are_written_in_several_steps_and_one_too_large_is_refused(
    service: Service,
) -> None:
    large = {"actor": "applicant", "content": {"reason": "я" * 200_000}}
    filed = await service.file()
    handle = service.handle(filed.case_id)
    for _ in range(6):
        await handle.signal("withdraw", large)
    await handle.signal("withdraw", {"act_id": "x" * 600_000})
    await handle.signal("withdraw", {"actor": "applicant", "content": {"reason": "я" * 400_000}})
    async with service.working():
        await service.until("SELECT count(*) = 8 FROM act_result")
        verdict = await service.do(filed, an_act(Step.CHECK_PACKAGE))
    assert sorted(await _refused(service)) == ["string_too_long"] * 6 + ["unreadable_signal"] * 2
    assert verdict.stage is Stage.REGISTERED


async def test_a_message_that_is_no_act_is_kept_with_the_hash_and_size_of_what_was_sent(
    service: Service,
) -> None:
    broken = RawValue(Payload(metadata={"encoding": b"json/plain"}, data=b"{broken"))
    async with service.working():
        filed = await service.file()
        await service.handle(filed.case_id).signal("withdraw", broken)
        record = await service.until("SELECT content FROM act")
    assert record == {"unreadable": {"sha256": hashlib.sha256(b"{broken").hexdigest(), "bytes": 7}}


async def test_an_act_sent_by_hand_was_done_when_it_was_heard_and_no_breach_is_declared_before_it_is_written(
    service: Service,
) -> None:
    async with service.working():
        filed = await service.file()
        await service.forward_to(filed, filed.due_at - timedelta(seconds=2))
        await service.handle(filed.case_id).signal("withdraw", {"act_id": "by-hand-4", **WITHDRAWAL})
        await service.forward_to(filed, filed.due_at + timedelta(minutes=1))
        verdict = await service.verdict("by-hand-4")
        done_at = await service.register.pool.fetchval("SELECT at FROM act")
    assert verdict.kind is VerdictKind.TAKEN
    assert done_at <= filed.due_at
    assert "TERM_BREACHED" not in await service.events(filed)


async def test_messages_that_come_while_the_procedure_ends_get_their_verdict(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.do(filed, an_act(Step.WITHDRAW))
        window = (await service.progress(filed)).window_until
        assert window is not None
        await service.forward_to(filed, window - timedelta(seconds=1))
        late = an_act(Step.WITHDRAW)
        await service.accept(filed, late)
        ended = asyncio.create_task(service.forward_to(filed, window + timedelta(seconds=5)))
        await service.ring(filed, late)
        by_hand = await service.do(filed, an_act(Step.WITHDRAW))
        await ended
        verdict = await service.verdict(late.act_id)
    assert verdict.kind is by_hand.kind is VerdictKind.REFUSED


async def test_a_request_to_cancel_ends_no_case(service: Service) -> None:
    async with service.working():
        filed = await service.file()
        await service.progress(filed)
        handle = service.handle(filed.case_id)
        await handle.cancel()
        verdict = await service.do(filed, an_act(Step.CHECK_PACKAGE))
        metadata = await handle.query("__temporal_workflow_metadata")
        await service.forward_to(filed, filed.due_at + timedelta(minutes=1))
    assert verdict.stage is Stage.REGISTERED
    assert "a cancellation was requested and not followed" in metadata.current_details
    assert "TERM_BREACHED" in await service.events(filed)
