"""Command lines of this program for people to copy: they work in the terminal where they are printed."""

import os
import shlex
import shutil
import sys
from pathlib import Path


def called() -> str:
    """How this program is called here: `uide` when the PATH leads to it, else by its path."""
    program = Path(sys.executable).with_name("uide")
    found = shutil.which("uide")
    if not program.exists() or (found and Path(found).resolve() == program.resolve()):
        return "uide"
    folder = Path.cwd()
    return shlex.quote(str(program.relative_to(folder) if program.is_relative_to(folder) else program))


def to_copy(command: str, *words: str, data: Path | None = None) -> str:
    """A whole command; the data folder is named when it was named to this one, from wherever it will be typed."""
    named = [] if data is None else ["--data", shlex.quote(os.fspath(data.expanduser().absolute()))]
    return " ".join((called(), command, *named, *words))
