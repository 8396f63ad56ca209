"""An input as a JSON file: read whole or refused in words, with the files it names put in their place."""

import base64
import errno
import json
import math
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from domain.attachment import MAX_TOTAL_BYTES
from domain.refusal import InputRefused, Problem

MAX_BYTES = 1024 * 1024
"""The longest input, without the files it names."""

MAX_DEPTH = 32
"""How deep objects and lists may be nested; no input of this service needs a third of it."""


def read_object(path: Path, *, limit: int = MAX_BYTES) -> dict[str, Any]:
    """The JSON object in the file; `InputRefused` for whatever else is there, or for more than `limit` bytes."""
    parsed = _parsed(_text(path, _content(path, limit)), path)
    if not isinstance(parsed, dict):
        raise _refused(
            path, "not_an_object", "the file holds no JSON object", "Begin it with { and end it with }"
        )
    _check_strings(parsed, path)
    return parsed


def read_application_file(path: Path) -> dict[str, Any]:
    """An application as it was typed, with the content of the files that its documents name."""
    raw = read_object(path)
    _put_files(raw.get("documents"), path.parent, "application.documents")
    return raw


def read_act_file(path: Path) -> dict[str, Any]:
    """An act as it was typed, with the content of the files that its documents name."""
    raw = read_object(path)
    content = raw.get("content")
    if isinstance(content, dict):
        _put_files(content.get("documents"), path.parent, "act.content.documents")
    return raw


# from bytes to JSON


def _content(path: Path, limit: int) -> bytes:
    try:
        content = _bytes(path, limit + 1)
    except (OSError, ValueError) as error:
        what = f"the file cannot be read: {_cause(error)}"
        raise _refused(
            path, "file_unreadable", what, "Name a file that exists and that you may read"
        ) from None
    if len(content) > limit:
        what = f"the file is longer than {limit // 1024} KiB"
        raise _refused(
            path, "file_too_long", what, "Put scanned papers into files of their own and name them"
        )
    return content


def _bytes(path: Path, most: int) -> bytes:
    # Without O_NONBLOCK a named pipe would be waited for until somebody writes into it.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not an ordinary file")
        return file.read(most)


def _cause(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "its name is no file name"


def _text(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"the file is not UTF-8 text: byte {error.start + 1} belongs to no letter"
        raise _refused(path, "file_not_utf8", what, "Save it again as UTF-8") from None


class _NotTaken(ValueError):
    """What JSON's grammar, or Python's reader, lets pass and this service does not."""


def _parsed(text: str, path: Path) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_doubles,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        what = f"the file is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise _refused(path, "file_not_json", what, "Correct it at that place") from None
    except _NotTaken as error:
        raise _refused(path, "file_ambiguous", str(error), "Write it once, in plain JSON") from None
    except RecursionError:
        raise _too_deep(path) from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            # Any other name could be a slip of the sender that says something personal.
            shown = f"the name {name}" if name.isidentifier() and len(name) < 40 else "a name"
            raise _NotTaken(f"{shown} stands twice in one object")
        seen.add(name)
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise _NotTaken(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _NotTaken("a number is too large")
    return number


def _whole(digits: str) -> int:
    if len(digits) > 20:
        raise _NotTaken("a number is too large")
    return int(digits)


def _check_strings(parsed: Any, path: Path) -> None:
    level = [parsed]
    for _ in range(MAX_DEPTH):
        if any(isinstance(value, str) and not _is_writable(value) for value in level):
            what = "a text holds half of a sign (a lone surrogate)"
            raise _refused(path, "file_not_utf8", what, "Type the text anew")
        level = [inner for value in level for inner in _inside(value)]
    if level:
        raise _too_deep(path)


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.keys()
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _is_writable(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _too_deep(path: Path) -> InputRefused:
    what = f"objects and lists are nested deeper than {MAX_DEPTH} levels"
    return _refused(path, "file_too_deep", what, "Write it as the examples are written")


def _refused(path: Path, code: str, what: str, instead: str) -> InputRefused:
    why = "An input is one JSON object, UTF-8, that says everything once"
    # The place goes into the audit, and a path can name a person.
    return InputRefused.of(code, "FILE", f"{path}: {what}", why, instead)


# the files that documents name


def _put_files(documents: Any, folder: Path, where: str) -> None:
    """Puts name and content in place of each file's path; all that cannot be read is refused together."""
    problems: list[Problem] = []
    room = MAX_TOTAL_BYTES
    for index, document in enumerate(documents if isinstance(documents, list) else ()):
        if isinstance(document, dict) and isinstance(document.get("file"), str):
            try:
                content = _attached(folder / document["file"], room, f"{where}.{index}.file")
            except InputRefused as refused:
                problems += refused.problems
                continue
            room -= len(content)
            document["file"] = {
                "name": Path(document["file"]).name,
                "content": base64.b64encode(content).decode(),
            }
    if problems:
        raise InputRefused(problems)


def _attached(path: Path, room: int, where: str) -> bytes:
    try:
        content = _bytes(path, room + 1)
    except (OSError, ValueError) as error:
        raise InputRefused.of(
            "attachment_unreadable",
            where,
            f"the file cannot be read: {_cause(error)}",
            "A path is taken from the folder of the JSON file, and the file is sent with the input",
            "Correct the path, or put the file there",
        ) from None
    if len(content) > room:
        raise InputRefused.of(
            "attachment_too_large",
            where,
            "the files are larger than 5 MB together",
            "The portal carries no more than that for one application",
            "Scan at a lower resolution, or photograph the pages in shades of grey",
        )
    return content
