"""The program `temporal` with server 1.32 or newer: found here, downloaded, or built from its Go module.

`python -m starter.embedded.temporal_binary` tells on stderr which one it is, and what takes time.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from starter.embedded.go_program import OLDEST_GO, GoProgram, NotBuilt
from starter.embedded.program_cache import cache_folder, unfinished
from starter.embedded.progress import run_with_progress, tell

VERSION = "1.9.1"
"""Of the command line program to download or build; it carries server 1.32.0."""
OLDEST_SERVER = (1, 32)
"""The first server whose workflows can skip time."""
DOWNLOAD = Path(__file__).with_name("temporal_download.py")

_BUILD = GoProgram(
    name="temporal",
    version=VERSION,
    module="temporal-cli",
    package="github.com/temporalio/cli/cmd/temporal",
    minutes="4 to 10",
    stamp=f"-X github.com/temporalio/cli/internal/temporalcli.Version={VERSION}",
)


class TemporalUnavailable(RuntimeError):
    """No usable Temporal program; the text tells every way tried, why it failed and what to do."""


class _Unusable(Exception):
    """One way did not lead to a usable program."""


def temporal_binary() -> Path:
    """Where a usable Temporal program is. May take minutes the first time; nothing is done twice."""
    if named := os.environ.get("TEMPORAL_CLI"):
        return _named(named)
    refusals = []
    for way in (_on_path, _cached, _prepared):
        try:
            return way()
        except _Unusable as refusal:
            refusals.append(str(refusal))
    raise TemporalUnavailable(_advice(refusals))


def server_version(program: Path) -> tuple[int, int]:
    """The major and minor version of the server inside a Temporal program."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError) as refusal:
        raise _Unusable(f"{program} does not run: {_cause(refusal)}") from refusal
    if version := re.search(r"Server (\d+)\.(\d+)", said.stdout):
        return int(version[1]), int(version[2])
    raise _Unusable(f"{program} does not tell the version of its server")


def _usable(program: Path) -> Path:
    found = server_version(program)
    if found < OLDEST_SERVER:
        raise _Unusable(f"{program} carries server {_text(found)}, older than {_text(OLDEST_SERVER)}")
    return program


def _named(named: str) -> Path:
    try:
        return _usable(Path(named).expanduser().absolute())
    except _Unusable as refusal:
        raise TemporalUnavailable(
            f"TEMPORAL_CLI does not name a usable Temporal program: {refusal}.\n"
            f"Let it name a `temporal` with server {_text(OLDEST_SERVER)} or newer, or unset it."
        ) from None


def _on_path() -> Path:
    if found := shutil.which("temporal"):
        return _usable(Path(found))
    raise _Unusable("there is no `temporal` on the PATH")


def _cached() -> Path:
    program = _BUILD.kept
    if program.exists():
        return _usable(program)
    raise _Unusable(f"{program} is not there yet")


def _prepared() -> Path:
    """Download or build into the cache, one process at a time."""
    try:
        with unfinished() as folder:
            return _cached() if _BUILD.kept.exists() else _first(folder, _downloaded, _built)
    except OSError as refusal:
        raise _Unusable(
            f"{cache_folder()} cannot be used: {refusal.strerror}. XDG_CACHE_HOME names another folder for caches"
        ) from refusal


def _first(folder: Path, *ways: Callable[[Path], Path]) -> Path:
    refusals = []
    for way in ways:
        try:
            _usable(way(folder)).replace(_BUILD.kept)
        except _Unusable as refusal:
            refusals.append(str(refusal))
        else:
            return _BUILD.kept
    raise _Unusable("\n  - ".join(refusals))


def _downloaded(folder: Path) -> Path:
    tell(f"downloading Temporal {VERSION} (about 60 MB, once)")
    download = [sys.executable, str(DOWNLOAD), VERSION, str(folder)]
    # A connection that is let hang brings no bytes: then the next way is tried.
    failure = run_with_progress("downloading", download, {}, folder, stalled_after=20)
    programs = [path for path in folder.iterdir() if path.is_file() and os.access(path, os.X_OK)]
    if failure is not None or len(programs) != 1:
        raise _Unusable(f"the download of Temporal {VERSION} failed: {failure or 'nothing came'}")
    return programs[0]


def _built(folder: Path) -> Path:
    try:
        return _BUILD.build(folder)
    except NotBuilt as refusal:
        raise _Unusable(str(refusal)) from None


def _advice(refusals: list[str]) -> str:
    tried = "".join(f"  - {refusal}\n" for refusal in refusals)
    return (
        f"no Temporal server {_text(OLDEST_SERVER)} or newer was found or could be made. Tried:\n{tried}"
        "Do one of these and run the same command again:\n"
        "  - connect this machine to the internet, for the download;\n"
        f"  - install Go {OLDEST_GO} or newer, for the build;\n"
        f"  - bring the Temporal command line program {VERSION} or newer here and name it: TEMPORAL_CLI=FILE."
    )


def _cause(refusal: OSError | subprocess.SubprocessError) -> str:
    if isinstance(refusal, OSError):
        return refusal.strerror or type(refusal).__name__
    if isinstance(refusal, subprocess.CalledProcessError):
        return f"`--version` ended with exit code {refusal.returncode}"
    return "`--version` did not answer"


def _text(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def main() -> None:
    """Have the program at hand; exit code 1 and the reasons when there is no way."""
    try:
        tell(f"using {temporal_binary()}")
    except TemporalUnavailable as unavailable:
        sys.exit(f"temporal: {unavailable}")


if __name__ == "__main__":
    main()
