"""The simulator of the monitoring system, behind docs/contracts/monitoring.openapi.yaml.

    python -m starter.simulators.monitoring --port 8091 --data monitoring.db

What it has acknowledged is on its disk: it may be killed at any moment. It can be told to misbehave, by `--mode` or by
`POST /admin/mode {"mode": "FAILS", "only": "AT001-2026-00002:"}` for the keys that begin so; `GET /admin/deliveries`
says how often each key arrived, `POST /admin/forget {"key": ...}` has it lose what it has acknowledged. It is for
trying and testing: it serves on 127.0.0.1 only, and asks nobody who they are.
"""

import argparse
import asyncio
import json
import re
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

ADDRESS = "127.0.0.1"
MOST_BYTES = 4096
MOST_EVENTS = 1000
SLOW_SECONDS = 1.5
MINUTE_SECONDS = 60.0
_KEY = re.compile(r"([A-Z]{2}[0-9]{3}-[0-9]{4}-[0-9]{5,9}):([1-9][0-9]{0,8})")
_FIELDS = {"key", "case_number", "seq", "stage", "at", "channel", "school_bin"}

_Json: TypeAlias = dict[str, Any]

_TABLES = """
CREATE TABLE IF NOT EXISTS event (
    case_number text NOT NULL, seq integer NOT NULL, stage text NOT NULL, at text NOT NULL, moment real NOT NULL,
    channel text NOT NULL, school_bin text NOT NULL, receipt text NOT NULL, received_at text NOT NULL,
    PRIMARY KEY (case_number, seq)
);
CREATE TABLE IF NOT EXISTS delivery (key text NOT NULL, at text NOT NULL, kept integer NOT NULL);
"""
_SHOWN = "case_number, seq, stage, at, channel, school_bin, receipt"


class Mode(StrEnum):
    """How it answers."""

    NORMAL = "NORMAL"
    SLOW = "SLOW"
    """Right, after a second and a half."""
    DOWN = "DOWN"
    """503."""
    FAILS = "FAILS"
    """500, and nothing is kept."""
    KEEPS_AND_FAILS = "KEEPS_AND_FAILS"
    """500, though the event is kept."""
    REFUSES = "REFUSES"
    """422: the event is not taken, however often it is sent."""
    HTML = "HTML"
    """The page of a proxy, with 200."""
    LARGE = "LARGE"
    """10 MB of JSON."""
    NOTHING = "NOTHING"
    """200 and no body."""
    MINUTE = "MINUTE"
    """Right, after a minute."""
    ANOTHER = "ANOTHER"
    """A receipt for another event."""
    REDIRECT = "REDIRECT"
    LOSES = "LOSES"
    """Acknowledges and keeps nothing."""


class Store:
    """What was received, on disk before it is acknowledged."""

    def __init__(self, file: Path | str) -> None:
        self._db = sqlite3.connect(file, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_TABLES)

    def find(self, case_number: str, seq: int) -> _Json | None:
        """The event as it was received first."""
        row = self._db.execute(
            f"SELECT {_SHOWN} FROM event WHERE case_number = ? AND seq = ?",  # noqa: S608 - a constant
            (case_number, seq),
        ).fetchone()
        return dict(row) if row else None

    def keep(self, event: _Json, receipt: str) -> None:
        """Keeps an event that is not there yet."""
        moment = datetime.fromisoformat(event["at"]).timestamp()
        fields = [event[name] for name in ("case_number", "seq", "stage", "at")]
        self._db.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*fields, moment, event["channel"], event["school_bin"], receipt, _now()),
        )

    def note(self, key: str, *, kept: bool) -> None:
        """Notes that an event arrived, whatever became of it."""
        self._db.execute("INSERT INTO delivery VALUES (?, ?, ?)", (key, _now(), kept))

    def deliveries(self) -> list[_Json]:
        """All that arrived, in its order."""
        rows = self._db.execute("SELECT key, kept FROM delivery ORDER BY rowid")
        return [{"key": row["key"], "kept": bool(row["kept"])} for row in rows]

    def forget(self, case_number: str, seq: int) -> bool:
        """Loses the event; whether it was there."""
        statement = "DELETE FROM event WHERE case_number = ? AND seq = ?"
        return self._db.execute(statement, (case_number, seq)).rowcount > 0

    def page(self, after: tuple[str, int], since: float, limit: int) -> list[_Json]:
        """Events after that place whose stage was reached since that moment, in the order of their places."""
        rows = self._db.execute(
            f"SELECT {_SHOWN} FROM event WHERE (case_number, seq) > (?, ?) AND moment >= ?"  # noqa: S608 - a constant
            " ORDER BY case_number, seq LIMIT ?",
            (*after, since, limit),
        )
        return [dict(row) for row in rows]


