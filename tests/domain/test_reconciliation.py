"""Holding one event here against the same event there (R8.2)."""

from datetime import timedelta
from typing import Any

import pytest

from domain.monitoring import SENT_WITHIN, ReceivedEvent
from domain.reconciliation import Discrepancy, ToldEvent, compare
from tests.builders import RECEIVED_AT, SCHOOL

EVENT: dict[str, Any] = {
    "case_number": "AT001-2026-00001",
    "seq": 7,
    "stage": "RECEIVED",
    "at": RECEIVED_AT,
    "channel": "PORTAL",
    "school_bin": SCHOOL,
    "receipt": "M-1",
}
SENT: dict[str, Any] = {**EVENT, "sent_at": RECEIVED_AT + timedelta(seconds=10)}
UNSENT: dict[str, Any] = {**EVENT, "sent_at": None, "receipt": None}
NOW = RECEIVED_AT + SENT_WITHIN


def checks(here: dict[str, Any] | None, there: dict[str, Any] | None, now: Any = NOW) -> list[Discrepancy]:
    ours = ToldEvent.model_validate(here) if here else None
    theirs = ReceivedEvent.model_validate(there) if there else None
    return [difference.check for difference in compare(ours, theirs, now)]


def test_r8_2_an_event_that_both_sides_have_is_in_order() -> None:
    assert checks(SENT, EVENT) == []


def test_r8_2_an_event_with_a_receipt_that_is_not_there_is_missing() -> None:
    assert checks(SENT, None) == [Discrepancy.MISSING_THERE]


def test_r8_2_an_event_that_the_register_does_not_know_is_too_much() -> None:
    assert checks(None, EVENT) == [Discrepancy.EXTRA_THERE]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stage", "REFUSED"),
        ("at", RECEIVED_AT + timedelta(seconds=1)),
        ("channel", "OFFICE"),
        ("school_bin", "010940000023"),
        ("receipt", "M-2"),
    ],
)
def test_r8_2_an_event_that_is_told_otherwise_there_is_named(field: str, value: object) -> None:
    assert checks(SENT, {**EVENT, field: value}) == [Discrepancy.DIFFERENT_THERE]


def test_r8_2_an_event_that_waits_is_wrong_only_when_it_waits_too_long() -> None:
    assert checks(UNSENT, None) == []
    assert checks(UNSENT, None, NOW + timedelta(seconds=1)) == [Discrepancy.NOT_SENT]


def test_an_event_whose_receipt_is_not_on_file_yet_is_in_order() -> None:
    assert checks(UNSENT, EVENT, NOW + timedelta(days=1)) == []


def test_an_event_is_late_when_it_was_sent_after_its_time() -> None:
    on_time = {**SENT, "sent_at": NOW}
    assert not ToldEvent.model_validate(on_time).is_late
    assert ToldEvent.model_validate({**SENT, "sent_at": NOW + timedelta(seconds=1)}).is_late
    assert not ToldEvent.model_validate(UNSENT).is_late


def test_events_are_named_by_case_and_place() -> None:
    assert ToldEvent.model_validate(SENT).key == "AT001-2026-00001:7"
