"""The simulator of the information systems: made-up people behind docs/contracts/information-systems.openapi.yaml.

    python -m starter.simulators.information_systems --port 8090

It can be told to misbehave, by `--mode` or by `POST /admin/mode {"mode": "HTML"}`; `GET /admin/asked` counts what it
was asked. It is for trying and testing: it serves on 127.0.0.1 only, and asks nobody who they are.
"""

import argparse
import asyncio
import json
import re
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

ADDRESS = "127.0.0.1"
PEOPLE = Path(__file__).with_name("people.json")
MOST_BYTES = 4096
SLOW_SECONDS = 1.5
MINUTE_SECONDS = 60.0
LARGE_BYTES = 10 * 1024 * 1024
_NUMBER = re.compile(r"[0-9]{12}")

_Json: TypeAlias = dict[str, Any]


class Mode(StrEnum):
    """How it answers."""

    NORMAL = "NORMAL"
    SLOW = "SLOW"
    """Right, after a second and a half."""
    DOWN = "DOWN"
    """503."""
    HTML = "HTML"
    """The page of a proxy, with 200."""
    LARGE = "LARGE"
    """10 MB of JSON."""
    NOTHING = "NOTHING"
    """200 and no body."""
    HANGS_UP = "HANGS_UP"
    """Ends the connection in the midst of the answer."""
    DROPS = "DROPS"
    """A byte a second."""
    MINUTE = "MINUTE"
    """Right, after a minute."""
    WRONG_CHILD = "WRONG_CHILD"
    """An answer about somebody else."""
    CONTRADICTING = "CONTRADICTING"
    """Right the first time, the contrary the next time, and so on for each question."""
    NOT_OF_THE_CONTRACT = "NOT_OF_THE_CONTRACT"
    """JSON of another shape."""
    REDIRECT = "REDIRECT"


class Registry:
    """What it knows of made-up people."""

    def __init__(self, people: _Json) -> None:
        self._people = {person["iin"]: person for person in people["people"]}
        self._parents = people["parents"]
        self._guardians = people["guardians"]
        self._pupils = people["pupils"]

    def identity(self, iin: str) -> _Json:
        """Who has the IIN."""
        person = self._people.get(iin)
        name = person and {part: value for part, value in person.items() if part != "iin"}
        return {"name": name, "source": "State database of natural persons (simulator)"}

    def parenthood(self, adult_iin: str, child_iin: str) -> _Json:
        """Whether one is a parent of the other."""
        return {"confirmed": [adult_iin, child_iin] in self._parents, "source": "Civil acts (simulator)"}

    def guardianship(self, adult_iin: str, child_iin: str) -> _Json:
        """Whether one is a guardian of the other."""
        return {"confirmed": [adult_iin, child_iin] in self._guardians, "source": "Guardianship (simulator)"}

    def enrolment(self, child_iin: str, school_bin: str) -> _Json:
        """Whether the child is a pupil of the school."""
        pupil = [child_iin, school_bin] in self._pupils
        return {"enrolled": pupil, "source": "National education database (simulator)"}


_FIELDS = {
    "identity": {"iin"},
    "parenthood": {"adult_iin", "child_iin"},
    "guardianship": {"adult_iin", "child_iin"},
    "enrolment": {"child_iin", "school_bin"},
}