class Simulator:
    """Receives events by the contract, in the mode that it was told last."""

    def __init__(self, store: Store, mode: Mode = Mode.NORMAL) -> None:
        self._store = store
        self._mode = mode
        self._only = ""

    @property
    def app(self) -> Starlette:
        """The application to be served."""
        return Starlette(
            routes=[
                Route("/v1/events", self._receive, methods=["POST"]),
                Route("/v1/events", self._show, methods=["GET"]),
                Route("/admin/mode", self._set_mode, methods=["POST"]),
                Route("/admin/forget", self._forget, methods=["POST"]),
                Route("/admin/keep", self._keep, methods=["POST"]),
                Route("/admin/deliveries", self._tell_deliveries),
            ]
        )

    # the contract

    async def _receive(self, request: Request) -> Response:
        event = _event(await request.body())
        if event is None or request.headers.get("idempotency-key") != event["key"]:
            return _problem(422, "not_of_the_contract", "The event is not one of the contract")
        mode = self._mode if event["key"].startswith(self._only) else Mode.NORMAL
        await asyncio.sleep(_SECONDS.get(mode, 0))
        if mode in _MISBEHAVING:
            self._store.note(event["key"], kept=False)
            return _MISBEHAVING[mode]()
        return self._take(event, mode)

    def _take(self, event: _Json, mode: Mode) -> Response:
        before = self._store.find(event["case_number"], event["seq"])
        if before and any(before[name] != event[name] for name in _FIELDS - {"key"}):
            return _problem(409, "key_used", "Another event was received under this key")
        receipt = before["receipt"] if before else f"M-{uuid4()}"
        if before is None and mode is not Mode.LOSES:
            self._store.keep(event, receipt)
        self._store.note(event["key"], kept=before is None and mode is not Mode.LOSES)
        if mode is Mode.KEEPS_AND_FAILS:
            return _problem(500, "at_fault", "It is at fault")
        key = "AT000-2000-00000:1" if mode is Mode.ANOTHER else event["key"]
        return JSONResponse({"key": key, "receipt": receipt}, 200 if before else 201)

    async def _show(self, request: Request) -> Response:
        if self._mode in _MISBEHAVING:
            return _MISBEHAVING[self._mode]()
        asked = request.query_params
        try:
            since = datetime.fromisoformat(asked["since"]).timestamp() if "since" in asked else float("-inf")
            limit = int(asked.get("limit", 100))
        except ValueError:
            return _problem(400, "not_of_the_contract", "since is a moment, limit a number")
        after = _KEY.fullmatch(asked["after"]) if "after" in asked else None
        if ("after" in asked and after is None) or not 1 <= limit <= MOST_EVENTS:
            return _problem(400, "not_of_the_contract", f"after is a key, limit 1 to {MOST_EVENTS}")
        place = (after[1], int(after[2])) if after else ("", 0)
        found = self._store.page(place, since, limit + 1)
        return JSONResponse({"events": found[:limit], "more": len(found) > limit})

    # how it misbehaves

    async def _set_mode(self, request: Request) -> Response:
        try:
            told = await request.json()
            self._mode, self._only = Mode(told["mode"]), str(told.get("only", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            return _problem(400, "unknown_mode", f"One of {', '.join(Mode)}")
        return JSONResponse({"mode": self._mode, "only": self._only})

    async def _forget(self, request: Request) -> Response:
        key = _KEY.fullmatch((await request.json())["key"])
        return JSONResponse({"forgotten": bool(key and self._store.forget(key[1], int(key[2])))})

    async def _keep(self, request: Request) -> Response:
        self._store.keep(await request.json(), f"M-{uuid4()}")
        return JSONResponse({})

    async def _tell_deliveries(self, _: Request) -> Response:
        return JSONResponse({"deliveries": self._store.deliveries()})


def _event(body: bytes) -> _Json | None:
    if len(body) > MOST_BYTES:
        return None
    try:
        event = json.loads(body)
        if not isinstance(event, dict) or set(event) != _FIELDS:
            return None
        moment = datetime.fromisoformat(event["at"])
        whole = _KEY.fullmatch(event["key"]) and event["key"] == f"{event['case_number']}:{event['seq']}"
    except (ValueError, TypeError):
        return None
    return event if whole and moment.tzinfo else None


def _problem(status: int, code: str, title: str) -> Response:
    problem = {"title": title, "status": status, "code": code}
    return JSONResponse(problem, status, media_type="application/problem+json")


async def _large() -> AsyncIterator[bytes]:
    for _ in range(160):
        yield b" " * 65536


def _now() -> str:
    return datetime.now(UTC).isoformat()


_SECONDS = {Mode.SLOW: SLOW_SECONDS, Mode.MINUTE: MINUTE_SECONDS}
_JSON_TYPE = "application/json"
_MISBEHAVING: dict[Mode, Callable[[], Response]] = {
    Mode.DOWN: lambda: _problem(503, "not_now", "The monitoring system is not available"),
    Mode.FAILS: lambda: _problem(500, "at_fault", "It is at fault"),
    Mode.REFUSES: lambda: _problem(422, "not_taken", "It does not take this event"),
    Mode.HTML: lambda: HTMLResponse("<html><body>The page is being worked on</body></html>"),
    Mode.LARGE: lambda: StreamingResponse(_large(), media_type=_JSON_TYPE),
    Mode.NOTHING: lambda: Response(b"", media_type=_JSON_TYPE),
    Mode.REDIRECT: lambda: RedirectResponse("/v1/events", 307),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(description="Simulator of the monitoring system")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--data", type=Path, required=True, help="the file in which it keeps what it receives"
    )
    parser.add_argument("--mode", type=Mode, choices=list(Mode), default=Mode.NORMAL)
    given = parser.parse_args(arguments)
    app = Simulator(Store(given.data), given.mode).app
    with socket.create_server((ADDRESS, given.port)) as listening:
        port = listening.getsockname()[1]
        sys.stderr.write(f"the monitoring system is simulated at http://{ADDRESS}:{port}\n")
        config = uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
