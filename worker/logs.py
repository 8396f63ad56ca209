"""Logs: one line an event on stderr, a snake_case name with fields, and no child's number in any of them."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor
from temporalio import activity, workflow

_IIN = re.compile(
    # Twelve digits whose fifth is 0-3, the tens of a day of birth; a BIN has 4-6 there and stays readable.
    # The last group of a UUID may look like it by chance.
    r"(?<!\d)(?<![0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)\d{4}[0-3]\d{7}(?!\d)"
)

_QUOTED_VALUES = (
    # What pydantic, PostgreSQL and asyncpg quote of the data in the text of an exception.
    (re.compile(r"input_value=.*?, input_type=", re.DOTALL), "input_value=[hidden], input_type="),
    (re.compile(r"^([ |]*)DETAIL:.*?(?=\n\n|\nHINT:|\Z)", re.DOTALL | re.MULTILINE), r"\1DETAIL: [hidden]"),
    (re.compile(r"(invalid input for query argument \$\d+): .*$", re.MULTILINE), r"\1: [hidden]"),
)

# httpx writes addresses at INFO, and they may hold a token.
_NOISY = {"asyncio": logging.WARNING, "httpx": logging.WARNING, "uvicorn": logging.WARNING}


def configure_logs(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Sends structlog's, the standard library's and Temporal's logs to stderr, or to the stream.

    One JSON document a line, or plain text on a terminal. May be called again; the last call counts.
    """
    stream = stream or sys.stderr
    _configure_structlog()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(on_terminal=stream.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, quiet in _NOISY.items():
        logging.getLogger(name).setLevel(max(quiet, level))
    # The details come as fields: in the message they would make a new event name of every line.
    workflow.logger.workflow_info_on_message = False
    activity.logger.activity_info_on_message = False


def _configure_structlog() -> None:
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _formatter(*, on_terminal: bool) -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_shared(), structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            name_the_case,
            # Never rich tracebacks: they show local variables.
            structlog.processors.format_exc_info,
            mask_personal_data,
            _renderer(on_terminal=on_terminal),
        ],
    )


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _renderer(*, on_terminal: bool) -> Processor:
    if on_terminal:
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False, default=repr)


def name_the_case(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Lifts what Temporal's loggers add (`workflow_id`, ...) to the top, with `case_id` or `complaint_id`."""
    for source in ("temporal_workflow", "temporal_activity"):
        for name, value in event.pop(source, {}).items():
            event.setdefault(name, value)
    event.pop("temporal_log", None)
    kind, _, rest = str(event.get("workflow_id", "")).partition("/")
    if kind in {"application", "complaint"}:
        event.setdefault("case_id" if kind == "application" else "complaint_id", rest.partition("/")[0])
    return event


def mask_personal_data(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Hides what looks like an IIN, wherever it stands, and the data that exceptions quote."""
    return {_masked_text(name): _masked(value) for name, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return _masked_text(value)
    if isinstance(value, Mapping):
        return {_masked(name): _masked(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_masked(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    text = str(value)
    masked = _masked_text(text)
    return value if isinstance(value, int | float) and masked == text else masked


def _masked_text(text: str) -> str:
    for pattern, replacement in _QUOTED_VALUES:
        text = pattern.sub(replacement, text)
    return _IIN.sub("[iin]", text)