class Simulator:
    """Answers questions of the contract, in the mode that it was told last."""

    def __init__(self, registry: Registry, mode: Mode = Mode.NORMAL) -> None:
        self._registry = registry
        self._mode = mode
        self._asked: Counter[str] = Counter()
        self._times: Counter[str] = Counter()

    @property
    def app(self) -> Starlette:
        """The application to be served."""
        return Starlette(
            routes=[
                *(Route(f"/v1/{what}", self._endpoint(what), methods=["POST"]) for what in _FIELDS),
                Route("/admin/mode", self._set_mode, methods=["POST"]),
                Route("/admin/asked", self._tell_asked),
            ]
        )

    async def _set_mode(self, request: Request) -> Response:
        try:
            self._mode = Mode((await request.json())["mode"])
        except (ValueError, KeyError, TypeError):
            return _problem(400, "unknown_mode", f"One of {', '.join(Mode)}")
        return JSONResponse({"mode": self._mode})

    async def _tell_asked(self, _: Request) -> Response:
        return JSONResponse(dict(self._asked))

    def _endpoint(self, what: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            self._asked[what] += 1
            asked = _question(await request.body(), _FIELDS[what])
            if asked is None or not _is_uuid(request.headers.get("x-request-id", "")):
                return _problem(400, "not_of_the_contract", "The question is not one of the contract")
            return await self._answer(asked, asked | getattr(self._registry, what)(**asked))

        return answer

    async def _answer(self, asked: _Json, right: _Json) -> Response:
        if self._mode in _MISBEHAVING:
            return _MISBEHAVING[self._mode]()
        await asyncio.sleep(_SECONDS.get(self._mode, 0))
        if self._mode is Mode.WRONG_CHILD:
            return JSONResponse(right | {name: _another(number) for name, number in asked.items()})
        if self._mode is Mode.CONTRADICTING:
            return JSONResponse(self._contradicting(right))
        return JSONResponse(right)

    def _contradicting(self, right: _Json) -> _Json:
        question = json.dumps(right)
        self._times[question] += 1
        return right if self._times[question] % 2 else right | _contrary(right)


def _contrary(right: _Json) -> _Json:
    if "name" in right:
        return {"name": None if right["name"] else {"surname": "НЕКТО", "first_name": "ИНОЙ"}}
    return {key: not right[key] for key in ("confirmed", "enrolled") if key in right}


def _another(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def _question(body: bytes, fields: set[str]) -> _Json | None:
    if len(body) > MOST_BYTES:
        return None
    try:
        asked = json.loads(body)
    except ValueError:
        return None
    if not isinstance(asked, dict) or set(asked) != fields:
        return None
    return asked if all(isinstance(n, str) and _NUMBER.fullmatch(n) for n in asked.values()) else None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _problem(status: int, code: str, title: str) -> Response:
    problem = {"title": title, "status": status, "code": code}
    return JSONResponse(problem, status, media_type="application/problem+json")


async def _large() -> AsyncIterator[bytes]:
    part = b'"' + b"x" * 65533 + b'",'
    for _ in range(LARGE_BYTES // len(part)):
        yield part


async def _drops() -> AsyncIterator[bytes]:
    for _ in range(60):
        yield b" "
        await asyncio.sleep(1)


_SECONDS = {Mode.SLOW: SLOW_SECONDS, Mode.MINUTE: MINUTE_SECONDS}
_JSON_TYPE = "application/json"
_MISBEHAVING: dict[Mode, Callable[[], Response]] = {
    Mode.DOWN: lambda: _problem(503, "not_now", "The information system is not available"),
    Mode.HTML: lambda: HTMLResponse("<html><body>The page is being worked on</body></html>"),
    Mode.LARGE: lambda: StreamingResponse(_large(), media_type=_JSON_TYPE),
    Mode.NOTHING: lambda: Response(b"", media_type=_JSON_TYPE),
    # uvicorn cuts the connection of an answer that is shorter than it said.
    Mode.HANGS_UP: lambda: Response(b"{", media_type=_JSON_TYPE, headers={"content-length": "1000"}),
    Mode.DROPS: lambda: StreamingResponse(_drops(), media_type=_JSON_TYPE),
    Mode.NOT_OF_THE_CONTRACT: lambda: JSONResponse({"answer": "yes"}),
    Mode.REDIRECT: lambda: RedirectResponse("/v1/identity", 307),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(description="Simulator of the information systems")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--people", type=Path, default=PEOPLE, help="JSON file of made-up people")
    parser.add_argument("--mode", type=Mode, choices=list(Mode), default=Mode.NORMAL)
    given = parser.parse_args(arguments)
    registry = Registry(json.loads(given.people.read_text(encoding="utf-8")))
    app = Simulator(registry, given.mode).app
    with socket.create_server((ADDRESS, given.port)) as listening:
        port = listening.getsockname()[1]
        sys.stderr.write(f"the information systems are simulated at http://{ADDRESS}:{port}\n")
        # What is asked is not logged: even made-up numbers get used to being written down.
        config = uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
