"""Checks what lies where: folders, names and lengths of files, and what no tracked file may contain."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
FOLDERS = {"domain", "activities", "workflows", "worker", "starter"}
FOLDERS |= {"tests", "tools", "docs", "examples", ".ci", "deploy"}
LONGEST_FILE = 400
VAGUE_NAMES = {"common.py", "constants.py", "helpers.py", "misc.py", "utils.py"}
# Written in pieces, so that this file passes its own check.
INDEXES = "|".join(
    ("py" + "pi", "py" + "thonhosted", "npm" + "js", "go" + "lang", "cra" + "tes", "ma" + "ven")
)
INDEX_ADDRESS = re.compile(rf"https?://[a-z0-9.-]*(?:{INDEXES}|deb" + r"ian)")
MACHINE_PATH = re.compile("(?:^|[^a-z.])/(?:wo" + "rk|fa" + "rm|ro" + "ot)/", re.MULTILINE)


def tracked() -> list[PurePosixPath]:
    """Every file that is, or would be, in the repository."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    named = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [PurePosixPath(name) for name in named.split("\0") if name and (ROOT / name).is_file()]


def problems(path: PurePosixPath, content: bytes) -> Iterator[str]:
    """What is wrong with one file."""
    if len(path.parts) > 1 and path.parts[0] not in FOLDERS:
        yield f"there is no folder {path.parts[0]} in this project"
    if path.name in VAGUE_NAMES:
        yield "the name does not tell what is in it"
    if path.suffix == ".py" and len(content.splitlines()) > LONGEST_FILE:
        yield f"longer than {LONGEST_FILE} lines: is it one noun?"
    if b"\0" not in content:
        yield from _named_places(content.decode(errors="replace"))


def _named_places(text: str) -> Iterator[str]:
    for what, pattern in (("a package index", INDEX_ADDRESS), ("a path of one machine", MACHINE_PATH)):
        for found in pattern.finditer(text):
            yield f"line {text.count(chr(10), 0, found.end()) + 1} names {what}: {found[0].strip()}"


if __name__ == "__main__":
    files = tracked()
    wrong = [f"{path}: {line}" for path in files for line in problems(path, (ROOT / path).read_bytes())]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"layout: ok, {len(files)} files")
