import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
import structlog
from pydantic import BaseModel, ValidationError

from tests.worker.captured_logs import logs_to
from worker.logs import mask_personal_data

IIN = "159912500017"
NAME = "Әлия\nҚасым"
BIN = "000440000000"
CASE = "0f8c2f0e-6d5b-4d5a-9c1e-159912500017"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    with logs_to(stream):
        yield stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_json_line_with_its_fields(stream: io.StringIO) -> None:
    structlog.get_logger("uide").info("act_taken", case_id="c", mектеп="Абай")
    (line,) = lines(stream)
    assert {"event": "act_taken", "level": "info", "logger": "uide", "mектеп": "Абай"}.items() <= line.items()
    assert line["timestamp"].endswith("Z")


def test_the_standard_library_writes_the_same_lines(stream: io.StringIO) -> None:
    logging.getLogger("asyncpg").warning("slow %s", "query", extra={"seconds": 3})
    (line,) = lines(stream)
    assert (line["event"], line["level"], line["seconds"]) == ("slow query", "warning", 3)


def test_temporal_details_become_fields_and_the_case_is_named(stream: io.StringIO) -> None:
    details = {"workflow_id": f"application/{CASE}/2", "workflow_type": "Application", "attempt": 3}
    logging.getLogger("temporalio.workflow").info("stage_entered", extra={"temporal_workflow": details})
    (line,) = lines(stream)
    assert (line["case_id"], line["attempt"], line["event"]) == (CASE, 3, "stage_entered")
    assert "temporal_workflow" not in line


@pytest.mark.parametrize(
    "value",
    [IIN, f"ЖСН {IIN}.", int(IIN), (1, {"child": [IIN]}), {IIN: 1}, IIN.encode(), f"ЖСН{IIN}"],
    ids=["alone", "in a text", "a number", "nested", "a name", "bytes", "after letters"],
)
def test_what_looks_like_an_iin_is_masked_wherever_it_stands(stream: io.StringIO, value: object) -> None:
    structlog.get_logger().info("seen", value=value)
    logging.getLogger("x").warning("seen %s", value)
    assert IIN not in stream.getvalue()
    assert stream.getvalue().count("[iin]") == 2


def test_what_cannot_be_an_iin_stays() -> None:
    event = {
        "school_bin": BIN,
        "case_id": CASE,
        "digits": "1599125000171",
        "ok": True,
        "at": 1.5,
        "none": None,
    }
    assert mask_personal_data(None, "info", dict(event)) == event


def test_an_exception_shows_its_stack_without_local_variables(stream: io.StringIO) -> None:
    local = NAME.upper()
    try:
        raise LookupError(len(local))
    except LookupError:
        structlog.get_logger().exception("reading_failed")
        logging.getLogger("x").exception("reading_failed")
    assert "ҚАСЫМ" not in stream.getvalue()
    assert all("test_logs.py" in line["exception"] for line in lines(stream))


class Child(BaseModel):
    name: str
    grade: int


def quoting_errors() -> Iterator[Exception]:
    try:
        Child.model_validate({"name": 1, "grade": NAME})
    except ValidationError as error:
        yield error
    violated: asyncpg.PostgresError = asyncpg.UniqueViolationError("duplicate key value")
    violated.detail = f"Failing row contains ({NAME})."
    violated.hint = "A hint"
    yield violated
    yield asyncpg.DataError(f"invalid input for query argument $1: {NAME!r} (a date is expected)")


@pytest.mark.parametrize("error", list(quoting_errors()), ids=["pydantic", "postgres", "asyncpg"])
def test_values_that_exceptions_quote_are_hidden(stream: io.StringIO, error: Exception) -> None:
    structlog.get_logger().error("act_failed", exc_info=error)
    structlog.get_logger().error("act_failed", cause=str(error))
    assert "Әлия" not in stream.getvalue()
    assert "Қасым" not in stream.getvalue()
    assert stream.getvalue().count("[hidden]") >= 2


def test_a_terminal_gets_plain_text_with_the_same_masks() -> None:
    terminal = Terminal()
    with logs_to(terminal):
        structlog.get_logger().error("reading_failed", child=IIN, exc_info=LookupError(IIN))
    assert "reading_failed" in terminal.getvalue()
    assert IIN not in terminal.getvalue()
